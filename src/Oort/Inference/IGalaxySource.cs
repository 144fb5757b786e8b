using Oort.Models;

namespace Oort.Inference;

/// <summary>Galaxies for values of the parameters of a fit.</summary>
public interface IGalaxySource
{
    /// <summary>The galaxy with these values. It depends on them alone, not on those asked for before.</summary>
    /// <param name="values">Values, in the order of the parameters.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="NumericalException">There is no self-consistent model, or it is not found.</exception>
    /// <exception cref="InputException">A value is not allowed.</exception>
    Galaxy At(IReadOnlyList<double> values, CancellationToken cancellation = default);

    /// <summary>The same source for values near given ones: where galaxies are solved from another, from that with these values, which costs less than from afar.</summary>
    /// <param name="values">Values, in the order of the parameters.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">A value is not allowed.</exception>
    IGalaxySource Near(IReadOnlyList<double> values, CancellationToken cancellation = default) => this;
}
