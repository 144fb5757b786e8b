using Oort.Coordinates;
using Oort.Models;

namespace Oort.Surveys;

/// <summary>
/// How wrong the velocities V_R, V_z and V_phi of the stars are that a survey sees at a place (R, |z|), all around the Galaxy: errors of line-of-sight velocities and of proper motions, turned by the direction in which
/// a star is seen, and those of distances from parallaxes, which carry the transverse velocity with them. Positions count as exact: that stars move between bins is left out. Immutable and safe to share between threads.
/// </summary>
internal sealed class VelocityErrors
{
    private const double VelocityPerMasKpc = 4.740470463533349, LeastDistance = 0.02;
    private const int Azimuths = 96, Groups = 8;

    private readonly Sun sun;
    private readonly ErrorModel errors;
    private readonly Func<double, double> seen;
    private readonly double farthest;

    /// <summary>Errors of a survey.</summary>
    /// <param name="sun">Where the Sun is and how it moves.</param>
    /// <param name="errors">Uncertainties by distance.</param>
    /// <param name="selection">The fraction of stars that is seen at a distance; null for all within the errors' range.</param>
    public VelocityErrors(Sun sun, ErrorModel errors, DistanceLaw? selection)
    {
        (this.sun, this.errors) = (sun, errors);
        seen = selection is null ? _ => 1 : selection.At;
        farthest = selection?.Farthest ?? errors.Farthest;
    }

    /// <summary>Standard errors of each velocity, km/s, and the share of stars that have them, in eight groups of equal share; empty where the survey sees nothing.</summary>
    /// <param name="R">Radius, kpc.</param>
    /// <param name="z">Height, kpc, not negative.</param>
    /// <param name="velocities">Mean and dispersions of the velocities there.</param>
    public IReadOnlyList<(double Sigma, double Share)>[] At(double R, double z, Moments velocities)
    {
        List<(double Weight, double R, double Z, double Phi)> all = [];
        double reach = Reach(R, z);
        for (int k = 0; k < Azimuths && reach > 0; k++)
        {
            double phi = reach * (2 * (k + 0.5) / Azimuths - 1);
            foreach (double side in (ReadOnlySpan<double>)[-1, 1])
            {
                Add(R, side * z, phi, velocities, all);
            }
        }

        return [Grouped(all, a => a.R), Grouped(all, a => a.Z), Grouped(all, a => a.Phi)];
    }

    /// <summary>Largest azimuth from the Sun's at which a star of this place is seen.</summary>
    private double Reach(double R, double z)
    {
        double height = Math.Max(0, Math.Abs(z) - Math.Abs(sun.Z)), left = farthest * farthest - height * height - (R - sun.R) * (R - sun.R);
        return left <= 0 ? 0 : 2 * Math.Asin(Math.Min(1, Math.Sqrt(left / (4 * R * sun.R))));
    }

    private void Add(double R, double z, double phi, Moments velocities, List<(double, double, double, double)> all)
    {
        (double sin, double cos) = Math.SinCos(phi);
        double[] n = [R * cos - sun.R, R * sin, z - sun.Z];
        double d = Math.Max(LeastDistance, Math.Sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2])), fraction = seen(d);
        if (!(fraction > 0))
        {
            return;
        }

        Uncertainties u = errors.At(d);
        double[][] axes = [[cos, sin, 0], [0, 0, 1], [-sin, cos, 0]];
        double[] mean = [-velocities.MeanVphi * sin + sun.U, velocities.MeanVphi * cos - sun.V, -sun.W], own = [velocities.VR2, velocities.Vz2, velocities.Vphi2 - velocities.MeanVphi * velocities.MeanVphi];
        double along = (mean[0] * n[0] + mean[1] * n[1] + mean[2] * n[2]) / d, across = d * VelocityPerMasKpc * Math.Sqrt(0.5 * (u.PmRa * u.PmRa + u.PmDec * u.PmDec)), wrong = d * u.Parallax;
        double[] variance = new double[3], towards = [.. axes.Select(e => (e[0] * n[0] + e[1] * n[1] + e[2] * n[2]) / d)];
        for (int a = 0; a < 3; a++)
        {
            // The mean square of the transverse velocity along this axis: of the mean, and of the dispersions, without their parts along the line of sight.
            double transverse = axes[a][0] * mean[0] + axes[a][1] * mean[1] + axes[a][2] * mean[2] - along * towards[a], square = transverse * transverse;
            for (int b = 0; b < 3; b++)
            {
                double part = (a == b ? 1 : 0) - towards[a] * towards[b];
                square += part * part * own[b];
            }

            variance[a] = u.RadialVelocity * u.RadialVelocity * towards[a] * towards[a] + across * across * (1 - towards[a] * towards[a]) + wrong * wrong * square;
        }

        all.Add((fraction, variance[0], variance[1], variance[2]));
    }

    /// <summary>Groups of equal share by error, each with its mean square.</summary>
    private static List<(double Sigma, double Share)> Grouped(List<(double Weight, double R, double Z, double Phi)> all, Func<(double Weight, double R, double Z, double Phi), double> variance)
    {
        List<(double, double)> groups = [];
        (double Weight, double Variance)[] sorted = [.. all.Select(a => (a.Weight, variance(a))).OrderBy(a => a.Item2)];
        double total = sorted.Sum(a => a.Weight), weight = 0, sum = 0;
        int done = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            (weight, sum) = (weight + sorted[i].Weight, sum + sorted[i].Weight * sorted[i].Variance);
            double before = groups.Sum(g => g.Item2);
            if (before + weight / total >= (done + 1.0) / Groups - 1e-12 || i == sorted.Length - 1)
            {
                groups.Add((Math.Sqrt(sum / weight), weight / total));
                (weight, sum, done) = (0, 0, done + 1);
            }
        }

        return groups;
    }
}
