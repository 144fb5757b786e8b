using Oort.Coordinates;
using Oort.Potentials;

namespace Oort.Actions;

/// <summary>
/// The Staeckel fudge on a tabulated potential, with its fast quadratures: the cost of a star no longer depends on how complex the
/// potential is. What is interpolated is Phi(R, z), which is smooth, and not the actions, which are not: for 99 % of the orbits Jr
/// and Jz are within 2e-4 (J + 1 kpc km/s) of <see cref="StaeckelFudgeFinder"/>'s. Angles and frequencies are those of the fudge with
/// the potential itself. Immutable and safe to share between threads.
/// </summary>
public sealed class InterpolatedActionFinder : ActionFinder
{
    private const int Cells = 256;

    private readonly StaeckelFudgeFinder exact, tabulated;

    /// <summary>Tabulates the potential.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="focalDistances">Table of focal distances of this potential; made here if absent.</param>
    /// <param name="smallestHeight">Length below which the table is linear, kpc: about half the scale height of the thinnest disc.</param>
    /// <param name="threads">Threads to build with; the tables do not depend on it.</param>
    public InterpolatedActionFinder(Potential potential, FocalDistances? focalDistances = null, double smallestHeight = 0.02, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        ParameterException.Check(nameof(InterpolatedActionFinder), nameof(smallestHeight), smallestHeight, smallestHeight > 0, "> 0 (kpc)");
        focalDistances ??= new(potential, threads: threads);
        double largest = focalDistances.Circular.LargestRadius;
        exact = new(potential, focalDistances);
        tabulated = new(new TabulatedPotential(potential, smallestHeight, largest, Cells, threads), focalDistances, ActionAccuracy.Fast);
    }

    /// <inheritdoc/>
    public override void Actions(PhaseSpaceBatch stars, ActionBatch actions) => tabulated.Actions(stars, actions);

    /// <inheritdoc/>
    public override void ActionsAndAngles(PhaseSpaceBatch stars, ActionBatch actions, AngleFrequencyBatch angles)
    {
        exact.ActionsAndAngles(stars, actions, angles);
        tabulated.Actions(stars, actions);
    }
}
