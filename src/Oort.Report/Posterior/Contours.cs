namespace Oort.Report.Posterior;

/// <summary>Closed lines on which a function on a grid has a value: marching squares, the function being linear between nodes and below the value around the grid.</summary>
internal static class Contours
{
    /// <summary>The lines, each as points (column, row) in units of the grid's steps; the first point is not repeated.</summary>
    /// <param name="values">The function at [row, column].</param>
    /// <param name="level">The value.</param>
    public static IReadOnlyList<IReadOnlyList<(double X, double Y)>> Of(double[,] values, double level)
    {
        int rows = values.GetLength(0), columns = values.GetLength(1);

        // A frame of lowest values closes all lines.
        double low = Math.Min(0, values.Cast<double>().Min()) - 1e-9 * Math.Abs(level);
        double At(int r, int c) => r >= 0 && r < rows && c >= 0 && c < columns ? values[r, c] : low;

        // From one crossed edge of the lattice to the next, with the larger values on the left.
        Dictionary<(int, int, bool), (int, int, bool)> next = [];
        for (int r = -1; r < rows; r++)
        {
            for (int c = -1; c < columns; c++)
            {
                (int, int, bool) bottom = (r, c, false), top = (r + 1, c, false), left = (r, c, true), right = (r, c + 1, true);
                bool a = At(r, c) > level, b = At(r, c + 1) > level, d = At(r + 1, c + 1) > level, e = At(r + 1, c) > level;
                switch ((a ? 1 : 0) + (b ? 2 : 0) + (d ? 4 : 0) + (e ? 8 : 0))
                {
                    case 1: next[bottom] = left; break;
                    case 2: next[right] = bottom; break;
                    case 3: next[right] = left; break;
                    case 4: next[top] = right; break;
                    case 5: next[bottom] = left; next[top] = right; break;
                    case 6: next[top] = bottom; break;
                    case 7: next[top] = left; break;
                    case 8: next[left] = top; break;
                    case 9: next[bottom] = top; break;
                    case 10: next[right] = bottom; next[left] = top; break;
                    case 11: next[right] = top; break;
                    case 12: next[left] = right; break;
                    case 13: next[bottom] = right; break;
                    case 14: next[left] = bottom; break;
                    default: break;
                }
            }
        }

        List<IReadOnlyList<(double, double)>> lines = [];
        while (next.Count > 0)
        {
            List<(double, double)> line = [];
            (int, int, bool) edge = next.Keys.First();
            while (next.Remove(edge, out (int, int, bool) following))
            {
                line.Add(Crossing(edge));
                edge = following;
            }

            lines.Add(line);
        }

        return lines;

        (double, double) Crossing((int Row, int Column, bool IsUpward) edge)
        {
            (int r, int c) = (edge.Row, edge.Column);
            double from = At(r, c), to = edge.IsUpward ? At(r + 1, c) : At(r, c + 1), share = Math.Clamp((level - from) / (to - from), 0, 1);
            (double x, double y) = edge.IsUpward ? ((double)c, r + share) : (c + share, (double)r);
            return (Math.Clamp(x, 0, columns - 1), Math.Clamp(y, 0, rows - 1));
        }
    }
}
