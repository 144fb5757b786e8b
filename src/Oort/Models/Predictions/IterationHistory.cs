using Oort.Potentials;

namespace Oort.Models.Predictions;

/// <summary>Masses inside spheres after an iteration: arrays over the radii of <see cref="IterationHistory"/>.</summary>
/// <param name="Number">Counts from 1; 0 is the initial potential, null the solved model.</param>
/// <param name="Residual">The largest relative change of the force in this iteration, as <see cref="IterationReport.Residual"/>; NaN for the initial potential and the solved model.</param>
/// <param name="CircularSpeed">Circular speed at the Sun, km/s.</param>
/// <param name="VirialMass">M200, Msun; NaN for a potential that has none.</param>
/// <param name="Total">Mass of everything, Msun.</param>
/// <param name="Components">Mass of every component, Msun, in the model's order; of the initial potential those that it names.</param>
public sealed record IterationMasses(
    int? Number, double Residual, double CircularSpeed, double VirialMass, double[] Total, IReadOnlyList<ComponentValues> Components);

/// <summary>
/// How plain iterations (Sun et al. 2025, section 3.1, steps i to v) lead from the initial potential to the self-consistent one: the mass inside spheres
/// (Figure 6), and the velocities that the distribution functions have in the initial potential (Figure 7). The solver of <see cref="SelfConsistentModel"/> takes
/// other steps to the same end, so that these are taken for the figures alone: some seconds on two cores.
/// </summary>
/// <param name="R">Radii of spheres, kpc.</param>
/// <param name="Iterations">The initial potential, iterations in their order, and the solved model.</param>
/// <param name="InitialPlane">The distribution functions in the initial potential: Figure 7, before iteration.</param>
public sealed record IterationHistory(double[] R, IReadOnlyList<IterationMasses> Iterations, MidPlane InitialPlane)
{
    /// <summary>The iterations that Figure 6 shows.</summary>
    public static IReadOnlyList<int> Shown { get; } = [1, 3, 6, 10];

    // Even in ln r from 0.5 to 300 kpc.
    private const int Radii = 60;
    private const double Smallest = 0.5, Largest = 300;

    /// <summary>Iterates.</summary>
    /// <param name="setup">The model, with the potential that it begins with.</param>
    /// <param name="solved">The same model, solved.</param>
    /// <param name="sunRadius">The Sun's distance from the centre, kpc.</param>
    /// <param name="initialParts">Parts of the initial potential, by the names of components; the initial masses of others are not known.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="progress">Told which share of the work is done.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ParameterException">The Sun's distance is not positive.</exception>
    /// <exception cref="NumericalException">The iterations go astray.</exception>
    public static IterationHistory Of(
        ModelSetup setup, SolvedGalaxy solved, double sunRadius, IReadOnlyDictionary<string, Potential>? initialParts = null,
        int? threads = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(solved);
        ParameterException.Check(nameof(IterationHistory), "R0", sunRadius, sunRadius > 0, "> 0 (kpc)");
        double[] R = [.. Enumerable.Range(0, Radii).Select(i => Smallest * Math.Pow(Largest / Smallest, i / (Radii - 1.0)))];
        GalaxyComponent[] components = [.. setup.Components];
        MidPlane plane = MidPlane.Of(new(setup.InitialPotential, components, threads: threads), cancellation);
        List<IterationMasses> all =
        [
            Masses(0, double.NaN, setup.InitialPotential,
                components.Where(c => initialParts?.ContainsKey(c.Name) ?? false).Select(c => (c, initialParts![c.Name]))),
        ];
        foreach (PlainIterations.Iterate iterate in new PlainIterations(setup, ModelAccuracy.Densities, threads ?? Environment.ProcessorCount).Run(cancellation).Take(Shown[^1]))
        {
            if (!double.IsFinite(iterate.Residual))
            {
                throw new NumericalException($"plain iteration {iterate.Number}: the forces are not finite");
            }

            if (Shown.Contains(iterate.Number))
            {
                all.Add(Masses(iterate.Number, iterate.Residual, iterate.Potential, iterate.Components.Value.Select(c => (c.Component, c.Potential))));
            }

            progress?.Report((double)iterate.Number / Shown[^1]);
        }

        all.Add(Masses(null, double.NaN, solved.Galaxy.Potential, solved.Components.Select(c => (c.Component, c.Potential))));
        return new(R, all, plane);

        IterationMasses Masses(int? number, double residual, Potential potential, IEnumerable<(GalaxyComponent Component, Potential Potential)> parts) => new(
            number, residual, Rotation.CircularSpeed(potential, sunRadius), VirialMass(potential), Within(potential),
            [.. parts.Select(p => new ComponentValues(p.Component, Within(p.Potential)))]);
        double[] Within(Potential potential) => [.. R.Select(r => EnclosedMass.Within(potential, r))];
    }

    private static double VirialMass(Potential potential)
    {
        try
        {
            return VirialSphere.Mass(potential);
        }
        catch (NumericalException)
        {
            return double.NaN;
        }
    }
}
