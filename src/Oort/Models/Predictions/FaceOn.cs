using Oort.Coordinates;
using Oort.Numerics;

namespace Oort.Models.Predictions;

/// <summary>A stellar component seen face-on: arrays over the radii of <see cref="FaceOn"/>.</summary>
/// <param name="Component">The component.</param>
/// <param name="Sigma">Surface density, both sides of the plane, Msun/pc^2.</param>
/// <param name="RmsHeight">Root of the mean z^2, kpc. Of a disc or bulge: that of a halo whose density falls no faster than r^-3 grows with the height to which it is integrated.</param>
/// <param name="SigmaLos">Dispersion of the velocities along the line of sight, v_z, of all stars along it, km/s.</param>
public sealed record FaceOnProfile(GalaxyComponent Component, double[] Sigma, double[] RmsHeight, double[] SigmaLos);

/// <summary>
/// The galaxy seen face-on (Binney &amp; Vasiliev 2023, Figure 17): integrals over z up to 20 (R + 5 kpc) at 28 nodes that crowd at the plane. For the
/// discs of that paper from 0.25 to 20 kpc they err by less than 2e-4 in surface density, 1e-3 in rms height, 1e-5 in dispersion.
/// </summary>
/// <param name="R">Distances from the axis, kpc.</param>
/// <param name="Components">Every stellar component, in the model's order; dispersions of a static one are NaN.</param>
/// <param name="DiscSigma">Surface density of all stellar discs, Msun/pc^2: Figure 17's full line.</param>
/// <param name="StarsSigma">Surface density of all stars, Msun/pc^2: its dotted line.</param>
public sealed record FaceOn(double[] R, IReadOnlyList<FaceOnProfile> Components, double[] DiscSigma, double[] StarsSigma)
{
    internal const int Nodes = 28;
    private const double Crowding = 0.2, Reach = 20, ReachOffset = 5;

    private static readonly double[] Radii =
        [0.1, .. Enumerable.Range(0, 8).Select(i => 0.25 + 0.25 * i), 2.5, 3, 3.5, .. Enumerable.Range(0, 22).Select(i => 4.0 + i)];

    /// <summary>
    /// The exponential scale length of the discs together, kpc: minus the inverse slope of the straight line through ln Sigma, by least squares
    /// at the radii of a range, each with the weight of its part of the range (trapezoidal rule); NaN for fewer than two radii.
    /// </summary>
    /// <param name="from">Smallest radius, kpc.</param>
    /// <param name="to">Largest radius, kpc.</param>
    public double ScaleLength(double from, double to)
    {
        int[] used = [.. Enumerable.Range(0, R.Length).Where(i => R[i] >= from && R[i] <= to)];
        double weights = 0, meanR = 0, meanLog = 0, variance = 0, covariance = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            for (int k = 0; k < used.Length; k++)
            {
                double x = R[used[k]], y = Math.Log(DiscSigma[used[k]]);
                double weight = R[used[Math.Min(k + 1, used.Length - 1)]] - R[used[Math.Max(k - 1, 0)]];
                if (pass == 0)
                {
                    (weights, meanR, meanLog) = (weights + weight, meanR + weight * x, meanLog + weight * y);
                }
                else
                {
                    variance += weight * (x - meanR) * (x - meanR);
                    covariance += weight * (x - meanR) * (y - meanLog);
                }
            }

            (meanR, meanLog) = pass == 0 ? (meanR / weights, meanLog / weights) : (meanR, meanLog);
        }

        return -variance / covariance;
    }

    /// <summary>The radii, the Sun's among them, kpc.</summary>
    internal static double[] RadiiWith(double sunRadius) => [.. Radii.Append(sunRadius).Distinct().Order()];

    /// <summary>Asks for the moments that the integrals at some radii need.</summary>
    /// <returns>The row of the first.</returns>
    internal static int Add(MomentBatch batch, ReadOnlySpan<double> radii, int count = Nodes)
    {
        int first = -1;
        double[] R = new double[count], z = new double[count], weights = new double[count];
        foreach (double radius in radii)
        {
            Array.Fill(R, radius);
            Rule(radius, z, weights);
            int row = batch.Add(R, z);
            first = first < 0 ? row : first;
        }

        return first;
    }

    /// <summary>From the moments that <see cref="Add"/> has asked for.</summary>
    internal static FaceOn Of(Galaxy galaxy, double[] radii, Moments[,] moments, int first, int count = Nodes)
    {
        int[] stars = [.. Enumerable.Range(0, galaxy.Components.Count).Where(c => galaxy.Components[c].Kind == ComponentKind.Stars)];
        FaceOnProfile[] all = [.. stars.Select(c => new FaceOnProfile(
            galaxy.Components[c], new double[radii.Length], new double[radii.Length], new double[radii.Length]))];
        double[] z = new double[count], weights = new double[count];
        for (int i = 0; i < radii.Length; i++)
        {
            Rule(radii[i], z, weights);
            for (int s = 0; s < stars.Length; s++)
            {
                double mass = 0, height2 = 0, speed2 = 0;
                for (int k = 0; k < count; k++)
                {
                    Moments m = moments[first + i * count + k, stars[s]];
                    double share = 2 * weights[k] * m.Rho;
                    mass += share;
                    height2 += share * z[k] * z[k];
                    speed2 += m.Rho > 0 ? share * m.Vz2 : 0;
                }

                FaceOnProfile p = all[s];
                (p.Sigma[i], p.RmsHeight[i], p.SigmaLos[i]) = (mass / Units.PerSquareParsec, Math.Sqrt(height2 / mass), Math.Sqrt(speed2 / mass));
            }
        }

        double[] Sum(Func<FaceOnProfile, bool> which) => [.. radii.Select((_, i) => all.Where(which).Sum(p => p.Sigma[i]))];
        return new(radii, all, Sum(p => p.Component.IsDisc), Sum(_ => true));
    }

    private static void Rule(double R, double[] z, double[] weights) => SinhMap.Nodes(0, Reach * (R + ReachOffset), Crowding, z, weights);
}
