using Oort.Inference;
using Oort.Surveys;

namespace Oort.Tests.Inference;

public sealed class HistogramMisfitTests
{
    private static readonly double[] Edges = [0, 10, 20, 30, 40];

    private static HistogramSet Set(double stars, double[] count) => new([new(1, stars, 8, 0.1, [(0, 1)])], [Histogram.OfCounts(1, "VR", Edges, count, stars)]);

    private static HistogramSet Predicted(params double[] p) => new([new(1, double.NaN, 8, 0.1, [(0, 1)])], [new(1, "VR", Edges, [0, 0, 0, 0], p, [0, 0, 0, 0])]);

    /// <summary>Cells of 4, 50, 40 and 5 of 100 stars: the first has too few.</summary>
    [Fact]
    public void Chi_squared_is_that_of_equation_5()
    {
        HistogramMisfit misfit = new(Set(100, [4, 50, 40, 5]), MisfitStatistic.ChiSquared);
        Assert.Equal(3, misfit.Cells);
        Assert.Equal(0, misfit.Of(Predicted(0.9, 0.05, 0.04, 0.005)).ChiSquared, 1e-12);

        // 0.005 off with errors of sqrt(n (1 - n/N))/(N width): sqrt(25), sqrt(24), sqrt(4.75) over 1000.
        Assert.Equal(25 / 25.0 + 25 / 24.0 + 25 / 4.75, misfit.Of(Predicted(0, 0.055, 0.035, 0.010)).ChiSquared, 1e-10);
        Assert.Equal(double.PositiveInfinity, misfit.Of(Predicted(0, double.NaN, 0, 0)).ChiSquared);
    }

    [Fact]
    public void The_likelihood_ratio_is_that_of_a_multinomial()
    {
        HistogramMisfit misfit = new(Set(100, [4, 50, 40, 5]), MisfitStatistic.Likelihood);
        Assert.Equal(3, misfit.Cells);
        Assert.Equal(0, misfit.Of(Predicted(0.08, 1, 0.8, 0.1)).ChiSquared, 1e-10);
        double expected = 0;
        foreach ((double n, double share) in new[] { (4, 0.25), (50, 0.25), (40, 0.25), (5, 0.25) })
        {
            expected += 2 * n * Math.Log(n / (99 * share));
        }

        Assert.Equal(expected, misfit.Of(Predicted(1, 1, 1, 1)).ChiSquared, 1e-10);
        Assert.True(double.IsFinite(misfit.Of(Predicted(0, 1, 1, 1)).ChiSquared));
    }

    [Theory]
    [InlineData(MisfitStatistic.ChiSquared)]
    [InlineData(MisfitStatistic.Likelihood)]
    public void Residuals_squared_add_up_to_it(MisfitStatistic statistic)
    {
        HistogramMisfit misfit = new(Set(100, [0, 50, 35, 15]), statistic);
        Misfit found = misfit.Of(Predicted(0.02, 0.03, 0.1, 0.01));
        Assert.Equal(statistic == MisfitStatistic.ChiSquared ? 3 : 4, found.Residuals.Count);
        Assert.Equal(found.ChiSquared, found.Residuals.Sum(r => r * r), 1e-9 * found.ChiSquared);
        double first = found.Residuals[statistic == MisfitStatistic.ChiSquared ? 0 : 1];
        Assert.True(first * misfit.Of(Predicted(0.02, 0.3, 0.1, 0.01)).Residuals[statistic == MisfitStatistic.ChiSquared ? 0 : 1] < 0);
        Assert.Empty(misfit.Of(Predicted(0, double.NaN, 0, 0)).Residuals);
    }

    /// <summary>The errors of a dispersion and of a mean of N stars are sigma/sqrt(2 N) and sigma/sqrt(N); a bin of one star has no dispersion.</summary>
    [Fact]
    public void Means_and_dispersions_of_velocities_in_bins_guide()
    {
        static HistogramSet Bins(double stars, (double, double) vR, (double, double) vphi, string first = "VR") => new(
            [new(1, stars, 8, 0.1, [vR, vphi]), new(2, 1, 9, 0.1, [(30, 0), (200, 0)])],
            [.. from b in new[] { 1, 2 } from q in new[] { first, "Vphi" } select Histogram.OfCounts(b, q, Edges, [0, 50, 35, 15], 100)]);
        HistogramSet data = Bins(200, (3, 40), (220, 20));
        IReadOnlyList<double> guides = new HistogramMisfit(data, MisfitStatistic.Likelihood).Of(Bins(double.NaN, (0, 44), (225, 18))).Guides;
        double[] expected = [Math.Log(1.1) * 20, Math.Log(0.9) * 20, 5 / (20 / Math.Sqrt(200))];
        Assert.Equal(expected.Length, guides.Count);
        Assert.All(expected.Zip(guides), g => Assert.Equal(g.First, g.Second, 1e-12));
        Assert.Equal([0, 0, 0], new HistogramMisfit(data, MisfitStatistic.ChiSquared).Of(data).Guides);
        HistogramSet sky = Bins(200, (3, 40), (220, 20), "vlos");
        Assert.Empty(new HistogramMisfit(sky, MisfitStatistic.Likelihood).Of(sky).Guides);
    }

    [Fact]
    public void Nothing_to_compare_and_other_cells_are_refused()
    {
        Assert.Contains("no cell", Assert.Throws<InputException>(() => new HistogramMisfit(Set(8, [2, 2, 2, 2]), MisfitStatistic.ChiSquared)).Message);
        HistogramSet other = new([new(1, 1, 8, 0.1, [(0, 1)])], [new(1, "VR", [0, 5, 10], [0, 0], [0, 0], [0, 0])]);
        Assert.Contains("cells", Assert.Throws<InputException>(() => new HistogramMisfit(Set(100, [4, 50, 40, 6]), MisfitStatistic.ChiSquared).Of(other)).Message);
    }
}
