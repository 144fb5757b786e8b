using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Oort.Report.Tests;

/// <summary>What a page holds: the data of its figures, the cells of its tables.</summary>
internal sealed class PageParts(string html)
{
    /// <summary>Names of the sections in their order.</summary>
    public string[] Sections => [.. Regex.Matches(html, """<section id="([^"]+)""").Select(m => m.Groups[1].Value)];

    /// <summary>The text of a section, without data.</summary>
    public string Section(string id)
        => Regex.Replace(Regex.Match(html, $"""<section id="{id}".*?</section>""", RegexOptions.Singleline).Value, "<script.*?</script>", "", RegexOptions.Singleline);

    /// <summary>The panels of a figure's view: of its first, or of the one whose name ends so.</summary>
    public JsonElement[] Panels(string figure, string? view = null)
    {
        Match block = Regex.Match(html, $"""<figure id="{figure}".*?<script type="application/json">(.*?)</script>""", RegexOptions.Singleline);
        int index = view is null ? 0 : Regex.Matches(block.Value, "<option value=\"\\d+\">(.*?)</option>").Select(m => m.Groups[1].Value).ToList().FindIndex(v => v.EndsWith(view, StringComparison.Ordinal));
        return [.. JsonDocument.Parse(block.Groups[1].Value).RootElement[index].EnumerateArray()];
    }

    /// <summary>A mark of a panel by its name.</summary>
    public static JsonElement Mark(JsonElement panel, string name, string? kind = null)
        => panel.GetProperty("marks").EnumerateArray().Single(m => m.GetProperty("name").GetString() == name && (kind is null || m.GetProperty("kind").GetString() == kind));

    /// <summary>Where a mark of a panel is, by its name.</summary>
    public static (double[] X, double[] Y) Places(JsonElement panel, string name)
    {
        JsonElement mark = Mark(panel, name);
        return (Numbers(mark, "x"), Numbers(mark, "y"));
    }

    /// <summary>Numbers of a mark; NaN where there is none.</summary>
    public static double[] Numbers(JsonElement mark, string key)
        => [.. mark.GetProperty(key).EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? double.NaN : v.GetDouble())];

    /// <summary>Words in the corners of a panel, without markup, and their colours.</summary>
    public static (string Text, string Colour)[] Notes(JsonElement panel)
        => [.. panel.GetProperty("notes").EnumerateArray().Select(n => (Plain(n[2].GetString()!), n[3].GetString()!))];

    /// <summary>Rows of a table without markup and without what a cell says besides its number, the headings first.</summary>
    public string[][] Table(string id)
        => [.. Regex.Matches(Regex.Match(html, $"<table id=\"{id}\".*?</table>", RegexOptions.Singleline).Value, "<tr>.*?</tr>", RegexOptions.Singleline)
            .Select(r => Regex.Matches(r.Value, "<t[hd][^>]*>(.*?)</t[hd]>").Select(m => Plain(m.Groups[1].Value)).ToArray())];

    private static string Plain(string markup)
        => WebUtility.HtmlDecode(Regex.Replace(markup.Replace("<sup>", "^", StringComparison.Ordinal), "<span class=\"differs\">.*?</span>|<[^>]*>", ""));
}
