using Oort.Numerics;

namespace Oort.Tests.Numerics;

public class ResamplingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    public void Polynomials_are_resampled_exactly(int functions)
    {
        double[] places = [0, 0.3, 1, 4.5, 8.99, 11, 11.5, 12], from = new double[13 * functions], to = new double[places.Length * functions];
        double Polynomial(double x, int c) => Enumerable.Range(0, 6).Sum(k => Math.Pow((x - 6) / 6, k) * Math.Cos(k + c));
        for (int i = 0; i < from.Length; i++)
        {
            from[i] = Polynomial(i / functions, i % functions);
        }

        new Resampling(13, places, 6).Apply(from, functions, to);
        Assert.All(to.Index(), t => Assert.Equal(Polynomial(places[t.Index / functions], t.Index % functions), t.Item, 1e-12));

        // With fewer nodes than points: the polynomial through all.
        new Resampling(3, [0.5, 2], 8).Apply([1, 4, 9], 1, to);
        Assert.Equal([2.25, 9], to[..2], (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(32)]
    [InlineData(101)]
    public void Weighted_sums_are_those_of_a_loop(int length)
    {
        double[][] rows = [.. Enumerable.Range(0, 5).Select(k => Enumerable.Range(0, length + k).Select(i => Math.Sin(i * (k + 1))).ToArray())];
        double[] weights = [0.3, -2, 0, 1.5, 7], sum = new double[length];
        WeightedRows.Sum(rows, weights, sum);
        Assert.All(sum.Index(), s => Assert.Equal(rows.Zip(weights).Sum(r => r.First[s.Index] * r.Second), s.Item, 1e-13));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightedRows.Sum([[1, 2], [1]], [1, 1], sum));
    }
}
