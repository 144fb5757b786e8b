using System.Numerics;
using Oort.Numerics;

namespace Oort.Tests.Numerics;

public class LinearCombinationTests
{
    private static readonly int Lanes = Vector<double>.Count;

    [Fact]
    public void Is_the_sum_it_says_at_every_length_and_in_every_lane()
    {
        for (int length = 1; length <= 9; length++)
        {
            double[] weights = [.. Enumerable.Range(0, 3 * Lanes).Select(i => Math.Cos(i))], sum = new double[length * Lanes];
            double[] rows = [.. Enumerable.Range(0, 3 * length).Select(i => Math.Sin(i + 1))];
            LinearCombination.Of(rows, weights, sum);
            for (int i = 0; i < sum.Length; i++)
            {
                (int k, int lane) = (i / Lanes, i % Lanes);
                Assert.Equal(Enumerable.Range(0, 3).Sum(d => weights[d * Lanes + lane] * rows[d * length + k]), sum[i], 1e-14);
            }
        }
    }

    [Fact]
    public void Without_rows_it_is_zero()
    {
        double[] sum = [.. Enumerable.Repeat(1.0, 5 * Lanes)];
        LinearCombination.Of([], [], sum);
        Assert.All(sum, s => Assert.Equal(0, s));
    }
}
