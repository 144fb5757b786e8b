using System.Globalization;
using Oort.Surveys;

namespace Oort.Cli.Output;

/// <summary>Where a bin or region of a survey is, as the beginning of a line of a table.</summary>
internal static class BinText
{
    /// <summary>Its number and limits.</summary>
    public static string Of(Survey survey, int number)
    {
        if (survey.Regions is SkyRegions regions)
        {
            SkyRegion r = regions[number];
            return Text($"{number,6} {r.Window.FirstLongitude,4:0.##} to {r.Window.LastLongitude,3:0.##} {r.Window.FirstLatitude,4:0.##} to {r.Window.LastLatitude,3:0.##} {r.Nearest,3:0.##} to {r.Farthest,-3:0.##} {r.Group,-5}");
        }

        SpatialBin b = survey.Bins[number];
        return Text($"{number,3} {b.RLow - survey.Sun.R0,5:0.##} to {b.RHigh - survey.Sun.R0,4:0.##} {b.ZLow,5:0.##} to {b.ZHigh,4:0.##}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
