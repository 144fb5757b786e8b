using Oort.Models;

namespace Oort.Inference;

/// <summary>
/// Self-consistent models with other values of the parameters, each solved from one and the same reference solution: so each depends on its
/// values alone, and not on the way by which a search has come to them.
/// </summary>
public sealed class SelfConsistentGalaxies : IGalaxySource
{
    private readonly Func<IReadOnlyList<double>, ModelSetup> setups;
    private readonly SelfConsistentResult reference;
    private readonly SolverSettings settings;

    /// <summary>A source of models.</summary>
    /// <param name="setups">The model with given values of the parameters.</param>
    /// <param name="reference">The solution that each begins from: that of the values at the start of the fit, or nearer ones.</param>
    /// <param name="settings">How models are solved.</param>
    public SelfConsistentGalaxies(Func<IReadOnlyList<double>, ModelSetup> setups, SelfConsistentResult reference, SolverSettings settings)
        => (this.setups, this.reference, this.settings) = (setups, reference, settings);

    /// <inheritdoc/>
    public Galaxy At(IReadOnlyList<double> values, CancellationToken cancellation = default) => Solve(values, cancellation).Galaxy;

    /// <inheritdoc/>
    public IGalaxySource Near(IReadOnlyList<double> values, CancellationToken cancellation = default)
    {
        try
        {
            return new SelfConsistentGalaxies(setups, Solve(values, cancellation), settings);
        }
        catch (Exception e) when (Failure.Of(e) is NumericalException)
        {
            // Those around it may still be found from where this one could not.
            return this;
        }
    }

    private SelfConsistentResult Solve(IReadOnlyList<double> values, CancellationToken cancellation)
    {
        SelfConsistentResult result = new SelfConsistentModel(setups(values), settings).SolveFrom(reference, cancellation: cancellation);
        return result.Converged ? result
            : throw new NumericalException(FormattableString.Invariant($"the model has not converged: residual {result.Residual:g3} after {result.History.Count} iterations"));
    }
}
