using System.Diagnostics;
using Oort.Actions;
using Oort.DistributionFunctions;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Models;

/// <summary>
/// Finds the potential that a set of distribution functions and static densities jointly generate: densities in a potential,
/// the potential of the densities, and so on to a fixed point (Binney 2014; Binney &amp; Vasiliev 2023, section 4.4),
/// accelerated by Anderson mixing of ln rho at the grids' positions.
/// </summary>
public sealed class SelfConsistentModel
{
    // Below this a density, Msun/kpc^3, is as good as none; its logarithm stays finite.
    private const double Floor = 1e-30;

    // The accelerated step may move ln rho this far from the plain one.
    private const double LargestCorrection = 0.5;

    private readonly ModelSetup setup;
    private readonly SolverSettings settings;
    private readonly Group[] groups;
    private readonly PotentialAssembly assembly;

    /// <summary>Prepares the grids and what static components contribute.</summary>
    public SelfConsistentModel(ModelSetup setup, SolverSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(setup);
        this.setup = setup;
        this.settings = settings ?? new();
        if (!setup.InitialPotential.HasEscapeSpeed)
        {
            throw new InputException("the initial potential has no escape speed (Logarithmic): a model cannot start from it");
        }

        groups = [.. setup.Groups.Select(g => new Group(DensitySampling.For(g.Grid), g))];
        assembly = new(setup);
    }

    private sealed record Group(DensitySampling Sampling, ComponentGroup Definition)
    {
        public int Positions => Sampling.R.Length;

        public int Members => Definition.Members.Count;
    }

    /// <summary>Number of positions at which densities are found in each iteration.</summary>
    public int Positions => groups.Sum(g => g.Positions);

    /// <summary>Iterates to the tolerance.</summary>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="cancellation">Stops the work.</param>
    public SelfConsistentResult Solve(IProgress<IterationReport>? progress = null, CancellationToken cancellation = default)
    {
        Stopwatch clock = Stopwatch.StartNew();
        List<IterationReport> history = [];
        ForceResidual forces = new();
        AndersonMixing mixing = new(settings.AccelerationDepth, LargestCorrection);
        Potential potential = setup.InitialPotential, updated = potential;
        FocalDistances? focal = null;
        double[] logDensities = [];
        bool converged = false;
        while (!converged && history.Count < settings.MaxIterations)
        {
            cancellation.ThrowIfCancellationRequested();
            focal = new(potential, Galaxy.FocalGrid, focal, settings.Threads);
            logDensities = LogDensities(potential, focal, cancellation);
            updated = PotentialOf(logDensities);
            double[] residual = forces.Between(potential, updated);
            double largest = ForceResidual.Largest(residual);
            if (!double.IsFinite(largest))
            {
                throw new NumericalException($"iteration {history.Count + 1}: the forces are not finite; check masses and scales of the components");
            }

            IterationReport report = new(history.Count + 1, largest, clock.Elapsed.TotalSeconds);
            history.Add(report);
            progress?.Report(report);
            converged = largest <= settings.Tolerance;
            potential = converged ? updated : PotentialOf(mixing.Next(logDensities, residual));
        }

        return Result(updated, logDensities, converged, history, focal);
    }

    /// <summary>ln rho of every member of every group at its positions: groups, members, positions.</summary>
    private double[] LogDensities(Potential potential, FocalDistances focal, CancellationToken cancellation)
    {
        double[] result = new double[groups.Sum(g => g.Positions * g.Members)];
        int start = 0;
        foreach (Group group in groups)
        {
            int offset = start;
            double[] R = group.Sampling.R, z = group.Sampling.Z;
            DistributionFunction[] dfs = [.. group.Definition.Members.Select(m => m.DistributionFunction!)];
            Parallel.For(0, group.Positions, new ParallelOptions { MaxDegreeOfParallelism = settings.Threads, CancellationToken = cancellation },
                () =>
                {
                    VelocityNodes nodes = new(potential, focal, settings.Accuracy);
                    return (Nodes: nodes, Integrals: new MomentIntegrals(nodes));
                },
                (i, _, work) =>
                {
                    work.Nodes.MoveTo(R[i], z[i]);
                    for (int m = 0; m < dfs.Length; m++)
                    {
                        double rho = work.Integrals.Density(dfs[m], work.Nodes);
                        result[offset + m * R.Length + i] = Math.Log(Math.Max(rho, Floor));
                    }

                    return work;
                },
                _ => { });
            start += group.Positions * group.Members;
        }

        return result;
    }

    private Potential PotentialOf(double[] logDensities) => assembly.Solve(DensitiesOf(logDensities).Select(d => (d.Density, d.Grid)));

    private List<(GalaxyComponent Component, Density Density, DensityGrid Grid)> DensitiesOf(double[] logDensities)
    {
        List<(GalaxyComponent, Density, DensityGrid)> result = [];
        int start = 0;
        foreach (Group group in groups)
        {
            foreach (GalaxyComponent member in group.Definition.Members)
            {
                double[] rho = Array.ConvertAll(logDensities[start..(start + group.Positions)], Math.Exp);
                result.Add((member, group.Sampling.Interpolate(rho), group.Definition.Grid));
                start += group.Positions;
            }
        }

        return result;
    }

    private SelfConsistentResult Result(
        Potential potential, double[] logDensities, bool converged, List<IterationReport> history, FocalDistances? focal)
    {
        List<ComponentResult> components = [];
        foreach ((GalaxyComponent component, Density density, DensityGrid grid) in DensitiesOf(logDensities))
        {
            components.Add(new(component, density, assembly.Solve([(density, grid)], withStatics: false)));
        }

        foreach (GalaxyComponent component in setup.Statics)
        {
            components.Add(new(component, component.StaticDensity!, assembly.OfStatic(component)));
        }

        Galaxy galaxy = new(potential, [.. setup.Components], settings.MomentAccuracy,
            new FocalDistances(potential, Galaxy.FocalGrid, focal, settings.Threads), settings.Threads);
        return new(galaxy, converged, history, components);
    }
}
