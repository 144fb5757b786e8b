using System.Globalization;

namespace Oort.Report;

/// <summary>Sections as HTML.</summary>
internal sealed class PageText(TextWriter writer)
{
    /// <summary>Lines as they are.</summary>
    public void Line(string text)
    {
        writer.Write(text);
        writer.Write('\n');
    }

    /// <summary>A section: heading, figures and tables, caption, numbers beside the paper's.</summary>
    public void Section(Section section)
    {
        Line($"""<section id="{section.Id}" aria-labelledby="{section.Id}-title">""");
        Line($"""<h2 id="{section.Id}-title"><span class="number">{Markup.Of(section.Number)}</span> {Markup.Of(section.Title)}</h2>""");
        foreach (Block block in section.Blocks)
        {
            if (block is Figure figure)
            {
                Figure(figure);
            }
            else if (block is Table table)
            {
                Table(table);
            }
            else if (block is Drawing drawing)
            {
                Line($"""<figure id="{drawing.Id}" class="drawing" role="img" aria-label="{Markup.Of(drawing.Title)}" tabindex="0">{drawing.Svg}</figure>""");
            }
        }

        Line($"""<p class="caption">{section.Caption}</p>""");
        if (section.Missing.Length > 0)
        {
            Line($"""<p class="missing">{section.Missing}</p>""");
        }

        if (section.Comparisons.Count > 0)
        {
            Comparisons(section);
        }

        Line("</section>");
    }

    private void Figure(Figure figure)
    {
        Line($"""<figure id="{figure.Id}" class="figure" data-name="{figure.Id}">""");
        if (figure.Views.Count > 1)
        {
            Line($"""<label class="choice">Show <select aria-label="{Markup.Of(figure.Title)}">""");
            for (int i = 0; i < figure.Views.Count; i++)
            {
                Line($"""<option value="{i}">{Markup.Of(figure.Views[i].Title)}</option>""");
            }

            Line("</select></label>");
        }

        Line("""<div class="legend" role="group" aria-label="Curves to show">""");
        foreach (Mark mark in figure.Legend)
        {
            Line($"""<button type="button" aria-pressed="true" data-mark="{Markup.Of(mark.Name)}">{Swatch(mark)}<span>{mark.Name}</span></button>""");
        }

        Line($"""</div><div class="panels columns-{figure.Columns}">""");
        int number = 1;
        foreach (Panel panel in figure.Views[0].Panels)
        {
            string aspect = panel.Aspect.ToString("0.###", CultureInfo.InvariantCulture);
            Line($"""
                <div class="panel">{(panel.Title.Length > 0 ? $"<h3>{panel.Title}</h3>" : "")}
                <div class="plot" style="--aspect:{aspect}" role="img" aria-label="{Description(figure, panel)}"></div>
                <button type="button" class="csv" title="Numbers of this panel as CSV" aria-label="{Markup.Of(figure.Title)}, panel {number}: numbers as CSV">CSV</button></div>
                """);
            number++;
        }

        Line($"""</div><script type="application/json">{FigureData.Text(figure)}</script></figure>""");
    }

    private void Table(Table table)
    {
        Line($"""<div class="scroll" tabindex="0" role="region" aria-label="{table.Id}"><table id="{table.Id}">""");
        if (table.Title.Length > 0)
        {
            Line($"<caption>{table.Title}</caption>");
        }

        Line($"""<thead><tr>{string.Concat(table.Header.Select(h => $"""<th scope="col">{h}</th>"""))}</tr></thead><tbody>""");
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            Line($"""<tr><th scope="row">{row[0]}</th>{string.Concat(row.Skip(1).Select(c => $"<td>{c}</td>"))}</tr>""");
        }

        Line("</tbody></table></div>");
    }

    private void Comparisons(Section section)
    {
        bool notes = section.Comparisons.Any(c => c.Note.Length > 0);
        Line($"""
            <div class="scroll" tabindex="0" role="region" aria-label="{Markup.Of(section.Number)}: numbers beside the paper's"><table class="numbers"><caption>Beside the paper</caption>
            <thead><tr><th scope="col">Quantity</th><th scope="col">{section.Compared}</th><th scope="col">Paper</th><th scope="col">Difference</th>{(notes ? """<th scope="col"></th>""" : "")}</tr></thead><tbody>
            """);
        foreach (Comparison c in section.Comparisons)
        {
            string difference = double.IsFinite(c.Paper) && c.Paper != 0 && double.IsFinite(c.Ours)
                ? string.Create(CultureInfo.InvariantCulture, $"{100 * (c.Ours / c.Paper - 1):+0.0;−0.0;0.0} %") : "–";
            string unit = c.Unit.Length > 0 ? $" <span class=\"unit\">{c.Unit}</span>" : "";
            Line($"""<tr><th scope="row">{c.Quantity}{unit}</th><td>{Markup.Of(c.Ours)}</td><td>{Markup.Of(c.Paper)}</td><td>{difference}</td>{(notes ? $"<td class=\"note\">{c.Note}</td>" : "")}</tr>""");
        }

        Line("</tbody></table></div>");
    }

    private static string Description(Figure figure, Panel panel)
    {
        string title = panel.Title.Length > 0 ? $"{panel.Title}: " : "";
        return $"{Markup.Of(figure.Title)}. {Plain(title)}{Plain(panel.Y.Title)} against {Plain(panel.X.Title)}: {Plain(string.Join(", ", panel.Marks.Select(m => m.Name)))}";
    }

    /// <summary>Markup without its elements, fit for an attribute.</summary>
    private static string Plain(string markup)
        => markup.Replace("<sup>", "^", StringComparison.Ordinal).Replace("<sub>", "_", StringComparison.Ordinal)
            .Replace("</sup>", "", StringComparison.Ordinal).Replace("</sub>", "", StringComparison.Ordinal)
            .Replace("<i>", "", StringComparison.Ordinal).Replace("</i>", "", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);

    private static string Swatch(Mark mark)
    {
        string colour = $"var(--{Palette.Word(mark.Style.Colour)})", pattern = Palette.Pattern(mark.Style.Dash);
        string drawing = mark switch
        {
            Points when mark.Style.IsOpen => $"""<rect x="10.5" y="2.5" width="7" height="7" stroke="{colour}" stroke-width="1.4" fill="none"/>""",
            Points => $"""<circle cx="14" cy="6" r="3.5" fill="{colour}"/>""",
            Band band => string.Create(CultureInfo.InvariantCulture, $"""<path d="M1 1h26v10h-26z" fill="{colour}" fill-opacity="{band.Opacity}"/>"""),
            Steps => $"""<path d="M1 10h6v-4h6v-4h6v5h8" fill="none" stroke="{colour}" stroke-width="1.4"/>""",
            HeatMap => $"""<ellipse cx="14" cy="6" rx="11" ry="4.5" fill="none" stroke="{colour}" stroke-width="1.4"/>""",
            _ => $"""<path d="M0 6h28" fill="none" stroke="{colour}" stroke-width="2"{(pattern.Length > 0 ? $" stroke-dasharray=\"{pattern}\"" : "")}/>""",
        };
        return $"""<svg width="28" height="12" viewBox="0 0 28 12" aria-hidden="true">{drawing}</svg>""";
    }
}
