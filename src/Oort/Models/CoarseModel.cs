using Oort.Actions;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Models;

/// <summary>
/// The same model on coarse grids and with a coarse rule for velocities, at a tenth of the cost. A correction, found where
/// both are known, is added to its ln rho, so that it has the fixed point of the full model although it is coarse: the full
/// approximation scheme of multigrid methods (Brandt 1977, Math. Comp. 31, 333), with two grids. Steps of the coarse model then
/// take the place of most steps of the full one.
/// </summary>
internal sealed class CoarseModel
{
    private const int MostSteps = 20;

    // Where a density is next to nothing on one grid and nothing on the other, logarithms differ by any amount.
    private const double LargestCorrection = 3;

    private static readonly ModelAccuracy Accuracy = new(6, 6, 8, 4, 24, 8);
    private static readonly FocalDistanceSettings FocalGrid = Galaxy.FocalGrid with { Energies = 24, Momenta = 12 };

    private readonly DensityStep full, coarse;
    private readonly Func<double[], Potential> potentialOf;
    private readonly SolverSettings settings;
    private readonly ForceResidual forces = new();
    private FocalDistances? focal;

    /// <summary>Prepares the coarse grids.</summary>
    /// <param name="setup">The model.</param>
    /// <param name="settings">How it is solved.</param>
    /// <param name="full">The full step.</param>
    /// <param name="potentialOf">The potential of densities at the full step's positions.</param>
    public CoarseModel(ModelSetup setup, SolverSettings settings, DensityStep full, Func<double[], Potential> potentialOf)
    {
        (this.settings, this.full, this.potentialOf) = (settings, full, potentialOf);
        coarse = new(setup.Groups.Select(g => g with { Grid = g.Grid.Coarse() }), Accuracy, settings.Threads);
    }

    /// <summary>How many steps the latest call of <see cref="Solve"/> took.</summary>
    public int Steps { get; private set; }

    /// <summary>What has to be added to the coarse ln rho in a potential to give the full one.</summary>
    public double[] Correction(double[] logDensities, Potential potential, CancellationToken cancellation)
    {
        double[] correction = Image(potential, cancellation);
        for (int i = 0; i < correction.Length; i++)
        {
            correction[i] = Math.Clamp(logDensities[i] - correction[i], -LargestCorrection, LargestCorrection);
        }

        return correction;
    }

    /// <summary>The fixed point of the corrected coarse model.</summary>
    /// <param name="potential">Where to begin.</param>
    /// <param name="correction">The correction; empty for none.</param>
    /// <param name="first">ln rho in the potential to begin with, if the full model has found it.</param>
    /// <param name="tolerance">Largest relative change of the force that counts as converged.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="NumericalException">The coarse model has no solution, which says little of the full one.</exception>
    public Potential Solve(Potential potential, double[] correction, double[]? first, double tolerance, CancellationToken cancellation)
    {
        AndersonMixing mixing = new(settings.AccelerationDepth, SelfConsistentModel.LargestCorrection);
        double largest = double.PositiveInfinity;
        for (Steps = 0; Steps < MostSteps && largest > tolerance; Steps++)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] image = Steps == 0 && first is not null ? first : Image(potential, cancellation);
            if (image != first && correction.Length > 0)
            {
                image = [.. image.Zip(correction, (a, b) => a + b)];
            }

            Potential updated = potentialOf(image);
            double[] residual = forces.Between(potential, updated);
            largest = ForceResidual.Largest(residual);
            if (!double.IsFinite(largest))
            {
                throw new NumericalException("the forces of the coarse model are not finite");
            }

            double[] mixed = mixing.Next(image, residual);
            potential = Steps == 0 ? updated : potentialOf(mixed);
        }

        return potential;
    }

    private double[] Image(Potential potential, CancellationToken cancellation)
    {
        focal = new(potential, FocalGrid, focal, settings.Threads);
        return full.LogarithmsOf(coarse.Densities(coarse.LogDensities(potential, focal, cancellation)));
    }
}
