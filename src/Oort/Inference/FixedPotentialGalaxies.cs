using Oort.Models;

namespace Oort.Inference;

/// <summary>
/// Galaxies with other values of the parameters of their distribution functions in one and the same potential: a fraction of the cost of self-consistent ones, and what stars
/// that are only tracers call for.
/// </summary>
public sealed class FixedPotentialGalaxies : IGalaxySource
{
    private readonly Func<IReadOnlyList<double>, ModelSetup> setups;
    private readonly Galaxy reference;
    private readonly int threads;

    /// <summary>A source of galaxies.</summary>
    /// <param name="setups">The model with given values of the parameters.</param>
    /// <param name="reference">The galaxy whose potential all have.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    public FixedPotentialGalaxies(Func<IReadOnlyList<double>, ModelSetup> setups, Galaxy reference, int threads)
        => (this.setups, this.reference, this.threads) = (setups, reference, threads);

    /// <inheritdoc/>
    public Galaxy At(IReadOnlyList<double> values, CancellationToken cancellation = default)
        => new(reference.Potential, [.. setups(values).Components], focalDistances: reference.FocalDistances, threads: threads);
}
