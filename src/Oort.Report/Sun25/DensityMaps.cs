using Oort.Surveys;

namespace Oort.Report.Sun25;

/// <summary>Numbers of stars in cells of a plane as maps.</summary>
internal static class DensityMaps
{
    private const string Name = "Giants";

    /// <summary>A panel with the logarithm of the density, as large as the stars need, both axes of one length where both are distances.</summary>
    public static Panel Panel(StarMap map, Axis x, Axis y, string scale, params Mark[] others)
    {
        (int first, int last) = Occupied(map.X.Count, map.Y.Count, (column, row) => map[column, row] > 0);
        (int bottom, int top) = Occupied(map.Y.Count, map.X.Count, (row, column) => map[column, row] > 0);
        if (x.Unit == y.Unit)
        {
            int length = Math.Max(last - first, top - bottom);
            (first, last) = Widened(first, last, length, map.X.Count);
            (bottom, top) = Widened(bottom, top, length, map.Y.Count);
        }

        return new("", x with { Low = map.X.Edges[first], High = map.X.Edges[last] }, y with { Low = map.Y.Edges[bottom], High = map.Y.Edges[top] }, [Map(map, first, last, bottom, top, scale), .. others])
        {
            Aspect = 0.85,
        };
    }

    /// <summary>The logarithm of the density in some columns and rows.</summary>
    public static HeatMap Map(StarMap map, int first, int last, int bottom, int top, string scale)
    {
        double[,] density = map.Density(), z = new double[top - bottom, last - first];
        for (int row = bottom; row < top; row++)
        {
            for (int column = first; column < last; column++)
            {
                z[row - bottom, column - first] = map[column, row] > 0 ? Math.Log10(density[row, column]) : double.NaN;
            }
        }

        return new(Name, new(Colour.Ink), Middles(map.X, first, last), Middles(map.Y, bottom, top), z, scale) { Digits = 3, IsSmooth = false };
    }

    /// <summary>The cells of an axis, from the first to the one after the last, in which there are stars.</summary>
    private static (int First, int Last) Occupied(int count, int across, Func<int, int, bool> has)
    {
        int[] occupied = [.. Enumerable.Range(0, count).Where(i => Enumerable.Range(0, across).Any(j => has(i, j)))];
        return occupied.Length == 0 ? (0, count) : (Math.Max(0, occupied[0] - 1), Math.Min(count, occupied[^1] + 2));
    }

    private static (int First, int Last) Widened(int first, int last, int length, int count)
    {
        int start = Math.Clamp(first - (length - (last - first)) / 2, 0, Math.Max(0, count - length));
        return (start, Math.Min(count, start + length));
    }

    private static double[] Middles(HistogramAxis axis, int first, int last) => [.. Enumerable.Range(first, last - first).Select(i => 0.5 * (axis.Edges[i] + axis.Edges[i + 1]))];
}
