using System.Collections.Concurrent;
using Oort.Actions;
using Oort.DistributionFunctions;
using Oort.Numerics;

namespace Oort.Models;

/// <summary>
/// Draws stars from the components of a galaxy: positions and velocities distributed as the component's distribution function in the galaxy's
/// potential, or, for a static density, as that density with velocities from Jeans' equations (<see cref="JeansVelocities"/>).
/// Stars come in chunks, made on several threads from random streams that the seed, the component and the number of the chunk name: the same
/// stars whatever the number of threads, and the first N of any larger draw are those of a draw of N. Memory does not grow with
/// their number. Immutable and safe to share between threads.
/// </summary>
public sealed class GalaxySampler
{
    private readonly ComponentSampler?[] samplers;
    private readonly Lazy<ActionFinder> fast;
    private readonly Lazy<SamplingScales> scales;
    private readonly ActionFinder? exact;
    private readonly int threads;
    private readonly ConcurrentBag<StarChunk> chunks = [];

    /// <summary>A sampler of a galaxy's components; what it needs to know of a component is found when that is first asked for.</summary>
    /// <param name="galaxy">The galaxy.</param>
    /// <param name="actions">Which actions to follow.</param>
    /// <param name="threads">Threads to use; the stars do not depend on it.</param>
    public GalaxySampler(Galaxy galaxy, SamplingActions actions = SamplingActions.Interpolated, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        this.threads = threads ?? Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(this.threads, nameof(threads));
        Galaxy = galaxy;
        samplers = new ComponentSampler?[galaxy.Components.Count];
        fast = new(() => new InterpolatedActionFinder(galaxy.Potential, galaxy.FocalDistances, threads: this.threads));
        scales = new(() => new(galaxy, [.. galaxy.Components.Select(c => c.DistributionFunction).OfType<DistributionFunction>()], this.threads));
        exact = actions == SamplingActions.Exact ? new StaeckelFudgeFinder(galaxy.Potential, galaxy.FocalDistances) : null;
    }

    /// <summary>The galaxy.</summary>
    public Galaxy Galaxy { get; }

    /// <summary>
    /// Shares stars among components by their masses, so that all stars have nearly the same: whole numbers that add up to
    /// <paramref name="total"/>, each within 1 of the exact share (largest remainders).
    /// </summary>
    /// <param name="total">Number of stars.</param>
    /// <param name="components">Whether a component gets any; all do by default.</param>
    /// <returns>Stars of each component, in the order of <see cref="Galaxy.Components"/>.</returns>
    /// <exception cref="InputException">The components chosen have no mass, or an infinite one.</exception>
    public long[] Allot(long total, Func<GalaxyComponent, bool>? components = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        double[] mass = [.. Galaxy.Components.Select(c => components?.Invoke(c) ?? true ? c.Mass : 0)];
        double sum = mass.Sum();
        if (!(sum > 0) || !double.IsFinite(sum))
        {
            throw new InputException("stars cannot be shared by mass: the components have none, or one has an infinite mass");
        }

        double[] share = [.. mass.Select(m => m / sum * total)];
        long[] counts = [.. share.Select(s => (long)s)];
        foreach (int i in Enumerable.Range(0, counts.Length).OrderByDescending(i => share[i] - counts[i]).Take((int)(total - counts.Sum())))
        {
            counts[i]++;
        }

        return counts;
    }

    /// <summary>Draws stars of one component, of equal masses that add up to the component's.</summary>
    /// <param name="component">Place in <see cref="Galaxy.Components"/>.</param>
    /// <param name="count">Number of stars.</param>
    /// <param name="seed">Names the draw.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Chunks in order; each is valid until the next is asked for.</returns>
    public IEnumerable<StarChunk> Sample(int component, long count, ulong seed, CancellationToken cancellation = default)
    {
        long[] counts = new long[samplers.Length];
        counts[component] = count;
        return Sample(counts, seed, cancellation);
    }

    /// <summary>Draws stars of every component, component after component, each of equal masses that add up to the component's.</summary>
    /// <param name="counts">Number of stars of each component, in the order of <see cref="Galaxy.Components"/>.</param>
    /// <param name="seed">Names the draw. A component's stars do not depend on the counts of others.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Chunks in order; each is valid until the next is asked for.</returns>
    /// <exception cref="InputException">A component's mass is infinite.</exception>
    public IEnumerable<StarChunk> Sample(IReadOnlyList<long> counts, ulong seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.Count != samplers.Length)
        {
            throw new ArgumentException("there must be a number of stars for every component", nameof(counts));
        }

        long[] first = new long[counts.Count + 1];
        for (int c = 0; c < counts.Count; c++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(counts[c], nameof(counts));
            first[c + 1] = first[c] + (counts[c] + StarChunk.Capacity - 1) / StarChunk.Capacity;
        }

        return Draw([.. counts], first, seed, cancellation);
    }

    /// <summary>How well the proposals of a component fit it; made at first need.</summary>
    internal ComponentSampler Sampler(int component)
    {
        lock (samplers)
        {
            return samplers[component] ??= Make(component);
        }
    }

    private IEnumerable<StarChunk> Draw(long[] counts, long[] first, ulong seed, CancellationToken cancellation)
    {
        for (int c = 0; c < counts.Length; c++)
        {
            if (counts[c] > 0)
            {
                Sampler(c);
            }
        }

        OrderedProduction<StarChunk> production = new(first[^1], threads, job =>
        {
            int c = 0;
            while (first[c + 1] <= job)
            {
                c++;
            }

            StarChunk chunk = chunks.TryTake(out StarChunk? free) ? free : new();
            (chunk.Component, chunk.Start, chunk.Count) = (c, (job - first[c]) * StarChunk.Capacity, 0);
            chunk.ParticleMass = Galaxy.Components[c].Mass / counts[c];
            Xoshiro256 random = new(seed, (ulong)c, (ulong)(job - first[c]));
            Sampler(c).Fill(chunk, (int)Math.Min(StarChunk.Capacity, counts[c] - chunk.Start), ref random);
            return chunk;
        });
        return production.Products(chunks.Add, cancellation);
    }

    private ComponentSampler Make(int c)
    {
        GalaxyComponent component = Galaxy.Components[c];
        int place = Galaxy.Components.Take(c).Count(other => other.DistributionFunction is not null);
        if (!double.IsFinite(component.Mass))
        {
            throw new InputException($"component '{component.Name}' has an infinite mass: its stars cannot be drawn");
        }

        return component.DistributionFunction is { } df
            ? new DistributionSampler(df, SamplingMaps.For(scales.Value, place, df.VanishesForRetrograde), fast.Value, exact, threads)
            : new StaticSampler(Galaxy.Potential, component.StaticDensity!);
    }
}
