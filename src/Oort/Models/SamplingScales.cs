using Oort.DistributionFunctions;
using Oort.Potentials;

namespace Oort.Models;

/// <summary>
/// How components look in the plane, from small to large radii: enough to lay a grid over their phase space. Nothing drawn depends on
/// how exact these numbers are, only how many proposals it takes.
/// </summary>
internal sealed class SamplingScales
{
    private const double Smallest = 1e-3, Largest = 2e4, Step = 0.3;

    // A few per cent are enough; the speeds must resolve the thinnest discs.
    private static readonly ModelAccuracy Coarse = new(10, 10, 10, 4, 20, 8);

    private readonly Moments[,] moments;

    public SamplingScales(Galaxy galaxy, IReadOnlyList<DistributionFunction> dfs, int threads)
    {
        int count = 1 + (int)Math.Ceiling(Math.Log(Largest / Smallest) / Step);
        Radii = [.. Enumerable.Range(0, count).Select(i => Smallest * Math.Exp(i * Step))];
        moments = new Moments[dfs.Count, count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => new VelocityNodes(galaxy.Potential, galaxy.FocalDistances, Coarse),
            (i, _, nodes) =>
            {
                nodes.MoveTo(Radii[i], 0);
                MomentIntegrals integrals = new(nodes);
                for (int d = 0; d < dfs.Count; d++)
                {
                    moments[d, i] = integrals.Moments(dfs[d], nodes);
                }

                return nodes;
            },
            _ => { });
        Escape = [.. Radii.Select(r => Math.Sqrt(-2 * galaxy.Potential.Phi(r, 0)))];
        Rise = [.. Radii.Select(r => Heights(galaxy.Potential, r))];
    }

    /// <summary>Radii, kpc, even in the logarithm.</summary>
    public double[] Radii { get; }

    /// <summary>Escape speed in the plane at the radii, km/s.</summary>
    public double[] Escape { get; }

    private (double Height, double Phi)[][] Rise { get; }

    /// <summary>Moments of a distribution function in the plane at the radii.</summary>
    public Moments At(int df, int radius) => moments[df, radius];

    /// <summary>
    /// Height, kpc, at which the potential has risen above the plane by <paramref name="square"/> (km/s)^2, but no more than the radius: the scale
    /// height of an isothermal population of that mean square velocity.
    /// </summary>
    public double ScaleHeight(int radius, double square)
    {
        (double Height, double Phi)[] rise = Rise[radius];
        for (int i = 0; i < rise.Length; i++)
        {
            if (rise[i].Phi >= square)
            {
                // The rise is quadratic near the plane, linear above a disc; a power law between neighbours serves both.
                return i == 0
                    ? rise[0].Height * Math.Sqrt(square / rise[0].Phi)
                    : rise[i].Height * Math.Pow(square / rise[i].Phi, Math.Log(rise[i].Height / rise[i - 1].Height) / Math.Log(rise[i].Phi / rise[i - 1].Phi));
            }
        }

        return Radii[radius];
    }

    private static (double Height, double Phi)[] Heights(Potential potential, double radius)
    {
        const int Count = 14;
        double plane = potential.Phi(radius, 0);
        return [.. Enumerable.Range(0, Count).Select(i => radius * Math.Pow(2, i + 1 - Count)).Select(h => (h, potential.Phi(radius, h) - plane))
            .Where(p => p.Item2 > 0)];
    }
}
