using Oort.DistributionFunctions;
using Oort.Models;
using Oort.Numerics;
using Oort.Potentials;
using Oort.Tests.Support;

namespace Oort.Tests.Models;

public class GalaxyTests
{
    private static readonly PolytropeInIsochrone Polytrope = new(4e5, 2.5, 4, 0.4);

    private static readonly Galaxy Round = new(Polytrope.Potential, [new("stars", ComponentKind.Stars, Polytrope)], ModelAccuracy.High);

    // A disc and a halo in an analytic galaxy, and gas that has no velocities.
    private static readonly Galaxy Flat = new(
        new CompositePotential(new MiyamotoNagai(5e10, 3, 0.3), new Dehnen(1e10, 0.5, 1), new NFW(9e11, 20)),
        [
            new("old disk", ComponentKind.Stars, Bv23.Create("old disk")),
            new("gas", ComponentKind.Gas, new DiskDensity(1.3e8, 5, -0.06, 5)),
            new("dark halo", ComponentKind.Dark, Bv23.Create("dark halo")),
        ]);

    [Theory]
    [InlineData(0.3, 0)]
    [InlineData(2, 1)]
    [InlineData(5, 0)]
    [InlineData(1, 6)]
    [InlineData(0.01, 3)]
    [InlineData(20, 10)]
    public void Moments_are_those_of_a_model_in_closed_form(double R, double z)
    {
        Moments m = Assert.Single(Round.Moments(R, z));
        double rho = Polytrope.Density(R, z), square = Polytrope.MeanSquare(R, z), mean = Polytrope.MeanVphi(R, z);
        Assert.Equal(rho, m.Rho, 1e-3 * rho);
        Assert.Equal(mean, m.MeanVphi, 1e-3 * mean);
        Assert.Equal(square, m.VR2, 1e-3 * square);
        Assert.Equal(square, m.Vz2, 1e-3 * square);
        Assert.Equal(square, m.Vphi2, 1e-3 * square);
        Assert.Equal(0, m.VRvz, 1e-3 * square);
        Assert.Equal(Math.Sqrt(square - mean * mean), m.SigmaPhi, 2e-3 * m.SigmaPhi);
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(2, 1.5)]
    public void Velocity_distributions_are_those_of_a_model_in_closed_form(double R, double z)
    {
        double[] v = [-400, -150, -30, 0, 1, 30, 150, 250, 1000];
        double peak = Polytrope.Along(R, z, 0);
        foreach (VelocityAxis axis in Enum.GetValues<VelocityAxis>())
        {
            double[,] found = Round.VelocityDistribution(R, z, axis, v);
            for (int i = 0; i < v.Length; i++)
            {
                double expected = Polytrope.Along(R, z, v[i]) * (axis == VelocityAxis.Phi ? 1 + 0.4 * (v[i] < 0 ? -1 : 1) : 1);
                Assert.Equal(expected, found[0, i], 2e-3 * peak);
            }
        }
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(5, 0.7)]
    public void Velocity_distributions_have_the_moments(double R, double z)
    {
        Moments[] moments = Flat.Moments(R, z);
        double escape = Math.Sqrt(-2 * Flat.Potential.Phi(R, z));
        double[] v = new double[320], w = new double[v.Length];
        // Finely where the disc's velocities are.
        double[] edges = [-escape, -250, -100, 0, 100, 180, 260, 350, escape];
        for (int k = 0; k < 8; k++)
        {
            GaussLegendre.Rule(40).Map(edges[k], edges[k + 1], v.AsSpan(40 * k, 40), w.AsSpan(40 * k, 40));
        }

        foreach (VelocityAxis axis in Enum.GetValues<VelocityAxis>())
        {
            double[,] f = Flat.VelocityDistribution(R, z, axis, v);
            foreach (int c in (int[])[0, 2])
            {
                double Sum(Func<double, double> g) => Enumerable.Range(0, v.Length).Sum(i => w[i] * g(v[i]) * f[c, i]);
                Moments m = moments[c];
                double square = axis switch { VelocityAxis.R => m.VR2, VelocityAxis.Z => m.Vz2, _ => m.Vphi2 };
                Assert.Equal(m.Rho, Sum(_ => 1), 5e-3 * m.Rho);
                Assert.Equal(axis == VelocityAxis.Phi ? m.MeanVphi : 0, Sum(x => x) / m.Rho, 5e-3 * Math.Sqrt(square));
                Assert.Equal(square, Sum(x => x * x) / m.Rho, 1e-2 * square);
            }

            Assert.True(Enumerable.Range(0, v.Length).All(i => double.IsNaN(f[1, i])));
        }
    }

    [Fact]
    public void Is_symmetric_about_the_plane()
    {
        Moments[] above = Flat.Moments(6, 0.8), below = Flat.Moments(6, -0.8);
        for (int c = 0; c < above.Length; c++)
        {
            Assert.Equal(above[c] with { VRvz = -above[c].VRvz }, below[c]);
        }

        Assert.True(above[0].VRvz > 0);
        Assert.Equal(Flat.VelocityDistribution(6, 0.8, VelocityAxis.Z, [10, 100]), Flat.VelocityDistribution(6, -0.8, VelocityAxis.Z, [-10, 100]));
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(8, double.NaN)]
    [InlineData(-1, 0)]
    [InlineData(double.PositiveInfinity, 0)]
    public void A_place_that_is_none_is_NaN_alone(double R, double z)
    {
        Moments[,] all = Flat.Moments([8, R, 4], [0, z, 1]);
        Moments[] first = Flat.Moments(8, 0), last = Flat.Moments(4, 1);
        for (int c = 0; c < 3; c++)
        {
            Assert.Equal(first[c], all[0, c]);
            Assert.Equal(last[c], all[2, c]);
            Assert.True(double.IsNaN(all[1, c].Rho) && double.IsNaN(all[1, c].VR2));
        }

        Assert.All(Flat.VelocityDistribution(R, z, VelocityAxis.R, [0, 10]).Cast<double>(), f => Assert.True(double.IsNaN(f)));
    }

    [Fact]
    public void Velocities_of_any_kind_have_an_answer()
    {
        double[] v = [double.NaN, 0, -0.0, 1e-9, 10, 550, 2000, double.PositiveInfinity];
        foreach ((double R, double z) in ((double, double)[])[(8, 0), (8, 1), (0, 0.5), (0.2, 0)])
        {
            foreach (VelocityAxis axis in Enum.GetValues<VelocityAxis>())
            {
                double[,] f = Flat.VelocityDistribution(R, z, axis, v);
                foreach (int c in (int[])[0, 2])
                {
                    Assert.True(double.IsNaN(f[c, 0]));
                    Assert.All(Enumerable.Range(1, v.Length - 1), i => Assert.True(f[c, i] >= 0 && double.IsFinite(f[c, i])));
                    Assert.Equal(0, f[c, v.Length - 1]);
                    Assert.Equal(f[c, 1], f[c, 3], 1e-2 * f[c, 4]);
                }
            }
        }
    }

    [Fact]
    public void Static_components_have_a_density_and_no_velocities()
    {
        Moments gas = Flat.Moments(8, 0.1)[1];
        Assert.Equal(new DiskDensity(1.3e8, 5, -0.06, 5).At(8, 0.1), gas.Rho);
        Assert.True(double.IsNaN(gas.MeanVphi) && double.IsNaN(gas.VR2));
        Assert.Equal(gas.Rho / 1e9, gas.RhoPerCubicParsec, 1e-15);
    }

    [Fact]
    public void Surface_density_is_the_density_over_height()
    {
        GaussLegendre rule = GaussLegendre.Rule(24);
        double[] sigma = Flat.SurfaceDensity(8, 2);
        foreach (int c in (int[])[0, 1, 2])
        {
            double expected = 2 * (rule.Integrate(z => Flat.Moments(8, z)[c].Rho, 0, 0.3) + rule.Integrate(z => Flat.Moments(8, z)[c].Rho, 0.3, 2));
            Assert.Equal(expected, sigma[c], 2e-3 * expected);
        }
    }

    [Fact]
    public void Refuses_a_potential_without_an_escape_speed()
        => Assert.Contains("no escape speed", Assert.Throws<InputException>(() => new Galaxy(new Logarithmic(220, 1, 0.9), [])).Message);
}
