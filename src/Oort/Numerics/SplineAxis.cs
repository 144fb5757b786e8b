using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Oort.Numerics;

/// <summary>
/// Ascending nodes of one axis of a grid, and the search for the cell of a point: arithmetic where the nodes are evenly
/// spaced, else a table of even buckets finer than the smallest cell (as far as memory is no concern) and a short walk.
/// </summary>
internal sealed class SplineAxis
{
    private const int MaximumBuckets = 1 << 14;

    /// <summary>Part of a cell by which nodes may be displaced before they count as unevenly spaced.</summary>
    private const double Uneven = 1e-11;

    private readonly double[] nodes;
    private readonly double[] inverseWidth;
    private readonly double scale;
    private readonly int[]? firstCell;
    private readonly Bucket[] table = []; // of uneven axes, as the next
    private readonly Place[] places = [];
    private readonly bool oneNodePerBucket;

    public SplineAxis(ReadOnlySpan<double> nodes)
    {
        this.nodes = nodes.ToArray();
        int cells = nodes.Length - 1;
        if (cells < 1)
        {
            throw new ArgumentException("a spline's axis needs at least two nodes", nameof(nodes));
        }

        inverseWidth = new double[cells];
        double smallest = double.PositiveInfinity;
        for (int i = 0; i < cells; i++)
        {
            double width = nodes[i + 1] - nodes[i];
            if (!(width > 0) || !double.IsFinite(width))
            {
                throw new ArgumentException("a spline's nodes must be finite and ascend", nameof(nodes));
            }

            inverseWidth[i] = 1 / width;
            smallest = Math.Min(smallest, width);
        }

        double length = nodes[cells] - nodes[0];
        scale = cells / length;
        if (Enumerable.Range(1, cells).All(i => Math.Abs((this.nodes[i] - this.nodes[0]) * scale - i) < Uneven))
        {
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

        oneNodePerBucket = scale * smallest > 1.001;
        table = [.. firstCell.Select(c => new Bucket(c < cells - 1 ? this.nodes[c + 1] : double.PositiveInfinity, c))];
        places = [.. Enumerable.Range(0, cells).Select(c => new Place(this.nodes[c], inverseWidth[c], c, 0))];
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

    /// <summary>
    /// The same for a multiple of the hardware vector's length, with the cell as a number and 1 / its width. The place is
    /// NaN, in any cell, for NaN.
    /// </summary>
    public void Locate(ReadOnlySpan<double> x, Span<double> cell, Span<double> place, Span<double> inverse)
    {
        double origin = nodes[0];
        if (firstCell is null)
        {
            Vector<double> start = new(origin), factor = new(scale), last = new(Cells - 1), zero = Vector<double>.Zero;
            for (int i = 0; i < x.Length; i += Vector<double>.Count)
            {
                Vector<double> at = (VectorMath.Load(x, i) - start) * factor;
                Vector<double> inside = Vector.ConditionalSelect(Vector.GreaterThan(at, zero), at, zero);
                inside = Vector.Floor(Vector.ConditionalSelect(Vector.LessThan(inside, last), inside, last));
                VectorMath.Store(inside, cell, i);
                VectorMath.Store(at - inside, place, i);
                VectorMath.Store(factor, inverse, i);
            }

            return;
        }

        if (!oneNodePerBucket)
        {
            LocateByWalking(x, cell, place, inverse);
            return;
        }

        int n = x.Length, lastBucket = table.Length - 1;
        double shift = -origin * scale, factorOnce = scale;
        ref Bucket buckets = ref MemoryMarshal.GetArrayDataReference(table);
        ref Place first = ref MemoryMarshal.GetArrayDataReference(places);
        ref double from = ref MemoryMarshal.GetReference(x);
        ref double toCell = ref MemoryMarshal.GetReference(cell[..n]);
        ref double toPlace = ref MemoryMarshal.GetReference(place[..n]);
        ref double toInverse = ref MemoryMarshal.GetReference(inverse[..n]);
        for (nint i = 0; i < n; i++)
        {
            double at = Unsafe.Add(ref from, i);
            int number = double.ConvertToIntegerNative<int>(Math.FusedMultiplyAdd(at, factorOnce, shift));
            if ((uint)number > (uint)lastBucket)
            {
                number = at > origin ? lastBucket : 0;
            }

            ref Bucket bucket = ref Unsafe.Add(ref buckets, (nint)(uint)number);
            int c = bucket.Cell + (at >= bucket.End ? 1 : 0);
            ref Place p = ref Unsafe.Add(ref first, (nint)(uint)c);
            Unsafe.Add(ref toCell, i) = p.Number;
            Unsafe.Add(ref toPlace, i) = (at - p.Start) * p.Inverse;
            Unsafe.Add(ref toInverse, i) = p.Inverse;
        }
    }

    private void LocateByWalking(ReadOnlySpan<double> x, Span<double> cell, Span<double> place, Span<double> inverse)
    {
        Span<int> number = stackalloc int[1];
        for (int i = 0; i < x.Length; i++)
        {
            Locate(x.Slice(i, 1), number, place.Slice(i, 1));
            (cell[i], inverse[i]) = (number[0], inverseWidth[number[0]]);
        }
    }

    // Of an even bucket: the cell at its beginning and where that ends.
    private readonly record struct Bucket(double End, int Cell);

    // Of a cell; four doubles, which makes its address a shift.
    private readonly record struct Place(double Start, double Inverse, double Number, double Spare);
}
