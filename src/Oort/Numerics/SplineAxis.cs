namespace Oort.Numerics;

/// <summary>
/// Ascending nodes of one axis of a grid, and the search for the cell of a point: arithmetic where the nodes are evenly
/// spaced, else a table of even buckets finer than the smallest cell (as far as memory is no concern) and a short walk.
/// </summary>
internal sealed class SplineAxis
{
    private const int MaximumBuckets = 1 << 14;

    private readonly double[] nodes;
    private readonly double[] inverseWidth;
    private readonly double scale;
    private readonly int[]? firstCell;

    public SplineAxis(ReadOnlySpan<double> nodes)
    {
        this.nodes = nodes.ToArray();
        int cells = nodes.Length - 1;
        if (cells < 1)
        {
            throw new ArgumentException("a spline's axis needs at least two nodes", nameof(nodes));
        }

        inverseWidth = new double[cells];
        double smallest = double.PositiveInfinity, largest = 0;
        for (int i = 0; i < cells; i++)
        {
            double width = nodes[i + 1] - nodes[i];
            if (!(width > 0) || !double.IsFinite(width))
            {
                throw new ArgumentException("a spline's nodes must be finite and ascend", nameof(nodes));
            }

            inverseWidth[i] = 1 / width;
            smallest = Math.Min(smallest, width);
            largest = Math.Max(largest, width);
        }

        double length = nodes[cells] - nodes[0];
        if (largest - smallest < 1e-10 * length / cells)
        {
            scale = cells / length;
            return;
        }

        int buckets = (int)Math.Clamp(Math.Ceiling(2 * length / smallest), 1, MaximumBuckets);
        scale = buckets / length;
        firstCell = new int[buckets + 1];
        for (int b = 0, c = 0; b <= buckets; b++)
        {
            // A little early, so that rounding in the bucket's index never starts the walk beyond the cell.
            double edge = nodes[0] + (b - 1e-6) / scale;
            while (c < cells - 1 && nodes[c + 1] <= edge)
            {
                c++;
            }

            firstCell[b] = c;
        }
    }

    /// <summary>The nodes.</summary>
    public ReadOnlySpan<double> Nodes => nodes;

    /// <summary>Number of cells.</summary>
    public int Cells => inverseWidth.Length;

    /// <summary>1 / width of each cell.</summary>
    public ReadOnlySpan<double> InverseWidth => inverseWidth;

    /// <summary>
    /// Cell of each point and its place there, 0 to 1. A point outside the axis, or NaN, gets the cell next to it and a
    /// place outside [0, 1], or NaN.
    /// </summary>
    public void Locate(ReadOnlySpan<double> x, Span<int> cell, Span<double> place)
    {
        int last = Cells - 1;
        double origin = nodes[0];
        if (firstCell is null)
        {
            for (int i = 0; i < x.Length; i++)
            {
                int c = Math.Clamp((int)((x[i] - origin) * scale), 0, last);
                cell[i] = c;
                place[i] = (x[i] - nodes[c]) * inverseWidth[c];
            }

            return;
        }

        for (int i = 0; i < x.Length; i++)
        {
            int c = firstCell[Math.Clamp((int)((x[i] - origin) * scale), 0, firstCell.Length - 1)];
            while (c < last && x[i] >= nodes[c + 1])
            {
                c++;
            }

            cell[i] = c;
            place[i] = (x[i] - nodes[c]) * inverseWidth[c];
        }
    }
}
