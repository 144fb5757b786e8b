using Oort.Definitions;
using Oort.Models;
using Oort.Models.DiscParameters;
using Oort.Models.Predictions;

namespace Oort.Report.Bv23;

/// <summary>What a report shows: a build's directory and what was computed from it. What is not given is left out of the page.</summary>
/// <param name="Directory">The directory that a build wrote.</param>
/// <param name="Predictions">What the model predicts: Figures 13 to 18 and Table 4.</param>
public sealed record Bv23Results(string Directory, GalaxyPredictions Predictions)
{
    /// <summary>The model that was built.</summary>
    public ModelDefinition Model { get; } = ModelFile.Read(Path.Combine(Directory, ModelFile.NameInBuild));

    /// <summary>What the parameters of a disc do: Table 1 and Figures 1 to 8.</summary>
    public DiscParameterStudy? Discs { get; init; }

    /// <summary>What a survey sees: Table 2 and Figures 9 to 12.</summary>
    public SurveyResults? Survey { get; init; }

    /// <summary>Circular speeds of Eilers et al. (2019), for Figure 15.</summary>
    public CircularSpeedComparison? MeasuredSpeeds { get; init; }

    /// <summary>Abundances of stars: Figure 20, Table 6, Figure 21.</summary>
    public ChemistryResults? Chemistry { get; init; }

    /// <summary>What could not be found for this model, and why.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];

    /// <summary>H0 for r200 and M200, km/s/Mpc.</summary>
    public double HubbleConstant { get; init; } = HaloStructure.DefaultHubbleConstant;

    /// <summary>The dark halo without baryons: Table 5 and Figure 19.</summary>
    public PrimordialHalo? PrimordialHalo { get; init; }
}
