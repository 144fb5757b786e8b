using Oort.Definitions;

namespace Oort.Report.Bv23;

/// <summary>What a report shows: a build's directory and results computed from it.</summary>
/// <param name="Directory">The directory that a build wrote.</param>
public sealed record Bv23Results(string Directory)
{
    /// <summary>The model that was built.</summary>
    public ModelDefinition Model { get; } = ModelFile.Read(Path.Combine(Directory, ModelFile.NameInBuild));
}
