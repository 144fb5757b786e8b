using Oort.Actions;
using Oort.DistributionFunctions;
using Oort.Models;
using Oort.Surveys;

namespace Oort.Inference.Likelihoods;

/// <summary>
/// Densities at the places of stars: bicubic splines of ln rho between places whose actions are kept, even in ln R and in the height, which crowds towards the plane. Immutable and safe to share between threads.
/// </summary>
internal sealed class StarDensities
{
    private const int Radii = 16, Heights = 24, Chunk = 4096;
    private const double HeightScale = 0.12, Least = 1e-14;

    // Densities alone, for which the rule of trapezes converges sooner than distributions between its nodes do.
    private const double Refinement = 0.7;

    private readonly double[] R, z, atR, atZ;
    private readonly VelocityLattice lattice;

    /// <summary>Places for some stars.</summary>
    /// <param name="stars">The stars.</param>
    /// <param name="reference">A galaxy whose escape speed bounds the velocities.</param>
    public StarDensities(StarVelocities stars, Galaxy reference)
    {
        double inner = double.PositiveInfinity, outer = 0, height = 0.1;
        for (int i = 0; i < stars.Count; i++)
        {
            (inner, outer, height) = (Math.Min(inner, stars[i][0]), Math.Max(outer, stars[i][0]), Math.Max(height, stars[i][1]));
        }

        (inner, outer) = (0.999 * Math.Max(inner, 1e-3), 1.001 * outer);
        double perLog = (Radii - 1) / Math.Log(outer / inner), perHeight = (Heights - 1) / Math.Asinh(height / HeightScale);
        (R, z) = (new double[Radii * Heights], new double[Radii * Heights]);
        for (int i = 0; i < R.Length; i++)
        {
            (R[i], z[i]) = (inner * Math.Exp(i / Heights / perLog), HeightScale * Math.Sinh(i % Heights / perHeight));
        }

        (atR, atZ) = (new double[stars.Count], new double[stars.Count]);
        for (int i = 0; i < stars.Count; i++)
        {
            (atR[i], atZ[i]) = (Math.Log(stars[i][0] / inner) * perLog, Math.Asinh(stars[i][1] / HeightScale) * perHeight);
        }

        double fastest = 1.25 * Math.Sqrt(2 * (reference.Potential.Phi(VelocityNodes.ReachFrom(inner, 0), 0) - reference.Potential.Phi(inner, 0)));
        lattice = new(fastest, reference.CircularSpeed(0.5 * (inner + outer)), Refinement);
    }

    /// <summary>The actions at the places in a galaxy's potential.</summary>
    public PlaceTables In(Galaxy galaxy, int threads, CancellationToken cancellation)
        => new(galaxy.Potential, galaxy.FocalDistances, lattice, [], R, z, null, threads, cancellation);

    /// <summary>Density of a distribution function at each star, Msun/kpc^3.</summary>
    public double[] Of(PlaceTables tables, DistributionFunction df, int threads, CancellationToken cancellation)
    {
        double[] rho = [.. tables.Evaluate(df, threads, cancellation).Select(p => p.Values[0])], result = new double[atR.Length];
        double least = Least * rho.Max();
        if (!(least > 0))
        {
            return result;
        }

        double[,] logs = new double[Radii, Heights];
        for (int i = 0; i < rho.Length; i++)
        {
            logs[i / Heights, i % Heights] = Math.Log(Math.Max(least, rho[i]));
        }

        UniformSurface surface = new(logs);
        Parallel.For(0, (result.Length + Chunk - 1) / Chunk, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, k =>
        {
            for (int i = k * Chunk; i < Math.Min(result.Length, (k + 1) * Chunk); i++)
            {
                result[i] = Math.Exp(surface.Value(atR[i], atZ[i]));
            }
        });
        return result;
    }
}
