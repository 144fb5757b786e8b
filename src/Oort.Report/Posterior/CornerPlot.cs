using System.Globalization;
using System.Text;
using Oort.Inference.Posteriors;

namespace Oort.Report.Posterior;

/// <summary>Densities of parameters and of pairs of them, as a drawing: a triangle of small panels.</summary>
internal static class CornerPlot
{
    private const double Left = 84, Bottom = 74, Top = 34, Right = 8, Width = 1000, LargestCell = 210, Gap = 5;
    private const int Crowded = 8;

    /// <summary>The drawing.</summary>
    /// <param name="results">What the page shows.</param>
    /// <param name="shown">The parameters to draw.</param>
    public static Drawing Of(PosteriorResults results, IReadOnlyList<ShownParameter> shown)
    {
        int n = shown.Count;
        double cell = Math.Min(LargestCell, (Width - Left - Right) / n), size = cell - Gap, width = Left + n * cell + Right, height = Top + n * cell + Bottom;
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg viewBox="0 0 {width:0.#} {height:0.#}" style="max-width:{width:0.#}px;min-width:{Math.Min(width, 704):0.#}px" aria-hidden="true">""");
        PosteriorCurve[] curves = [.. shown.Select(p => PosteriorCurve.Of(p.Draws, results.Sample.EffectiveSize(p.Index)))];
        for (int row = 0; row < n; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                Frame frame = new(Left + column * cell, Top + row * cell, size, curves[column].X, row == column ? [0, 1.08 * curves[row].Density.Max()] : curves[row].X);
                if (row == column)
                {
                    Marginal(svg, frame, shown[row], curves[row], results);
                }
                else
                {
                    double effective = Math.Min(results.Sample.EffectiveSize(shown[row].Index), results.Sample.EffectiveSize(shown[column].Index));
                    Pair(svg, frame, shown[column], shown[row], PosteriorMap.Of(shown[column].Draws, shown[row].Draws, effective), results);
                }

                Ticks(svg, frame, row == n - 1, column == 0 && row > 0, row == column, n > Crowded);
            }
        }

        Names(svg, shown, cell, size);
        svg.Append("</svg>");
        return new("corner", $"Densities of {string.Join(", ", shown.Select(p => p.Name))} and of each pair of them, with contours that hold 68 and 95 percent of the draws", svg.ToString());
    }

    private static void Marginal(StringBuilder svg, Frame f, ShownParameter p, PosteriorCurve curve, PosteriorResults results)
    {
        CredibleInterval i = results.Sample.Intervals[p.Index];
        foreach ((double low, double high) in ((double, double)[])[(i.Low95, i.High95), (i.Low68, i.High68)])
        {
            (double from, double to) = (p.Shown(low), p.Shown(high));
            int[] inside = [.. Enumerable.Range(0, curve.X.Length).Where(k => curve.X[k] >= from && curve.X[k] <= to)];
            if (inside.Length > 0)
            {
                string top = string.Concat(inside.Select(k => $"L{f.Point(curve.X[k], curve.Density[k])}"));
                svg.Append($"""<path d="M{f.Point(curve.X[inside[0]], 0)}{top}L{f.Point(curve.X[inside[^1]], 0)}Z" style="fill:var(--blue);fill-opacity:0.24;stroke:none"/>""");
            }
        }

        svg.Append($"""<path d="M{string.Join('L', curve.X.Select((x, k) => f.Point(x, curve.Density[k])))}" style="fill:none;stroke:var(--blue);stroke-width:1.4"/>""");
        Line(svg, f, p.Shown(results.Sample.Summary.Parameters[p.Index].Best), true, "--vermillion", "");
        if (p.Published is double paper)
        {
            Line(svg, f, p.Shown(paper), true, "--ink", "4 3");
        }
    }

    private static void Pair(StringBuilder svg, Frame f, ShownParameter x, ShownParameter y, PosteriorMap map, PosteriorResults results)
    {
        (double x0, double dx, double y0, double dy) = (map.X[0], map.X[1] - map.X[0], map.Y[0], map.Y[1] - map.Y[0]);
        foreach (double share in (double[])[CredibleInterval.Share95, CredibleInterval.Share68])
        {
            string path = string.Concat(Contours.Of(map.Density, map.Level(share)).Select(line => $"M{string.Join('L', line.Select(p => f.Point(x0 + p.X * dx, y0 + p.Y * dy)))}Z"));
            svg.Append($"""<path d="{path}" style="fill:var(--blue);fill-opacity:0.24;fill-rule:evenodd;stroke:var(--blue);stroke-width:1.1"/>""");
        }

        if (x.Published is double px)
        {
            Line(svg, f, x.Shown(px), true, "--ink", "4 3");
        }

        if (y.Published is double py)
        {
            Line(svg, f, y.Shown(py), false, "--ink", "4 3");
        }

        (double bestX, double bestY) = (x.Shown(results.Sample.Summary.Parameters[x.Index].Best), y.Shown(results.Sample.Summary.Parameters[y.Index].Best));
        if (f.Holds(bestX, bestY))
        {
            string[] at = f.Point(bestX, bestY).Split(' ');
            svg.Append($"""<circle cx="{at[0]}" cy="{at[1]}" r="2.6" style="fill:var(--vermillion)"/>""");
        }
    }

    private static void Line(StringBuilder svg, Frame f, double at, bool isUpright, string colour, string dashes)
    {
        if (isUpright ? at > f.X0 && at < f.X1 : at > f.Y0 && at < f.Y1)
        {
            string path = isUpright ? $"M{f.Point(at, f.Y0)}L{f.Point(at, f.Y1)}" : $"M{f.Point(f.X0, at)}L{f.Point(f.X1, at)}";
            svg.Append($"""<path d="{path}" style="fill:none;stroke:var({colour});stroke-width:1.1{(dashes.Length > 0 ? $";stroke-dasharray:{dashes}" : "")}"/>""");
        }
    }

    private static void Ticks(StringBuilder svg, Frame f, bool below, bool beside, bool isMarginal, bool crowded)
    {
        StringBuilder path = new();
        double font = crowded ? 10 : 11.5;
        int most = f.Size < 75 ? 2 : f.Size < 130 ? 3 : 4;
        foreach ((double x, string text) in NiceTicks.Of(f.X0, f.X1, most))
        {
            path.Append(CultureInfo.InvariantCulture, $"M{f.Point(x, f.Y0)}v-4");
            if (below)
            {
                svg.Append(CultureInfo.InvariantCulture, $"""<text x="{f.Column(x):0.#}" y="{f.Top + f.Size + font + 2:0.#}" style="font-size:{font}px">{text}</text>""");
            }
        }

        foreach ((double y, string text) in isMarginal ? [] : NiceTicks.Of(f.Y0, f.Y1, most))
        {
            path.Append(CultureInfo.InvariantCulture, $"M{f.Point(f.X0, y)}h4");
            if (beside)
            {
                svg.Append(CultureInfo.InvariantCulture, $"""<text x="{f.Left - 5:0.#}" y="{f.Line(y) + 0.35 * font:0.#}" style="font-size:{font}px;text-anchor:end">{text}</text>""");
            }
        }

        svg.Append(CultureInfo.InvariantCulture, $"""<path d="{path}" style="fill:none;stroke:var(--ink)"/><rect x="{f.Left:0.#}" y="{f.Top:0.#}" width="{f.Size:0.#}" height="{f.Size:0.#}" style="fill:none;stroke:var(--ink);stroke-width:1"/>""");
    }

    /// <summary>Names and units below the lowest panels and beside the first ones, the median above the diagonal where there is room.</summary>
    private static void Names(StringBuilder svg, IReadOnlyList<ShownParameter> shown, double cell, double size)
    {
        int n = shown.Count;
        double font = n > Crowded ? 10.5 : 13;
        for (int i = 0; i < n; i++)
        {
            double along = Left + i * cell + 0.5 * size, up = Top + i * cell + 0.5 * size;
            List<string> lines = [.. Lines(shown[i].Label, cell, font), .. shown[i].Unit.Length > 0 ? Lines(shown[i].Unit, cell, font) : []];
            for (int k = 0; k < lines.Count; k++)
            {
                svg.Append(CultureInfo.InvariantCulture, $"""<text x="{along:0.#}" y="{Top + n * cell - Gap + 30 + k * (font + 2):0.#}" style="font-size:{font}px">{Markup.Of(lines[k])}</text>""");
                if (i > 0)
                {
                    svg.Append(CultureInfo.InvariantCulture, $"""<text transform="translate({Left - 76 + (k + 1) * (font + 1):0.#},{up:0.#}) rotate(-90)" style="font-size:{font}px">{Markup.Of(lines[k])}</text>""");
                }
            }
        }
    }

    private static List<string> Lines(string text, double width, double font)
    {
        List<string> lines = [""];
        foreach (string word in text.Split(' '))
        {
            // A letter is about half as wide as it is high.
            bool fits = lines[^1].Length == 0 || 0.55 * font * (lines[^1].Length + 1 + word.Length) < width;
            if (fits)
            {
                lines[^1] = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
            }
            else
            {
                lines.Add(word);
            }
        }

        return lines;
    }

    /// <summary>A panel's place on the drawing, and what its edges stand for.</summary>
    private readonly struct Frame(double left, double top, double size, double[] x, double[] y)
    {
        public double Left => left;

        public double Top => top;

        public double Size => size;

        public double X0 => x[0];

        public double X1 => x[^1];

        public double Y0 => y[0];

        public double Y1 => y[^1];

        public bool Holds(double x, double y) => x >= X0 && x <= X1 && y >= Y0 && y <= Y1;

        public double Column(double x) => left + size * (x - X0) / (X1 - X0);

        public double Line(double y) => top + size * (Y1 - y) / (Y1 - Y0);

        public string Point(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"{Column(x):0.##} {Line(y):0.##}");
    }
}
