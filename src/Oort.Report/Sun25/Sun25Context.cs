using System.Globalization;
using Oort.Definitions;
using Oort.Models;
using Oort.Models.Predictions;
using Oort.Report.Bv23;

namespace Oort.Report.Sun25;

/// <summary>What all figures of a page after Sun et al. (2025) share.</summary>
internal sealed class Sun25Context(Sun25Results results)
{
    /// <summary>The results.</summary>
    public Sun25Results Results { get; } = results;

    /// <summary>The models as they are shown, in their order.</summary>
    public IReadOnlyList<ShownModel> Models { get; } = [.. results.Models.Select((m, i) => new ShownModel(m, Markup.Of(m.Name), ModelStyles.Of(i), ComponentStyles.Of(m.Solved.Galaxy.Components)))];

    /// <summary>Those of which densities and velocities are predicted.</summary>
    public ShownModel[] Predicted => [.. Models.Where(m => m.Model.Predictions is not null)];

    /// <summary>Stars in each region after all cuts: those of the histograms, or else of the catalogue; null if neither was given.</summary>
    public Dictionary<int, double>? RegionCounts => Results.Data?.Histograms.Bins.ToDictionary(b => b.Bin, b => b.Stars)
        ?? Results.Catalogue?.Views.RegionCounts.Select((n, i) => (n, i)).ToDictionary(c => c.i + 1, c => (double)c.n);

    /// <summary>What the stars of the histograms are called, so that nobody takes mock stars for observed ones.</summary>
    public string StarsWord => Results.Data?.Histograms.IsMock ?? Results.Catalogue?.Views.IsMock ?? false ? "mock stars" : "stars";

    /// <summary>A number of giants of the catalogue.</summary>
    public string Stars(long count) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {(Results.Catalogue?.Views.IsMock ?? false ? "mock giants" : "giants")}";

    /// <summary>A word on numbers of stars that are not observed ones.</summary>
    public static string Provenance(bool isMock) => isMock ? "mock stars" : "";
}

/// <summary>A model as figures show it: the same everywhere.</summary>
/// <param name="Model">The model.</param>
/// <param name="Label">Its name, as markup.</param>
/// <param name="Style">Its colour and dash where models are compared.</param>
/// <param name="Components">Its components in its order, with their colours and dashes where components are compared.</param>
internal sealed record ShownModel(Sun25Model Model, string Label, Style Style, IReadOnlyList<ShownComponent> Components)
{
    /// <summary>What it predicts in the plane; only where there are predictions.</summary>
    public MidPlane Plane => Model.Predictions!.MidPlane;

    /// <summary>What the paper calls the model of these parameters; null if it has none.</summary>
    public string? PaperName { get; } = (Model.Numbers is Sun25Numbers numbers ? numbers.Published : Sun25Published.Find(Sun25ModelFile.Parameters(Model.Definition)))?.Name ?? (ParameterTable.IsPapers([.. Model.Solved.Galaxy.Components]) ? "BV2023" : null);

    /// <summary>A component as it is shown.</summary>
    public ShownComponent Shown(GalaxyComponent component) => Components.First(c => c.Name == component.Name);
}
