using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Oort.Numerics;

/// <summary>
/// A density that is multilinear between values on a grid of unit spacing, from which points are drawn exactly: it is the mixture of the tents
/// around the nodes, so a node is drawn by its value and each coordinate's distance from it by the sum of two uniform numbers.
/// Immutable and safe to share between threads.
/// </summary>
internal sealed class MultilinearDensity
{
    /// <summary>Most points drawn at once.</summary>
    public const int LongestDraw = 1024;

    private const int MostDimensions = 5, WidestRow = 6;

    private readonly int[] sizes, strides, corners;
    private readonly float[] values;
    private readonly AliasTable table;

    /// <summary>A density through values, not negative, on a grid; the last index runs fastest.</summary>
    /// <param name="sizes">Number of nodes of each coordinate, at least 2.</param>
    /// <param name="values">Values at the nodes.</param>
    public MultilinearDensity(ReadOnlySpan<int> sizes, ReadOnlySpan<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sizes.Length, MostDimensions);
        this.sizes = sizes.ToArray();
        // Rows of eight are read, also at the very end.
        this.values = [.. values, .. stackalloc float[8]];
        strides = new int[sizes.Length];
        strides[^1] = 1;
        for (int k = sizes.Length - 2; k >= 0; k--)
        {
            strides[k] = strides[k + 1] * sizes[k + 1];
        }

        // The corners of a cell but for the last coordinate, whose two neighbours lie side by side.
        corners = new int[1 << (sizes.Length - 1)];
        for (int m = 0; m < corners.Length; m++)
        {
            for (int k = 0; k < sizes.Length - 1; k++)
            {
                corners[m] += ((m >> (sizes.Length - 2 - k)) & 1) * strides[k];
            }
        }

        double[] weights = new double[values.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            double share = 1;
            for (int k = 0; k < sizes.Length; k++)
            {
                int at = i / strides[k] % sizes[k];
                share *= at == 0 || at == sizes[k] - 1 ? 0.5 : 1;
            }

            weights[i] = share * values[i];
        }

        table = new(weights);
    }

    /// <summary>Integral of the density over the grid.</summary>
    public double Total => table.Total;

    /// <summary>Number of coordinates.</summary>
    public int Dimensions => sizes.Length;

    /// <summary>Number of nodes of each coordinate.</summary>
    public ReadOnlySpan<int> Sizes => sizes;

    /// <summary>Values at the nodes, the last index running fastest.</summary>
    public ReadOnlySpan<float> Values => values.AsSpan(0, values.Length - 8);

    /// <summary>Draws points.</summary>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="q">Receives the coordinates, in units of nodes: a span for each coordinate, one after the other.</param>
    /// <param name="density">Receives the density at the points; their number is its length, at most <see cref="LongestDraw"/>.</param>
    [SkipLocalsInit]
    public void Draw(ref Xoshiro256 random, Span<double> q, Span<double> density)
    {
        int n = density.Length;
        Span<ulong> bits = stackalloc ulong[LongestDraw];
        bits = bits[..n];
        random.Fill(bits);
        Span<uint> nodes = stackalloc uint[LongestDraw];
        for (int i = 0; i < n; i++)
        {
            nodes[i] = (uint)table.Pick(bits[i]);
        }

        for (int k = sizes.Length - 1; k >= 0; k--)
        {
            uint size = (uint)sizes[k], inverse = uint.MaxValue / size + 1;
            Span<double> row = q.Slice(k * n, n);
            for (int i = 0; i < n; i++)
            {
                uint rest = (uint)((nodes[i] * (ulong)inverse) >> 32);
                row[i] = nodes[i] - rest * size;
                nodes[i] = rest;
            }

            random.Fill(bits);
            Tents(bits, row, size - 1);
        }

        Evaluate(q, density);
    }

    /// <summary>Moves coordinates from nodes by the difference of two uniform numbers, reflected at the ends.</summary>
    internal static void Tents(ReadOnlySpan<ulong> bits, Span<double> row, double last)
    {
        // A whole number below 2^52 in the mantissa of 2^52.
        Vector<ulong> low = new(0xffffffff), exponent = new(0x4330000000000000);
        Vector<double> offset = new(2 * 4503599627370496.0 + 4294967295.0), scale = new(1.0 / 4294967296.0), end = new(last);
        int i = 0;
        for (; i + Vector<double>.Count <= row.Length; i += Vector<double>.Count)
        {
            Vector<ulong> b = new(bits[i..]);
            Vector<double> sum = Vector.AsVectorDouble((b & low) | exponent) + (Vector.AsVectorDouble((b >> 32) | exponent) - offset);
            Vector<double> x = Vector.Abs(new Vector<double>(row[i..]) + sum * scale);
            (end - Vector.Abs(end - x)).CopyTo(row[i..]);
        }

        for (; i < row.Length; i++)
        {
            double x = Math.Abs(row[i] + ((bits[i] & 0xffffffff) + (double)(bits[i] >> 32) - 4294967295.0) * (1.0 / 4294967296.0));
            row[i] = last - Math.Abs(last - x);
        }
    }

    /// <summary>The density at points inside the grid.</summary>
    public void Evaluate(ReadOnlySpan<double> q, Span<double> density)
    {
        if (sizes.Length == MostDimensions && sizes[^1] <= WidestRow)
        {
            EvaluateInFive(q, density);
        }
        else
        {
            EvaluateInAny(q, density);
        }
    }

    /// <summary>The density at points, whatever the number of coordinates.</summary>
    [SkipLocalsInit]
    internal void EvaluateInAny(ReadOnlySpan<double> q, Span<double> density)
    {
        int n = density.Length, last = sizes.Length - 1;
        Span<double> v = stackalloc double[1 << (MostDimensions - 1)], t = stackalloc double[MostDimensions];
        for (int i = 0; i < n; i++)
        {
            int start = 0;
            for (int k = 0; k <= last; k++)
            {
                double x = q[k * n + i];
                int cell = Math.Min((int)x, sizes[k] - 2);
                t[k] = x - cell;
                start += cell * strides[k];
            }

            double along = t[last];
            for (int m = 0; m < corners.Length; m++)
            {
                ReadOnlySpan<float> pair = values.AsSpan(start + corners[m], 2);
                v[m] = pair[0] + along * (pair[1] - (double)pair[0]);
            }

            int half = corners.Length;
            for (int k = 0; k < last; k++)
            {
                half >>= 1;
                double w = t[k];
                for (int m = 0; m < half; m++)
                {
                    v[m] += w * (v[m + half] - v[m]);
                }
            }

            density[i] = v[0];
        }
    }

    /// <summary>
    /// As the other, for five coordinates of which the last has few nodes: eight values in a row then hold the four of a cell's
    /// last two coordinates. Single precision: the density is right to 1e-6 of itself.
    /// </summary>
    private void EvaluateInFive(ReadOnlySpan<double> q, Span<double> density)
    {
        int n = density.Length, width = sizes[4];
        ReadOnlySpan<double> qa = q[..n], qb = q.Slice(n, n), qc = q.Slice(2 * n, n), qd = q.Slice(3 * n, n), qe = q.Slice(4 * n, n);
        int lastA = sizes[0] - 2, lastB = sizes[1] - 2, lastC = sizes[2] - 2, lastD = sizes[3] - 2, lastE = width - 2;
        int strideA = strides[0], strideB = strides[1], strideC = strides[2];
        Vector256<int> places = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), here = Vector256<int>.Zero, next = Vector256<int>.One;
        Vector256<int> below = Vector256.Create(width), beside = Vector256.Create(width + 1);
        for (int i = 0; i < n; i++)
        {
            int a = Math.Min((int)qa[i], lastA), b = Math.Min((int)qb[i], lastB), c = Math.Min((int)qc[i], lastC);
            int d = Math.Min((int)qd[i], lastD), e = Math.Min((int)qe[i], lastE), start = a * strideA + b * strideB + c * strideC + d * width + e;
            float ta = (float)(qa[i] - a), tb = (float)(qb[i] - b), tc = (float)(qc[i] - c), td = (float)(qd[i] - d), te = (float)(qe[i] - e);
            Vector256<float> wc = Vector256.Create(tc), wb = Vector256.Create(tb);
            Vector256<float> low = Plane(start), high = Plane(start + strideA), sum = low + Vector256.Create(ta) * (high - low);
            Vector256<float> weight = Vector256.ConditionalSelect(Vector256.Equals(places, here).AsSingle(), Vector256.Create((1 - td) * (1 - te)), Vector256<float>.Zero);
            weight = Vector256.ConditionalSelect(Vector256.Equals(places, next).AsSingle(), Vector256.Create((1 - td) * te), weight);
            weight = Vector256.ConditionalSelect(Vector256.Equals(places, below).AsSingle(), Vector256.Create(td * (1 - te)), weight);
            weight = Vector256.ConditionalSelect(Vector256.Equals(places, beside).AsSingle(), Vector256.Create(td * te), weight);
            density[i] = Vector256.Sum(sum * weight);

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            Vector256<float> Plane(int from)
            {
                Vector256<float> lower = Line(from), upper = Line(from + strideB);
                return lower + wb * (upper - lower);
            }

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            Vector256<float> Line(int from)
            {
                Vector256<float> left = Vector256.Create(values.AsSpan(from, 8)), right = Vector256.Create(values.AsSpan(from + strideC, 8));
                return left + wc * (right - left);
            }
        }
    }

    /// <summary>Raises factors of the nodes of the cells that hold points: each to the largest of its cells' points.</summary>
    public void Spread(ReadOnlySpan<double> q, ReadOnlySpan<double> factor, Span<float> nodes)
    {
        int n = factor.Length;
        for (int i = 0; i < n; i++)
        {
            int start = 0;
            for (int k = 0; k < sizes.Length; k++)
            {
                start += Math.Min((int)q[k * n + i], sizes[k] - 2) * strides[k];
            }

            foreach (int corner in corners)
            {
                nodes[start + corner] = Math.Max(nodes[start + corner], (float)factor[i]);
                nodes[start + corner + 1] = Math.Max(nodes[start + corner + 1], (float)factor[i]);
            }
        }
    }
}
