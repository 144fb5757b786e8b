using System.Globalization;
using Oort.Inference.Sampling;

namespace Oort.Inference.Chains;

/// <summary>How the posterior of a fit is sampled, and when that is enough.</summary>
public sealed record SamplingSettings
{
    /// <summary>How many walkers: even, <see cref="EnsembleSampler.LeastWalkers"/> at least.</summary>
    public required int Walkers { get; init; }

    /// <summary>When the chain ends.</summary>
    public ChainLengthSettings Length { get; init; } = new() { MostSteps = 10_000 };

    /// <summary>Names the random numbers.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Standard deviation of the walkers at the start, in steps of the parameters.</summary>
    public double Spread { get; init; } = 1;

    /// <summary>How walkers are moved.</summary>
    public MoveMixture Moves { get; init; } = MoveMixture.Default;

    /// <summary>How many walkers serve if nothing is known: four a parameter, 16 at least, a multiple of 8.</summary>
    public static int DefaultWalkers(int dimensions) => Math.Max(16, (4 * dimensions + 7) / 8 * 8);

    /// <summary>All of it on which the steps of a chain depend, by name; where it ends may change.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Inputs =>
    [
        new("number of walkers", Walkers.ToString(CultureInfo.InvariantCulture)), new("seed", Seed.ToString(CultureInfo.InvariantCulture)),
        new("spread", Spread.ToString("R", CultureInfo.InvariantCulture)),
        new("moves", string.Join(", ", Moves.Moves.Zip(Moves.Weights, (m, w) => FormattableString.Invariant($"{m.Name} {w:R}")))),
    ];
}
