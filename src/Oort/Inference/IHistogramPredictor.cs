using Oort.Models;
using Oort.Surveys;

namespace Oort.Inference;

/// <summary>What a survey would see of a galaxy: histograms to compare with those of its stars.</summary>
public interface IHistogramPredictor
{
    /// <summary>The histograms that a galaxy predicts. The result does not depend on the number of threads.</summary>
    /// <param name="galaxy">The galaxy.</param>
    /// <param name="cancellation">Stops the work.</param>
    HistogramSet Predict(Galaxy galaxy, CancellationToken cancellation = default);
}
