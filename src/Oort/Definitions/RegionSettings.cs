using Oort.Surveys;

namespace Oort.Definitions;

/// <summary>How a fit compares histograms in regions of the sky (Sun et al. 2025, section 3.1).</summary>
public sealed record RegionSettings
{
    /// <summary>Names of the components whose stars are seen; empty for the stellar discs.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>Groups of regions that are compared; empty for all regions.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Numbers of the regions that are compared; empty for all of <see cref="Groups"/>.</summary>
    public IReadOnlyList<int> Regions { get; init; } = [];

    /// <summary>
    /// Whether p and err of the data are compared, which for Sun et al. come from resampling and contain the errors of measurement twice; otherwise the stars as they were counted
    /// (<see cref="HistogramSet.Counted"/>), beside which chi-squared of a true model is 1 a cell.
    /// </summary>
    public bool IsResampled { get; init; }

    /// <summary>How the model is convolved with the survey's errors.</summary>
    public MeasurementErrors Errors { get; init; } = MeasurementErrors.Once;

    /// <summary>All of it, for fingerprints.</summary>
    internal string Description => $" {string.Join(',', Components)} {string.Join(',', Groups)} {IsResampled} {Errors}{(Regions.Count > 0 ? $" {string.Join(',', Regions)}" : "")}";

    /// <summary>What stars of a model the survey has.</summary>
    /// <exception cref="InputException">The survey has no errors, and some are wanted.</exception>
    internal RegionConditions Conditions(Survey survey)
        => RegionConditions.Of(survey, Errors, Errors == MeasurementErrors.Twice ? "errors = twice" : "errors = once");
}
