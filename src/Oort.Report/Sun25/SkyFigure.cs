using System.Globalization;
using Oort.Surveys;

namespace Oort.Report.Sun25;

/// <summary>Figure 3: the regions on the sky, with the numbers of stars in them.</summary>
internal static class SkyFigure
{
    private static readonly Colour[] Colours = [Colour.Vermillion, Colour.Blue, Colour.Green, Colour.Purple, Colour.Orange, Colour.Wine];

    /// <summary>The section.</summary>
    public static Section Of(Sun25Context context)
    {
        SkyRegions regions = context.Results.Survey.Regions!;
        CatalogueViews? views = context.Results.Catalogue?.Views;
        Dictionary<int, double>? counts = context.RegionCounts;
        Window[] windows = [.. regions.All.GroupBy(r => r.Window).Select(g => new Window(g.Key, [.. g], string.Join(", ", regions.Groups.Where(name => regions.All.Any(r => r.Group == name && Shares(r.Window, g.Key))))))];
        string[] names = [.. windows.Select(w => w.Name).Distinct()];
        Style Of(Window w) => new(Colours[Array.IndexOf(names, w.Name) % Colours.Length], Width: 1.4);
        Window[] around = [.. windows.Where(w => !IsPole(w))], pole = [.. windows.Where(IsPole)];
        List<Block> blocks = [];
        if (around.Length > 0)
        {
            double first = around.Min(w => w.Place.FirstLongitude) - 5, last = around.Max(w => w.Place.LastLongitude) + 5, low = around.Min(w => w.Place.FirstLatitude) - 5, high = around.Max(w => w.Place.LastLatitude) + 12;
            List<Mark> marks = [.. views is null ? (Mark[])[] : [Giants(views.Sky, first, last, low, high)]];
            foreach (Window w in around)
            {
                SkyWindow p = w.Place;
                double x = 0.5 * (p.FirstLongitude + p.LastLongitude), y = 0.5 * (p.FirstLatitude + p.LastLatitude);
                bool isAround = around.Any(o => o != w && Holds(p, o.Place));
                marks.Add(new Curve(w.Name, Of(w) with { Width = isAround ? 2.4 : 1.4 }, [p.FirstLongitude, p.LastLongitude, p.LastLongitude, p.FirstLongitude, p.FirstLongitude], [p.FirstLatitude, p.FirstLatitude, p.LastLatitude, p.LastLatitude, p.FirstLatitude]));

                // What stands around others is labelled above all, and in one line where there is no room for several.
                marks.Add(new Labels(w.Name, Of(w) with { Colour = isAround ? Of(w).Colour : Colour.Ink }, [x], [isAround ? high - 5 : y], [string.Join("<br>", Lines(w, counts))])
                {
                    Short = [string.Join(isAround ? ", " : "<br>", Lines(w, null))],
                });
            }

            blocks.Add(new Figure("figure-3-sky", "Regions on the sky", 1,
                [new Panel("", new("<i>l</i>", "deg", Low: first, High: last), new("<i>b</i>", "deg", Low: low, High: high), marks) { Aspect = 0.62 }]));
        }

        if (pole.Length > 0)
        {
            List<Mark> marks = [.. views is null ? (Mark[])[] : [Giants(views.Pole, -12, 12, -12, 12)]];
            foreach (Window w in pole)
            {
                (double[] x, double[] y) = w.Place.AroundPole(120);
                marks.Add(new Curve(w.Name, Of(w), x, y));
            }

            Note[] notes = [.. pole.SelectMany(w => Lines(w, counts)).Select(line => new Note(Corner.UpperLeft, line))];
            blocks.Add(new Figure("figure-3-pole", "Regions around the north Galactic pole", 3,
                [new Panel("", new("(90° − <i>b</i>) cos <i>l</i>", "deg", Low: -12, High: 12), new("(90° − <i>b</i>) sin <i>l</i>", "deg", Low: -12, High: 12), marks) { Aspect = 0.92, Notes = notes }]));
        }

        return new("figure-3", "Figure 3", "Regions on the sky",
            "The regions, grouped as the paper groups them, with their numbers" + (counts is null ? "" : $" and, behind #, the {context.StarsWord} in them, after all cuts")
            + (views is null ? "." : $"; grey: all {context.Stars(views.Giants)}.") + " Regions in one direction differ in distance (Table 1). The second panel is the sky around the north Galactic pole.", blocks)
        {
            Missing = counts is null ? "No stars were given (<code>--data</code> or <code>--catalogue</code>): their numbers are not shown." : "",
        };
    }

    private static HeatMap Giants(StarMap map, double firstX, double lastX, double firstY, double lastY)
    {
        int Cell(HistogramAxis axis, double at) => (int)Math.Round((Math.Clamp(at, axis.Low, axis.High) - axis.Low) / axis.Width);
        return DensityMaps.Map(map, Cell(map.X, firstX), Cell(map.X, lastX), Cell(map.Y, firstY), Cell(map.Y, lastY), "log<sub>10</sub> giants deg<sup>−2</sup>") with
        {
            IsOverlay = true,
            HasScale = false,
            Style = new(Colour.Grey),
        };
    }

    private static IEnumerable<string> Lines(Window w, Dictionary<int, double>? counts)
        => w.Regions.Select(r => RegionText.Number(r.Number) + (counts is null ? "" : $" #{counts.GetValueOrDefault(r.Number).ToString("0", CultureInfo.InvariantCulture)}"));

    private static bool IsPole(Window w) => w.Place.LastLongitude - w.Place.FirstLongitude >= 360 && w.Place.LastLatitude >= 90;

    private static bool Shares(SkyWindow a, SkyWindow b) => a == b;

    private static bool Holds(SkyWindow a, SkyWindow b)
        => a.FirstLongitude <= b.FirstLongitude && a.LastLongitude >= b.LastLongitude && a.FirstLatitude <= b.FirstLatitude && a.LastLatitude >= b.LastLatitude;

    /// <summary>Regions in one direction.</summary>
    private sealed record Window(SkyWindow Place, IReadOnlyList<SkyRegion> Regions, string Name);
}
