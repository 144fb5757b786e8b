using System.Globalization;
using Oort.Inference.Chains;
using Oort.Inference.Posteriors;
using Oort.Models.Predictions;

namespace Oort.Report.Posterior;

/// <summary>The parameters: a table and the corner plot.</summary>
internal static class ParameterSection
{
    /// <summary>Medians, intervals and diagnostics of all parameters, beside the paper's values.</summary>
    public static Section Of(PosteriorResults results, IReadOnlyList<ShownParameter> all)
    {
        bool compared = all.Any(p => p.Published is not null);
        Sun25Published? model = results.Fit is null ? null : PosteriorResults.PublishedModel(results.Fit);
        string paper = model is null ? "Binney &amp; Vasiliev 2023, Table 3" : $"Sun et al. 2025, Table 2, {Markup.Of(model.Name)}";
        List<string> header = ["", "Median", "68 %", "95 %", "Best", "<i>τ</i><br>steps", "ESS", "split R̂"];
        if (compared)
        {
            header.InsertRange(5, [$"Paper", "Paper&nbsp;−&nbsp;median<br><i>σ</i>"]);
        }

        return new("parameters", "1", "Parameters",
            "Median, central intervals that hold 68.3 and 95.4 % of the draws, value at the largest posterior density, integrated autocorrelation time, effective sample size and split R̂ of each parameter."
            + (compared ? $" The paper’s values ({paper}) are those of the same keys of the model file; the last column beside them is their distance from the median in half-widths of the 68 % interval on that side. A mock made with other values agrees with its own, not with these." : ""),
            [new Table("parameter-table", "", header, [.. all.Select(p => Row(results, p, compared))])])
        {
            Missing = results.Fit is null ? "Without the fit file (<code>--fit</code>) units and published values are not known, and no model can be drawn." : "",
        };
    }

    /// <summary>The corner plot, with all parameters or those that are wanted.</summary>
    public static Section Corner(PosteriorResults results, IReadOnlyList<ShownParameter> all)
    {
        ShownParameter[] shown = Chosen(results, all);
        List<Block> blocks = [CornerPlot.Of(results, shown)];
        string others = "";
        if (shown.Length < all.Count)
        {
            blocks.Add(new Figure("marginals", "The density of each parameter", 4, [.. all.Select(p => Marginal(results, p))]));
            others = $" {shown.Length} of {all.Count} parameters are in the triangle{(results.Corner.Count == 0 ? ", those that are most correlated with another" : "")}; <code>--corner</code> chooses others. Below, the density of each of all.";
        }

        string paper = shown.Any(p => p.Published is not null) ? " Dashed lines are the paper’s values, where they are in the frame." : "";
        return new("corner-plot", "2", "Corner plot",
            $"Densities of parameters (diagonal, with the central 68 and 95 % intervals shaded) and of pairs (contours inside which 68 and 95 % of the draws lie), smoothed by Gaussian kernels as narrow as the effective number of draws allows. "
            + $"The red line and point are the best fit.{paper}{others}", blocks);
    }

    private static Panel Marginal(PosteriorResults results, ShownParameter p)
    {
        PosteriorCurve curve = PosteriorCurve.Of(p.Draws, results.Sample.EffectiveSize(p.Index));
        return new(Markup.Of(p.Name), p.Axis, new("density"), [new Curve("Density", new(Colour.Blue), curve.X, curve.Density)]);
    }

    private static ShownParameter[] Chosen(PosteriorResults results, IReadOnlyList<ShownParameter> all)
    {
        const int Most = PosteriorResults.MostInCorner;
        results.CheckCorner();
        if (results.Corner.Count > 0)
        {
            return [.. results.Corner.Select(name => all.First(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))).Distinct()];
        }

        double Strongest(ShownParameter p) => all.Where(o => o != p).Max(o => Math.Abs(results.Sample.Correlation(p.Index, o.Index)));
        return all.Count <= Most ? [.. all] : [.. all.OrderByDescending(Strongest).Take(Most).OrderBy(p => p.Index)];
    }

    private static string[] Row(PosteriorResults results, ShownParameter p, bool compared)
    {
        CredibleInterval i = results.Sample.Intervals[p.Index];
        ParameterSummary s = results.Sample.Summary.Parameters[p.Index];
        string unit = p.ScaledUnit.Length > 0 ? $" <span class=\"unit\">{Markup.Of(p.ScaledUnit)}</span>" : "";
        string Text(double value) => Rounded(p.Scaled(value), p.Scaled(i.High68 - i.Low68));
        List<string> row =
        [
            Markup.Of(p.Name) + unit, Text(i.Median), $"{Text(i.Low68)} … {Text(i.High68)}", $"{Text(i.Low95)} … {Text(i.High95)}", Text(s.Best),
            Markup.Of(s.Time), double.IsFinite(s.EffectiveSize) ? s.EffectiveSize.ToString("F0", CultureInfo.InvariantCulture) : "–",
            double.IsFinite(s.RHat) ? s.RHat.ToString("F3", CultureInfo.InvariantCulture) : "–",
        ];
        if (compared)
        {
            row.InsertRange(5, p.Published is double paper ? [Markup.Plain(p.Scaled(paper)), Distance(i, paper)] : ["–", "–"]);
        }

        return [.. row];
    }

    /// <summary>How far a number is from the median, in half-widths of the 68 % interval on its side.</summary>
    public static string Distance(CredibleInterval i, double value)
    {
        double width = value > i.Median ? i.High68 - i.Median : i.Median - i.Low68;
        return width > 0 && double.IsFinite(value) ? ((value - i.Median) / width).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture) : "–";
    }

    /// <summary>A number with as many digits as an interval of some width deserves: a hundredth of it.</summary>
    public static string Rounded(double value, double width)
        => !(width > 0) || !double.IsFinite(width) ? Markup.Of(value, 4)
            : Markup.Of(value, Math.Clamp((int)Math.Floor(Math.Log10(Math.Max(Math.Abs(value), width))) - (int)Math.Floor(Math.Log10(width)) + 2, 2, 8));
}
