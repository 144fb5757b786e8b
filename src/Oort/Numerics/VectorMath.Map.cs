using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Oort.Numerics;

/// <summary>
/// A function of three variables evaluated a block of points at a time, in one loop for each stage. What it gives at a
/// point must not depend on the other points.
/// </summary>
internal interface IBlockFunction3
{
    /// <summary>Number of rows of scratch space wanted, each as long as the block.</summary>
    static abstract int Rows { get; }

    /// <summary>The function at a block of points, a multiple of <see cref="VectorMath.Block"/> of them.</summary>
    /// <param name="x">First variable.</param>
    /// <param name="y">Second variable.</param>
    /// <param name="z">Third variable.</param>
    /// <param name="result">Receives the values.</param>
    /// <param name="scratch"><see cref="Rows"/> rows of the block's length, of any content.</param>
    void Evaluate(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> z, Span<double> result, Span<double> scratch);
}

internal static partial class VectorMath
{
    // Small enough for the scratch rows of a block to stay in the first-level cache.
    private const int LongestBlock = 256;

    /// <summary>
    /// result[i] = function(x[i], y[i], z[i]) over spans of any one length, without allocation. The last, incomplete
    /// block goes through the same code on a padded copy, so that a value does not depend on its place.
    /// </summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Map<TFunction>(
        in TFunction function, ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> z, Span<double> result)
        where TFunction : struct, IBlockFunction3
    {
        int length = result.Length;
        if (x.Length != length || y.Length != length || z.Length != length)
        {
            ThrowLengths(x.Length, y.Length, z.Length, length);
        }

        Span<double> scratch = stackalloc double[TFunction.Rows * Math.Min(LongestBlock, (length + Block - 1) / Block * Block)];
        Span<double> pad = stackalloc double[4 * Block];
        int start = 0;
        while (length - start >= Block)
        {
            int count = Math.Min(LongestBlock, (length - start) / Block * Block);
            function.Evaluate(
                x.Slice(start, count), y.Slice(start, count), z.Slice(start, count), result.Slice(start, count),
                scratch[..(TFunction.Rows * count)]);
            start += count;
        }

        if (start < length)
        {
            pad.Fill(1);
            x[start..].CopyTo(pad);
            y[start..].CopyTo(pad[Block..]);
            z[start..].CopyTo(pad[(2 * Block)..]);
            function.Evaluate(
                pad[..Block], pad[Block..(2 * Block)], pad[(2 * Block)..(3 * Block)], pad[(3 * Block)..],
                scratch[..(TFunction.Rows * Block)]);
            pad.Slice(3 * Block, length - start).CopyTo(result[start..]);
        }
    }

    /// <summary>The vector that starts at element <paramref name="i"/>; the caller sees to the bounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Load(ReadOnlySpan<double> x, int i)
        => Vector.LoadUnsafe(ref MemoryMarshal.GetReference(x), (nuint)i);

    /// <summary>Writes the vector that starts at element <paramref name="i"/>; the caller sees to the bounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector<double> value, Span<double> x, int i)
        => value.StoreUnsafe(ref MemoryMarshal.GetReference(x), (nuint)i);

    private static void ThrowLengths(int x, int y, int z, int result)
        => throw new ArgumentException($"the spans of a batch must have one length, not {x}, {y}, {z} and {result}");
}
