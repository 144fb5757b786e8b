using Oort.Potentials;

namespace Oort.Models;

/// <summary>Components whose densities are found on the same grid.</summary>
/// <param name="Name">Name of the group, as in the model file.</param>
/// <param name="Members">Components with distribution functions.</param>
/// <param name="Grid">The grid.</param>
public sealed record ComponentGroup(string Name, IReadOnlyList<GalaxyComponent> Members, DensityGrid Grid);

/// <summary>
/// All that defines a self-consistent model: components with distribution functions, static densities,
/// and a potential to start from, which the result does not depend on.
/// </summary>
/// <param name="InitialPotential">Any potential of about the right depth and shape, with an escape speed.</param>
/// <param name="Groups">Components with distribution functions, by grid.</param>
/// <param name="Statics">Components with a static density.</param>
public sealed record ModelSetup(
    Potential InitialPotential, IReadOnlyList<ComponentGroup> Groups, IReadOnlyList<GalaxyComponent> Statics)
{
    /// <summary>All components, in the order of the groups, static ones last.</summary>
    public IEnumerable<GalaxyComponent> Components => Groups.SelectMany(g => g.Members).Concat(Statics);
}

/// <summary>How a model is solved.</summary>
public sealed record SolverSettings
{
    /// <summary>Largest relative change of the force that counts as converged.</summary>
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>Iterations on the full grids after which the search ends, converged or not.</summary>
    public int MaxIterations { get; init; } = 40;

    /// <summary>Threads to use; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Accuracy of the velocity integrals of the iterations.</summary>
    public ModelAccuracy Accuracy { get; init; } = ModelAccuracy.Densities;

    /// <summary>Accuracy of the solved galaxy's moments and velocity distributions.</summary>
    public ModelAccuracy MomentAccuracy { get; init; } = ModelAccuracy.Default;

    /// <summary>How many earlier iterations the accelerated step draws on; 0 is the plain fixed-point iteration.</summary>
    public int AccelerationDepth { get; init; } = 5;

    /// <summary>Whether most steps are taken on coarse grids: the result is the same within the tolerance.</summary>
    internal bool UsesCoarseGrids { get; init; } = true;
}

/// <summary>What is known after an iteration on the full grids.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="Residual">
/// Largest |F_new - F| / |F| of the unaccelerated step, over R 0.2-100 kpc at z = 0, 1 and 3 kpc.
/// </param>
/// <param name="Seconds">Time since the start.</param>
/// <param name="CoarseSteps">Steps on coarse grids, each a tenth of the cost, that led to the potential of this iteration.</param>
public readonly record struct IterationReport(int Number, double Residual, double Seconds, int CoarseSteps);
