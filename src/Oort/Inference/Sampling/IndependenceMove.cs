using Oort.Numerics;

namespace Oort.Inference.Sampling;

/// <summary>
/// The independence sampler (Tierney 1994, Ann. Stat. 22, 1701, section 2.3.3): points are drawn from an approximation of the density, wherever the walker is. The nearer the approximation, the more are accepted,
/// and each is a new one: with most of them accepted a chain needs a few steps where walkers that learn from each other need hundreds. It is screening by a cheap density taken to its end: a
/// proposal is what the cheap chain would have come to after very many steps (delayed acceptance; Christen &amp; Fox 2005).
/// </summary>
public sealed class IndependenceMove : EnsembleMove
{
    private readonly NormalApproximation approximation;

    /// <summary>The move.</summary>
    /// <param name="approximation">What points are drawn from, with long tails.</param>
    public IndependenceMove(NormalApproximation approximation) => this.approximation = approximation;

    /// <inheritdoc/>
    public override string Name => "independence";

    /// <inheritdoc/>
    internal override int LeastWalkers(int dimensions) => 2;

    /// <inheritdoc/>
    internal override Proposal Propose(double[] walker, Companions others, ref Xoshiro256 random)
    {
        double[] point = approximation.Draw(ref random);
        return new(point, approximation.LogDensity(walker) - approximation.LogDensity(point));
    }
}
