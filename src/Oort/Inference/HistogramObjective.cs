namespace Oort.Inference;

/// <summary>The misfit of a galaxy to histograms as a function of its parameters.</summary>
public sealed class HistogramObjective : IObjective
{
    private readonly IGalaxySource galaxies;
    private readonly Func<IReadOnlyList<double>, IHistogramPredictor> predictor;
    private readonly HistogramMisfit misfit;

    /// <summary>Such a function.</summary>
    /// <param name="galaxies">Galaxies by values of the parameters.</param>
    /// <param name="predictor">What the survey sees of them.</param>
    /// <param name="misfit">How that is compared with the data.</param>
    public HistogramObjective(IGalaxySource galaxies, IHistogramPredictor predictor, HistogramMisfit misfit)
        : this(galaxies, _ => predictor, misfit)
    {
    }

    /// <summary>Such a function where what the survey sees depends on the parameters, as by the Sun's place.</summary>
    /// <param name="galaxies">Galaxies by values of the parameters.</param>
    /// <param name="predictor">What the survey sees of the galaxy with given values.</param>
    /// <param name="misfit">How that is compared with the data.</param>
    public HistogramObjective(IGalaxySource galaxies, Func<IReadOnlyList<double>, IHistogramPredictor> predictor, HistogramMisfit misfit)
        => (this.galaxies, this.predictor, this.misfit) = (galaxies, predictor, misfit);

    /// <inheritdoc/>
    public IObjective Near(IReadOnlyList<double> values, CancellationToken cancellation = default) => new HistogramObjective(galaxies.Near(values, cancellation), predictor, misfit);

    /// <inheritdoc/>
    public Misfit Evaluate(IReadOnlyList<double> values, CancellationToken cancellation = default)
        => misfit.Of(predictor(values).Predict(galaxies.At(values, cancellation), cancellation));
}
