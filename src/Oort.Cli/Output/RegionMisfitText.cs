using System.Globalization;
using System.Text;
using System.Text.Json;
using Oort.Inference;

namespace Oort.Cli.Output;

/// <summary>Chi-squared by regions of the sky and their groups, for people and as JSON.</summary>
internal static class RegionMisfitText
{
    /// <summary>A line a region, a line a group, a line for all.</summary>
    public static string Table(RegionMisfits misfits)
    {
        StringBuilder text = new();
        text.Append(Text($"{"region",6} {"group",-6} {"cells",7} {"chi-squared",13} {"reduced",9}\n"));
        foreach (RegionMisfit r in misfits.Regions)
        {
            text.Append(Text($"{r.Region,6} {r.Group,-6} {r.Cells,7} {r.ChiSquared,13:f2} {Reduced(r.Reduced),9}\n"));
        }

        text.Append(Text($"{"group",6} {"regions",6} {"cells",6} {"chi-squared",13} {"reduced",9}   mean of regions\n"));
        foreach (GroupMisfit g in misfits.Groups.Append(misfits.Total))
        {
            text.Append(Text($"{g.Name,6} {g.Regions,6} {g.Cells,7} {g.ChiSquared,13:f2} {Reduced(g.Reduced),9} {Reduced(g.MeanReduced),17}\n"));
        }

        return text.ToString();
    }

    /// <summary>The properties regions, an array, and groups, an object that holds all too.</summary>
    public static void Write(Utf8JsonWriter json, RegionMisfits misfits)
    {
        json.WriteStartArray("regions");
        foreach (RegionMisfit r in misfits.Regions)
        {
            json.WriteStartObject();
            json.WriteNumber("region", r.Region);
            json.WriteString("group", r.Group);
            Numbers(json, r.Cells, r.ChiSquared, r.Reduced);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("groups");
        foreach (GroupMisfit g in misfits.Groups.Append(misfits.Total))
        {
            json.WriteStartObject(g.Name);
            json.WriteNumber("regions", g.Regions);
            Numbers(json, g.Cells, g.ChiSquared, g.Reduced);
            JsonNumbers.Write(json, "mean_reduced", g.MeanReduced);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, int cells, double chiSquared, double reduced)
    {
        json.WriteNumber("cells", cells);
        JsonNumbers.Write(json, "chi2", chiSquared);
        JsonNumbers.Write(json, "reduced", reduced);
    }

    private static string Reduced(double value) => double.IsNaN(value) ? "-" : Text($"{value:f4}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
