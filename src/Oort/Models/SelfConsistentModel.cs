using System.Diagnostics;
using Oort.Actions;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Models;

/// <summary>
/// Finds the potential that a set of distribution functions and static densities jointly generate: densities in a potential,
/// the potential of the densities, and so on to a fixed point (Binney 2014; Binney &amp; Vasiliev 2023, section 4.4).
/// Most steps are taken on coarse grids, corrected such that they lead to the fixed point of the full ones
/// (<see cref="CoarseModel"/>); where that gains nothing, on the full ones with Anderson mixing of ln rho at the grids' positions.
/// Whether it has converged is always decided by a plain step on the full grids.
/// </summary>
public sealed class SelfConsistentModel
{
    /// <summary>The accelerated step may move ln rho this far from the plain one.</summary>
    internal const double LargestCorrection = 0.5;

    // How far the coarse model is solved: at first, from a neighbour's correction (in units of the tolerance), and later
    // (in units of the last full residual): its own error exceeds that.
    private const double FirstGoal = 1e-3, NeighbourGoal = 0.2, LaterGoal = 0.03;

    // A full residual that falls by less from one iteration to the next shows that the coarse grids do not see what matters.
    private const double LeastGain = 0.5;

    private readonly ModelSetup setup;
    private readonly SolverSettings settings;
    private readonly DensityStep full;
    private readonly CoarseModel coarse;
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

        full = new(setup.Groups, this.settings.Accuracy, this.settings.Threads);
        coarse = new(setup, this.settings, full, PotentialOf);
        assembly = new(setup, this.settings.Threads);
    }

    /// <summary>Number of positions at which densities are found in each iteration.</summary>
    public int Positions => full.Positions;

    /// <summary>Iterates to the tolerance, from the initial potential.</summary>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="cancellation">Stops the work.</param>
    public SelfConsistentResult Solve(IProgress<IterationReport>? progress = null, CancellationToken cancellation = default)
        => Iterate(new(setup.InitialPotential, null, []), progress, cancellation);

    /// <summary>
    /// Iterates to the tolerance, from the solution of a model like this one: a third of the time, or less, where parameters differ by some per
    /// cent. From the same neighbour it always comes to the same bytes; from another one, or from the initial potential, to a result
    /// within the tolerance of these.
    /// </summary>
    /// <param name="neighbour">
    /// The solution of a model with other parameters; its components and grids may be others too, which only takes longer.
    /// </param>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="cancellation">Stops the work.</param>
    public SelfConsistentResult SolveFrom(
        SelfConsistentResult neighbour, IProgress<IterationReport>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(neighbour);
        double[] correction = neighbour.Continuation is { } known && known.Fits(setup.Groups) ? known.Correction.Value : [];
        return Iterate(new(neighbour.Galaxy.Potential, neighbour.Galaxy.FocalDistances, correction), progress, cancellation);
    }

    private sealed record Start(Potential Potential, FocalDistances? Focal, double[] Correction);

    private SelfConsistentResult Iterate(Start start, IProgress<IterationReport>? progress, CancellationToken cancellation)
    {
        if (settings.UsesCoarseGrids && full.Count > 0)
        {
            try
            {
                return Iterate(start, true, progress, cancellation);
            }
            catch (Exception e) when (e is NumericalException or InputException)
            {
                // Coarse grids may lead where the full ones would not: without them, once more.
            }
        }

        return Iterate(start, false, progress, cancellation);
    }

    private SelfConsistentResult Iterate(Start start, bool useCoarse, IProgress<IterationReport>? progress, CancellationToken cancellation)
    {
        (Potential potential, FocalDistances? focal, double[] correction) = start;
        Stopwatch clock = Stopwatch.StartNew();
        List<IterationReport> history = [];
        ForceResidual forces = new();
        AndersonMixing mixing = new(settings.AccelerationDepth, LargestCorrection);
        bool converged = false;
        double goal = correction.Length > 0 ? NeighbourGoal * settings.Tolerance : FirstGoal, largest = double.PositiveInfinity;
        double[]? logDensities = null, mixed = null;
        Potential updated = potential;
        while (!converged && history.Count < settings.MaxIterations)
        {
            cancellation.ThrowIfCancellationRequested();
            int coarseSteps = 0;
            if (useCoarse)
            {
                correction = logDensities is null ? correction : coarse.Correction(logDensities, potential, cancellation);
                potential = coarse.Solve(potential, correction, logDensities, goal, cancellation);
                coarseSteps = coarse.Steps;
            }
            else if (mixed is not null)
            {
                potential = PotentialOf(mixed);
            }

            focal = new(potential, Galaxy.FocalGrid, focal, settings.Threads);
            logDensities = full.LogDensities(potential, focal, cancellation);
            updated = PotentialOf(logDensities);
            double[] residual = forces.Between(potential, updated);
            double before = largest;
            largest = ForceResidual.Largest(residual);
            if (!double.IsFinite(largest))
            {
                throw new NumericalException($"iteration {history.Count + 1}: the forces are not finite; check masses and scales of the components");
            }

            IterationReport report = new(history.Count + 1, largest, clock.Elapsed.TotalSeconds, coarseSteps);
            history.Add(report);
            progress?.Report(report);
            converged = largest <= settings.Tolerance;
            mixed = mixing.Next(logDensities, residual);
            useCoarse &= largest < LeastGain * before;
            goal = Math.Max(NeighbourGoal * settings.Tolerance, LaterGoal * largest);
        }

        // The closure lives as long as the result: it takes along what it needs, no more.
        (double[] found, Potential foundIn) = (logDensities ?? [], potential);
        Lazy<double[]> missed = new(() => useCoarse ? coarse.Correction(found, foundIn, CancellationToken.None) : []);
        return Result(updated, found, converged, history, focal) with { Continuation = new(setup.Groups, missed) };
    }

    private Potential PotentialOf(double[] logDensities) => assembly.Solve(full.Densities(logDensities));

    private SelfConsistentResult Result(
        Potential potential, double[] logDensities, bool converged, List<IterationReport> history, FocalDistances? focal)
    {
        GridDensity[] densities = [.. full.Densities(logDensities)];
        Potential[] own = new Potential[densities.Length];
        Parallel.For(0, own.Length, new ParallelOptions { MaxDegreeOfParallelism = settings.Threads }, i => own[i] = assembly.Solve([densities[i]], withStatics: false));
        List<ComponentResult> components = [.. densities.Zip(own, (one, potential) => new ComponentResult(one.Component, one.Density, potential))];
        foreach (GalaxyComponent component in setup.Statics)
        {
            components.Add(new(component, component.StaticDensity!, assembly.OfStatic(component)));
        }

        Galaxy galaxy = new(potential, [.. setup.Components], settings.MomentAccuracy,
            new FocalDistances(potential, Galaxy.FocalGrid, focal, settings.Threads), settings.Threads);
        return new(galaxy, converged, history, components);
    }
}
