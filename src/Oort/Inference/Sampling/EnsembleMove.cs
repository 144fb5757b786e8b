using Oort.Numerics;

namespace Oort.Inference.Sampling;

/// <summary>
/// How a walker of an ensemble is moved: a point is proposed to it by means of other walkers that stand still meanwhile. The choice depends on nothing but these, the walker and random
/// numbers, so that the density is left as it is (Goodman &amp; Weare 2010, Comm. App. Math. Comp. Sci. 5, 65, section 2).
/// </summary>
public abstract class EnsembleMove
{
    private protected EnsembleMove()
    {
    }

    /// <summary>Its name in tables.</summary>
    public abstract string Name { get; }

    /// <summary>How many walkers there have to be: for a move by means of others each half has to span all dimensions, and a snooker move needs three.</summary>
    internal virtual int LeastWalkers(int dimensions) => Math.Max(6, 2 * dimensions + 2);

    /// <summary>A point for a walker.</summary>
    /// <param name="walker">Where it is.</param>
    /// <param name="others">The walkers that stand still.</param>
    /// <param name="random">The walker's random numbers of this step.</param>
    internal abstract Proposal Propose(double[] walker, Companions others, ref Xoshiro256 random);
}

/// <summary>A point that is proposed to a walker.</summary>
/// <param name="Point">The point.</param>
/// <param name="LogFactor">Logarithm of Hastings' factor by which the ratio of densities is multiplied.</param>
internal readonly record struct Proposal(double[] Point, double LogFactor);
