using Oort.Models;
using Oort.Surveys;
using Oort.Tests.Support;
using Xunit.Abstractions;

namespace Oort.Tests.Surveys;

/// <summary>Predictions of histograms: against the distributions they are made from, and against much finer integrals.</summary>
public class BinPredictorTests(ITestOutputHelper output)
{
    private static readonly SpatialBins Bins = new([MockBv23.Sun.R0 - 0.5, MockBv23.Sun.R0 + 0.5, MockBv23.Sun.R0 + 1.5, MockBv23.Sun.R0 + 3], [0, 0.1, 0.35, 1, 3]);

    private static readonly BinPredictor Predictor = new(MockBv23.Seen, Bins, MockBv23.Axes);

    private static readonly BinPrediction Usual = Predictor.Predict(PredictionPlace.Bin, 1e6);

    [NightlyFact]
    public void Much_finer_integrals_change_a_histogram_by_less_than_a_million_stars_can_tell()
    {
        BinPredictor.Settings fine = new() { Refinement = 2, Accuracy = ModelAccuracy.High };
        Compare(Usual, new BinPredictor(MockBv23.Seen, Bins, MockBv23.Axes, fine).Predict(PredictionPlace.Bin, 1e6), Bins, MockBv23.Axes);
    }

    [Fact]
    public void Finer_integrals_change_a_histogram_by_less_than_a_million_stars_can_tell()
    {
        // The distribution of v_phi costs least and is the least smooth.
        SpatialBins bins = new([MockBv23.Sun.R0 - 1.5, MockBv23.Sun.R0 - 0.5, MockBv23.Sun.R0 + 0.5], [0, 0.2, 0.5]);
        HistogramAxis[] axes = [MockBv23.Axes[2]];
        BinPrediction usual = new BinPredictor(MockBv23.Seen, bins, axes).Predict(PredictionPlace.Bin, 1e6);
        Compare(usual, new BinPredictor(MockBv23.Seen, bins, axes, new BinPredictor.Settings { Refinement = 2 }).Predict(PredictionPlace.Bin, 1e6), bins, axes);
    }

    [Fact]
    public void Bins_near_the_centre_are_predicted_as_well()
    {
        // Where distributions change within a kiloparsec: places crowd there.
        SelectedGalaxy seen = new(MockBv23.Galaxy, new HeliocentricSelection(MockBv23.Sun, DistanceLaw.Uniform(0.1, 9)), threads: 2);
        SpatialBins bins = new([1, 2, 3], [0, 0.3]);
        HistogramAxis[] axes = [MockBv23.Axes[2]];
        BinPrediction[] found = [.. ((int[])[1, 2]).Select(r => new BinPredictor(seen, bins, axes, new BinPredictor.Settings { Refinement = r }).Predict(PredictionPlace.Bin, 1e6))];
        Compare(found[0], found[1], bins, axes, 2e-3);
    }

    private void Compare(BinPrediction usual, BinPrediction exact, SpatialBins bins, HistogramAxis[] axes, double ofPeak = 5e-4)
    {
        double worst = 0, worstNumber = 0, worstMean = 0;
        for (int b = 0; b < bins.Count; b++)
        {
            HistogramBin a = usual.Total.Bins[b], e = exact.Total.Bins[b];
            if (e.Stars == 0)
            {
                continue;
            }

            worstNumber = Math.Max(worstNumber, Math.Abs(a.Stars / e.Stars - 1));
            worstMean = Math.Max(worstMean, a.Moments.Zip(e.Moments, (x, y) => Math.Max(Math.Abs(x.Mean - y.Mean), Math.Abs(x.Dispersion - y.Dispersion))).Max());
            foreach (HistogramAxis axis in axes)
            {
                Histogram p = usual.Total[b + 1, axis.Quantity], q = exact.Total[b + 1, axis.Quantity];
                double peak = q.P.Max(), distance = p.P.Zip(q.P, (x, y) => Math.Abs(x - y)).Max() / peak;
                double chi2 = p.Count.Zip(q.Count, (x, y) => y > 0 ? (x - y) * (x - y) / y : 0).Sum();
                output.WriteLine($"{b + 1} {axis.Quantity}: {distance:E1} of the peak, {chi2:E1} of chi-squared for {e.Stars:F0} stars");
                worst = Math.Max(worst, distance);
                Assert.InRange(chi2, 0, 0.2);
            }
        }

        output.WriteLine($"worst {worst:E1} of the peak, numbers {worstNumber:E1}, means and dispersions {worstMean:E1} km/s");
        Assert.InRange(worst, 0, ofPeak);
        Assert.InRange(worstNumber, 0, 5e-4);
        Assert.InRange(worstMean, 0, 0.02);
    }

    [Fact]
    public void Histograms_at_points_are_the_models_velocity_distributions_there()
    {
        double[] R = new double[Bins.Count], z = new double[Bins.Count];
        Array.Fill(R, double.NaN);
        (R[0], z[0]) = (8.1, 0.3);
        BinPrediction prediction = Predictor.AtPoints(R, z);
        Moments[] moments = MockBv23.Galaxy.Moments(8.1, 0.3);
        double all = prediction.Components.Select((_, c) => moments[MockBv23.Seen.Components[c]].Rho).Sum();
        foreach ((HistogramAxis axis, VelocityAxis velocity) in MockBv23.Axes.Zip([VelocityAxis.R, VelocityAxis.Z, VelocityAxis.Phi]))
        {
            // Simpson's rule in every other cell.
            int[] cells = [.. Enumerable.Range(0, axis.Count).Where(i => i % 7 == 0)];
            double[,] f = MockBv23.Galaxy.VelocityDistribution(8.1, 0.3, velocity, [.. cells.SelectMany(i => (double[])[axis.Edges[i], 0.5 * (axis.Edges[i] + axis.Edges[i + 1]), axis.Edges[i + 1]])]);
            Histogram total = prediction.Total[1, axis.Quantity];
            double peak = total.P.Max();
            for (int k = 0; k < cells.Length; k++)
            {
                double expected = 0;
                foreach (int c in MockBv23.Seen.Components)
                {
                    expected += (f[c, 3 * k] + 4 * f[c, 3 * k + 1] + f[c, 3 * k + 2]) / 6 / all;
                }

                Assert.Equal(expected, total.P[cells[k]], 1e-3 * peak);
            }

            Assert.InRange(total.P.Sum() * axis.Width, 0.995, 1.001);
        }

        Assert.Equal((0, true), (prediction.Total.Bins[0].Moments[0].Mean, double.IsNaN(prediction.Total.Bins[1].Moments[0].Mean)));
        Assert.All(prediction.Total[2, "VR"].P, p => Assert.True(double.IsNaN(p)));
        Assert.True(double.IsNaN(prediction.Total.Bins[0].Stars));
    }

    [Fact]
    public void A_disc_that_vanishes_at_rest_has_its_slow_stars()
    {
        // f of a disc falls to 0 with v_phi, where its logarithm has no limit: cells at rest against a fine trapezoidal rule through the distribution itself.
        const int Steps = 20, Slow = 4;
        double[] R = new double[Bins.Count], z = new double[Bins.Count];
        Array.Fill(R, double.NaN);
        (R[0], z[0]) = (8.2, 0.15);
        HistogramAxis axis = MockBv23.Axes[2];
        int thick = MockBv23.Seen.Components.ToList().FindIndex(c => MockBv23.Galaxy.Components[c].Name == "thick disk"), rest = axis.Find(0);
        Histogram found = Predictor.AtPoints(R, z).Components[thick].Histograms[1, "Vphi"];
        double[] speeds = [.. Enumerable.Range(0, Slow * Steps + 1).Select(i => i * axis.Width / Steps)];
        double[,] f = MockBv23.Galaxy.VelocityDistribution(8.2, 0.15, VelocityAxis.Phi, speeds);
        int component = MockBv23.Seen.Components[thick];
        double rho = MockBv23.Galaxy.Moments(8.2, 0.15)[component].Rho;
        for (int cell = 0; cell < Slow; cell++)
        {
            double sum = Enumerable.Range(0, Steps).Sum(i => 0.5 * (f[component, cell * Steps + i] + f[component, cell * Steps + i + 1])) / Steps / rho;
            output.WriteLine($"{axis.Edges[rest + cell]} km/s: {found.P[rest + cell]:E3}, {sum:E3}");
            Assert.InRange(found.P[rest + cell] / sum, 0.95, 1.05);
        }

        Assert.Equal(0, found.P[rest - 1]);
    }

    [Fact]
    public void Cells_beyond_the_escape_speed_are_empty_and_do_not_disturb_those_below_it()
    {
        // The escape speed is some 540 km/s here. Cells of the stellar halo against Simpson's rule in two halves of each.
        SpatialBins one = new([8, 8.5], [0, 1]);
        int halo = MockBv23.Seen.Components.ToList().FindIndex(c => MockBv23.Galaxy.Components[c].Name == "stellar halo"), component = MockBv23.Seen.Components[halo];
        double rho = MockBv23.Galaxy.Moments(8.2, 0.5)[component].Rho;
        HistogramAxis[] axes = [new("VR", -800, 800, 20), new("Vz", -800, 800, 20), new("Vphi", -800, 800, 20)];
        ComponentPrediction found = new BinPredictor(MockBv23.Seen, one, axes).AtPoints([8.2], [0.5]).Components[halo];
        foreach ((HistogramAxis axis, VelocityAxis velocity) in axes.Zip([VelocityAxis.R, VelocityAxis.Z, VelocityAxis.Phi]))
        {
            int[] cells = [.. Enumerable.Range(0, axis.Count).Where(i => axis.Edges[i] >= 100 && i % 3 == 0)];
            double[,] f = MockBv23.Galaxy.VelocityDistribution(8.2, 0.5, velocity, [.. cells.SelectMany(i => Enumerable.Range(0, 5).Select(k => axis.Edges[i] + 5 * k))]);
            Histogram h = found.Histograms[1, axis.Quantity];
            for (int k = 0; k < cells.Length; k++)
            {
                double F(int node) => f[component, 5 * k + node];
                double expected = (F(0) + 4 * F(1) + 2 * F(2) + 4 * F(3) + F(4)) / 12 / rho, p = h.P[cells[k]];
                output.WriteLine($"{axis.Quantity} {axis.Edges[cells[k]]}: {p:E3} {expected:E3}");
                double share = expected * axis.Width, error = share > 1e-3 ? 0.01 : 0.1;
                if (share > 1e-5)
                {
                    Assert.InRange(p / expected, 1 - error, 1 + error);
                }

                Assert.True(axis.Edges[cells[k]] < 600 || p == 0);
            }

            Assert.InRange(h.P.Sum() * axis.Width, 0.9995, 1.0005);
        }
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.3)]
    public void A_selection_much_smaller_than_a_bin_is_seen_whole(double farthest)
    {
        // All stars that are seen are in the first bin; the Sun, whose height is 0.0208 kpc, is at their mean radius, or a little inside since there are more.
        SelectedGalaxy seen = new(MockBv23.Galaxy, new HeliocentricSelection(MockBv23.Sun, DistanceLaw.Uniform(0.01, farthest)), threads: 2);
        SpatialBins bins = new([6, 10, 12], [0, 1, 3]);
        BinPrediction prediction = new BinPredictor(seen, bins, [new("Vphi", 100, 300, 50)]).Predict(PredictionPlace.Bin, 1e5);
        output.WriteLine($"{prediction.Total.Bins[0]}");
        Assert.Equal(1e5, prediction.Total.Bins[0].Stars, 1e-3 * 1e5);
        Assert.InRange(prediction.Total.Bins[0].R, MockBv23.Sun.R - 0.1 * farthest, MockBv23.Sun.R);
        Assert.All(prediction.Total.Bins.Skip(1), b => Assert.Equal((0, true), (b.Stars, double.IsNaN(b.R))));
    }

    [Fact]
    public void Components_add_up_to_all_stars()
    {
        for (int b = 1; b <= Bins.Count; b++)
        {
            Assert.Equal(1, Usual.Components.Sum(c => c.Share[b - 1]), 1e-12);
            Assert.Equal(Usual.Total.Bins[b - 1].Stars, Usual.Components.Sum(c => c.Histograms.Bins[b - 1].Stars), 1e-6);
            Histogram total = Usual.Total[b, "Vphi"];
            for (int i = 0; i < total.Cells; i++)
            {
                double sum = Usual.Components.Where(c => c.Share[b - 1] > 0).Sum(c => c.Share[b - 1] * c.Histograms[b, "Vphi"].P[i]);
                Assert.Equal(total.P[i], sum, 1e-12);
            }
        }
    }

    [Fact]
    public void At_barycentres_and_over_bins_differ_by_little_but_by_more_than_their_errors()
    {
        BinPrediction at = Predictor.Predict(PredictionPlace.Barycentre, 1e6);
        Histogram a = at.Total[1, "Vz"], b = Usual.Total[1, "Vz"];
        double distance = a.P.Zip(b.P, (x, y) => Math.Abs(x - y)).Max() / b.P.Max();
        output.WriteLine($"{distance:E1} of the peak");
        Assert.InRange(distance, 2e-3, 0.1);
        Assert.Equal(Usual.Total.Bins[0].R, at.Total.Bins[0].R);
    }

    [Fact]
    public void Threads_do_not_matter()
    {
        SpatialBins one = new([8, 8.5], [0, 0.5]);
        HistogramAxis[] axes = [new("Vphi", 100, 300, 20)];
        double[][] found = [.. ((int[])[1, 2]).Select(t => new BinPredictor(MockBv23.Seen, one, axes, t).Predict().Total[1, "Vphi"].P.ToArray())];
        Assert.Equal(found[0], found[1]);
    }
}
