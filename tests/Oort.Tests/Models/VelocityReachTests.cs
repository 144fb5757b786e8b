using Oort.DistributionFunctions;
using Oort.Models;
using Oort.Tests.Surveys;

namespace Oort.Tests.Models;

/// <summary>Where velocities matter, against velocity distributions.</summary>
public sealed class VelocityReachTests
{
    public static TheoryData<string[], double, double, double> Places => new()
    {
        { ["young disk", "middle disk", "old disk", "thick disk"], 6.5, 9.5, 1.2 },
    };

    /// <summary>At places between those by which bounds are found no more than a few times the share is beyond one, and that not by much.</summary>
    [Theory]
    [MemberData(nameof(Places))]
    public void Hardly_any_star_is_beyond(string[] names, double inner, double outer, double height)
    {
        Galaxy galaxy = MockBv23.Galaxy;
        int[] components = [.. names.Select(n => Enumerable.Range(0, galaxy.Components.Count).Single(c => galaxy.Components[c].Name == n))];
        DistributionFunction[] dfs = [.. components.Select(c => galaxy.Components[c].DistributionFunction!)];
        VelocityReach reach = VelocityReach.Of(galaxy, dfs, [(inner, 0), (inner, height), (outer, 0), (outer, height)], ModelAccuracy.Default);
        double escape = Math.Sqrt(-2 * galaxy.Potential.Phi(inner, 0));
        Assert.True(reach.R < 0.85 * escape && reach.Z < 0.85 * escape && reach.LowPhi >= 0 && reach.HighPhi < 0.95 * escape, $"{reach}");
        double[] most = new double[4], nearly = new double[4];
        foreach ((double R, double z) in new[] { (inner, 0.0), (inner, height), (0.5 * (inner + outer), 0.5 * height), (outer, 0.3 * height) })
        {
            double[] share = Beyond(R, z, reach), closer = Beyond(R, z, new(0.6 * reach.R, 0.6 * reach.Z, reach.LowPhi + 70, reach.HighPhi - 70));
            for (int i = 0; i < 4; i++)
            {
                (most[i], nearly[i]) = (Math.Max(most[i], share[i]), Math.Max(nearly[i], closer[i]));
            }
        }

        Assert.All(most, s => Assert.InRange(s, 0, 1.5 * VelocityReach.Share));
        Assert.All(nearly, s => Assert.InRange(s, VelocityReach.Share, 1));

        double[] Beyond(double R, double z, VelocityReach bounds)
        {
            double rho = components.Sum(c => galaxy.Moments([R], [z])[0, c].Rho);
            return [2 * Tail(VelocityAxis.R, bounds.R, escape), 2 * Tail(VelocityAxis.Z, bounds.Z, escape), Tail(VelocityAxis.Phi, -escape, bounds.LowPhi), Tail(VelocityAxis.Phi, bounds.HighPhi, escape)];

            double Tail(VelocityAxis axis, double from, double to)
            {
                const int Steps = 30;
                double[] v = [.. Enumerable.Range(0, Steps).Select(i => from + (to - from) * (i + 0.5) / Steps)];
                double[,] p = galaxy.VelocityDistribution(R, z, axis, v);
                return components.Sum(c => Enumerable.Range(0, Steps).Sum(i => p[c, i])) * (to - from) / Steps / rho;
            }
        }
    }
}
