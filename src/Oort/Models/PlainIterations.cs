using Oort.Actions;
using Oort.Potentials;

namespace Oort.Models;

/// <summary>
/// The iterations of Sun et al. (2025), section 3.1, steps ii to v: the densities of all distribution functions in a potential, the potential of these
/// densities, and so on; all of them on the full grids and none accelerated. <see cref="SelfConsistentModel"/> comes to the same end by fewer and cheaper
/// steps, which say nothing of how these converge.
/// </summary>
internal sealed class PlainIterations
{
    private readonly ModelSetup setup;
    private readonly DensityStep step;
    private readonly PotentialAssembly assembly;
    private readonly ForceResidual forces = new();
    private readonly int threads;

    /// <summary>Prepares the grids.</summary>
    public PlainIterations(ModelSetup setup, ModelAccuracy accuracy, int threads)
    {
        (this.setup, this.threads) = (setup, threads);
        step = new(setup.Groups, accuracy, threads);
        assembly = new(setup, threads);
    }

    /// <summary>What an iteration leads to.</summary>
    /// <param name="Number">Counts from 1.</param>
    /// <param name="Residual">Largest relative change of the force, as <see cref="IterationReport.Residual"/>.</param>
    /// <param name="Potential">The potential of all densities.</param>
    /// <param name="Components">Every component's share, found when it is asked for.</param>
    public sealed record Iterate(int Number, double Residual, Potential Potential, Lazy<IReadOnlyList<ComponentResult>> Components);

    /// <summary>Iterations from the initial potential, as many as are asked for.</summary>
    public IEnumerable<Iterate> Run(CancellationToken cancellation)
    {
        Potential potential = setup.InitialPotential;
        FocalDistances? focal = null;
        for (int number = 1; ; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            focal = new(potential, Galaxy.FocalGrid, focal, threads);
            List<GridDensity> densities = step.Densities(step.LogDensities(potential, focal, cancellation));
            Potential updated = assembly.Solve(densities);
            double residual = ForceResidual.Largest(forces.Between(potential, updated));
            potential = updated;
            yield return new(number, residual, potential, new(() => Components(densities)));
        }
    }

    private ComponentResult[] Components(List<GridDensity> densities)
    {
        ComponentResult[] results = new ComponentResult[densities.Count + setup.Statics.Count];
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            GalaxyComponent component = i < densities.Count ? densities[i].Component : setup.Statics[i - densities.Count];
            results[i] = i < densities.Count
                ? new(component, densities[i].Density, assembly.Solve([densities[i]], withStatics: false))
                : new(component, component.StaticDensity!, assembly.OfStatic(component));
        });
        return results;
    }
}
