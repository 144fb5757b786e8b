using System.Globalization;

namespace Oort.Report.Posterior;

/// <summary>A parameter as the page shows it: in a unit in which its numbers are short, or as its logarithm where it spans decades.</summary>
internal sealed class ShownParameter
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mass"] = "M⊙",
        ["Jr0"] = Action,
        ["Jz0"] = Action,
        ["Jphi0"] = Action,
        ["Jcore"] = Action,
        ["J0"] = Action,
        ["Jcutoff"] = Action,
        ["L0"] = Action,
        ["addJden"] = Action,
        ["addJvel"] = Action,
        ["Sigma0"] = "M⊙ kpc⁻²",
        ["surfaceDensity"] = "M⊙ kpc⁻²",
        ["densityNorm"] = "M⊙ kpc⁻³",
        ["Rdisk"] = "kpc",
        ["scaleRadius"] = "kpc",
        ["scaleHeight"] = "kpc",
        ["Rsigmar"] = "kpc",
        ["Rsigmaz"] = "kpc",
        ["innerCutoffRadius"] = "kpc",
        ["outerCutoffRadius"] = "kpc",
        ["R0"] = "kpc",
        ["sigmar0"] = "km s⁻¹",
        ["sigmaz0"] = "km s⁻¹",
        ["sigmamin"] = "km s⁻¹",
    };

    private const string Action = "kpc km s⁻¹", Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private const double WideRatio = 10;
    private const int LongPower = 5, ShortPower = -3;

    private readonly double factor;

    /// <summary>A parameter of a page.</summary>
    /// <param name="results">What the page shows.</param>
    /// <param name="index">Which parameter, from 0.</param>
    public ShownParameter(PosteriorResults results, int index)
    {
        (Index, Name) = (index, results.Sample.Names[index]);
        IReadOnlyList<string> keys = results.Fit?.Keys[index] ?? [];
        Keys = keys;
        string unit = keys.Select(k => Units.GetValueOrDefault(k[(k.LastIndexOf('/') + 1)..].Trim(), "")).FirstOrDefault() ?? "";
        var interval = results.Sample.Intervals[index];
        IsLogarithm = results.Sample.IsLogarithmic(index) && interval.Low95 > 0 && interval.High95 > WideRatio * interval.Low95;
        double size = Math.Abs(interval.Median);
        int power = size > 0 ? (int)Math.Floor(Math.Log10(size)) : 0;
        power = power is >= LongPower or < ShortPower ? power : 0;
        factor = Math.Pow(10, -power);
        ScaledUnit = power == 0 ? unit : $"10{(power < 0 ? "⁻" : "")}{string.Concat(Math.Abs(power).ToString(CultureInfo.InvariantCulture).Select(d => Raised[d - '0']))}{(unit.Length > 0 ? " " + unit : "")}";
        Unit = IsLogarithm ? unit : ScaledUnit;
        Published = keys.Count == 0 ? null : PublishedValues.Of(keys[0], PosteriorResults.PublishedModel(results.Fit!));
        Draws = [.. results.Sample.Values[index].Select(Shown)];
    }

    /// <summary>Which one, from 0.</summary>
    public int Index { get; }

    /// <summary>Its name, plain text.</summary>
    public string Name { get; }

    /// <summary>Keys of the model file that have its value; none without the fit.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>The unit in which it is drawn, plain text; empty if it is not known or has none.</summary>
    public string Unit { get; }

    /// <summary>The unit of tables: with a power of ten where values are large or small.</summary>
    public string ScaledUnit { get; }

    /// <summary>Whether its decimal logarithm is drawn.</summary>
    public bool IsLogarithm { get; }

    /// <summary>The paper's value in the unit of the model file.</summary>
    public double? Published { get; }

    /// <summary>Its draws as they are drawn.</summary>
    public double[] Draws { get; }

    /// <summary>What is drawn, plain text.</summary>
    public string Label => IsLogarithm ? $"log₁₀ {Name}" : Name;

    /// <summary>A value, in the unit of the model file, as it is drawn.</summary>
    public double Shown(double value) => IsLogarithm ? Math.Log10(value) : factor * value;

    /// <summary>A value in the unit of tables, which have no logarithms.</summary>
    public double Scaled(double value) => factor * value;

    /// <summary>The axis on which it is drawn.</summary>
    public Axis Axis => new(Markup.Of(Label), Markup.Of(Unit));
}
