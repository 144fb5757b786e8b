namespace Oort.Models;

/// <summary>
/// What is known of the components of a galaxy that a survey sees within some bounds: their densities, and proposals for the velocities of their stars. Several
/// selections within the bounds may share it. Immutable and safe to share between threads.
/// </summary>
internal sealed class SeenPopulations
{
    private readonly Lazy<SamplingFinders> finders;
    private readonly Lazy<SamplingScales> scales;
    private readonly DistributionSampler?[] velocities;
    private readonly SelectionBounds bounds;
    private readonly int threads;

    /// <summary>What is known within bounds.</summary>
    public SeenPopulations(Galaxy galaxy, SelectionBounds bounds, Func<GalaxyComponent, bool>? components, SamplingActions actions, int? threads, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        (Galaxy, this.bounds) = (galaxy, bounds);
        this.threads = threads ?? Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(this.threads, nameof(threads));
        components ??= c => c.Kind == ComponentKind.Stars;
        Components = [.. Enumerable.Range(0, galaxy.Components.Count).Where(c => galaxy.Components[c].DistributionFunction is not null && components(galaxy.Components[c]))];
        Densities = new(galaxy, Components, bounds, cancellation);
        finders = new(() => new(galaxy, actions, this.threads));
        scales = new(() => new(galaxy, [.. Components.Select(c => galaxy.Components[c].DistributionFunction!)], this.threads));
        velocities = new DistributionSampler?[Components.Count];
    }

    /// <summary>The galaxy.</summary>
    public Galaxy Galaxy { get; }

    /// <summary>The components that are seen, by their places in <see cref="Galaxy.Components"/>.</summary>
    public IReadOnlyList<int> Components { get; }

    /// <summary>Densities of <see cref="Components"/> within the bounds.</summary>
    public LocalDensities Densities { get; }

    /// <summary>Proposals for the stars of one of <see cref="Components"/>; made at first need.</summary>
    public DistributionSampler Velocities(int component)
    {
        lock (velocities)
        {
            return velocities[component] ??= Make(component);
        }
    }

    private DistributionSampler Make(int component)
    {
        DistributionFunctions.DistributionFunction df = Galaxy.Components[Components[component]].DistributionFunction!;
        return new(df, SamplingMaps.For(scales.Value, component, df.VanishesForRetrograde, bounds), finders.Value, threads);
    }
}
