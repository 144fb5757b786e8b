using Oort.Inference;
using Oort.Surveys;

namespace Oort.Report.Sun25;

/// <summary>Figures 8 to 12 and A.1 to A.10: the distributions of what is seen in the regions.</summary>
internal static class RegionFigures
{
    // Which regions and which quantity the paper shows in which figure.
    private static readonly (string Number, string Quantity, string Group)[] InText =
        [("8", "pmra", "in"), ("9", "vlos", "mid"), ("10", "pmdec", "out"), ("11", "pmra", "pole"), ("12", "pmdec", "test")];

    private static readonly (string Number, string Quantity, string Group)[] InAppendix =
    [
        ("A.1", "vlos", "in"), ("A.2", "pmdec", "in"), ("A.3", "pmra", "mid"), ("A.4", "pmdec", "mid"), ("A.5", "vlos", "out"),
        ("A.6", "pmra", "out"), ("A.7", "vlos", "pole"), ("A.8", "pmdec", "pole"), ("A.9", "vlos", "test"), ("A.10", "pmra", "test"),
    ];

    /// <summary>Figures 8 to 12.</summary>
    public static IEnumerable<Section?> MainText(Sun25Context context) => InText.Select(f => Of(context, f.Number, f.Quantity, f.Group));

    /// <summary>Figures A.1 to A.10.</summary>
    public static IEnumerable<Section?> Appendix(Sun25Context context) => InAppendix.Select(f => Of(context, f.Number, f.Quantity, f.Group));

    private static Section? Of(Sun25Context context, string number, string quantity, string group)
    {
        SkyRegion[] regions = [.. context.Results.Survey.Regions!.All.Where(r => r.Group == group)];
        ShownModel[] models = [.. context.Models.Where(m => m.Model.Regions is not null)];
        HistogramSet? stars = context.Results.Data?.Histograms is HistogramSet set && set.Quantities.Contains(quantity) ? set : null;
        if (regions.Length == 0 || (models.Length == 0 && stars is null))
        {
            return null;
        }

        string id = $"figure-{number.ToLowerInvariant().Replace(".", "-", StringComparison.Ordinal)}";
        string numbers = regions.Length == 1 ? $"region {regions[0].Number}" : $"regions {regions[0].Number} to {regions[^1].Number}";
        bool fits = models.Any(m => m.Model.Misfit is not null) && stars is not null;
        return new(id, $"Figure {number}", $"{Name(quantity)}, {numbers}",
            $"The distribution of the {Words(quantity)} in {numbers}. Above each panel stand the region’s number, the longitude and latitude of its centre and its distances from the Sun. "
            + (stars is null ? "" : "Points are the stars, with their errors; " + (fits ? "in the corner is each model’s reduced <i>χ</i><sup>2</sup>. " : ""))
            + "Curves are the models’ distributions in the cells of the histograms.",
            [
                new Figure($"{id}-panels", $"Distribution of the {Words(quantity)} in {numbers}", regions.Length > 4 ? 4 : 2,
                    [.. regions.Select(r => Panel(models, stars, r, quantity))]),
            ])
        {
            Missing = context.Results.Data is null ? "No histograms of stars were given (<code>--data</code>)." : stars is null ? $"The stars’ catalogue has no {Words(quantity)}." : "",
        };
    }

    private static Panel Panel(ShownModel[] models, HistogramSet? stars, SkyRegion region, string quantity)
    {
        List<Mark> marks = [];
        List<string> notes = [];
        if (stars is not null && stars.Bins.FirstOrDefault(b => b.Bin == region.Number) is { Stars: > 0 })
        {
            Histogram h = stars[region.Number, quantity];
            int[] filled = [.. Enumerable.Range(0, h.Cells).Where(i => h.Count[i] > 0)];
            marks.Add(new Points("Stars", ModelStyles.Data, [.. filled.Select(i => Middle(h, i))], [.. filled.Select(i => h.P[i])]) { Below = [.. filled.Select(i => h.Error[i])] });
        }

        foreach (ShownModel model in models)
        {
            Histogram h = model.Model.Regions!.Histograms[region.Number, quantity];
            marks.Add(new Curve(model.Label, model.Style, [.. Enumerable.Range(0, h.Cells).Select(i => Middle(h, i))], [.. h.P]));
            if (model.Model.Misfit?.Parts.FirstOrDefault(p => p.Bin == region.Number && p.Quantity == quantity) is { Cells: > 0 } part)
            {
                notes.Add($"<i>χ</i><sup>2</sup> {Markup.Of(part.ChiSquared / part.Cells)}");
            }
        }

        Histogram cells = models.Length > 0 ? models[0].Model.Regions!.Histograms[region.Number, quantity] : stars![region.Number, quantity];
        Axis x = QuantityText.AxisOf(quantity, cells);
        return new(RegionText.Title(region), x, new("<i>p</i>", $"({x.Unit})<sup>−1</sup>", Low: 0), marks) { Notes = notes.Count == 0 ? [] : [(Corner.UpperLeft, string.Join("<br>", notes))] };
    }

    private static double Middle(Histogram h, int cell) => 0.5 * (h.Edges[cell] + h.Edges[cell + 1]);

    private static string Name(string quantity) => quantity switch
    {
        "vlos" => "Line-of-sight velocities",
        "pmra" => "Proper motions in right ascension",
        _ => "Proper motions in declination",
    };

    private static string Words(string quantity) => quantity switch
    {
        "vlos" => "line-of-sight velocity",
        "pmra" => "proper motion in right ascension",
        _ => "proper motion in declination",
    };
}
