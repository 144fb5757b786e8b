using Oort.Inference;
using Oort.Models;
using Oort.Surveys;

namespace Oort.Tests.Inference;

/// <summary>The velocity distributions of what a survey sees in each bin of R and |z|, behind its selection function (<see cref="BinPredictor"/>).</summary>
internal sealed class BinHistograms : IHistogramPredictor
{
    private readonly Survey survey;
    private readonly HeliocentricSelection selection;
    private readonly int threads;

    /// <summary>A predictor for the bins of a survey.</summary>
    /// <param name="survey">The survey.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <exception cref="InputException">The survey has no selection function.</exception>
    public BinHistograms(Survey survey, int threads)
    {
        ArgumentNullException.ThrowIfNull(survey);
        (this.survey, this.threads) = (survey, threads);
        selection = survey.UsedStars();
    }

    /// <inheritdoc/>
    public HistogramSet Predict(Galaxy galaxy, CancellationToken cancellation = default)
        => new BinPredictor(new SelectedGalaxy(galaxy, selection, threads: threads, cancellation: cancellation), survey.Bins, survey.Axes, threads)
            .Predict(PredictionPlace.Bin, cancellation: cancellation).Total;
}
