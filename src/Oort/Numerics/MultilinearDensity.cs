using System.Runtime.CompilerServices;

namespace Oort.Numerics;

/// <summary>
/// A density that is multilinear between values on a grid of unit spacing, from which points are drawn exactly: it is the mixture of the tents
/// around the nodes, so a node is drawn by its value and each coordinate's distance from it by the sum of two uniform numbers.
/// Immutable and safe to share between threads.
/// </summary>
internal sealed class MultilinearDensity
{
    private const int MostDimensions = 5;

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
        this.values = values.ToArray();
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

    /// <summary>Draws points.</summary>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="q">Receives the coordinates, in units of nodes: a span for each coordinate, one after the other.</param>
    /// <param name="density">Receives the density at the points; their number is its length.</param>
    public void Draw(ref Xoshiro256 random, Span<double> q, Span<double> density)
    {
        int n = density.Length;
        for (int i = 0; i < n; i++)
        {
            int node = table.Pick(random.Next());
            for (int k = sizes.Length - 1; k >= 0; k--)
            {
                int size = sizes[k], rest = node / size, at = node - rest * size;
                node = rest;
                ulong bits = random.Next();
                double tent = ((bits >> 32) + (bits & 0xffffffff) + 1) * (1.0 / (1L << 32)) - 1;
                tent = at == 0 ? Math.Abs(tent) : at == size - 1 ? -Math.Abs(tent) : tent;
                q[k * n + i] = at + tent;
            }
        }

        Evaluate(q, density);
    }

    /// <summary>The density at points inside the grid.</summary>
    [SkipLocalsInit]
    public void Evaluate(ReadOnlySpan<double> q, Span<double> density)
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
