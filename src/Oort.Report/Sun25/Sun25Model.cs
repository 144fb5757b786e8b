using Oort.Definitions;
using Oort.Inference;
using Oort.Models;
using Oort.Models.Predictions;
using Oort.Surveys;

namespace Oort.Report.Sun25;

/// <summary>One of the models of a page.</summary>
/// <param name="Directory">The directory that its build wrote.</param>
/// <param name="Solved">The model.</param>
/// <param name="SunRadius">The Sun's distance from the centre in it, kpc.</param>
public sealed record Sun25Model(string Directory, SolvedGalaxy Solved, double SunRadius)
{
    private readonly Lazy<ModelDefinition> definition = new(() => ModelFile.Read(Path.Combine(Directory, ModelFile.NameInBuild)));

    /// <summary>The name of the directory, by which the page calls it.</summary>
    public string Name { get; init; } = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Directory)));

    /// <summary>The model file: what the iterations began with.</summary>
    public ModelDefinition Definition => definition.Value;

    /// <summary>What it predicts to be seen in the survey's regions.</summary>
    public RegionPrediction? Regions { get; init; }

    /// <summary>Chi-squared of that beside the stars' histograms.</summary>
    public Misfit? Misfit { get; init; }

    /// <summary>What it predicts of densities and velocities: Figures 13 to 18.</summary>
    public GalaxyPredictions? Predictions { get; init; }

    /// <summary>How plain iterations lead to it: Figures 6 and 7.</summary>
    public IterationHistory? Iterations { get; init; }

    /// <summary>Its parameters, circular speed, mass and densities at the Sun beside the paper's: Tables 2 and 4.</summary>
    public Sun25Numbers? Numbers { get; init; }
}
