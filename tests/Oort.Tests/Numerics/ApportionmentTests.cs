using Oort.Numerics;

namespace Oort.Tests.Numerics;

public sealed class ApportionmentTests
{
    [Theory]
    [InlineData(new double[] { 1, 1, 1 }, 2, new long[] { 1, 1, 0 })]
    [InlineData(new[] { 0.5, 0.3, 0.2 }, 10, new long[] { 5, 3, 2 })]
    [InlineData(new[] { 0.55, 0.26, 0.19, 0 }, 9, new long[] { 5, 2, 2, 0 })]
    [InlineData(new double[] { 3, 4 }, 0, new long[] { 0, 0 })]
    public void Largest_remainders_get_what_is_left(double[] weights, long total, long[] expected)
        => Assert.Equal(expected, Apportionment.LargestRemainders(weights, total));
}
