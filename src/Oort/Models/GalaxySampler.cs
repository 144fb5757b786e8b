using Oort.Actions;
using Oort.DistributionFunctions;
using Oort.Numerics;
using Oort.Potentials;
using Oort.Tables;

namespace Oort.Models;

/// <summary>
/// Draws stars from the components of a galaxy: positions and velocities distributed as the component's distribution function in the galaxy's
/// potential, or, for a static density, as that density with the velocities of an isotropic rotator from Jeans' equations (Binney and Tremaine
/// 2008, eqs 4.221 to 4.223). Stars come in chunks from random streams that the seed, the component and the number of the chunk name: the same
/// stars whatever the number of threads, and the first N of any larger draw with the same <see cref="SamplingActions"/> are those of a draw of N. Memory does not grow with
/// their number. Immutable and safe to share between threads.
/// </summary>
public sealed class GalaxySampler
{
    private const int ChunkSize = 32768;

    // The tables of actions take about as long as that of this many stars without them.
    private const long WorthTables = 2_000_000;

    private readonly ComponentSampler?[] samplers;
    private readonly Lazy<SamplingFinders> finders;
    private readonly Lazy<SamplingScales> scales;
    private readonly int threads;

    /// <summary>A sampler of a galaxy's components; what it needs to know of a component is found when that is first asked for.</summary>
    /// <param name="galaxy">The galaxy.</param>
    /// <param name="actions">Which actions to follow.</param>
    /// <param name="threads">Threads to use; the stars do not depend on it.</param>
    public GalaxySampler(Galaxy galaxy, SamplingActions actions = SamplingActions.Fudge, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        this.threads = threads ?? Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(this.threads, nameof(threads));
        Galaxy = galaxy;
        samplers = new ComponentSampler?[galaxy.Components.Count];
        finders = new(() => new(galaxy, actions, this.threads));
        scales = new(() => new(galaxy, [.. galaxy.Components.Select(c => c.DistributionFunction).OfType<DistributionFunction>()], this.threads));
    }

    /// <summary>The galaxy.</summary>
    public Galaxy Galaxy { get; }

    /// <summary>The actions with which particles are drawn soonest: tabulated ones for more than two million.</summary>
    /// <param name="counts">Number of particles of each component.</param>
    public static SamplingActions SoonestActions(IEnumerable<long> counts) => counts.Sum() > WorthTables ? SamplingActions.Interpolated : SamplingActions.Fudge;

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

        return Apportionment.LargestRemainders(mass, total);
    }

    /// <summary>
    /// Particles of every component, each component's of equal masses that add up to its mass. They are drawn when a chunk is asked for, on the
    /// thread that asks.
    /// </summary>
    /// <param name="counts">Number of particles of each component, in the order of <see cref="Galaxy.Components"/>.</param>
    /// <param name="seed">Names the draw. A component's particles do not depend on the counts of others.</param>
    /// <exception cref="InputException">A component of which particles are wanted has an infinite mass, or none.</exception>
    public IParticleSource Particles(IReadOnlyList<long> counts, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.Count != samplers.Length)
        {
            throw new ArgumentException("there must be a number of particles for every component", nameof(counts));
        }

        for (int c = 0; c < counts.Count; c++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(counts[c], nameof(counts));
            if (counts[c] > 0)
            {
                Sampler(c);
            }
        }

        return new Source(this, [.. counts], seed);
    }

    /// <summary>Draws particles of one component, all at once: the first <paramref name="count"/> of <see cref="Particles"/>.</summary>
    /// <param name="component">Place in <see cref="Galaxy.Components"/>.</param>
    /// <param name="count">Number of particles, each of the component's mass divided by it.</param>
    /// <param name="seed">Names the draw.</param>
    /// <param name="cancellation">Stops the work.</param>
    public ParticleChunk Draw(int component, int count, ulong seed, CancellationToken cancellation = default)
    {
        long[] counts = new long[samplers.Length];
        counts[component] = count;
        IParticleSource source = Particles(counts, seed);
        ParticleChunk all = new(Math.Max(1, count)) { Count = count };
        Parallel.For(0, (count + ChunkSize - 1) / ChunkSize, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            () => new ParticleChunk(ChunkSize),
            (index, _, chunk) =>
            {
                source.Fill(component, index, chunk);
                Copy(chunk, all, index * ChunkSize);
                return chunk;
            },
            _ => { });
        return all;
    }

    /// <summary>
    /// Draws velocities of one component at one place: particles at x = R, y = 0 and this z, so that VX, VY and VZ are v_R, v_phi and v_z.
    /// </summary>
    /// <param name="component">Place in <see cref="Galaxy.Components"/>.</param>
    /// <param name="R">Radius, kpc, not negative.</param>
    /// <param name="z">Height, kpc.</param>
    /// <param name="count">Number of velocities.</param>
    /// <param name="seed">Names the draw.</param>
    /// <exception cref="InputException">The component has nothing there.</exception>
    public ParticleChunk DrawVelocities(int component, double R, double z, int count, ulong seed)
    {
        ParameterException.Check(nameof(GalaxySampler), nameof(R), R, R >= 0 && double.IsFinite(R), ">= 0 (kpc)");
        ParameterException.Check(nameof(GalaxySampler), nameof(z), z, double.IsFinite(z), "a number (kpc)");
        ParticleChunk chunk = new(Math.Max(1, count));
        Xoshiro256 random = new(seed, (ulong)component, BitConverter.DoubleToUInt64Bits(R), BitConverter.DoubleToUInt64Bits(z));
        Sampler(component).At(R, Math.Abs(z), threads).Fill(chunk, count, ref random);
        for (int i = 0; z < 0 && i < count; i++)
        {
            (chunk.Z[i], chunk.VZ[i]) = (-chunk.Z[i], -chunk.VZ[i]);
        }

        return chunk;
    }

    /// <summary>How well the proposals of a component fit it; made at first need.</summary>
    internal ComponentSampler Sampler(int component)
    {
        lock (samplers)
        {
            return samplers[component] ??= Make(component);
        }
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
            ? new DistributionSampler(df, SamplingMaps.For(scales.Value, place, df.VanishesForRetrograde), finders.Value, threads)
            : new StaticSampler(Galaxy.Potential, component.StaticDensity!);
    }

    private static void Copy(ParticleChunk from, ParticleChunk to, int start)
    {
        from.X.AsSpan(0, from.Count).CopyTo(to.X.AsSpan(start));
        from.Y.AsSpan(0, from.Count).CopyTo(to.Y.AsSpan(start));
        from.Z.AsSpan(0, from.Count).CopyTo(to.Z.AsSpan(start));
        from.VX.AsSpan(0, from.Count).CopyTo(to.VX.AsSpan(start));
        from.VY.AsSpan(0, from.Count).CopyTo(to.VY.AsSpan(start));
        from.VZ.AsSpan(0, from.Count).CopyTo(to.VZ.AsSpan(start));
        from.Jr.AsSpan(0, from.Count).CopyTo(to.Jr.AsSpan(start));
        from.Jz.AsSpan(0, from.Count).CopyTo(to.Jz.AsSpan(start));
    }

    /// <summary>
    /// Gas and dark matter are what they are; stars are those of a disc if all, or nearly all, rotate, of a bulge if the component's name has
    /// that word in it.
    /// </summary>
    private static ParticleType TypeOf(GalaxyComponent component) => component.Kind switch
    {
        ComponentKind.Gas => ParticleType.Gas,
        ComponentKind.Dark => ParticleType.Halo,
        _ when component.StaticDensity is DiskDensity || component.DistributionFunction is Exponential or QuasiIsothermal or { VanishesForRetrograde: true } => ParticleType.Disk,
        _ when component.Name.Contains("bulge", StringComparison.OrdinalIgnoreCase) => ParticleType.Bulge,
        _ => ParticleType.Stars,
    };

    private sealed class Source(GalaxySampler sampler, long[] counts, ulong seed) : IParticleSource
    {
        public IReadOnlyList<SnapshotComponent> Components { get; } =
            [.. sampler.Galaxy.Components.Select((c, i) => new SnapshotComponent(c.Name, TypeOf(c), counts[i], counts[i] > 0 ? c.Mass / counts[i] : 0))];

        int IParticleSource.ChunkSize => ChunkSize;

        public void Fill(int component, long index, ParticleChunk chunk)
        {
            Xoshiro256 random = new(seed, (ulong)component, (ulong)index);
            chunk.Count = 0;
            sampler.Sampler(component).Fill(chunk, (int)Math.Min(ChunkSize, counts[component] - index * ChunkSize), ref random);
        }
    }
}
