using Oort.Surveys;

namespace Oort.Tests.Surveys;

public sealed class HistogramComparisonTests
{
    private static readonly double[] Edges = [0, 10, 20, 30, 40];

    private static HistogramSet Set(double stars, double[] count, double[]? p = null)
    {
        Histogram h = Histogram.OfCounts(1, "VR", Edges, count, stars);
        return new([new(1, stars, 8, 0.1, [(0, 1)])], [p is null ? h : h with { P = p }]);
    }

    [Fact]
    public void Chi_squared_is_Pearsons_over_groups_of_five_expected_stars()
    {
        // 76 of 100 stars inside the edges; expected 40, 30, 2, 4. Cells 3 and 4 make one group of 6, so 3 groups.
        HistogramFit fit = new HistogramComparison(Set(100, [45, 20, 5, 6]), Set(100, [0, 0, 0, 0], [0.04, 0.03, 0.002, 0.004]))[1, "VR"];
        Assert.Equal((76, 3, 2), (fit.Stars, fit.Groups, fit.DegreesOfFreedom));
        Assert.Equal(25 / 40.0 + 100 / 30.0 + 25 / 6.0, fit.ChiSquared, 1e-12);
        Assert.Equal(fit.ChiSquared / 2, fit.ReducedChiSquared);

        // What is left at the end joins the last group: 49, and 51 with the last two.
        fit = new HistogramComparison(Set(100, [90, 8, 2, 0]), Set(100, [0, 0, 0, 0], [0.049, 0.049, 0.001, 0.001]))[1, "VR"];
        Assert.Equal(1, fit.DegreesOfFreedom);
        Assert.Equal(41 * 41 / 49.0 + 41 * 41 / 51.0, fit.ChiSquared, 1e-12);

        // Nothing to compare.
        fit = new HistogramComparison(Set(4, [1, 1, 1, 1]), Set(4, [0, 0, 0, 0], [0.025, 0.025, 0.025, 0.025]))[1, "VR"];
        Assert.Equal((0, 0.0), (fit.DegreesOfFreedom, fit.ChiSquared));
        Assert.True(double.IsNaN(fit.ReducedChiSquared));
        Assert.Equal(0, new HistogramComparison(Set(0, [0, 0, 0, 0]), Set(4, [1, 1, 1, 1])).Total.LogLikelihood);
    }

    [Fact]
    public void The_likelihood_is_the_multinomial_probability()
    {
        // Two stars inside the edges, in cells of probability 2/3 and 1/3: one each with 2!/(1! 1!) 2/9.
        HistogramFit fit = new HistogramComparison(Set(3, [1, 1, 0, 0]), Set(3, [0, 0, 0, 0], [0.05, 0.025, 0, 0]))[1, "VR"];
        Assert.Equal(Math.Log(4.0 / 9), fit.LogLikelihood, 1e-12);
        Assert.Equal(double.NegativeInfinity, new HistogramComparison(Set(3, [1, 1, 1, 0]), Set(3, [0, 0, 0, 0], [0.05, 0.05, 0, 0]))[1, "VR"].LogLikelihood);
        Assert.Equal(double.NegativeInfinity, new HistogramComparison(Set(3, [1, 1, 1, 0]), Set(0, [0, 0, 0, 0]))[1, "VR"].LogLikelihood);
    }

    [Fact]
    public void Stars_drawn_from_the_prediction_have_as_much_chi_squared_as_degrees_of_freedom()
    {
        // The mean of chi-squared over many draws, whatever the numbers expected: its scatter is sqrt(2 dof) or a little more for each.
        double[] share = [0.6, 0.25, 0.01, 0.03];
        HistogramSet prediction = Set(1, [0, 0, 0, 0], [.. share.Select(s => s / 10)]);
        Random random = new(6);
        foreach (int stars in new[] { 60, 300 })
        {
            const int draws = 4000;
            double sum = 0;
            int freedom = 0;
            for (int draw = 0; draw < draws; draw++)
            {
                double[] count = new double[4];
                for (int i = 0; i < stars; i++)
                {
                    double u = random.NextDouble();
                    int cell = 0;
                    for (; cell < 4 && u >= share[cell]; cell++)
                    {
                        u -= share[cell];
                    }

                    if (cell < 4)
                    {
                        count[cell]++;
                    }
                }

                HistogramFit fit = new HistogramComparison(Set(stars, count), prediction).Total;
                (sum, freedom) = (sum + fit.ChiSquared, fit.DegreesOfFreedom);
            }

            Assert.Equal(stars == 60 ? 1 : 2, freedom);
            Assert.InRange(sum / draws, freedom - 4 * Math.Sqrt(2.2 * freedom / draws), freedom + 4 * Math.Sqrt(2.2 * freedom / draws));
        }
    }

    [Fact]
    public void Other_cells_are_refused()
    {
        HistogramSet data = Set(3, [1, 1, 0, 0]);
        HistogramSet shifted = new(data.Bins, [data[1, "VR"] with { Edges = [1, 10, 20, 30, 40] }]), other = new(data.Bins, [data[1, "VR"] with { Quantity = "Vz" }]);
        Assert.Contains("bin 1, VR: the catalogue's cells are not those of the prediction", Assert.Throws<InputException>(() => new HistogramComparison(data, shifted)).Message, StringComparison.Ordinal);
        Assert.Contains("no histogram of VR in bin 1", Assert.Throws<InputException>(() => new HistogramComparison(data, other)).Message, StringComparison.Ordinal);
    }
}
