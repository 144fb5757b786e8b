namespace Oort.Inference.Sampling;

/// <summary>How often each move of a mixture was proposed and accepted, and what that cost. Mutable: steps are added one after another.</summary>
public sealed class MoveCounts
{
    private readonly long[] proposed, accepted;

    /// <summary>Counts of no steps.</summary>
    /// <param name="moves">The mixture.</param>
    public MoveCounts(MoveMixture moves)
    {
        ArgumentNullException.ThrowIfNull(moves);
        (Names, proposed, accepted) = ([.. moves.Moves.Select(m => m.Name)], new long[moves.Moves.Count], new long[moves.Moves.Count]);
    }

    /// <summary>Names of the moves.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How often each was proposed.</summary>
    public IReadOnlyList<long> Proposed => proposed;

    /// <summary>How often each was accepted.</summary>
    public IReadOnlyList<long> Accepted => accepted;

    /// <summary>Points at which the density was asked for.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Part of the proposals of a move that were accepted; NaN where there were none.</summary>
    /// <param name="move">Its number, from 0.</param>
    public double Fraction(int move) => proposed[move] == 0 ? double.NaN : (double)accepted[move] / proposed[move];

    /// <summary>Part of all proposals that were accepted.</summary>
    public double Fraction() => proposed.Sum() == 0 ? double.NaN : (double)accepted.Sum() / proposed.Sum();

    /// <summary>Adds a step.</summary>
    /// <param name="step">The walkers after it.</param>
    public void Add(Ensemble step)
    {
        ArgumentNullException.ThrowIfNull(step);
        Evaluations += step.Evaluations;
        for (int w = 0; w < step.Moves.Count; w++)
        {
            proposed[step.Moves[w]]++;
            accepted[step.Moves[w]] += step.Accepted[w] ? 1 : 0;
        }
    }
}
