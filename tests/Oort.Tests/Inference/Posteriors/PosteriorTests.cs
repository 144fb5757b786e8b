using MathNet.Numerics.Distributions;
using Oort.Inference;
using Oort.Inference.Chains;
using Oort.Inference.Posteriors;
using Oort.Inference.Sampling;
using Oort.Tests.Cli;

namespace Oort.Tests.Inference.Posteriors;

public sealed class PosteriorTests : IDisposable
{
    private readonly Workplace work = new();

    public void Dispose() => work.Dispose();

    /// <summary>Even quantiles of a normal distribution in place of draws.</summary>
    [Fact]
    public void Intervals_of_a_normal_distribution_reach_one_and_two_sigma()
    {
        double[] draws = [.. Enumerable.Range(0, 20001).Select(i => Normal.InvCDF(5, 3, (i + 0.5) / 20001)).Reverse()];
        CredibleInterval i = CredibleInterval.Of(draws);
        Assert.Equal(5, i.Median, 1e-9);
        Assert.Equal([2, 8], [i.Low68, i.High68], Near(2e-3));
        Assert.Equal([-1, 11], [i.Low95, i.High95], Near(5e-3));
        Assert.True(double.IsNaN(CredibleInterval.Of([1, double.NaN, 2]).Median));
        Assert.True(double.IsNaN(CredibleInterval.Of([]).Median));
    }

    /// <summary>
    /// The contour that holds a share s of a normal distribution is the ellipse of Mahalanobis distance sqrt(-2 ln(1 - s)), on which the density is 1 - s of the largest. Smoothing by a kernel of
    /// n^(-1/6) sigma widens it by a factor sqrt(1 + n^(-1/3)).
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.8)]
    [InlineData(-0.95)]
    public void Contours_hold_their_share_of_a_normal_distribution(double correlation)
    {
        const int Count = 40000;
        Random random = new(7);
        double[] x = new double[Count], y = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            (double a, double b) = (Normal.Sample(random, 0, 1), Normal.Sample(random, 0, 1));
            (x[i], y[i]) = (3 + 0.2 * a, 100 * (correlation * a + Math.Sqrt(1 - correlation * correlation) * b));
        }

        PosteriorMap map = PosteriorMap.Of(x, y, Count);
        double cell = (map.X[1] - map.X[0]) * (map.Y[1] - map.Y[0]), all = map.Density.Cast<double>().Sum() * cell;
        Assert.InRange(all, 0.99, 1.0001);
        foreach (double share in (double[])[CredibleInterval.Share68, CredibleInterval.Share95])
        {
            double level = map.Level(share);
            int inside = Enumerable.Range(0, Count).Count(i => map.At(x[i], y[i]) > level);
            Assert.Equal(share, inside / (double)Count, 1e-3);

            double area = map.Density.Cast<double>().Count(d => d > level) * cell, expected = Math.PI * -2 * Math.Log(1 - share) * 0.2 * 100 * Math.Sqrt(1 - correlation * correlation);
            Assert.InRange(area / expected, 0.95, Math.Abs(correlation) > 0.9 ? 1.35 : 1.1);
        }
    }

    [Fact]
    public void A_curve_is_the_density_of_a_normal_distribution()
    {
        double[] draws = [.. Enumerable.Range(0, 10000).Select(i => Normal.InvCDF(-2, 0.5, (i + 0.5) / 10000))];
        PosteriorCurve curve = PosteriorCurve.Of(draws, draws.Length);
        double width = Math.Sqrt(1 + Math.Pow(0.9 * Math.Pow(10000, -0.2), 2)) * 0.5;
        for (int i = 0; i < curve.X.Length; i++)
        {
            Assert.Equal(Normal.PDF(-2, width, curve.X[i]), curve.Density[i], 0.01);
        }
    }

    /// <summary>A chain of a normal distribution in x and ln m: the sample agrees with the closed form, its draws are draws of the chain.</summary>
    [Fact]
    public void A_sample_has_the_draws_of_its_chain()
    {
        ParameterSet parameters = new([new("x", 1, -50, 50, 1), new("m", 3, 1e-3, 1e3, 1, ParameterScale.Logarithmic)]);
        SamplingSettings settings = new() { Walkers = 16, Seed = 2, Length = new() { MostSteps = 1500, Times = null } };
        using ChainStore chain = ChainStore.Open(work.Path("run.db"), parameters, settings, new Dictionary<string, string> { ["data"] = "1" });
        new ChainRun(chain, parameters, settings).Run(() => new Hill());
        PosteriorSample sample = PosteriorSample.Of(chain, 300);
        Assert.Equal((1200, 301, 1500), (sample.Steps, sample.StepNumber(0), sample.StepNumber(1199)));
        Assert.Equal([false, true], [sample.IsLogarithmic(0), sample.IsLogarithmic(1)]);
        double error = 3 / Math.Sqrt(sample.EffectiveSize(0));
        Assert.Equal(2, sample.Intervals[0].Median, 2 * error);
        Assert.Equal(4, sample.Intervals[0].High95, 4 * error);
        Assert.Equal(1, Math.Log(sample.Intervals[1].High68), 2 * error);
        Assert.Equal(sample.Summary.Parameters.Select(p => (p.Median, p.Low, p.High)), sample.Intervals.Select(i => (i.Median, i.Low68, i.High68)));
        Assert.InRange(sample.Correlation(0, 0), 0.999999, 1);

        HashSet<(double, double)> all = [.. chain.Read(301).SelectMany(s => s.Positions).Select(p => (p[0], chain.Value(1, p[1])))];
        IReadOnlyList<double[]> draws = sample.Draws(200);
        Assert.Equal(200, draws.Count);
        Assert.All(draws, d => Assert.Contains((d[0], d[1]), all));
        Assert.Equal(chain.Read(301).Select(s => s.Positions[5][0]), sample.Trace(0, 5));

        chain.Check(new Dictionary<string, string> { ["data"] = "1" });
        Assert.Contains("the data is not the one", Assert.Throws<InputException>(() => chain.Check(new Dictionary<string, string> { ["data"] = "2" })).Message);
    }

    private static EqualityComparer<double> Near(double tolerance) => EqualityComparer<double>.Create((a, b) => Math.Abs(a - b) <= tolerance, _ => 0);

    private sealed class Hill : ILogDensity
    {
        public int Dimensions => 2;

        public double[] Evaluate(IReadOnlyList<double[]> points, CancellationToken cancellation = default)
            => [.. points.Select(p => -0.5 * ((p[0] - 2) * (p[0] - 2) + p[1] * p[1]))];
    }
}
