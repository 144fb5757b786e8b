using Oort.Models;

namespace Oort.Definitions;

/// <summary>
/// What a model file says, with every key checked: the start of the road from INI text to a solved model. Immutable.
/// </summary>
/// <param name="Source">Name of the file it was read from, for messages.</param>
/// <param name="Setup">
/// Components by grid, static ones, and the potential to begin with: the sum of all sections [Potential NAME], the static ones
/// included.
/// </param>
public sealed record ModelDefinition(string Source, ModelSetup Setup)
{
    /// <summary>The Sun's distance from the centre where the file gives none, kpc (Binney &amp; Vasiliev 2023, section 4.1).</summary>
    public const double DefaultSunRadius = 8.27;

    /// <summary>The text it was read from, so that a build can keep a copy.</summary>
    public string Text { get; init; } = "";

    /// <summary>The Sun's distance from the centre, kpc, where a build quotes local numbers: the key <c>R0</c> of [SelfConsistentModel].</summary>
    public double SunRadius { get; init; } = DefaultSunRadius;
}
