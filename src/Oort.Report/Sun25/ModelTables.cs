using System.Globalization;
using Oort.Models.Predictions;

namespace Oort.Report.Sun25;

/// <summary>Tables 2 and 4: parameters of models, circular speeds, masses, and densities at the Sun, beside the paper's.</summary>
internal static class ModelTables
{
    private const string Surface = "M<sub>⊙</sub> kpc<sup>−2</sup>", Volume = "M<sub>⊙</sub> pc<sup>−3</sup>", Speed = "km s<sup>−1</sup>", Length = "kpc";

    /// <summary>Table 2.</summary>
    public static Section? Parameters(Sun25Context context)
    {
        (ShownModel Model, Sun25Numbers Numbers)[] models = Numbered(context);
        if (models.Length == 0)
        {
            return null;
        }

        return new("table-2", "Table 2", "Parameters, circular speeds and masses",
            "Parameters of the initial densities and of the distribution functions, as the models’ files have them; what a file does not have is –. A model is the paper’s where all its parameters are; one named after a model of the paper has the paper’s parameters in grey where they differ. "
            + "The circular speed at the Sun and <i>M</i><sub>200</sub> (of all mass, <i>H</i><sub>0</sub> = 67.66 km s<sup>−1</sup> Mpc<sup>−1</sup>) are those of the initial potential and of the self-consistent one, each with its difference from the paper’s, "
            + "which does not say of which of the two its numbers are. Its masses are those of the initial one where the halo is an NFW.",
            [
                new Table("table-2-density", "Initial densities",
                    ["", .. Heads("thin", false), .. Heads("thick", false), Head("<i>ρ</i><sub>0,halo</sub>", "M<sub>⊙</sub> kpc<sup>−3</sup>"), Head("<i>r</i><sub>0,halo</sub>", Length), Head("<i>d</i><sub>⊙</sub>", Length)],
                    [.. models.Select(m => Row(m.Model, m.Numbers, p => [.. Density(p.Thin), .. Density(p.Thick), p.HaloDensity, p.HaloRadius, p.SunRadius]))]),
                new Table("table-2-functions", "Distribution functions", ["", .. Heads("thin", true), .. Heads("thick", true)],
                    [.. models.Select(m => Row(m.Model, m.Numbers, p => [.. Velocities(p.Thin), .. Velocities(p.Thick)]))]),
                new Table("table-2-results", "Circular speeds and masses",
                    ["", $"{Head("<i>v</i><sub>c</sub>", Speed)}<br>initial", "self-consistent", "paper", $"{Head("<i>M</i><sub>200</sub>", "10<sup>12</sup> M<sub>⊙</sub>")}<br>initial", "self-consistent", "paper"],
                    [.. models.Select(m => Results(m.Model, m.Numbers))]),
            ])
        {
            Missing = context.Models.Count > models.Length ? $"Without quasi-isothermal discs of these names, and so not in the table: {string.Join(", ", context.Models.Where(m => m.Model.Numbers is null).Select(m => m.Label))}." : "",
        };
    }

    /// <summary>Table 4.</summary>
    public static Section? LocalDensities(Sun25Context context)
    {
        (ShownModel Model, Sun25Numbers Numbers)[] models = Numbered(context);
        return models.Length == 0 ? null : new("table-4", "Table 4", "Densities at the Sun",
            $"Densities in the plane at the Sun’s distance from the centre, {Volume}. The paper has those of Mc17a, Ca20d and Ca20e.",
            [
                new Table("table-4-densities", "", ["", "Thin disc", "Thick disc", "Dark halo", "HI", "H<sub>2</sub>"],
                    [.. models.Select(m => (string[])[m.Model.Label, .. m.Numbers.LocalDensities.Select(Fixed)])]),
            ])
        {
            Comparisons = [.. models.Where(m => m.Numbers.Published?.LocalDensities is not null).SelectMany(m => m.Numbers.Compared.Where(n => n.Where == "Table 4")
                .Select(n => new Comparison($"{m.Model.Label}, {PlainText.Quantity(n.Quantity)}", PlainText.Unit(n.Unit), n.Value, n.Paper)))],
        };
    }

    private static (ShownModel Model, Sun25Numbers Numbers)[] Numbered(Sun25Context context)
        => [.. context.Models.Where(m => m.Model.Numbers is not null).Select(m => (m, m.Model.Numbers!))];

    /// <summary>The model's numbers; below them the paper's where the model is named after one of its models and has another number.</summary>
    private static string[] Row(ShownModel model, Sun25Numbers numbers, Func<Sun25Parameters, double[]> values)
    {
        double[] own = values(numbers.Parameters);
        double[]? paper = numbers.Published is null && Sun25Published.Named(model.Model.Name) is Sun25Published named ? values(named.Parameters) : null;
        return [model.Label, .. own.Select((v, i) => Number(v) + (paper is null || Math.Abs(v - paper[i]) <= 1e-6 * paper[i] ? "" : $"<span class=\"differs\">{Number(paper[i])}</span>"))];
    }

    private static string[] Results(ShownModel model, Sun25Numbers n)
    {
        Sun25Published? published = n.Published ?? Sun25Published.Named(model.Model.Name);
        double speed = published?.CircularSpeed ?? double.NaN, mass = published?.VirialMass ?? double.NaN;
        return
        [
            model.Label + (n.Published is not null ? $" <span class=\"unit\">is {Markup.Of(n.Published.Name)}</span>" : published is not null ? $" <span class=\"unit\">beside {Markup.Of(published.Name)}</span>" : ""),
            Beside(n.InitialSpeed, speed, 1, "F1"), Beside(n.Speed, speed, 1, "F1"), Text(speed, "F1"), Beside(n.InitialMass, mass, 1e12, "F3"), Beside(n.Mass, mass, 1e12, "F3"), Text(mass / 1e12, "F2"),
        ];
    }

    private static IEnumerable<string> Heads(string disc, bool functions) => functions
        ? [Head($"<i>Σ</i><sub>0,{disc}</sub>", Surface), Head($"<i>R</i><sub>d,{disc}</sub>", Length), Head($"<i>σ</i><sub>r0,{disc}</sub>", Speed), Head($"<i>σ</i><sub>z0,{disc}</sub>", Speed), Head($"<i>R</i><sub>σ,{disc}</sub>", Length)]
        : [Head($"<i>Σ</i><sub>0,{disc}</sub>", Surface), Head($"<i>R</i><sub>d,{disc}</sub>", Length), Head($"<i>h</i><sub>{disc}</sub>", Length)];

    private static string Head(string symbol, string unit) => $"{symbol}<br>{unit.Replace(" ", "&nbsp;", StringComparison.Ordinal)}";

    private static double[] Density(Sun25Disc d) => [d.Sigma0, d.Rd, d.Height];

    private static double[] Velocities(Sun25Disc d) => [d.Sigma0, d.RdDistribution, d.SigmaR0, d.SigmaZ0, d.RSigma];

    private static string Number(double value) => !double.IsFinite(value) ? "–" : Math.Abs(value) >= 1e5 ? Markup.Of(value) : Markup.Plain(value);

    private static string Fixed(double value) => Text(value, "F4");

    private static string Text(double value, string format) => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "–";

    private static string Beside(double own, double paper, double unit, string format)
        => Text(own / unit, format) + (double.IsFinite(paper) ? string.Create(CultureInfo.InvariantCulture, $"<span class=\"differs\">{100 * (own / paper - 1):+0.0;−0.0;0.0} %</span>") : "");
}
