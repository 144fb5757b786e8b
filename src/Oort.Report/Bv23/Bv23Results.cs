using Oort.Definitions;
using Oort.Models;

namespace Oort.Report.Bv23;

/// <summary>What a report shows: a build's directory and what was computed from it. What is not given is left out of the page.</summary>
/// <param name="Directory">The directory that a build wrote.</param>
public sealed record Bv23Results(string Directory)
{
    /// <summary>The model that was built.</summary>
    public ModelDefinition Model { get; } = ModelFile.Read(Path.Combine(Directory, ModelFile.NameInBuild));

    /// <summary>The dark halo without baryons: Table 5 and Figure 19.</summary>
    public PrimordialHalo? PrimordialHalo { get; init; }
}
