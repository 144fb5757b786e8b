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
    /// <summary>
    /// Surface densities of all components, all heights, both sides of the plane, Msun/kpc^2, from the densities on the grids: as
    /// <see cref="Galaxy.SurfaceDensity"/> at a tenth of the cost or less, and as near to it as the iterations have converged and the grids resolve:
    /// at the default tolerance 5e-4, at worst 2e-3; 4e-3 for a halo within 0.5 kpc of the centre.
    /// </summary>
    /// <param name="R">Radii, kpc.</param>
    /// <returns>By radius, then by component, in the order of <see cref="Components"/>.</returns>
    public double[,] SurfaceDensities(ReadOnlySpan<double> R) => new SurfaceDensities(Galaxy, Components, Continuation?.Groups ?? []).At(R);

    /// <summary>What a model like this one can take over.</summary>
    internal Continuation? Continuation { get; init; }

    /// <summary>The last residual.</summary>
    public double Residual => History[^1].Residual;
}

/// <summary>What the coarse grids of a solved model miss, for one like it to begin with.</summary>
/// <param name="Groups">The groups of the solved model.</param>
/// <param name="Correction">See <see cref="CoarseModel"/>; found when it is asked for.</param>
internal sealed record Continuation(IReadOnlyList<ComponentGroup> Groups, Lazy<double[]> Correction)
{
    /// <summary>Whether the groups have the same components on the same grids, whatever their distribution functions are.</summary>
    public bool Fits(IReadOnlyList<ComponentGroup> groups) => Groups.Count == groups.Count && Groups.Zip(groups).All(
        p => p.First.Grid == p.Second.Grid && p.First.Members.Select(m => m.Name).SequenceEqual(p.Second.Members.Select(m => m.Name)));
}
