using Oort.Actions;
using Oort.DistributionFunctions;

namespace Oort.Models.DiscParameters;

/// <summary>Mean orbital frequencies of the stars of distribution functions at one position, weighted by f over velocity space.</summary>
internal sealed class LocalFrequencies
{
    // Velocities that hold less than this share of every component's stars are left out.
    private const double Negligible = 1e-12;

    private readonly Galaxy galaxy;
    private readonly VelocityNodes nodes;
    private readonly double[] weights;

    /// <summary>The velocities at a position of a galaxy's potential.</summary>
    public LocalFrequencies(Galaxy galaxy, ModelAccuracy accuracy, double R, double z)
    {
        (this.galaxy, this.R, this.z) = (galaxy, R, z);
        nodes = new(galaxy.Potential, galaxy.FocalDistances, accuracy);
        nodes.MoveTo(R, z);
        weights = new double[nodes.Jr.Length];
        for (int pair = 0, at = 0; pair < nodes.Pairs; pair++)
        {
            for (int k = 0; k < nodes.Angles; k++, at++)
            {
                weights[at] = nodes.PairWeights[pair] * nodes.AngleWeights[k];
            }
        }
    }

    private double R { get; }

    private double z { get; }

    /// <summary>Means of Omega_r and Omega_z for each distribution function, km/s/kpc; f is taken for Jphi &gt; 0 alone.</summary>
    public (double R, double Z)[] Means(IReadOnlyList<DistributionFunction> dfs)
    {
        int count = weights.Length;
        double[][] shares = new double[dfs.Count][];
        bool[] matters = new bool[count];
        for (int d = 0; d < dfs.Count; d++)
        {
            double[] f = shares[d] = new double[count];
            dfs[d].Evaluate(nodes.Jr, nodes.Jz, nodes.Jphi, f);
            double total = 0;
            for (int i = 0; i < count; i++)
            {
                f[i] *= weights[i];
                total += f[i];
            }

            for (int i = 0; i < count; i++)
            {
                f[i] /= total;
                matters[i] |= f[i] > Negligible;
            }
        }

        int[] which = [.. Enumerable.Range(0, count).Where(i => matters[i])];
        (double[] omegaR, double[] omegaZ) = Frequencies(which);
        (double R, double Z)[] means = new (double, double)[dfs.Count];
        for (int d = 0; d < dfs.Count; d++)
        {
            double sum = 0, radial = 0, vertical = 0;
            for (int i = 0; i < which.Length; i++)
            {
                double share = shares[d][which[i]];
                sum += share;
                radial += share * omegaR[i];
                vertical += share * omegaZ[i];
            }

            means[d] = (radial / sum, vertical / sum);
        }

        return means;
    }

    private (double[] OmegaR, double[] OmegaZ) Frequencies(int[] which)
    {
        int n = which.Length;
        double[] radii = new double[n], heights = new double[n], phi = new double[n], vR = new double[n], vz = new double[n], vphi = new double[n];
        Array.Fill(radii, R);
        Array.Fill(heights, z);
        for (int i = 0; i < n; i++)
        {
            (int pair, int k) = Math.DivRem(which[i], nodes.Angles);
            double along = Math.Sqrt(nodes.Speed2[pair] * nodes.Cos2[k]), across = Math.Sqrt(nodes.Speed2[pair] * (1 - nodes.Cos2[k]));
            double cos = nodes.CosTilt[pair], sin = nodes.SinTilt[pair];
            (vR[i], vz[i], vphi[i]) = (along * cos + across * sin, along * sin - across * cos, nodes.Vphi[pair]);
        }

        double[] omegaR = new double[n], omegaZ = new double[n], rest = new double[n];
        new StaeckelFudgeFinder(galaxy.Potential, galaxy.FocalDistances).ActionsAndAngles(
            new() { R = radii, z = heights, phi = phi, vR = vR, vz = vz, vphi = vphi },
            new() { Jr = rest, Jz = rest, Jphi = rest },
            new() { ThetaR = rest, ThetaZ = rest, ThetaPhi = rest, OmegaR = omegaR, OmegaZ = omegaZ, OmegaPhi = rest });
        return (omegaR, omegaZ);
    }
}
