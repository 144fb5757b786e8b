using Oort.Chemistry;

namespace Oort.Report.Bv23;

/// <summary>Abundances of a model's stars.</summary>
/// <param name="Maps">Figure 20.</param>
/// <param name="Rows">Table 6.</param>
/// <param name="HighAlpha">Figure 21.</param>
public sealed record ChemistryResults(ChemicalMaps Maps, IReadOnlyList<ChemistryRow> Rows, IReadOnlyList<HighAlphaCurve> HighAlpha);
