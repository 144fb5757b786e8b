using Oort.Numerics;
using Oort.Tests.Support;

namespace Oort.Tests.Numerics;

/// <summary>Random numbers, and indices and points drawn with them.</summary>
public class RandomStreamTests
{
    [Fact]
    public void The_generator_is_the_published_one()
    {
        // The first outputs of the authors' code from the state 1, 2, 3, 4.
        ulong[] expected = [41943041, 58720359, 3588806011781223, 3591011842654386, 9228616714210784205, 9973669472204895162];
        Xoshiro256 random = new((1, 2, 3, 4));
        ulong[] found = new ulong[expected.Length];
        random.Fill(found.AsSpan(0, 4));
        (found[4], found[5]) = (random.Next(), random.Next());
        Assert.Equal(expected, found);
    }

    [Fact]
    public void Streams_of_different_names_differ()
    {
        ulong[][] names = [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0], [0, 1], [0, 0], [ulong.MaxValue, 0, 0]];
        Assert.Equal(names.Length, names.Select(n => new Xoshiro256(n).Next()).Distinct().Count());
    }

    [Fact]
    public void Indices_come_with_their_weights()
    {
        double[] weights = [3, 0, 1e-3, 10, 0.5, 0.5, 1, 0, 7];
        AliasTable table = new(weights);
        Assert.Equal(weights.Sum(), table.Total, 12);
        const int Draws = 1 << 20;
        int[] counts = new int[weights.Length];
        for (ulong i = 0; i < Draws; i++)
        {
            // Every part of every row is visited evenly.
            counts[table.Pick(i << 44)]++;
        }

        for (int k = 0; k < weights.Length; k++)
        {
            Assert.Equal(weights[k] / table.Total, counts[k] / (double)Draws, 2e-5);
        }
    }

    [Fact]
    public void Weights_without_a_sum_are_refused()
        => Assert.All<double[]>([[0, 0], [double.NaN, 1], [double.PositiveInfinity]], w => Assert.Throws<NumericalException>(() => new AliasTable(w)));

    [Theory]
    [InlineData(new[] { 3, 4 })]
    [InlineData(new[] { 2, 2, 3, 4, 5 })]
    [InlineData(new[] { 3, 3, 2, 4, 9 })]
    public void Points_are_distributed_as_the_density(int[] sizes)
    {
        (MultilinearDensity density, float[] values) = Create(sizes);
        const int Draws = 200 * MultilinearDensity.LongestDraw, N = MultilinearDensity.LongestDraw;
        int d = sizes.Length;
        int[] halves = [.. sizes.Select(s => 2 * (s - 1))];
        double[] counts = new double[halves.Aggregate(1, (a, b) => a * b)], q = new double[d * N], g = new double[N];
        Xoshiro256 random = new(5);
        for (int batch = 0; batch < Draws / N; batch++)
        {
            density.Draw(ref random, q, g);
            for (int i = 0; i < N; i++)
            {
                int bin = 0;
                for (int k = 0; k < d; k++)
                {
                    Assert.InRange(q[k * N + i], 0, sizes[k] - 1);
                    bin = bin * halves[k] + (int)(2 * q[k * N + i]);
                }

                counts[bin]++;
            }
        }

        // A multilinear function's mean over half a cell each way is its value in the middle.
        double chi2 = 0;
        for (int bin = 0; bin < counts.Length; bin++)
        {
            double[] middle = new double[d];
            for (int k = d - 1, rest = bin; k >= 0; rest /= halves[k], k--)
            {
                middle[k] = 0.5 * (rest % halves[k] + 0.5);
            }

            double expected = Draws * Plain(sizes, values, middle) * Math.Pow(0.5, d) / density.Total;
            chi2 += (counts[bin] - expected) * (counts[bin] - expected) / expected;
        }

        Assert.InRange(Statistics.ChiSquared(chi2, counts.Length - 1), 1e-3, 0.999);
    }

    [Theory]
    [InlineData(new[] { 5, 7 })]
    [InlineData(new[] { 3, 4, 2 })]
    [InlineData(new[] { 4, 3, 5, 4, 5 })]
    [InlineData(new[] { 4, 3, 5, 4, 6 })]
    [InlineData(new[] { 2, 2, 2, 2, 2 })]
    [InlineData(new[] { 4, 3, 5, 4, 7 })]
    public void Density_is_the_interpolation(int[] sizes)
    {
        (MultilinearDensity density, float[] values) = Create(sizes);
        Random random = new(1);
        const int N = 100;
        double[] q = [.. Enumerable.Range(0, sizes.Length * N).Select(i => (sizes[i / N] - 1) * (i % N == 0 ? 1 : i % N == 1 ? 0 : random.NextDouble()))];
        double[] g = new double[N], any = new double[N];
        density.Evaluate(q, g);
        density.EvaluateInAny(q, any);
        for (int i = 0; i < N; i++)
        {
            double expected = Plain(sizes, values, [.. Enumerable.Range(0, sizes.Length).Select(k => q[k * N + i])]);
            Assert.Equal(expected, g[i], 2e-6 * expected);
            Assert.Equal(expected, any[i], 1e-12 * expected);
        }
    }

    private static (MultilinearDensity Density, float[] Values) Create(int[] sizes)
    {
        Random random = new(7);
        float[] values = [.. Enumerable.Range(0, sizes.Aggregate(1, (a, b) => a * b)).Select(_ => 0.2f + random.NextSingle())];
        return (new(sizes, values), values);
    }

    private static double Plain(int[] sizes, float[] values, double[] q)
    {
        double sum = 0;
        for (int node = 0; node < values.Length; node++)
        {
            double weight = 1;
            for (int k = sizes.Length - 1, rest = node; k >= 0; rest /= sizes[k], k--)
            {
                weight *= Math.Max(0, 1 - Math.Abs(q[k] - rest % sizes[k]));
            }

            sum += weight * values[node];
        }

        return sum;
    }
}
