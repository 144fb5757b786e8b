using System.Globalization;
using Oort.Surveys;

namespace Oort.Report.Sun25;

/// <summary>Regions of the sky in words.</summary>
internal static class RegionText
{
    /// <summary>A region's number, with two digits as the paper has it.</summary>
    public static string Number(int number) => number.ToString("00", CultureInfo.InvariantCulture);

    /// <summary>A range of numbers.</summary>
    public static string Range(double first, double last) => $"{Markup.Plain(first)} to {Markup.Plain(last)}";

    /// <summary>What stands above a region's panel: its number, the longitude and latitude of its centre, its distances.</summary>
    public static string Title(SkyRegion region)
    {
        SkyWindow w = region.Window;
        string direction = w.LastLongitude - w.FirstLongitude >= 360
            ? $"<i>b</i> {Markup.Plain(w.FirstLatitude)}° to {Markup.Plain(w.LastLatitude)}°"
            : $"({Markup.Plain(0.5 * (w.FirstLongitude + w.LastLongitude))}°, {Markup.Plain(0.5 * (w.FirstLatitude + w.LastLatitude))}°)";
        return $"{Number(region.Number)}: {direction}, {Markup.Plain(region.Nearest)}–{Markup.Plain(region.Farthest)} kpc";
    }
}
