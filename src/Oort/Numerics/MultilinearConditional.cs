using System.Runtime.CompilerServices;

namespace Oort.Numerics;

/// <summary>
/// Draws the other coordinates of a <see cref="MultilinearDensity"/> where the first two are given: between four nodes of these the density is the
/// mixture of those at the nodes, by their bilinear weights and integrals. Immutable and safe to share between threads.
/// </summary>
internal sealed class MultilinearConditional
{
    private readonly int[] sizes;
    private readonly AliasTable?[] tables;
    private readonly double[] totals;

    /// <summary>The conditional densities of a density of three coordinates or more.</summary>
    public MultilinearConditional(MultilinearDensity density)
    {
        sizes = density.Sizes.ToArray();
        int inner = density.Values.Length / (sizes[0] * sizes[1]);
        tables = new AliasTable?[sizes[0] * sizes[1]];
        totals = new double[tables.Length];
        double[] weights = new double[inner];
        for (int node = 0; node < tables.Length; node++)
        {
            ReadOnlySpan<float> values = density.Values.Slice(node * inner, inner);
            double sum = 0;
            for (int i = 0; i < inner; i++)
            {
                double share = 1;
                for (int k = sizes.Length - 1, rest = i; k >= 2; rest /= sizes[k--])
                {
                    int at = rest % sizes[k];
                    share *= at == 0 || at == sizes[k] - 1 ? 0.5 : 1;
                }

                weights[i] = share * values[i];
                sum += weights[i];
            }

            tables[node] = sum > 0 ? new(weights) : null;
            totals[node] = sum;
        }
    }

    /// <summary>Integral over the other coordinates at a place, which is bilinear between nodes.</summary>
    public double Total(double a, double b)
    {
        int i = Math.Min((int)a, sizes[0] - 2), j = Math.Min((int)b, sizes[1] - 2), at = i * sizes[1] + j;
        double x = a - i, y = b - j;
        return (1 - x) * ((1 - y) * totals[at] + y * totals[at + 1]) + x * ((1 - y) * totals[at + sizes[1]] + y * totals[at + sizes[1] + 1]);
    }

    /// <summary>Draws the other coordinates.</summary>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="q">
    /// A span for each coordinate, one after the other, each <paramref name="n"/> long: the first two hold places where <see cref="Total"/> is positive, the others receive coordinates.
    /// </param>
    /// <param name="n">Number of points, at most <see cref="MultilinearDensity.LongestDraw"/>.</param>
    [SkipLocalsInit]
    public void Draw(ref Xoshiro256 random, Span<double> q, int n)
    {
        Span<ulong> bits = stackalloc ulong[MultilinearDensity.LongestDraw];
        bits = bits[..n];
        Span<int> nodes = stackalloc int[MultilinearDensity.LongestDraw];
        random.Fill(bits);
        for (int i = 0; i < n; i++)
        {
            nodes[i] = tables[Corner(q[i], q[n + i], ref random)]!.Pick(bits[i]);
        }

        for (int k = sizes.Length - 1; k >= 2; k--)
        {
            Span<double> row = q.Slice(k * n, n);
            for (int i = 0; i < n; i++)
            {
                (nodes[i], int at) = Math.DivRem(nodes[i], sizes[k]);
                row[i] = at;
            }

            random.Fill(bits);
            MultilinearDensity.Tents(bits, row, sizes[k] - 1);
        }
    }

    /// <summary>The corner of the cell around a place whose density the point is drawn from.</summary>
    private int Corner(double a, double b, ref Xoshiro256 random)
    {
        int i = Math.Min((int)a, sizes[0] - 2), j = Math.Min((int)b, sizes[1] - 2), at = i * sizes[1] + j, across = at + sizes[1];
        double x = a - i, y = b - j;
        double p0 = (1 - x) * (1 - y) * totals[at], p1 = (1 - x) * y * totals[at + 1], p2 = x * (1 - y) * totals[across], p3 = x * y * totals[across + 1];
        double u = random.Uniform() * (p0 + p1 + p2 + p3);

        return u < p0 ? at : u < p0 + p1 ? at + 1 : u < p0 + p1 + p2 || p3 == 0 ? across : across + 1;
    }
}
