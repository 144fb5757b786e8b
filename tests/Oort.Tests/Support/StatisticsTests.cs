namespace Oort.Tests.Support;

/// <summary>The tests of samples must accept right ones and refuse wrong ones.</summary>
public class StatisticsTests
{
    [Fact]
    public void Known_quantiles_have_their_probabilities()
    {
        Assert.Equal(0.05, Statistics.ChiSquared(18.307, 10), 4);
        Assert.Equal(0.001, Statistics.Normal(3.2905), 5);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0.03, false)]
    public void A_shifted_sample_is_found_out(double shift, bool right)
    {
        Random random = new(3);
        double[] sample = [.. Enumerable.Range(0, 20000).Select(_ => random.NextDouble() + shift)];
        double p = Statistics.KolmogorovSmirnov(sample, x => Math.Clamp(x, 0, 1));
        Assert.Equal(right, p > 1e-3);
    }
}
