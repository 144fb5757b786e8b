using System.Globalization;
using Oort.Surveys;

namespace Oort.Report.Sun25;

/// <summary>Figure 2: the catalogue's distances beside those from parallaxes.</summary>
internal static class DistanceFigure
{
    // What the paper finds: the ratio and about how many stars.
    private static readonly (double Ratio, double Stars)[] Paper = [(0.86, 160_000), (0.97, 2_000)];

    /// <summary>The section; null without a catalogue.</summary>
    public static Section? Of(Sun25Context context)
    {
        if (context.Results.Catalogue is not Sun25Catalogue catalogue)
        {
            return null;
        }

        CatalogueViews views = catalogue.Views;
        DistanceRatios[] shown = [.. views.Distances.Where(d => d.Stars > 0)];
        const string Title = "Distances beside those from parallaxes";
        if (shown.Length == 0)
        {
            return new("figure-2", "Figure 2", Title, "", [])
            {
                Missing = views.Distances.Count == 0 ? "Left out: the catalogue lacks parallaxes with errors, or distances beside them." : "Left out: no star has a parallax and a distance with small errors in the directions of the paper.",
            };
        }

        Axis x = new("1/<i>ϖ</i>", "kpc"), y = new("<i>D</i>", "kpc");
        return new("figure-2", "Figure 2", Title,
            "The catalogue’s distances before correction beside those from parallaxes, of giants with errors of the parallax below 10 % and of the distance, where it has one, below 50 %. Directions: "
            + string.Join("; ", shown.Select(d => $"{d.Direction}, <i>b</i> from {RegionText.Range(d.Window.FirstLatitude, d.Window.LastLatitude)}°{(d.Window.LastLongitude - d.Window.FirstLongitude < 360 ? $", <i>l</i> from {RegionText.Range(d.Window.FirstLongitude, d.Window.LastLongitude)}°" : "")}"))
            + ". Lines: the median ratio, that of the paper, and equality.",
            [
                new Figure("figure-2-panels", Title, 2, [.. shown.Select(d => DensityMaps.Panel(d.Map, x, y, "log<sub>10</sub> stars kpc<sup>−2</sup>",
                    Line("Equal", new(Colour.Grey, Dash.Dash), 1, d), Line("Paper’s ratio", new(Colour.Vermillion, Dash.Dash), PaperOf(d).Ratio, d), Line("Median ratio", new(Colour.Vermillion), d.MedianRatio, d)) with { Title = Capital(d.Direction) })]),
            ])
        {
            Compared = "This catalogue",
            Comparisons =
            [
                .. shown.SelectMany(d => (Comparison[])
                [
                    new($"Median <i>D</i>·<i>ϖ</i>, {Markup.Of(d.Direction)}", "", d.MedianRatio, PaperOf(d).Ratio) { Note = Sun25Context.Provenance(views.IsMock) },
                    new($"Giants compared, {Markup.Of(d.Direction)}", "", d.Stars, PaperOf(d).Stars),
                ]),
            ],
        };

        (double Ratio, double Stars) PaperOf(DistanceRatios d) => Paper[views.Distances.ToList().IndexOf(d)];
    }

    private static Curve Line(string name, Style style, double ratio, DistanceRatios d)
    {
        double end = Math.Min(d.Map.X.High, d.Map.Y.High / ratio);
        return new(name, style, [0, end], [0, ratio * end]);
    }

    private static string Capital(string text) => char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];
}
