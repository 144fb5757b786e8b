namespace Oort.Inference.Sampling;

/// <summary>
/// The walkers of an ensemble sampler after a step. Immutable: nobody changes the arrays. Number, positions and log densities are all that the next step depends on (with sampler, moves and
/// seed), so that a chain may be stored and go on from any of its steps.
/// </summary>
public sealed class Ensemble
{
    /// <summary>An ensemble, for instance one that was stored.</summary>
    /// <param name="number">Steps taken so far.</param>
    /// <param name="positions">Each walker's position.</param>
    /// <param name="logDensities">The log density there, finite.</param>
    /// <param name="accepted">Whether each walker accepted what was proposed to it; null if nothing was.</param>
    /// <param name="moves">Which move of the mixture was proposed to each walker; null if none was.</param>
    /// <param name="evaluations">Points at which the density was asked for in this step.</param>
    /// <exception cref="InputException">The lists are not of one length, positions have different numbers of coordinates, or a log density is not finite.</exception>
    public Ensemble(
        int number, IReadOnlyList<double[]> positions, IReadOnlyList<double> logDensities, IReadOnlyList<bool>? accepted = null, IReadOnlyList<int>? moves = null, int evaluations = 0)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(logDensities);
        int n = positions.Count;
        if (n == 0 || logDensities.Count != n || (accepted ?? []).Count is int a && a != n && a != 0 || (moves ?? []).Count is int m && m != n && m != 0
            || positions.Any(p => p.Length != positions[0].Length))
        {
            throw new InputException(FormattableString.Invariant($"step {number} of a chain: the walkers' positions, log densities, flags and moves are not of the same walkers"));
        }

        if (logDensities.ToList().FindIndex(l => !double.IsFinite(l)) is int walker and >= 0)
        {
            throw new InputException(FormattableString.Invariant($"step {number} of a chain: the log density of walker {walker + 1} is {logDensities[walker]}, not a finite number"));
        }

        (Number, Positions, LogDensities, Accepted, Moves, Evaluations) = (number, positions, logDensities, accepted ?? [], moves ?? [], evaluations);
    }

    /// <summary>Steps taken so far; 0 is the start.</summary>
    public int Number { get; }

    /// <summary>Each walker's position, in the coordinates of the density.</summary>
    public IReadOnlyList<double[]> Positions { get; }

    /// <summary>The log density at each position, finite.</summary>
    public IReadOnlyList<double> LogDensities { get; }

    /// <summary>Whether each walker accepted what was proposed to it in this step; empty at the start.</summary>
    public IReadOnlyList<bool> Accepted { get; }

    /// <summary>Which move of the mixture was proposed to each walker in this step, counted from 0; empty at the start.</summary>
    public IReadOnlyList<int> Moves { get; }

    /// <summary>Points at which the density was asked for in this step; with a screen the cheap density is not counted.</summary>
    public int Evaluations { get; }

    /// <summary>How many walkers there are.</summary>
    public int Walkers => Positions.Count;

    /// <summary>How many coordinates a position has.</summary>
    public int Dimensions => Positions[0].Length;

    /// <summary>Log densities of the screen at the positions; null where they are to be found anew.</summary>
    internal double[]? Screened { get; init; }
}
