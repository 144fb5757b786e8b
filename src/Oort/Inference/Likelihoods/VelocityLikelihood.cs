using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Oort.Actions;
using Oort.Coordinates;
using Oort.DistributionFunctions;
using Oort.Models;
using Oort.Potentials;
using Oort.Surveys;

namespace Oort.Inference.Likelihoods;

/// <summary>
/// The velocities of single stars in three dimensions, given their places, which Binney &amp; Vasiliev (2023, section 5.1) would rather fit than histograms: the probability density of a star's velocity is
/// f(x, v) over the density there, of all stars together, so that it does not matter how the survey selects by place. Actions at the stars are kept for each potential. Safe to share between threads.
/// </summary>
/// <remarks>
/// Where velocities have errors f is averaged over their normal distribution by the 13 nodes of the rule of the fifth degree on an icosahedron (Stroud &amp; Secrest 1963); the place counts as exact. A share of
/// 1e-6 of the stars is taken to be spread evenly over velocities up to 1000 km/s, so that one star that is not bound does not decide.
/// </remarks>
public sealed class VelocityLikelihood : ILikelihood
{
    /// <summary>The quantity's name in parts of the misfit.</summary>
    public const string Quantity = "v";

    private const double Strays = 1e-6, StrayDensity = Strays / (4 * Math.PI / 3 * 1e9);
    private const int Chunk = 4096, MostKept = 64;

    private readonly StarVelocities stars;
    private readonly SpatialBins bins;
    private readonly int[] binOf;
    private readonly int nodes, threads;
    private readonly StarDensities densities;
    private readonly ConditionalWeakTable<Potential, Kept> kept = [];

    /// <summary>Such a likelihood.</summary>
    /// <param name="stars">The stars.</param>
    /// <param name="bins">Bins in R and |z| in which contributions are told.</param>
    /// <param name="reference">A galaxy like those to be judged: its escape speed bounds the velocities of densities.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    public VelocityLikelihood(StarVelocities stars, SpatialBins bins, Galaxy reference, int threads)
    {
        ArgumentNullException.ThrowIfNull(stars);
        ArgumentNullException.ThrowIfNull(bins);
        ArgumentNullException.ThrowIfNull(reference);
        (this.stars, this.bins, this.threads) = (stars, bins, threads);
        nodes = stars.HasErrors ? ErrorNodes.Count : 1;
        binOf = [.. Enumerable.Range(0, stars.Count).Select(i => bins.Find(stars[i][0], stars[i][1]))];
        densities = new(stars, reference);
    }

    /// <summary>Bytes of actions that are kept for a potential.</summary>
    public long KeptBytes => 3L * sizeof(double) * nodes * stars.Count;

    /// <inheritdoc/>
    public Misfit Evaluate(Galaxy galaxy, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        Kept here = KeptOf(galaxy, cancellation);
        DistributionFunction[] dfs = [.. galaxy.Components.Where(c => c is { Kind: ComponentKind.Stars, DistributionFunction: not null }).Select(c => c.DistributionFunction!)];
        Contribution[] own = [.. dfs.Select(df => ContributionOf(here, df, cancellation))];
        double[] mass = [.. dfs.Select((df, c) => df.TotalMass / own[c].Mass)];
        int chunks = (stars.Count + Chunk - 1) / Chunk;
        double[][] sums = new double[chunks][];
        Parallel.For(0, chunks, Options(cancellation), k =>
        {
            sums[k] = new double[bins.Count + 1];
            for (int i = k * Chunk; i < Math.Min(stars.Count, (k + 1) * Chunk); i++)
            {
                double f = 0, rho = 0;
                for (int c = 0; c < own.Length; c++)
                {
                    (f, rho) = (f + mass[c] * own[c].F[i], rho + mass[c] * own[c].Rho[i]);
                }

                double p = rho > 0 && double.IsFinite(f) ? f / rho : 0;
                sums[k][binOf[i]] += Math.Log((1 - Strays) * p + StrayDensity);
            }
        });
        int[] number = new int[bins.Count + 1];
        foreach (int bin in binOf)
        {
            number[bin]++;
        }

        MisfitPart[] parts = [.. Enumerable.Range(0, number.Length).Where(b => number[b] > 0).Select(b => new MisfitPart(b, Quantity, 3 * number[b], -2 * sums.Sum(s => s[b])))];
        return new(parts.Sum(p => p.ChiSquared), parts.Sum(p => p.Cells), parts);
    }

    private Kept KeptOf(Galaxy galaxy, CancellationToken cancellation)
    {
        lock (kept)
        {
            if (!kept.TryGetValue(galaxy.Potential, out Kept? known))
            {
                kept.Add(galaxy.Potential, known = new(Actions(galaxy, cancellation), densities.In(galaxy, threads, cancellation)));
            }

            return known;
        }
    }

    /// <summary>Jr, Jz and Jphi at the nodes of each star, chunk by chunk: all Jr of a chunk, then all Jz, then all Jphi.</summary>
    private double[][] Actions(Galaxy galaxy, CancellationToken cancellation)
    {
        StaeckelFudgeFinder finder = new(galaxy.Potential, galaxy.FocalDistances);
        double[][] result = new double[(stars.Count + Chunk - 1) / Chunk][];
        Parallel.For(0, result.Length, Options(cancellation), k =>
        {
            int first = k * Chunk, count = Math.Min(stars.Count - first, Chunk), n = count * nodes;
            double[] R = new double[n], z = new double[n], vR = new double[n], vz = new double[n], vphi = new double[n];
            result[k] = new double[3 * n];
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<double> star = stars[first + i];
                R.AsSpan(i * nodes, nodes).Fill(star[0]);
                z.AsSpan(i * nodes, nodes).Fill(star[1]);
                ErrorNodes.Velocities(star, vR.AsSpan(i * nodes, nodes), vz.AsSpan(i * nodes, nodes), vphi.AsSpan(i * nodes, nodes));
            }

            finder.Actions(new() { R = R, z = z, vR = vR, vz = vz, vphi = vphi }, new() { Jr = result[k].AsSpan(0, n), Jz = result[k].AsSpan(n, n), Jphi = result[k].AsSpan(2 * n, n) });
        });
        return result;
    }

    private Contribution ContributionOf(Kept here, DistributionFunction df, CancellationToken cancellation)
    {
        if (here.Contributions.TryGetValue(df.Shape, out Contribution? known))
        {
            return known;
        }

        DistributionFunction unit = df.OfUnitMass();
        double[] f = new double[stars.Count];
        Parallel.For(0, here.Actions.Length, Options(cancellation), () => new double[Chunk * nodes], (k, _, values) =>
        {
            int n = here.Actions[k].Length / 3;
            unit.Evaluate(here.Actions[k].AsSpan(0, n), here.Actions[k].AsSpan(n, n), here.Actions[k].AsSpan(2 * n, n), values.AsSpan(0, n));
            for (int i = 0; i < n / nodes; i++)
            {
                f[k * Chunk + i] = ErrorNodes.Mean(values.AsSpan(i * nodes, nodes));
            }

            return values;
        },
        _ => { });
        if (here.Contributions.Count >= MostKept)
        {
            here.Contributions.Clear();
        }

        return here.Contributions[df.Shape] = new(unit.TotalMass, f, densities.Of(here.Densities, unit, threads, cancellation));
    }

    private ParallelOptions Options(CancellationToken cancellation) => new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };

    private sealed class Kept(double[][] actions, PlaceTables densities)
    {
        public double[][] Actions { get; } = actions;

        public PlaceTables Densities { get; } = densities;

        public ConcurrentDictionary<object, Contribution> Contributions { get; } = [];
    }

    private sealed record Contribution(double Mass, double[] F, double[] Rho);
}
