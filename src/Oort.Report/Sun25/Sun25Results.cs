using Oort.Surveys;

namespace Oort.Report.Sun25;

/// <summary>What a page after Sun et al. (2025) shows: models side by side and what a survey of regions of the sky sees. What is not given is left out of the page.</summary>
/// <param name="Survey">The survey: its regions, the cells of their histograms, its Sun.</param>
/// <param name="Models">The models in the order in which they were given.</param>
public sealed record Sun25Results(Survey Survey, IReadOnlyList<Sun25Model> Models)
{
    /// <summary>Histograms of stars in the regions, which the models' predictions stand beside: Figures 8 to 12 and A.1 to A.10, Table 3.</summary>
    public Sun25Data? Data { get; init; }

    /// <summary>Published circular speeds, for Figure 17.</summary>
    public IReadOnlyList<MeasuredSpeeds> MeasuredSpeeds { get; init; } = [];

    /// <summary>The stars of a catalogue: Figures 1, 2, 3 and 5.</summary>
    public Sun25Catalogue? Catalogue { get; init; }

    /// <summary>What could not be found, and why.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];
}

/// <summary>Histograms of stars.</summary>
/// <param name="Name">The name of their file.</param>
/// <param name="Histograms">The histograms, of stars as they were counted.</param>
public sealed record Sun25Data(string Name, HistogramSet Histograms);

/// <summary>The stars of a catalogue.</summary>
/// <param name="Name">The name of its file.</param>
/// <param name="Views">What figures show of them: orbits in each of the models, in their order.</param>
public sealed record Sun25Catalogue(string Name, CatalogueViews Views);
