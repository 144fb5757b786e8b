using MathNet.Numerics.Distributions;
using Oort.Numerics;
using Oort.Tests.Support;

namespace Oort.Tests.Numerics;

public sealed class BinomialDrawTests
{
    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(20, 0.5)]
    [InlineData(40, 0.2)]
    [InlineData(40, 0.26)]
    [InlineData(40, 0.75)]
    [InlineData(300, 0.97)]
    [InlineData(1_000, 0.011)]
    [InlineData(12_921, 0.08)]
    [InlineData(12_921, 0.5)]
    [InlineData(2_000_000, 1e-6)]
    public void Draws_have_the_binomial_distribution(int trials, double p)
    {
        const int Draws = 200_000;
        Xoshiro256 random = new(3, (ulong)trials);
        Dictionary<long, int> seen = [];
        for (int i = 0; i < Draws; i++)
        {
            long k = BinomialDraw.Next(ref random, trials, p);
            seen[k] = seen.GetValueOrDefault(k) + 1;
        }

        Assert.All(seen.Keys, k => Assert.InRange(k, 0, trials));

        // Every number of which five are expected at least, and all others together.
        Binomial exact = new(p, trials);
        double chi2 = 0, restExpected = Draws, restSeen = Draws;
        int terms = 0, centre = (int)(trials * p), reach = (int)(8 * Math.Sqrt(trials * p) + 10);
        for (int k = Math.Max(0, centre - reach); k <= Math.Min(trials, centre + reach); k++)
        {
            double expected = Draws * exact.Probability(k);
            if (expected >= 5)
            {
                int n = seen.GetValueOrDefault(k);
                chi2 += (n - expected) * (n - expected) / expected;
                (restExpected, restSeen, terms) = (restExpected - expected, restSeen - n, terms + 1);
            }
        }

        Assert.True(terms > 1);
        chi2 += restExpected > 1 ? (restSeen - restExpected) * (restSeen - restExpected) / restExpected : 0;
        Assert.True(Statistics.ChiSquared(chi2, terms) > 1e-4, $"chi2 {chi2} of {terms}");
    }

    [Fact]
    public void Certain_and_impossible_successes_need_no_luck()
    {
        Xoshiro256 random = new(1);
        Assert.Equal((0, 7, 0), (BinomialDraw.Next(ref random, 7, 0), BinomialDraw.Next(ref random, 7, 1), BinomialDraw.Next(ref random, 0, 0.4)));
        Assert.Equal(0.5e12, BinomialDraw.Next(ref random, 1_000_000_000_000, 0.5), 6 * 0.5e6);
    }
}
