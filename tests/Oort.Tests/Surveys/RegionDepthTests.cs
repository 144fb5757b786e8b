using Oort.Coordinates;
using Oort.Numerics;
using Oort.Surveys;

namespace Oort.Tests.Surveys;

public sealed class RegionDepthTests
{
    private static readonly SkyRegion Far = new(1, new(170, 190, -10, 10), 5, 7), Near = new(1, new(160, 170, -20, -10), 0, 2), Pole = new(1, new(0, 360, 80, 90), 1.5, 3);

    private static readonly ErrorModel Errors = ErrorModel.FromLaw(12, 120, d => new(0, 0.05, 0.05, 5, 0.14 + 0.003 * d));

    private static readonly DistanceLaw Law = new([0, 1, 4, 12], [1, 0.6, 0.3, 0.05]);

    public static TheoryData<SkyRegion, bool> Cases => new() { { Far, true }, { Far, false }, { Near, true }, { Near, false }, { Pole, true }, { Pole, false } };

    /// <summary>Stars at one distance are scattered by hand.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void The_share_is_that_of_scattered_distances(SkyRegion region, bool selects)
    {
        RegionDepth depth = new(region, new() { Errors = Errors, Selection = selects ? Law : null });
        Xoshiro256 random = new(5);
        const int Stars = 40_000;
        foreach (double distance in (double[])[0.3, 1.2, 2.1, 2.9, 4.5, 5.5, 7.3, 9])
        {
            double error = 0.14 + 0.003 * (Math.Floor(distance * 10) + 0.5) / 10, seen = 0;
            for (int i = 0; i < Stars; i++)
            {
                double measured = distance * Math.Exp(error * random.Normal().X);
                seen += measured >= region.Nearest && measured < region.Farthest ? 1 : 0;
            }

            seen /= Stars;
            double fraction = selects ? Law.At(distance) : 1;
            Assert.Equal(seen * fraction, depth.At(distance), 5 * fraction * Math.Sqrt((seen + 1e-4) / Stars));
        }
    }

    /// <summary>
    /// The integral over distance, with as many nodes as are used, of a disc's density, of that over distance, as mean proper motions have it, and over its square, as their mean squares do, against many nodes in steps.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void The_rule_integrates_what_discs_have(SkyRegion region, bool selects)
    {
        RegionDepth depth = new(region, new() { Errors = Errors, Selection = selects ? Law : null });
        Sun sun = new() { R0 = 8.2, Z = 0.02 };
        bool polar = region.Window.FirstLatitude > 45;
        (double[] distances, double[] weights) = depth.Rule(sun, 1);
        Assert.All(distances, d => Assert.InRange(d, depth.Nearest, depth.Farthest));
        foreach (double scale in (double[])(polar ? [0.35, 0.9] : [2, 2.5, 3.5]))
        {
            for (int power = 0; power <= 2; power++)
            {
                double expected = 0;
                const int Steps = 20_000;
                for (int i = 0; i < Steps; i++)
                {
                    double d = depth.Nearest + (depth.Farthest - depth.Nearest) * (i + 0.5) / Steps;
                    expected += depth.At(d) * Math.Pow(d, 2 - power) * Math.Exp(-d / scale) * (depth.Farthest - depth.Nearest) / Steps;
                }

                Assert.Equal(1, distances.Zip(weights, (d, w) => w * Math.Pow(d, -power) * Math.Exp(-d / scale)).Sum() / expected, 1e-4);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_bound_is_above_the_share_and_not_by_much(SkyRegion region, bool selects)
    {
        foreach (ErrorModel? errors in (ErrorModel?[])[Errors, null])
        {
            RegionDepth depth = new(region, new() { Errors = errors, Selection = selects ? Law : null });
            DistanceLaw bound = depth.Bound();
            Assert.Equal((depth.Nearest, depth.Farthest), (bound.Nearest, bound.Farthest));
            double share = 0, above = 0;
            for (int i = 0; i <= 5000; i++)
            {
                double d = depth.Nearest + (depth.Farthest - depth.Nearest) * i / 5000;
                Assert.True(bound.At(d) >= depth.At(d) - 1e-12, $"{d}: {bound.At(d)} {depth.At(d)}");
                share += depth.At(d) * d * d;
                above += bound.At(d) * d * d;
            }

            Assert.InRange(share / above, errors is null ? 1 - 1e-9 : 0.6, 1 + 1e-9);
        }
    }

    [Fact]
    public void Without_errors_of_distances_the_region_is_what_it_is()
    {
        RegionDepth depth = new(Far, new() { Errors = ErrorModel.FromLaw(12, 12, _ => new(0.05, 0.05, 0.05, 5)) });
        Assert.False(depth.HasErrors);
        Assert.Equal((5, 7), (depth.Nearest, depth.Farthest));
        Xoshiro256 random = new(1);
        Assert.Equal(6.5, depth.Measured(6.5, ref random));
    }

    [Fact]
    public void Measured_distances_are_those_that_are_in_the_region()
    {
        RegionDepth depth = new(Far, new() { Errors = Errors });
        Xoshiro256 random = new(7);
        double[] measured = [.. Enumerable.Range(0, 4000).Select(_ => depth.Measured(4.5, ref random))];
        Assert.All(measured, d => Assert.InRange(d, 5, 7));

        // The mean of a log-normal distribution, cut off: from the rule of rectangles.
        double error = 0.14 + 0.003 * 4.55, sum = 0, norm = 0;
        for (double d = 5.0005; d < 7; d += 0.001)
        {
            double p = Math.Exp(-0.5 * Math.Pow(Math.Log(d / 4.5) / error, 2)) / d;
            (sum, norm) = (sum + p * d, norm + p);
        }

        Assert.Equal(sum / norm, measured.Average(), 5 * 0.4 / Math.Sqrt(4000));
    }
}
