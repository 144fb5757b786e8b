using Oort.Surveys;

namespace Oort.Report.Bv23;

/// <summary>What a survey sees of a model, and saw of the Galaxy.</summary>
/// <param name="Survey">Its bins and cells.</param>
/// <param name="Prediction">The model's velocity distributions at the barycentres of the bins: Figures 10 to 12.</param>
/// <param name="Errors">What observational errors do: Figure 9.</param>
public sealed record SurveyResults(Survey Survey, BinPrediction Prediction, ErrorEffect? Errors)
{
    /// <summary>Histograms of stars beside those that the model predicts, integrated over each bin.</summary>
    public HistogramComparison? Data { get; init; }
}
