using System.Globalization;
using System.Text.Json;

namespace Oort.Report;

/// <summary>
/// A report as one HTML file that needs nothing else: text, tables, data, plotly.js, style and script. Figures are drawn when they come
/// into view, all of them before printing.
/// </summary>
public sealed class Page
{
    private readonly string title, introduction;
    private readonly IReadOnlyList<Section> sections;

    internal Page(string title, string introduction, IReadOnlyList<Section> sections)
        => (this.title, this.introduction, this.sections) = (title, introduction, sections);

    /// <summary>Writes the page.</summary>
    public void Write(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        PageText text = new(writer);
        text.Line($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="Oort">
            <link rel="icon" href="data:,">
            <title>{Markup.Of(title)}</title>
            <style>
            {Colours()}
            {Resource("page.css")}
            </style>
            </head>
            <body>
            <nav aria-label="Contents"><details open><summary>Contents</summary><ol>
            """);
        foreach (Section section in sections)
        {
            text.Line($"""<li><a href="#{section.Id}"><b>{Markup.Of(section.Number)}</b> {Markup.Of(section.Title)}</a></li>""");
        }

        text.Line($"""
            </ol></details></nav>
            <main>
            <header><h1>{Markup.Of(title)}</h1>
            {introduction}
            <noscript><p class="missing">The figures of this page are drawn by a script, and scripts are switched off.</p></noscript>
            </header>
            """);
        foreach (Section section in sections)
        {
            text.Section(section);
        }

        text.Line($"""
            </main>
            <script type="application/json" id="palette">{PaletteData()}</script>
            <script>
            /*
            {Resource("plotly-LICENSE")}
            */
            {Resource("plotly-cartesian.min.js")}
            </script>
            <script>
            {Resource("page.js")}
            </script>
            </body>
            </html>
            """);
    }

    private static string Colours()
    {
        string Set(Func<(Colour Colour, string Light, string Dark), string> value)
            => string.Concat(Palette.Colours.Select(c => $"--{Palette.Word(c.Colour)}:{value(c)};"));
        return $":root{{{Set(c => c.Light)}}}\n@media screen and (prefers-color-scheme: dark){{:root{{{Set(c => c.Dark)}}}}}";
    }

    private static string PaletteData() => JsonSerializer.Serialize(new Dictionary<string, Dictionary<string, string>>
    {
        ["light"] = Palette.Colours.ToDictionary(c => Palette.Word(c.Colour), c => c.Light),
        ["dark"] = Palette.Colours.ToDictionary(c => Palette.Word(c.Colour), c => c.Dark),
    });

    private static string Resource(string name)
    {
        using Stream stream = typeof(Page).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
