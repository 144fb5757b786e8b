using Oort.Coordinates;
using Oort.DistributionFunctions;
using Oort.Models;

namespace Oort.Surveys;

/// <summary>
/// Predicts the distributions of line-of-sight velocity and proper motions in regions of the sky (Sun et al. 2025, section 3.1), by integration or by drawing stars inside the
/// regions. Immutable and safe to share between threads.
/// </summary>
public sealed class RegionPredictor
{
    private readonly RegionConditions conditions;
    private readonly int threads;

    /// <summary>A predictor.</summary>
    /// <param name="galaxy">The galaxy.</param>
    /// <param name="sun">Where the Sun is and how it moves.</param>
    /// <param name="regions">The regions and the cells of their histograms.</param>
    /// <param name="components">Which components are seen; if null, the stellar discs.</param>
    /// <param name="conditions">Cuts, selection and errors; none if null.</param>
    /// <param name="threads">Threads to use; results do not depend on it.</param>
    /// <exception cref="InputException">No component chosen has a distribution function.</exception>
    public RegionPredictor(Galaxy galaxy, Sun sun, SkyRegions regions, Func<GalaxyComponent, bool>? components = null, RegionConditions? conditions = null, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        ArgumentNullException.ThrowIfNull(sun);
        ArgumentNullException.ThrowIfNull(regions);
        components ??= c => c.IsDisc;
        (Galaxy, Sun, Regions, this.conditions, this.threads) = (galaxy, sun, regions, conditions ?? new(), threads ?? Environment.ProcessorCount);
        Components = [.. galaxy.Components.Where(c => c.DistributionFunction is not null && components(c))];
        if (Components.Count == 0)
        {
            throw new InputException("nothing can be predicted: none of the components chosen has a distribution function");
        }
    }

    /// <summary>The galaxy.</summary>
    public Galaxy Galaxy { get; }

    /// <summary>Where the Sun is and how it moves.</summary>
    public Sun Sun { get; }

    /// <summary>The regions.</summary>
    public SkyRegions Regions { get; }

    /// <summary>The components that are seen.</summary>
    public IReadOnlyList<GalaxyComponent> Components { get; }

    /// <summary>Predicts by integration.</summary>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">Limits on velocities are such that they cannot be integrated over: those on V_R or V_z not symmetric, or one on the speed that matters.</exception>
    public RegionPrediction Integrate(CancellationToken cancellation = default) => Integrate(RegionAccuracy.Default, cancellation);

    /// <summary>Predicts by integration with so many nodes that 10^7 stars in each region show no difference: several times slower.</summary>
    /// <inheritdoc cref="Integrate(CancellationToken)"/>
    public RegionPrediction IntegrateFinely(CancellationToken cancellation = default) => Integrate(RegionAccuracy.High, cancellation);

    /// <summary>Predicts by drawing stars inside the regions.</summary>
    /// <param name="count">Stars in each region, before the limits on velocities.</param>
    /// <param name="seed">Names the draw.</param>
    /// <param name="progress">Told the share of stars that is done, now and then, from any thread.</param>
    /// <param name="cancellation">Stops the work.</param>
    public RegionPrediction Sample(long count, ulong seed, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return new RegionSampler(Galaxy, Components.Contains, Sun, Regions, conditions, threads, cancellation).Predict(count, seed, progress, cancellation);
    }

    /// <summary>Predicts by integration with other nodes.</summary>
    internal RegionPrediction Integrate(RegionAccuracy accuracy, CancellationToken cancellation = default)
        => new RegionIntegrator(Galaxy, [.. Components.Select(c => c.DistributionFunction!)], Sun, Regions, conditions, accuracy, threads).Predict(cancellation);
}
