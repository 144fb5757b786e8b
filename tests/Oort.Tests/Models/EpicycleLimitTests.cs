using Oort.Models;
using Oort.Models.DiscParameters;
using Oort.Potentials;
using Oort.Tests.Support;
using Xunit.Abstractions;

namespace Oort.Tests.Models;

/// <summary>
/// Discs so cold that their stars move on epicycles in the core of a Plummer sphere: sigma_R^2 = kappa Jr0, sigma_z^2 = nu Jz0 and
/// rho(z) = rho(0) exp(-nu z^2/2 Jz0), since f is proportional to exp(-Jr/Jr0 - Jz/Jz0). Departures are proportional to the actions, so that
/// twice the value at half the actions less the value itself is the limit but for their square.
/// </summary>
public class EpicycleLimitTests(ITestOutputHelper output)
{
    private const double R0 = 8;

    private static readonly Galaxy Sphere = new(new Plummer(1e12, 20), []);

    private static readonly EpicycleFrequencies Epicycles = CircularMotion.Frequencies(Sphere.Potential, R0);

    private static readonly DiscCalculations Discs = new(Sphere, R0, ModelAccuracy.High);

    [Fact]
    public void Dispersions_and_frequencies_tend_to_those_of_epicycles()
    {
        IReadOnlyList<LocalDispersions> found = Discs.Local([(8, 8), (4, 4), (2, 2)]);
        Func<LocalDispersions, double>[] ratios =
        [
            d => d.SigmaR * d.SigmaR / (Epicycles.Kappa * d.Jr0), d => d.SigmaZ * d.SigmaZ / (Epicycles.Nu * d.Jz0),
            d => d.MeanOmegaR / Epicycles.Kappa, d => d.MeanOmegaZ / Epicycles.Nu,
        ];
        foreach (Func<LocalDispersions, double> ratio in ratios)
        {
            double[] values = [.. found.Select(ratio)];
            output.WriteLine($"{values[0]:f5} {values[1]:f5} {values[2]:f5}, limit {2 * values[2] - values[1]:f5}");
            Assert.True(Math.Abs(values[2] - 1) < 0.6 * Math.Abs(values[1] - 1) && Math.Abs(values[1] - 1) < 0.6 * Math.Abs(values[0] - 1));
            Assert.Equal(1, 2 * values[2] - values[1], 5e-4);
        }
    }

    [Fact]
    public void Vertical_profiles_tend_to_Gaussians()
    {
        IReadOnlyList<VerticalDiscProfile> found = Discs.Vertical([(8, 8), (4, 4), (2, 2)], []).Profiles;
        double[] variances = [.. found.Select(p => Variance(p) * Epicycles.Nu / p.Jz0)];
        output.WriteLine(string.Join(' ', variances));
        Assert.Equal(1, 2 * variances[2] - variances[1], 5e-4);

        static double Variance(VerticalDiscProfile p)
        {
            // z^2/(-2 ln rho) within one scale of the plane.
            int i = p.DensityFraction.Count(f => f > Math.Exp(-0.5)) - 1;
            return p.z[i] * p.z[i] / (-2 * Math.Log(p.DensityFraction[i]));
        }
    }
}
