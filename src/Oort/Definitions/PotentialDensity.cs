using Oort.Potentials;

namespace Oort.Definitions;

/// <summary>The density that generates a potential, for potentials that are given where a density is wanted.</summary>
internal sealed class PotentialDensity(Potential potential, double totalMass) : Density
{
    /// <summary>The potential.</summary>
    public Potential Potential { get; } = potential;

    /// <inheritdoc/>
    public override double TotalMass { get; } = totalMass;

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho) => Potential.Density(R, z, rho);
}
