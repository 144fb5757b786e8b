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

    // Beyond cells of less than this share of the highest there is nothing to see.
    private const double Negligible = 0.01;

    /// <summary>Those of Figures 8 to 12 that show some groups.</summary>
    public static IEnumerable<Section?> MainText(Sun25Context context, params string[] groups) => InText.Where(f => groups.Contains(f.Group)).Select(f => Of(context, f.Number, f.Quantity, f.Group));

    /// <summary>Figures A.1 to A.10.</summary>
    public static IEnumerable<Section?> Appendix(Sun25Context context) => InAppendix.Select(f => Of(context, f.Number, f.Quantity, f.Group));

    private static Section? Of(Sun25Context context, string number, string quantity, string group)
    {
        SkyRegion[] regions = [.. context.Results.Survey.Regions!.All.Where(r => r.Group == group)];
        ShownModel[] models = [.. context.Models.Where(m => m.Model.Regions?.Histograms.Quantities.Contains(quantity) ?? false)];
        HistogramSet? stars = context.Results.Data?.Histograms is HistogramSet set && set.Quantities.Contains(quantity) ? set : null;
        bool isMeasured = context.Results.Survey.Regions!.AxesOf(1).Any(a => a.Quantity == quantity);
        if (regions.Length == 0 || (models.Length == 0 && stars is null && isMeasured))
        {
            return null;
        }

        string id = $"figure-{number.ToLowerInvariant().Replace(".", "-", StringComparison.Ordinal)}";
        string numbers = regions.Length == 1 ? $"region {regions[0].Number}" : $"regions {regions[0].Number} {(regions.Length == 2 ? "and" : "to")} {regions[^1].Number}";
        if (!isMeasured)
        {
            return new(id, $"Figure {number}", $"{Name(quantity)}, {numbers}", "", []) { Missing = $"Left out: the survey has no histograms of the {Words(quantity)}." };
        }

        (double Low, double High) range = Range([.. regions.SelectMany(r => models.Length > 0 ? models.Select(m => m.Model.Regions!.Histograms[r.Number, quantity]) : [stars![r.Number, quantity]])]);
        bool fits = models.Any(m => m.Model.Misfit is not null) && stars is not null;
        return new(id, $"Figure {number}", $"{Name(quantity)}, {numbers}",
            $"The distribution of the {Words(quantity)} in {numbers}. Above each panel stand the region’s number, the longitude and latitude of its centre and its distances from the Sun. "
            + (stars is null ? "" : $"Points are the {context.StarsWord}, with the errors of their numbers; " + (fits ? "in the corner is each model’s <i>χ</i><sup>2</sup> over the number of cells with five stars or more, if there are such, in its colour. " : ""))
            + "Curves are the models’ distributions in the cells of the histograms" + (context.Results.Survey.Errors is null ? "." : ", with the errors of the survey."),
            [
                new Figure($"{id}-panels", $"Distribution of the {Words(quantity)} in {numbers}", regions.Length > 4 ? 4 : 2,
                    [.. regions.Select(r => Panel(context, models, stars, r, quantity, range))]),
            ])
        {
            Missing = context.Results.Data is null ? "No histograms of stars were given (<code>--data</code>)." : stars is null ? $"The stars’ catalogue has no {Words(quantity)}." : "",
        };
    }

    private static Panel Panel(Sun25Context context, ShownModel[] models, HistogramSet? stars, SkyRegion region, string quantity, (double Low, double High) range)
    {
        List<Mark> marks = [];
        List<Note> notes = [];
        double highest = 0;
        if (stars is not null && stars.Bins.FirstOrDefault(b => b.Bin == region.Number) is { Stars: > 0 })
        {
            Histogram h = stars[region.Number, quantity];
            int[] filled = [.. Enumerable.Range(0, h.Cells).Where(i => h.Count[i] > 0)];
            if (filled.Length > 0)
            {
                marks.Add(new Points(context.StarsWord is "stars" ? "Stars" : "Mock stars", ModelStyles.Data, [.. filled.Select(i => Middle(h, i))], [.. filled.Select(i => h.P[i])]) { Below = [.. filled.Select(i => h.Error[i])], Size = 3.6 });
                highest = filled.Max(i => h.P[i] + h.Error[i]);
            }
        }

        foreach (ShownModel model in models)
        {
            Histogram h = model.Model.Regions!.Histograms[region.Number, quantity];
            marks.Add(new Curve(model.Label, model.Style, [.. Enumerable.Range(0, h.Cells).Select(i => Middle(h, i))], [.. h.P]));
            highest = Math.Max(highest, h.P.Max());
            if (model.Model.Misfit?.Parts.FirstOrDefault(p => p.Bin == region.Number && p.Quantity == quantity) is { Cells: > 0 } part)
            {
                notes.Add(new(Corner.UpperLeft, $"<i>χ</i><sup>2</sup> {Markup.Of(part.ChiSquared / part.Cells)}", model.Style.Colour));
            }
        }

        // Room for the notes.
        return new(RegionText.Title(region), new(QuantityText.Symbol(quantity), QuantityText.Unit(quantity), Low: range.Low, High: range.High),
            new("<i>p</i>", $"({QuantityText.Unit(quantity)})<sup>−1</sup>", Low: 0, High: highest > 0 ? 1.15 * highest : 1), marks)
        { Notes = notes };
    }

    /// <summary>The part of the axis in which there is something in any of the regions: the same for all panels.</summary>
    private static (double Low, double High) Range(IReadOnlyList<Histogram> histograms)
    {
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (Histogram h in histograms.Where(h => h.P.Any(p => p > 0)))
        {
            double least = Negligible * h.P.Max();
            int[] seen = [.. Enumerable.Range(0, h.Cells).Where(i => h.P[i] > least)];
            (low, high) = (Math.Min(low, h.Edges[seen[0]]), Math.Max(high, h.Edges[seen[^1] + 1]));
        }

        return low < high ? (low, high) : (histograms.Min(h => h.Edges[0]), histograms.Max(h => h.Edges[^1]));
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
