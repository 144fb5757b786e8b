using System.Globalization;
using Oort.Definitions;
using Oort.Inference.Posteriors;
using Oort.Report.Bv23;
using Oort.Surveys;

namespace Oort.Report.Posterior;

/// <summary>The data, the best fit and bands of the models drawn from the chain.</summary>
internal static class BandFigures
{
    /// <summary>How much a band of 95 % covers, and one of 68 % on top of it.</summary>
    internal const double Faint = 0.2, Strong = 0.45;

    private const double MostErrors = 5;

    /// <summary>The section; null where no model was drawn.</summary>
    public static Section? Of(PosteriorResults results)
    {
        if (results.Predictions is not PosteriorPredictions predictions || results.Fit is not FitDefinition fit)
        {
            return null;
        }

        int[] bins = [.. predictions.Bands.Select(b => b.Best.Bin).Distinct()];
        int most = bins.Max(b => predictions.Bands.Count(h => h.Best.Bin == b));
        View[] views = [.. bins.Where(b => predictions.Bands.Count(h => h.Best.Bin == b) == most)
            .SelectMany(bin => (View[])[
                new(Title(fit, bin), [.. predictions.Bands.Where(h => h.Best.Bin == bin).Select(h => Panel(fit, h))]),
                new(Title(fit, bin) + ", difference from the best fit", [.. predictions.Bands.Where(h => h.Best.Bin == bin).Select(h => Difference(fit, h))])])];
        string failed = predictions.Failed > 0 ? $" {predictions.Failed} more draws have no model." : "";
        return new("bands", "4", "Best fit and bands beside the data",
            $"Distributions in each {(fit.InRegions is null ? "bin" : "region")}: the stars with their errors (points), the model at the largest posterior density (line), and central intervals of {predictions.Draws} models drawn from the chain. "
            + $"With each, the same less the best fit, in the stars’ errors. Bands tell what is not known of the model; the stars scatter about it by their errors besides. A 95 % band of so few draws reaches about to their extremes.{failed}",
            [new Figure("band-panels", "Distributions of the stars and of models drawn from the chain", Math.Min(3, most), views)]);
    }

    private static Panel Panel(FitDefinition fit, HistogramBand band)
    {
        Histogram model = band.Best, data = fit.Data[model.Bin, model.Quantity];
        double[] middle = Middle(model);
        double top = Math.Max(data.P.Max(), model.P.Max()), least = Math.Max(1e-5 * top, 0.3 * data.P.Where(p => p > 0).DefaultIfEmpty(1e-4 * top).Min());
        double[] Values(Func<CredibleInterval, double> value) => [.. band.Bands.Select(value).Select(v => v > least ? v : least)];
        int[] seen = [.. Enumerable.Range(0, data.Cells).Where(i => data.P[i] > 0)];
        string unit = model.Quantity is "pmra" or "pmdec" ? "(mas yr<sup>−1</sup>)<sup>−1</sup>" : "(km s<sup>−1</sup>)<sup>−1</sup>";
        return new(QuantityText.Symbol(model.Quantity), QuantityText.AxisOf(model.Quantity, model), new("<i>p</i>", unit, true, least, 2.5 * top),
        [
            .. Bands(middle, Values),
            new Curve("Best fit", ComponentStyles.Model, middle, [.. model.P.Select(v => v > least ? v : double.NaN)]),
            new Points("Stars", ComponentStyles.Data, [.. seen.Select(i => middle[i])], [.. seen.Select(i => data.P[i])])
            {
                // On a logarithmic axis an error that reaches to zero ends below the frame.
                Below = [.. seen.Select(i => Math.Min(data.Error[i], data.P[i] - 0.5 * Math.Min(least, data.P[i])))],
                Above = [.. seen.Select(i => data.Error[i])],
            },
        ]);
    }

    /// <summary>All less the best fit, in the errors of the stars; cells without stars have none.</summary>
    private static Panel Difference(FitDefinition fit, HistogramBand band)
    {
        Histogram model = band.Best, data = fit.Data[model.Bin, model.Quantity];
        double[] middle = Middle(model);
        double In(int i, double p) => data.Error[i] > 0 ? (p - model.P[i]) / data.Error[i] : double.NaN;
        double[] Values(Func<CredibleInterval, double> value) => [.. band.Bands.Select((b, i) => In(i, value(b)))];
        int[] seen = [.. Enumerable.Range(0, data.Cells).Where(i => data.Error[i] > 0)];
        double[] ones = [.. seen.Select(_ => 1.0)];
        return new(QuantityText.Symbol(model.Quantity), QuantityText.AxisOf(model.Quantity, model), new("(<i>p</i> − <i>p</i><sub>best</sub>)/error", "", false, -MostErrors, MostErrors),
        [
            .. Bands(middle, Values),
            new Curve("Best fit", ComponentStyles.Model, [model.Edges[0], model.Edges[^1]], [0, 0]),
            new Points("Stars", ComponentStyles.Data, [.. seen.Select(i => middle[i])], [.. seen.Select(i => In(i, data.P[i]))]) { Below = ones },
        ]);
    }

    private static Band[] Bands(double[] middle, Func<Func<CredibleInterval, double>, double[]> values) =>
    [
        new("95 %", new(Colour.Blue), middle, values(i => i.Low95), values(i => i.High95)) { Opacity = Faint },
        new("68 %", new(Colour.Blue), middle, values(i => i.Low68), values(i => i.High68)) { Opacity = Strong },
    ];

    private static double[] Middle(Histogram h) => [.. Enumerable.Range(0, h.Cells).Select(i => 0.5 * (h.Edges[i] + h.Edges[i + 1]))];

    private static string Title(FitDefinition fit, int bin)
    {
        if (fit.InRegions is not null)
        {
            SkyRegion region = fit.Survey.Regions![bin];
            return $"region {bin} ({region.Group})";
        }

        SpatialBin b = fit.Survey.Bins[bin];
        string Text(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);
        return $"bin {bin}: R {Text(b.RLow)} to {Text(b.RHigh)}, |z| {Text(b.ZLow)} to {Text(b.ZHigh)} kpc";
    }
}
