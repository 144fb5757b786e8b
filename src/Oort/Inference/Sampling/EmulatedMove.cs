using Oort.Numerics;

namespace Oort.Inference.Sampling;

/// <summary>
/// A walk of many steps in an emulated density, which costs next to nothing, is one proposal for the density itself, whose decision takes out what the emulator is wrong by: delayed acceptance (Christen &amp; Fox
/// 2005, J. Comput. Graph. Stat. 14, 795) with a chain in place of a single step (Liu 2001, Monte Carlo Strategies in Scientific Computing, section 5.4.3). With a good emulator nearly all are accepted, and each is
/// nearly independent of the last.
/// </summary>
public sealed class EmulatedMove : EnsembleMove
{
    private readonly ResidualEmulator emulator;
    private readonly int steps;

    /// <summary>The move.</summary>
    /// <param name="emulator">What emulates the density.</param>
    public EmulatedMove(ResidualEmulator emulator)
        : this(emulator, emulator?.WalkLength ?? throw new ArgumentNullException(nameof(emulator)))
    {
    }

    internal EmulatedMove(ResidualEmulator emulator, int steps) => (this.emulator, this.steps) = (emulator, steps);

    /// <inheritdoc/>
    public override string Name => "emulation";

    /// <inheritdoc/>
    internal override int LeastWalkers(int dimensions) => 2;

    /// <inheritdoc/>
    internal override Proposal Propose(double[] walker, Companions others, ref Xoshiro256 random)
    {
        double[] point = emulator.Walk(walker, ref random, steps);
        return new(point, emulator.LogDensity(walker) - emulator.LogDensity(point));
    }
}
