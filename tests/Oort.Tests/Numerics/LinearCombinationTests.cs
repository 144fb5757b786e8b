using Oort.Numerics;

namespace Oort.Tests.Numerics;

public class LinearCombinationTests
{
    [Fact]
    public void Is_the_sum_it_says_at_every_length()
    {
        for (int length = 1; length <= 19; length++)
        {
            double[] weights = [0.5, -2, 3.25], rows = [.. Enumerable.Range(0, 3 * length).Select(i => Math.Sin(i + 1))], sum = new double[length];
            LinearCombination.Of(rows, weights, sum);
            for (int k = 0; k < length; k++)
            {
                Assert.Equal(0.5 * rows[k] - 2 * rows[length + k] + 3.25 * rows[2 * length + k], sum[k], 1e-14);
            }
        }
    }

    [Fact]
    public void Without_rows_it_is_zero()
    {
        double[] sum = [1, 2, 3, 4, 5];
        LinearCombination.Of([], [], sum);
        Assert.All(sum, s => Assert.Equal(0, s));
    }
}
