namespace Oort.Report.Bv23;

/// <summary>What all figures of a report share.</summary>
internal sealed class Bv23Context(Bv23Results results)
{
    /// <summary>The results.</summary>
    public Bv23Results Results { get; } = results;

    /// <summary>The model's components in its order.</summary>
    public IReadOnlyList<ShownComponent> Components { get; } = ComponentStyles.Of(results.Model.Setup.Components);

    /// <summary>Tables of the build.</summary>
    public BuildProfiles Profiles { get; } = new(results.Directory);

    /// <summary>Numbers of the build.</summary>
    public BuildSummaryFile Summary { get; } = BuildSummaryFile.Read(results.Directory);

    /// <summary>The Sun's distance from the centre, kpc, as markup.</summary>
    public string SunRadius => Markup.Plain(Results.Model.SunRadius);
}
