using Oort.Models;

namespace Oort.Inference.Likelihoods;

/// <summary>Binned velocity histograms: multinomial (Poisson, given the number of stars in each bin), or chi-squared.</summary>
public sealed class HistogramLikelihood : ILikelihood
{
    private readonly IHistogramPredictor predictor;
    private readonly HistogramMisfit misfit;

    /// <summary>Such a likelihood.</summary>
    /// <param name="predictor">What the survey sees of a galaxy.</param>
    /// <param name="misfit">How that is compared with the data.</param>
    public HistogramLikelihood(IHistogramPredictor predictor, HistogramMisfit misfit) => (this.predictor, this.misfit) = (predictor, misfit);

    /// <inheritdoc/>
    public Misfit Evaluate(Galaxy galaxy, CancellationToken cancellation = default) => misfit.Of(predictor.Predict(galaxy, cancellation));
}
