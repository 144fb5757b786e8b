using System.Buffers.Binary;
using Oort.Inference.Sampling;

namespace Oort.Inference.Chains;

/// <summary>
/// An ensemble as bytes. <c>moved</c> has a byte for each walker: twice the number of the move that was proposed to it, and one more if it accepted; no bytes at the start. <c>state</c> has for each walker
/// that accepted, or for all in a step that is whole, its coordinates and log density, 64-bit floating-point numbers with the least byte first.
/// </summary>
internal static class StepBlob
{
    /// <summary>Every so many steps one is whole, so that a chain can be read from there.</summary>
    public const int WholeEvery = 64;

    /// <summary>Moves that can be told apart.</summary>
    public const int MostMoves = 128;

    /// <summary>Whether a step is stored whole.</summary>
    public static bool IsWhole(int number) => number % WholeEvery == 0;

    /// <summary>Moves and acceptances.</summary>
    public static byte[] Moved(Ensemble e)
    {
        byte[] moved = new byte[e.Accepted.Count];
        for (int w = 0; w < moved.Length; w++)
        {
            int move = e.Moves.Count > 0 ? e.Moves[w] : 0;
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(move, MostMoves);
            moved[w] = (byte)(2 * move + (e.Accepted[w] ? 1 : 0));
        }

        return moved;
    }

    /// <summary>Coordinates and log densities of those that accepted, or of all.</summary>
    public static byte[] State(Ensemble e, bool whole)
    {
        int[] walkers = [.. Enumerable.Range(0, e.Walkers).Where(w => whole || e.Accepted[w])];
        byte[] state = new byte[walkers.Length * Length(e.Dimensions)];
        Span<byte> rest = state;
        foreach (int w in walkers)
        {
            foreach (double x in e.Positions[w])
            {
                Put(ref rest, x);
            }

            Put(ref rest, e.LogDensities[w]);
        }

        return state;
    }

    /// <summary>The ensemble of a step.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="before">The step before it; may be null if the step is whole.</param>
    /// <param name="walkers">How many there are.</param>
    /// <param name="dimensions">How many coordinates each has.</param>
    /// <param name="moved">What <see cref="Moved"/> wrote.</param>
    /// <param name="whole">Whether the step is whole.</param>
    /// <param name="state">What <see cref="State"/> wrote.</param>
    /// <param name="evaluations">Points at which the density was asked for.</param>
    /// <exception cref="InputException">The bytes are not such.</exception>
    public static Ensemble Read(int number, Ensemble? before, int walkers, int dimensions, byte[] moved, bool whole, byte[] state, int evaluations)
    {
        bool[] accepted = [.. moved.Select(b => (b & 1) == 1)];
        int[] moves = [.. moved.Select(b => b >> 1)];
        int expected = whole ? walkers : accepted.Count(a => a);
        if ((moved.Length != walkers && (moved.Length != 0 || !whole)) || state.Length != expected * Length(dimensions) || (!whole && before?.Number != number - 1))
        {
            throw new InputException(FormattableString.Invariant($"step {number} of the chain is damaged"));
        }

        double[][] positions = before is null ? new double[walkers][] : [.. before.Positions];
        double[] logs = before is null ? new double[walkers] : [.. before.LogDensities];
        ReadOnlySpan<byte> rest = state;
        for (int w = 0; w < walkers; w++)
        {
            if (!whole && !accepted[w])
            {
                continue;
            }

            positions[w] = new double[dimensions];
            for (int i = 0; i < dimensions; i++)
            {
                positions[w][i] = Take(ref rest);
            }

            logs[w] = Take(ref rest);
        }

        return new(number, positions, logs, accepted, moves, evaluations);
    }

    private static int Length(int dimensions) => sizeof(double) * (dimensions + 1);

    private static void Put(ref Span<byte> rest, double x)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(rest, x);
        rest = rest[sizeof(double)..];
    }

    private static double Take(ref ReadOnlySpan<byte> rest)
    {
        double x = BinaryPrimitives.ReadDoubleLittleEndian(rest);
        rest = rest[sizeof(double)..];
        return x;
    }
}
