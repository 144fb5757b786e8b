namespace Oort.Inference;

/// <summary>How far a prediction is from the data.</summary>
/// <param name="ChiSquared">Chi-squared, or what is distributed like it; infinite where there are stars that the model excludes.</param>
/// <param name="Cells">Cells that it is a sum over.</param>
/// <param name="Parts">What each bin and quantity contributes.</param>
public sealed record Misfit(double ChiSquared, int Cells, IReadOnlyList<MisfitPart> Parts)
{
    /// <summary>The numbers whose squares add up to chi-squared, always as many and in the same order; empty where it is no such sum.</summary>
    public IReadOnlyList<double> Residuals { get; init; } = [];

    /// <summary>Numbers that tell the way from afar, where histograms of model and data no longer overlap: of velocities in bins their means and the logarithms of their dispersions, in units of their errors; always as many and in the same order, and empty where there are none.</summary>
    public IReadOnlyList<double> Guides { get; init; } = [];
}

/// <summary>What one quantity in one bin contributes to chi-squared.</summary>
/// <param name="Bin">Number of the bin.</param>
/// <param name="Quantity">Name of the quantity.</param>
/// <param name="Cells">Cells compared.</param>
/// <param name="ChiSquared">Its chi-squared.</param>
public readonly record struct MisfitPart(int Bin, string Quantity, int Cells, double ChiSquared);

/// <summary>A function of the parameters whose least value a fit looks for.</summary>
public interface IObjective
{
    /// <summary>Chi-squared of a model with these values of the parameters. It depends on these values alone, not on what was asked before.</summary>
    /// <param name="values">Values, in the order of the parameters.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="NumericalException">There is no such model.</exception>
    /// <exception cref="InputException">A value is not allowed.</exception>
    Misfit Evaluate(IReadOnlyList<double> values, CancellationToken cancellation = default);

    /// <summary>The same function for values near given ones, where models cost less: see <see cref="IGalaxySource.Near"/>.</summary>
    /// <inheritdoc cref="Evaluate"/>
    IObjective Near(IReadOnlyList<double> values, CancellationToken cancellation = default) => this;

    /// <summary>Tries several models.</summary>
    /// <param name="values">The values of each. They do not depend on each other's misfits, so that they may be tried at once.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>What came of each, in their order, as soon as it is known.</returns>
    IEnumerable<Trial> EvaluateAll(IEnumerable<IReadOnlyList<double>> values, CancellationToken cancellation = default) => values.Select(v => Trial.Of(this, v, cancellation));
}
