using Oort.Models;
using Oort.Tables;
using Oort.Tests.Support;
using Xunit.Abstractions;

namespace Oort.Tests.Models;

/// <summary>Velocities drawn at a place of the BV23 model against the distributions of each velocity component there.</summary>
public class SampledVelocitiesTests(ITestOutputHelper output)
{
    private const int Stars = 10_000, Speeds = 120;
    private static readonly Galaxy Galaxy = SolvedBv23.Result.Galaxy;
    private static readonly GalaxySampler Sampler = new(Galaxy);

    /// <summary>The actions that come with drawn stars are those of their positions and velocities.</summary>
    [Fact]
    public void Stars_come_with_their_actions()
    {
        Oort.Actions.StaeckelFudgeFinder finder = new(Galaxy.Potential, Galaxy.FocalDistances, Oort.Actions.ActionAccuracy.Fast);
        for (int c = 0; c < Galaxy.Components.Count; c++)
        {
            ParticleChunk stars = Sampler.Draw(c, 200, seed: 12);
            for (int i = 0; i < stars.Count; i++)
            {
                Oort.Actions.ActionTriple J = finder.Actions(Oort.Coordinates.CylindricalPoint.FromCartesian(
                    stars.X[i], stars.Y[i], stars.Z[i], stars.VX[i], stars.VY[i], stars.VZ[i]));
                bool dynamic = Galaxy.Components[c].DistributionFunction is not null;
                Assert.Equal(dynamic ? J.Jr : double.NaN, stars.Jr[i], 1e-6 * (J.Jr + J.Jz + Math.Abs(J.Jphi)));
                Assert.Equal(dynamic ? J.Jz : double.NaN, stars.Jz[i], 1e-6 * (J.Jr + J.Jz + Math.Abs(J.Jphi)));
            }
        }
    }

    [Theory]
    [InlineData(8.27, 0)]
    [InlineData(2, -1)]
    [InlineData(14, 1.5)]
    public void Each_component_of_the_velocity_is_distributed_as_f(double R, double z)
    {
        foreach (VelocityAxis axis in Enum.GetValues<VelocityAxis>())
        {
            Moments[] moments = Galaxy.Moments(R, z);
            for (int c = 0; c < Galaxy.Components.Count; c++)
            {
                // The young disc at 2 kpc, 1 kpc up, is no test of anything.
                if (Galaxy.Components[c].DistributionFunction is null || moments[c].RhoPerCubicParsec < 1e-9)
                {
                    continue;
                }

                ParticleChunk stars = Sampler.DrawVelocities(c, R, z, Stars, seed: 11);
                Assert.All(stars.X.Zip(stars.Y, stars.Z), p => Assert.True(Math.Abs(p.First - R) < 1e-12 * R && p.Second == 0 && Math.Abs(p.Third - z) < 1e-12));
                double[] sample = axis switch { VelocityAxis.R => stars.VX, VelocityAxis.Phi => stars.VY, _ => stars.VZ };
                double p = Statistics.KolmogorovSmirnov(sample, Cumulative(c, R, z, axis, moments[c]));
                output.WriteLine($"({R}, {z}) {Galaxy.Components[c].Name} {axis}: {p:F4}");
                Assert.InRange(p, 1e-3, 1);
            }
        }
    }

    [Fact]
    public void Velocities_tilt_to_the_right_side()
    {
        int c = SolvedBv23.Index(Galaxy, "stellar halo");
        double expected = Galaxy.Moments(6, 4)[c].VRvz;
        foreach (double z in (double[])[4, -4])
        {
            ParticleChunk stars = Sampler.DrawVelocities(c, 6, z, 40_000, seed: 5);
            double[] products = [.. stars.VX.Zip(stars.VZ, (x, y) => x * y * Math.Sign(z))];
            double mean = products.Average(), error = Math.Sqrt(products.Average(x => (x - mean) * (x - mean)) / products.Length);
            Assert.InRange((mean - expected) / error, -3.5, 3.5);
            Assert.True(expected > 10 * error);
        }
    }

    private static Func<double, double> Cumulative(int component, double R, double z, VelocityAxis axis, Moments m)
    {
        double middle = axis == VelocityAxis.Phi ? m.MeanVphi : 0;
        double sigma = axis switch { VelocityAxis.R => m.SigmaR, VelocityAxis.Z => m.SigmaZ, _ => m.SigmaPhi };
        double escape = Math.Sqrt(-2 * Galaxy.Potential.Phi(R, z));
        double low = Math.Max(-escape, middle - 7 * sigma), high = Math.Min(escape, middle + 7 * sigma), step = (high - low) / Speeds;
        double[] v = [.. Enumerable.Range(0, Speeds + 1).Select(i => low + i * step)];
        double[,] f = Galaxy.VelocityDistribution(R, z, axis, v);

        // Simpson's rule over pairs of steps, and between them the integral of the parabola.
        double[] sum = new double[v.Length];
        for (int i = 2; i < v.Length; i += 2)
        {
            double a = f[component, i - 2], b = f[component, i - 1], c = f[component, i];
            sum[i - 1] = sum[i - 2] + step * (5 * a + 8 * b - c) / 12;
            sum[i] = sum[i - 2] + step * (a + 4 * b + c) / 3;
        }

        return x =>
        {
            double t = Math.Clamp((x - low) / step, 0, Speeds);
            int i = Math.Min((int)t, Speeds - 1);
            double w = t - i, density = (f[component, i] * (1 - w / 2) + f[component, i + 1] * (w / 2)) * w * step;
            double whole = 0.5 * (f[component, i] + f[component, i + 1]) * step;
            return (sum[i] + (whole > 0 ? density / whole * (sum[i + 1] - sum[i]) : 0)) / sum[^1];
        };
    }
}
