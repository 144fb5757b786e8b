using System.Globalization;
using System.Text;

namespace Oort.Report.Sun25;

/// <summary>Figure 4: how the best model is found, by what Oort does in the paper's five steps.</summary>
internal static class Flowchart
{
    private const int Width = 940, Height = 640, LineHeight = 17;

    // Centres of the three columns: data, fit, model.
    private const int Data = 140, Fit = 440, Model = 775;

    private static readonly Box[] Boxes =
    [
        new(Data, 70, 230, 62, "<b>Catalogue</b>|positions, distances, velocities", Step: 1),
        new(Data, 180, 230, 96, "<b>oort reduce</b>|quality cuts, K giants, disc stars;|distances, velocities corrected;|regions of the sky", Step: 1),
        new(Data, 310, 230, 80, "<b>Histograms</b>|of line-of-sight velocity and|proper motions in each region", Step: 2),
        new(Fit, 72, 240, 78, "<b>Parameters</b>|of initial densities and of|distribution functions", Step: 3),
        new(Fit, 180, 240, 80, "<b>Self-consistent model</b>|of these parameters, from|the potential of the one before", Step: 3, IsModel: true),
        new(Fit, 310, 240, 96, "<b>Predicted distributions</b>|integrals over each region and|velocities not seen, with the|cuts and errors of the data", Step: 3),
        new(Fit, 425, 240, 62, "<b>χ² of all regions</b>|equation 5", Step: 4),
        new(Fit, 520, 150, 66, "least χ²|found?", Step: 4, IsQuestion: true),
        new(Data, 425, 230, 62, "<b>Next parameters</b>|by Nelder–Mead or others", Step: 4),
        new(Fit, 610, 240, 46, "<b>oort build</b>: converged model", Step: 5),
        new(Model, 610, 270, 46, "<b>oort report</b>: figures and tables", Step: 5),
        new(Model, 105, 270, 62, "<b>Potential</b>|initial, or that of the model before", IsModel: true),
        new(Model, 205, 270, 62, "<b>Actions</b> <i>J</i>(<i>x</i>, <i>v</i>)|by the Stäckel fudge", IsModel: true),
        new(Model, 305, 270, 62, "<b>Densities</b> of all components|<i>ρ</i> = ∫ <i>f</i>(<i>J</i>) d³<i>v</i> on grids", IsModel: true),
        new(Model, 405, 270, 62, "<b>Poisson’s equation</b>|new potential, with static gas", IsModel: true),
        new(Model, 505, 210, 78, "force changed by|less than 10<sup>−3</sup>?", IsModel: true, IsQuestion: true),
    ];

    // Corners of lines that end in an arrow, and words beside the first corner.
    private static readonly (int[] Corners, string Word)[] Arrows =
    [
        ([Data, 101, Data, 132], ""), ([Data, 228, Data, 270], ""),
        ([Fit, 111, Fit, 140], ""), ([Fit, 220, Fit, 262], ""), ([Fit, 358, Fit, 394], ""), ([Fit, 456, Fit, 487], ""),
        ([255, 310, 288, 310, 288, 408, 320, 408], ""),
        ([365, 520, Data, 520, Data, 456], "no"), ([25, 425, 8, 425, 8, 14, Fit, 14, Fit, 33], ""),
        ([Fit, 553, Fit, 587], "yes"), ([560, 610, 640, 610], ""),
        ([Model, 136, Model, 174], ""), ([Model, 236, Model, 274], ""), ([Model, 336, Model, 374], ""), ([Model, 436, Model, 466], ""),
        ([880, 505, 926, 505, 926, 205, 910, 205], "no"),
        ([670, 505, 596, 505, 596, 195, 560, 195], "yes"), ([560, 165, 620, 165, 620, 105, 640, 105], ""),
    ];

    /// <summary>The section.</summary>
    public static Section Of() => new("figure-4", "Figure 4", "How the best model is found",
        "What <code>oort fit</code> and the commands before and after it do, in the paper’s five steps: data (1), histograms (2), a self-consistent model and its distributions (3), the search for the least <i>χ</i><sup>2</sup> (4), the final model (5). "
        + "On the right, in red, a self-consistent model. The paper takes three iterations for each model of its search and draws 3 × 10<sup>8</sup> stars; here a model is iterated until its forces change by no more than a thousandth, "
        + "most steps on coarse grids, and its distributions are integrals.",
        [new Drawing("figure-4-drawing", "Flowchart: from catalogue to histograms; parameters, self-consistent model, predicted distributions, chi-squared, search for better parameters until the least chi-squared is found; converged model; report", Svg())]);

    private sealed record Box(int X, int Y, int Width, int Height, string Text, int Step = 0, bool IsModel = false, bool IsQuestion = false);

    private static string Svg()
    {
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg viewBox="0 0 {Width} {Height}" aria-hidden="true">""");
        svg.Append("""<defs><marker id="figure-4-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0.5L8 4L0 7.5z" class="tip"/></marker></defs>""");
        svg.Append("""<rect x="612" y="46" width="324" height="514" rx="10" class="group"/>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Model}" y="33" class="red">Self-consistent model</text>""");
        foreach ((int[] corners, string word) in Arrows)
        {
            svg.Append("""<path class="arrow" marker-end="url(#figure-4-arrow)" d="M""").AppendJoin(' ', corners).Append("\"/>");
            if (word.Length > 0)
            {
                bool down = corners[0] == corners[2];
                int side = corners[2] < corners[0] ? -1 : 1;
                svg.Append(CultureInfo.InvariantCulture, $"""<text x="{corners[0] + (down ? 18 : 16 * side)}" y="{corners[1] + (down ? 20 : -7)}">{word}</text>""");
            }
        }

        foreach (Box box in Boxes)
        {
            svg.Append(Outline(box));
            string[] lines = box.Text.Split('|');
            for (int i = 0; i < lines.Length; i++)
            {
                double y = box.Y + 4.5 + LineHeight * (i - 0.5 * (lines.Length - 1));
                svg.Append(CultureInfo.InvariantCulture, $"""<text x="{box.X}" y="{y}">{Spans(lines[i])}</text>""");
            }

            if (box.Step > 0)
            {
                int x = box.X - box.Width / 2 + (box.IsQuestion ? 16 : 0), y = box.Y - box.Height / 2 + (box.IsQuestion ? 8 : 0);
                svg.Append(CultureInfo.InvariantCulture, $"""<circle cx="{x}" cy="{y}" r="10" class="step"/><text x="{x}" y="{y + 4.5}" class="number">{box.Step}</text>""");
            }
        }

        return svg.Append("</svg>").ToString();
    }

    private static string Outline(Box b)
    {
        string kind = b.IsModel ? "box model" : "box";
        int halfWidth = b.Width / 2, halfHeight = b.Height / 2;
        return b.IsQuestion
            ? string.Create(CultureInfo.InvariantCulture, $"""<path class="{kind}" d="M{b.X - halfWidth} {b.Y}L{b.X} {b.Y - halfHeight}L{b.X + halfWidth} {b.Y}L{b.X} {b.Y + halfHeight}z"/>""")
            : string.Create(CultureInfo.InvariantCulture, $"""<rect class="{kind}" x="{b.X - halfWidth}" y="{b.Y - halfHeight}" width="{b.Width}" height="{b.Height}" rx="6"/>""");
    }

    /// <summary>Markup of a line as SVG has it.</summary>
    private static string Spans(string markup) => markup
        .Replace("<b>", "<tspan class=\"name\">", StringComparison.Ordinal).Replace("<i>", "<tspan class=\"symbol\">", StringComparison.Ordinal)
        .Replace("<sup>", "<tspan class=\"raised\" dy=\"-5\">", StringComparison.Ordinal).Replace("</sup>", "</tspan><tspan dy=\"5\">\u200b</tspan>", StringComparison.Ordinal)
        .Replace("</b>", "</tspan>", StringComparison.Ordinal).Replace("</i>", "</tspan>", StringComparison.Ordinal);
}
