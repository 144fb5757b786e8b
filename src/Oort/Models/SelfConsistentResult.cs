using Oort.Potentials;

namespace Oort.Models;

/// <summary>A component of a solved model: its density, and the potential that it alone generates.</summary>
/// <param name="Component">The component.</param>
/// <param name="Density">Its density, interpolated between the positions of its grid.</param>
/// <param name="Potential">The potential of that density.</param>
public sealed record ComponentResult(GalaxyComponent Component, Density Density, Potential Potential)
{
    /// <summary>
    /// Circular speed in the plane that the component alone would give, km/s; negative where its force points outwards: -sqrt(|R dPhi/dR|).
    /// </summary>
    public double CircularSpeed(double R) => Rotation.CircularSpeed(Potential, R);
}

/// <summary>What <see cref="SelfConsistentModel.Solve"/> found.</summary>
/// <param name="Galaxy">The components in the last potential.</param>
/// <param name="Converged">Whether the residual fell below the tolerance.</param>
/// <param name="History">All iterations.</param>
/// <param name="Components">Every component's share, in the order of <see cref="Galaxy.Components"/>.</param>
public sealed record SelfConsistentResult(
    Galaxy Galaxy, bool Converged, IReadOnlyList<IterationReport> History, IReadOnlyList<ComponentResult> Components)
{
    /// <summary>The last residual.</summary>
    public double Residual => History[^1].Residual;
}
