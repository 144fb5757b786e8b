namespace Oort.Chemistry;

/// <summary>The chemistry of one component: its row of Binney &amp; Vasiliev (2023), Table 6.</summary>
/// <param name="Component">Name of the component.</param>
/// <param name="Parameters">The Gaussian of its abundances; of the thick disc: of its high-alpha stars.</param>
/// <param name="Split">Which of its stars have that chemistry; null for all of them.</param>
/// <param name="Others">With a split: the component whose chemistry the other stars have.</param>
public sealed record PopulationChemistry(string Component, ChemicalParameters Parameters, HighAlphaSplit? Split = null, string? Others = null);

/// <summary>The chemistry of a galaxy's components, not yet tied to a galaxy. Immutable.</summary>
/// <param name="Source">Where it was read, for messages.</param>
/// <param name="Populations">The components that have abundances.</param>
public sealed record ChemistrySetup(string Source, IReadOnlyList<PopulationChemistry> Populations)
{
    /// <summary>The row of a component, case ignored; null if it has none.</summary>
    public PopulationChemistry? Find(string component)
        => Populations.FirstOrDefault(p => p.Component.Equals(component, StringComparison.OrdinalIgnoreCase));
}
