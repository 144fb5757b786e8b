using Oort.Definitions;
using Oort.Inference;
using Oort.Models;
using Oort.Surveys;
using Oort.Tests.Support;

namespace Oort.Tests.Inference;

/// <summary>Parameters of a disc in a fixed potential, from histograms drawn from it.</summary>
public sealed class RecoveryTests
{
    private const double Jr0 = 20, Jz0 = 4;
    private const int Stars = 20_000;

    private static readonly Survey Survey = SurveyFile.Parse("[Bins]\nR_minus_R0 = -1, 0, 1\nabs_z = 0, 0.5\n[Histograms]\nVR = -160, 160, 10\nVz = -80, 80, 5\n");

    private static readonly Galaxy Truth = GalaxyOf(Setup([Jr0, Jz0]));

    private static ModelSetup Setup(IReadOnlyList<double> values) => ModelFile.Parse(FormattableString.Invariant(
        $"{SmallModel.With("Jr0 = 20", "Jr0 = X").Replace("Jz0 = 4", "Jz0 = Y", StringComparison.Ordinal).Replace("Jr0 = X", $"Jr0 = {Text(values[0])}", StringComparison.Ordinal).Replace("Jz0 = Y", $"Jz0 = {Text(values[1])}", StringComparison.Ordinal)}")).Setup;

    private static string Text(double x) => x.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private static Galaxy GalaxyOf(ModelSetup setup) => new(setup.InitialPotential, [.. setup.Components], threads: 2);

    [Theory]
    [InlineData(MisfitStatistic.Likelihood)]
    [InlineData(MisfitStatistic.ChiSquared)]
    public void Parameters_are_found_within_their_errors(MisfitStatistic statistic)
    {
        HistogramSet bins = new([new(1, Stars, 7.7, 0.1, [(0, 1), (0, 1)]), new(2, Stars, 8.8, 0.3, [(0, 1), (0, 1)])],
            [.. from bin in new[] { 1, 2 } from axis in Survey.Axes select new Histogram(bin, axis.Quantity, axis.Edges, new double[axis.Count], new double[axis.Count], new double[axis.Count])]);
        BarycentreHistograms predictor = new(bins, Survey, 2);
        HistogramSet data = Draw(predictor.Predict(Truth), new Random(5));
        ParameterSet parameters = new([new("Jr0", 1.3 * Jr0, 5, 100, 3, ParameterScale.Logarithmic), new("Jz0", 0.75 * Jz0, 0.5, 40, 0.5)]);
        HistogramObjective objective = new(new FixedPotentialGalaxies(Setup, Truth, 2), predictor, new(data, statistic));
        FitResult result = new Fit(parameters, new() { Tolerance = 0.05, Restarts = 0 }, () => objective).Run(new MemoryLog(), 300);
        Assert.True(result.Finished);
        Assert.InRange(result.Errors[0] / Jr0, 1e-3, 0.03);
        Assert.InRange(result.Errors[1] / Jz0, 1e-3, 0.03);

        // Errors of the data, which favour cells with few stars, draw chi-squared a little away.
        double most = statistic == MisfitStatistic.Likelihood ? 3.5 : 5;
        Assert.InRange((result.Values[0] - Jr0) / result.Errors[0], -most, most);
        Assert.InRange((result.Values[1] - Jz0) / result.Errors[1], -most, most);
        int cells = result.Parts.Sum(p => p.Cells);
        Assert.InRange(result.ChiSquared / cells, 1 - 4 * Math.Sqrt(2.0 / cells), 1 + 4 * Math.Sqrt(2.0 / cells));
    }

    [Fact]
    public void A_bins_prediction_does_not_depend_on_threads()
    {
        HistogramSet bins = Draw(new BarycentreHistograms(new([new(2, 1, 8.8, 0.3, [])], []), Survey, 1).Predict(Truth), new Random(1));
        HistogramSet one = new BarycentreHistograms(bins, Survey, 1).Predict(Truth), three = new BarycentreHistograms(bins, Survey, 3).Predict(Truth);
        Assert.Equal(one.Histograms.SelectMany(h => h.P), three.Histograms.SelectMany(h => h.P));

        // p is the velocity distribution, averaged over the cell: Simpson's rule.
        Histogram vr = one[2, "VR"];
        double[] v = [vr.Edges[16], 0.5 * (vr.Edges[16] + vr.Edges[17]), vr.Edges[17]];
        double[,] f = Truth.VelocityDistribution(8.8, 0.3, VelocityAxis.R, v);
        double rho = Truth.Moments(8.8, 0.3)[0].Rho;
        Assert.Equal((f[0, 0] + 4 * f[0, 1] + f[0, 2]) / (6 * rho), vr.P[16], 1e-3 * vr.P[16]);
    }

    private static HistogramSet Draw(HistogramSet prediction, Random random) => DrawnHistograms.Of(prediction, _ => Stars, random);
}
