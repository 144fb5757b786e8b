using System.Globalization;
using Oort.Surveys;

namespace Oort.Report.Sun25;

/// <summary>Table 1: the regions of the sky and the stars in them.</summary>
internal static class RegionTable
{
    // Table 1 of Sun et al. (2025).
    private static readonly int[] PaperCounts =
    [
        2550, 2915, 2448, 1366, 2204, 2248, 2836, 1314, 1438, 2381, 3039, 1758, 959, 2183, 2964, 2057, 2891, 4515, 2741, 4407, 12921, 7707, 5860, 2330, 1272, 1256, 1144, 1839, 1206, 1360,
    ];

    /// <summary>The section.</summary>
    public static Section Of(Sun25Context context)
    {
        SkyRegions regions = context.Results.Survey.Regions!;
        Dictionary<int, double>? counts = context.RegionCounts;
        bool isPapers = regions.Count == PaperCounts.Length;
        IReadOnlyList<string>[] rows = [.. regions.All.Select(r => (string[])
        [
            RegionText.Number(r.Number), Markup.Of(r.Group), RegionText.Range(r.Window.FirstLongitude, r.Window.LastLongitude), RegionText.Range(r.Window.FirstLatitude, r.Window.LastLatitude),
            RegionText.Range(r.Nearest, r.Farthest), .. counts is null ? (string[])[] : [Text(counts.GetValueOrDefault(r.Number))], .. isPapers ? (string[])[Text(PaperCounts[r.Number - 1])] : [],
        ])];
        string[] all = ["All", "", "", "", "", .. counts is null ? (string[])[] : [Text(counts.Values.Sum())], .. isPapers ? (string[])[Text(PaperCounts.Sum())] : []];
        return new("table-1", "Table 1", "Regions of the sky",
            "Galactic longitudes and latitudes (degrees) and distances from the Sun (kpc) of each region. What is at a lower limit belongs to the region, what is at an upper one does not."
            + (counts is null ? "" : $" Numbers are those of the {context.StarsWord} after all cuts."),
            [new Table("table-1-regions", "", ["Region", "Group", "<i>l</i> / deg", "<i>b</i> / deg", "<i>d</i> / kpc", .. counts is null ? (string[])[] : [context.StarsWord is "stars" ? "Stars" : "Mock stars"], .. isPapers ? (string[])["Paper"] : []], [.. rows, all])])
        {
            Missing = counts is null ? "No stars were given (<code>--data</code> or <code>--catalogue</code>): their numbers are not listed." : "",
        };
    }

    private static string Text(double count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
