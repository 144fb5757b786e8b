using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Oort.Inference.Sampling;

namespace Oort.Inference.Chains;

/// <summary>How the posterior of a fit is sampled, and when that is enough.</summary>
public sealed record SamplingSettings
{
    /// <summary>How many walkers: even, <see cref="LeastWalkers"/> at least.</summary>
    public required int Walkers { get; init; }

    /// <summary>When the chain ends.</summary>
    public ChainLengthSettings Length { get; init; } = new() { MostSteps = 10_000 };

    /// <summary>Names the random numbers.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Standard deviation of the walkers at the start, in steps of the parameters.</summary>
    public double Spread { get; init; } = 1;

    /// <summary>How walkers are moved by means of each other.</summary>
    public MoveMixture Moves { get; init; } = MoveMixture.Default;

    /// <summary>How often, instead, a point is drawn from <see cref="Approximation"/>: a part of all proposals, 0 to 1.</summary>
    public double Independence { get; init; }

    /// <summary>What a search has found of the density; needed, and where walkers begin, if <see cref="Independence"/> is above 0.</summary>
    public NormalApproximation? Approximation { get; init; }

    /// <summary>How often, instead, a point is proposed by a walk in the density that <see cref="Emulator"/> knows: a part of all proposals, 0 to 1.</summary>
    public double Emulation { get; init; }

    /// <summary>What a search has made for it; needed, and where walkers begin, if <see cref="Emulation"/> is above 0.</summary>
    public ResidualEmulator? Emulator { get; init; }

    /// <summary>Whether a search has to come first.</summary>
    public bool FollowsSearch => Independence + Emulation > 0;

    /// <summary>The part of proposals that is left to <see cref="Moves"/>: none where the others add up to 1 but for rounding.</summary>
    private double Rest => 1 - Independence - Emulation is double rest and > 1e-9 ? rest : 0;

    /// <summary>Whether proposals are screened by the density in the potential of the start.</summary>
    public bool IsScreened { get; init; }

    /// <summary>All moves.</summary>
    /// <exception cref="InputException">The approximation is missing.</exception>
    public MoveMixture AllMoves
    {
        get
        {
            if (!FollowsSearch)
            {
                return Moves;
            }

            List<(EnsembleMove, double)> moves = [.. Moves.Moves.Zip(Moves.Weights, (m, w) => (m, w * Rest)).Where(m => m.Item2 > 0)];
            if (Independence > 0)
            {
                moves.Add((new IndependenceMove(Approximation ?? throw new InputException("independence needs a search that has come to its end")), Independence));
            }

            if (Emulation > 0)
            {
                moves.Add((new EmulatedMove(Emulator ?? throw new InputException("emulation needs a search that has come to its end, and whose settings want an emulator")), Emulation));
            }

            return new(moves);
        }
    }

    /// <summary>The least number of walkers: where all proposals follow from the search 2, since they do not need each other.</summary>
    public int LeastWalkers(int dimensions) => Rest == 0 ? 2 : Moves.LeastWalkers(dimensions);

    /// <summary>The same settings, with what a search has found.</summary>
    /// <param name="search">The search.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <exception cref="InputException">The search has not come to its end, or a parameter has no standard error.</exception>
    public SamplingSettings After(FitResult search, ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(search);
        ArgumentNullException.ThrowIfNull(parameters);
        if (!search.Finished)
        {
            throw new InputException("the search has not come to its end");
        }

        if (search.Errors.ToList().FindIndex(e => !double.IsFinite(e)) is int i and >= 0)
        {
            throw new InputException($"the search has left the parameter {parameters[i].Name} without a standard error: it is at a bound, or the data do not tell it");
        }

        if (Emulation > 0 && search.Emulator is null)
        {
            throw new InputException("the search has made no emulator: the data do not tell its parameters apart");
        }

        return this with { Approximation = search.Approximation, Emulator = search.Emulator };
    }

    /// <summary>How many walkers serve if nothing is known: four a parameter, 16 at least, a multiple of 8.</summary>
    public static int DefaultWalkers(int dimensions) => Math.Max(16, (4 * dimensions + 7) / 8 * 8);

    /// <summary>All of it on which the steps of a chain depend, by name; where it ends may change.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Inputs =>
    [
        new("number of walkers", Walkers.ToString(CultureInfo.InvariantCulture)), new("seed", Seed.ToString(CultureInfo.InvariantCulture)),
        new("spread", Spread.ToString("R", CultureInfo.InvariantCulture)),
        new("moves", string.Join(", ", AllMoves.Moves.Zip(AllMoves.Weights, (m, w) => FormattableString.Invariant($"{m.Name} {w:R}")))),
        .. FollowsSearch ? [new("end of the search", Fingerprint(Approximation!))] : Array.Empty<KeyValuePair<string, string>>(),
        .. Emulation > 0 ? [new("models of the emulator", Emulator!.Fingerprint)] : Array.Empty<KeyValuePair<string, string>>(),
        .. IsScreened ? [new("screen", "fixed potential")] : Array.Empty<KeyValuePair<string, string>>(),
    ];

    private static string Fingerprint(NormalApproximation approximation)
        => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<double>((double[])[.. approximation.Centre, .. approximation.Covariance.Cast<double>()])));
}
