using Oort.Coordinates;
using Oort.Models;
using Oort.Numerics;
using Oort.Surveys;

namespace Oort.Tests.Surveys;

/// <summary>Selection functions and uncertainties in closed form.</summary>
public class SelectionTests
{
    private static readonly Sun Sun = new();

    private static readonly DistanceLaw Law = new([0.1, 0.5, 1, 3], [1, 0.4, 0.2, 0.05]);

    [Fact]
    public void A_law_is_linear_between_its_distances_and_nothing_outside()
    {
        Assert.Equal([0, 1, 0.7, 0.4, 0.2, 0.125, 0.05, 0], ((double[])[0.05, 0.1, 0.3, 0.5, 1, 2, 3, 3.01]).Select(d => Math.Round(Law.At(d), 12)));
        DistanceLaw within = Law.Within(2);
        Assert.Equal((2, 0.125, 0), (within.Farthest, Math.Round(within.At(2), 12), within.At(2.1)));
        Assert.Same(Law, Law.Within(3));
        Assert.Throws<ParameterException>(() => Law.Within(0.1));
        Assert.Throws<ParameterException>(() => new DistanceLaw([0, 1, 1], [1, 1, 1]));
        Assert.Throws<ParameterException>(() => new DistanceLaw([0, 1], [0, 0]));
        Assert.Throws<ParameterException>(() => new DistanceLaw([0, 1], [1, double.NaN]));
        Assert.Throws<ParameterException>(() => new DistanceLaw([0], [1]));
    }

    [Theory]
    [InlineData(-180, 180, -90, 90)]
    [InlineData(20, 50, 10, 40)]
    [InlineData(350, 370, -5, 5)]
    public void The_map_covers_the_window_once(double l0, double l1, double b0, double b1)
    {
        HeliocentricSelection selection = new(Sun, Law, new(l0, l1, b0, b1));
        double expected = 0;
        double[] breaks = [0.1, 0.5, 1, 3];
        for (int i = 0; i < 3; i++)
        {
            expected += GaussLegendre.Rule(4).Integrate(d => d * d * Law.At(d), breaks[i], breaks[i + 1]);
        }

        expected *= (l1 - l0) * Units.Degree * (Math.Sin(b1 * Units.Degree) - Math.Sin(b0 * Units.Degree));
        const int N = 60;
        double[] u = new double[3 * N], x = new double[N], y = new double[N], z = new double[N], weight = new double[N];
        double sum = 0;
        for (int i = 0; i < N * N; i++)
        {
            for (int k = 0; k < N; k++)
            {
                (u[k], u[N + k], u[2 * N + k]) = ((k + 0.5) / N, (i % N + 0.5) / N, (i / N + 0.5) / N);
            }

            selection.Map(u, x, y, z, weight);
            for (int k = 0; k < N; k++)
            {
                sum += weight[k] / (N * N * N);
                double dx = Sun.R - x[k], dz = z[k] - Sun.Z, R = Math.Sqrt(x[k] * x[k] + y[k] * y[k]);
                Assert.Equal(Law.At(Math.Sqrt(dx * dx + y[k] * y[k] + dz * dz)), selection.At(x[k], y[k], z[k]), 1e-9);
                Assert.True(R >= selection.Bounds.InnerR && R <= selection.Bounds.OuterR && Math.Abs(z[k]) <= selection.Bounds.Height);
            }
        }

        Assert.Equal(1, sum / expected, 2e-3);
    }

    [Theory]
    [InlineData(8.27, 0.02)]
    [InlineData(8.3, 0.3)]
    [InlineData(7.1, -1.2)]
    [InlineData(10.9, 0.05)]
    [InlineData(5.3, 0.1)]
    public void Means_over_the_azimuth_are_those_of_a_fine_sum(double R, double z)
    {
        HeliocentricSelection selection = new(Sun, Law);
        const int N = 2_000_000;
        double sum = 0;
        for (int k = 0; k < N; k++)
        {
            double phi = 0.5 * (k + 0.5) / N;
            sum += selection.At(R * Math.Cos(phi), R * Math.Sin(phi), z);
        }

        // Nothing within 3 kpc is farther than half a radian around.
        double expected = sum / N * 0.5 / Math.PI;
        Assert.Equal(expected, selection.MeanOverAzimuth(R, z), 1e-5 * expected + 1e-9);

        // The rule for any selection may be off by as much as the fraction where it ends, at 0.1 and at 3 kpc, over the number of its azimuths.
        double ends = (Math.Sqrt(Math.Pow(R - Sun.R, 2) + Math.Pow(z - Sun.Z, 2)) < 0.1 ? 1 : 0) + 0.05;
        Assert.Equal(expected, new Plain(selection).MeanOverAzimuth(R, z), 2 * ends / 2048);
    }

    [Fact]
    public void Far_from_the_Sun_nothing_is_seen()
    {
        HeliocentricSelection selection = new(Sun, Law);
        Assert.Equal(0, selection.MeanOverAzimuth(12, 0));
        Assert.Equal(0, selection.MeanOverAzimuth(8, 3.1));
        Assert.Equal(0, selection.At(-8, 0, 0));
    }

    [Fact]
    public void Windows_know_their_directions()
    {
        Assert.True(SkyWindow.WholeSky.IsWholeSky);
        SkyWindow across = new(350, 370, -5, 5);
        Assert.True(across.Contains(0, 0) && across.Contains(-9, 4) && across.Contains(9.9, -4) && !across.Contains(11, 0) && !across.Contains(0, 6));
        Assert.Throws<ParameterException>(() => new HeliocentricSelection(Sun, Law, new(0, 10, 5, 5)));
        Assert.Throws<ParameterException>(() => new HeliocentricSelection(Sun, Law, new(0, 400, 0, 5)));
    }

    [Fact]
    public void Uncertainties_are_those_of_the_bin_of_distance()
    {
        ErrorModel errors = ErrorModel.FromLaw(3, 50, d => new(0.1 * d, d, 2 * d, 3 * d));
        Assert.Equal(50, errors.Bins.Count);
        Assert.Equal(0.63, errors.At(0.61).PmRa, 1e-12);
        Assert.Equal(0.63, errors.At(0.65).PmRa, 1e-12);
        Assert.Equal(errors.Bins[^1], errors.At(7));
        Assert.Equal(errors.Bins[0], errors.At(0));
        Assert.Throws<ParameterException>(() => new ErrorModel(3, [new(-1, 0, 0, 0)]));
        Assert.Throws<ParameterException>(() => new ErrorModel(3, []));
    }

    [Fact]
    public void Exact_parallaxes_pass_the_cut_up_to_the_distance_limit()
    {
        ErrorModel errors = ErrorModel.FromLaw(3, 50, d => new(0.05 + 0.05 * d, 0, 0, 0));
        double limit = errors.DistanceLimit(5);
        for (double d = 0.005; d < 4; d += 0.01)
        {
            Assert.Equal(d < limit, 1 / d > 5 * errors.At(d).Parallax);
        }

        Assert.Equal(1 / (5 * 0.04 + 0.05), new ErrorModel(3, [new(0.04, 0, 0, 0)]).DistanceLimit(5, zeroPoint: -0.05), 1e-12);
        Assert.Equal(double.PositiveInfinity, new ErrorModel(3, [new(0, 0, 0, 0)]).DistanceLimit(5));
    }

    /// <summary>With the mean over the azimuth that any selection has.</summary>
    private sealed class Plain(SelectionFunction other) : SelectionFunction
    {
        public override SelectionBounds Bounds => other.Bounds;

        public override double At(double x, double y, double z) => other.At(x, y, z);

        public override void Map(ReadOnlySpan<double> u, Span<double> x, Span<double> y, Span<double> z, Span<double> weight) => other.Map(u, x, y, z, weight);
    }
}
