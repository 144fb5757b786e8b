using Oort.Models;
using Oort.Potentials;
using Oort.Tables;
using Oort.Tests.Support;

namespace Oort.Tests.Models;

/// <summary>Particles of static densities: where they are, and the velocities that Jeans' equations give them.</summary>
public class StaticSamplerTests
{
    private static readonly MiyamotoNagai Host = new(6e10, 3, 0.4);
    private static readonly DiskDensity Disc = DiskDensity.FromMass(1e10, 4, -0.06, 4);

    [Theory]
    [InlineData(0.3, 0)]
    [InlineData(2, 1)]
    [InlineData(5, 12)]
    [InlineData(0.01, 4)]
    public void A_Plummer_sphere_is_held_up_by_its_dispersion(double R, double z)
    {
        // Isotropic: sigma^2 = -Phi/6 (Binney and Tremaine 2008, section 4.3.3), and no streaming.
        Plummer plummer = new(1e11, 2);
        (double square, double streaming) = new JeansVelocities(plummer, new PlummerDensity(plummer)).At(R, z, 1);
        Assert.Equal(1, -plummer.Phi(R, z) / 6 / square, 2e-4);
        Assert.InRange(streaming, -1e-3 * square, 1e-3 * square);
    }

    [Fact]
    public void A_thin_layer_rotates_with_the_asymmetric_drift_of_its_pressure()
    {
        // In the plane of an exponential sech^2 layer, thin in the force field K z: sigma^2 = c K h^2, and
        // mean v_phi^2 = v_c^2 + sigma^2 dln(rho sigma^2)/dlnR; dlnSigma/dlnR = -R/Rd + Rin/R, dlnK/dlnR by differences.
        const double R = 8, H = 0.005;
        DiskDensity thin = DiskDensity.FromMass(1e10, 4, -H, 4);
        (double square, double streaming) = new JeansVelocities(Host, thin).At(R, 0, H);
        PotentialPoint here = Host.At(R, 0);
        double step = 0.01, slopeK = R * (Host.At(R + step, 0).PhiZZ - Host.At(R - step, 0).PhiZZ) / (2 * step) / here.PhiZZ;
        // int_0^inf z sech^2(z/2h) dz = 4 h^2 ln 2.
        Assert.Equal(1, square / (4 * Math.Log(2) * H * H * here.PhiZZ), 1e-3);
        Assert.Equal(R * here.PhiR + square * (-R / 4 + 4 / R + slopeK), streaming, 2e-3 * square);
    }

    [Fact]
    public void Particles_lie_as_the_density_and_balance_the_vertical_force()
    {
        const int N = 100_000;
        Galaxy galaxy = new(Host, [new("gas", ComponentKind.Gas, Disc)]);
        ParticleChunk gas = new GalaxySampler(galaxy).Draw(0, N, seed: 2);
        double[] edgesR = [1, 3, 5, 7, 9, 12, 16, 25], edgesZ = [0, 0.05, 0.1, 0.2, 0.4];
        double[,] counts = new double[edgesR.Length - 1, edgesZ.Length - 1];
        double[] virial = new double[edgesR.Length - 1], virial2 = new double[virial.Length], number = new double[virial.Length];
        double[] radial = new double[virial.Length], radial2 = new double[virial.Length];
        double[] chi = new double[3];
        for (int n = 0; n < N; n++)
        {
            double R = Math.Sqrt(gas.X[n] * gas.X[n] + gas.Y[n] * gas.Y[n]);
            int i = Array.FindLastIndex(edgesR, e => e <= R), j = Array.FindLastIndex(edgesZ, e => e <= Math.Abs(gas.Z[n]));
            if (i < 0 || i >= virial.Length)
            {
                continue;
            }

            if (j < edgesZ.Length - 1)
            {
                counts[i, j]++;
            }

            // In each column the mean of v_z^2 - z dPhi/dz vanishes, by Jeans' equation integrated by parts; so does that of v_R^2 - v_z^2.
            double vR = (gas.VX[n] * gas.X[n] + gas.VY[n] * gas.Y[n]) / R;
            double balance = gas.VZ[n] * gas.VZ[n] - gas.Z[n] * Host.At(R, gas.Z[n]).PhiZ, isotropy = vR * vR - gas.VZ[n] * gas.VZ[n];
            number[i]++;
            virial[i] += balance;
            virial2[i] += balance * balance;
            radial[i] += isotropy;
            radial2[i] += isotropy * isotropy;
        }

        for (int i = 0; i < virial.Length; i++)
        {
            chi[0] += virial[i] * virial[i] / virial2[i];
            chi[1] += radial[i] * radial[i] / radial2[i];
            for (int j = 0; j < edgesZ.Length - 1; j++)
            {
                // The mass between two heights is a tanh, that between two radii an integral of the surface density.
                double share = Math.Tanh(edgesZ[j + 1] / 0.12) - Math.Tanh(edgesZ[j] / 0.12);
                double mass = MathNet.Numerics.Integration.GaussLegendreRule.Integrate(R => 2 * Math.PI * R * Disc.SurfaceDensity(R), edgesR[i], edgesR[i + 1], 20);
                double expected = N * share * mass / Disc.TotalMass;
                chi[2] += Math.Pow(counts[i, j] - expected, 2) / expected;
            }
        }

        Assert.InRange(Statistics.ChiSquared(chi[0], virial.Length), 1e-3, 0.999);
        Assert.InRange(Statistics.ChiSquared(chi[1], virial.Length), 1e-3, 0.999);
        Assert.InRange(Statistics.ChiSquared(chi[2], counts.Length), 1e-3, 0.999);
    }

    [Fact]
    public void Velocities_at_a_place_are_the_Gaussians_of_its_Jeans_equations()
    {
        Galaxy galaxy = new(Host, [new("gas", ComponentKind.Gas, Disc)]);
        (double square, double streaming) = new JeansVelocities(Host, Disc).At(8, 0.05, 0.06);
        ParticleChunk gas = new GalaxySampler(galaxy).DrawVelocities(0, 8, 0.05, 20_000, seed: 6);
        double sigma = Math.Sqrt(square), mean = Math.Sqrt(streaming);
        MathNet.Numerics.Distributions.Normal still = new(0, sigma), rotating = new(mean, sigma);
        Assert.InRange(Statistics.KolmogorovSmirnov(gas.VX, still.CumulativeDistribution), 1e-3, 1);
        Assert.InRange(Statistics.KolmogorovSmirnov(gas.VZ, still.CumulativeDistribution), 1e-3, 1);
        Assert.InRange(Statistics.KolmogorovSmirnov(gas.VY, rotating.CumulativeDistribution), 1e-3, 1);
    }

    private sealed class PlummerDensity(Plummer plummer) : Density
    {
        public override double TotalMass => 1e11;

        public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho) => plummer.Density(R, z, rho);
    }
}
