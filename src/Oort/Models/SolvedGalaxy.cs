using Oort.Potentials;

namespace Oort.Models;

/// <summary>A solved model: its galaxy, and each component's own density and potential.</summary>
/// <param name="Galaxy">The components in the potential of all of them.</param>
/// <param name="Components">Every component's share, in the order of <see cref="Galaxy.Components"/>.</param>
public sealed record SolvedGalaxy(Galaxy Galaxy, IReadOnlyList<ComponentResult> Components)
{
    /// <summary>What the iterations found.</summary>
    public static SolvedGalaxy Of(SelfConsistentResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new(result.Galaxy, result.Components);
    }

    /// <summary>The components' shares from their densities, as the iterations find them.</summary>
    /// <param name="galaxy">The galaxy.</param>
    /// <param name="setup">Which component is on which grid.</param>
    /// <param name="densities">Density of each component that has a distribution function, in the model's order.</param>
    /// <param name="threads">Threads to use.</param>
    internal static SolvedGalaxy Of(Galaxy galaxy, ModelSetup setup, IReadOnlyList<Density> densities, int threads)
    {
        PotentialAssembly assembly = new(setup, threads);
        (GalaxyComponent Component, DensityGrid Grid)[] dynamic = [.. setup.Groups.SelectMany(g => g.Members.Select(m => (m, g.Grid)))];
        ComponentResult[] results = new ComponentResult[dynamic.Length + setup.Statics.Count];
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            if (i < dynamic.Length)
            {
                (GalaxyComponent component, DensityGrid grid) = dynamic[i];
                results[i] = new(component, densities[i], assembly.Solve([new(component, densities[i], grid)], withStatics: false));
            }
            else
            {
                GalaxyComponent fixedOne = setup.Statics[i - dynamic.Length];
                results[i] = new(fixedOne, fixedOne.StaticDensity!, assembly.OfStatic(fixedOne));
            }
        });
        return new(galaxy, results);
    }
}
