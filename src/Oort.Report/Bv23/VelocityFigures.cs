using System.Globalization;
using Oort.Surveys;

namespace Oort.Report.Bv23;

/// <summary>Figures 10 to 12: velocity distributions in the bins.</summary>
internal static class VelocityFigures
{
    private const double Lowest = 3e-6, Highest = 0.1;

    /// <summary>The axis of the distributions.</summary>
    public static Axis Probability { get; } = new("<i>p</i>", "(km s<sup>−1</sup>)<sup>−1</sup>", true, Lowest, Highest);

    /// <summary>Figures 10 to 12, the last with all bins.</summary>
    public static IEnumerable<Section> All(Bv23Context context)
    {
        if (context.Results.Survey is not SurveyResults results)
        {
            yield break;
        }

        SpatialBins bins = results.Survey.Bins;
        int heights = bins.Heights.Count - 1, radii = bins.Radii.Count - 1;
        int[] columns = [0, radii / 2, radii - 1];
        for (int i = 0; i < 3; i++)
        {
            int number = 10 + i;
            string id = $"figure-{number}";
            SpatialBin first = bins[columns[i] * heights + 1];
            int[] alternate = [.. Enumerable.Range(0, heights).Where(k => k % 2 == 0).Reverse().Select(k => columns[i] * heights + k + 1)];
            List<Block> blocks =
            [
                new Figure($"{id}-panels", $"Velocity distributions in bins of growing height, R from {Text(first.RLow)} to {Text(first.RHigh)} kpc", 3,
                    [.. alternate.SelectMany(bin => Panels(context, results, bin, withComponents: false))]),
            ];
            if (i == 1)
            {
                blocks.Add(new Figure($"{id}-components", "The components' contributions to these velocity distributions", 3,
                    [.. alternate.SelectMany(bin => Panels(context, results, bin, withComponents: true))]));
            }

            if (i == 2)
            {
                blocks.Add(new Figure("all-bins", "Velocity distributions in one of all bins", 3,
                    [.. Enumerable.Range(1, bins.Count).Select(bin => new View($"bin {bin}: R {Text(bins[bin].RLow)} to {Text(bins[bin].RHigh)}, |z| {Text(bins[bin].ZLow)} to {Text(bins[bin].ZHigh)} kpc",
                        [.. Panels(context, results, bin, withComponents: true)]))]));
            }

            string range = $"<i>R</i> from {Markup.Plain(Math.Round(first.RLow, 2))} to {Markup.Plain(Math.Round(first.RHigh, 2))} kpc";
            yield return new(id, $"Figure {number}", $"Velocity distributions, {Where(first, results.Survey.Sun.R0)}",
                $"Distributions of <i>V</i><sub>R</sub>, <i>V</i><sub>z</sub> and <i>V</i><sub>φ</sub> in bins with {range} and distances from the plane that grow upwards, alternate ones of all. {Curves(results)}"
                + (i == 1 ? " The lower block shows what each component contributes to the model’s." : i == 2 ? $" Below, any of the {bins.Count} bins can be chosen." : ""), blocks)
            {
                Missing = results.Data is null ? "No histograms of stars were given (<code>--data</code>, made by <code>oort reduce</code>): the model stands alone, at the barycentres of the stars that the survey would see." : "",
            };
        }
    }

    /// <summary>A bin as markup.</summary>
    public static string Place(SpatialBin bin)
        => $"<i>R</i> {Markup.Plain(Math.Round(bin.RLow, 2))}–{Markup.Plain(Math.Round(bin.RHigh, 2))}, |<i>z</i>| {Markup.Plain(bin.ZLow)}–{Markup.Plain(bin.ZHigh)}";

    /// <summary>A histogram as steps.</summary>
    public static Steps Steps(string name, Style style, Histogram histogram) => new(name, style, [.. histogram.Edges], [.. histogram.P]) { Errors = [.. histogram.Error] };

    private static IEnumerable<Panel> Panels(Bv23Context context, SurveyResults results, int bin, bool withComponents)
    {
        HistogramSet model = results.Prediction.Total;
        HistogramBin place = model.Bins.First(b => b.Bin == bin);
        HistogramBin? stars = results.Data?.Data.Bins.First(b => b.Bin == bin);
        int row = model.Bins.ToList().IndexOf(place);
        foreach ((string quantity, int i) in model.Quantities.Select((q, i) => (q, i)))
        {
            Histogram prediction = model[bin, quantity];
            List<Mark> marks = [];
            if (results.Data is HistogramComparison data)
            {
                marks.Add(Steps("Stars", ComponentStyles.Data, data.Data[bin, quantity]));
            }

            if (withComponents)
            {
                marks.AddRange(results.Prediction.Components.Where(c => c.Share[row] > 0).Select(c => Line(ContextLabel(c.Name).Label, ContextLabel(c.Name).Style, c.Histograms[bin, quantity], c.Share[row])));
            }

            marks.Add(Line("Model", ComponentStyles.Model, prediction, 1));
            yield return new($"<i>R</i> = {Markup.Of(place.R, 3)}, |<i>z</i>| = {Markup.Of(place.Z, 2)} kpc", QuantityText.AxisOf(quantity, prediction), Probability, [.. marks.Where(m => m.Values.Any(v => v > Lowest))])
            {
                Notes = [new(Corner.UpperLeft, QuantityText.Moments((stars ?? place).Moments[i]))],
            };
        }

        ShownComponent ContextLabel(string name) => context.Components.First(c => c.Name == name);
    }

    private static Curve Line(string name, Style style, Histogram histogram, double share)
        => new(name, style, [.. Enumerable.Range(0, histogram.Cells).Select(i => 0.5 * (histogram.Edges[i] + histogram.Edges[i + 1]))], [.. histogram.P.Select(p => share * p)]);

    private static string Curves(SurveyResults results) => results.Data is null
        ? "Curves are the model’s distributions at the barycentres of the stars that the survey would see, given above each panel with the mean and dispersion of these stars’ velocities in it."
        : "Black histograms are the stars’, curves the model’s distributions at the stars’ barycentres, which stand above each panel; at the upper left are mean and dispersion of the stars’ velocities (km s<sup>−1</sup>).";

    private static string Where(SpatialBin bin, double R0) => (0.5 * (bin.RLow + bin.RHigh) - R0) switch
    {
        < -0.5 => "inside the Sun’s radius",
        > 0.5 => "outside the Sun’s radius",
        _ => "at the Sun’s radius",
    };

    private static string Text(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);
}
