using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Oort.Numerics;

/// <summary>Sums of products, added in an order that depends on their number alone: those of System.Numerics.Tensors depend in the last digits on the processor and on where in memory the numbers lie, and so would whatever follows from them.</summary>
internal static class ScalarProduct
{
    /// <summary>The scalar product of two vectors of one length.</summary>
    public static double Of(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        b = b[..a.Length];
        int lanes = Vector256<double>.Count, i = 0;
        (Vector256<double> first, Vector256<double> second, Vector256<double> third, Vector256<double> fourth) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        for (; i <= a.Length - 4 * lanes; i += 4 * lanes)
        {
            first = Next(a, b, i, first);
            second = Next(a, b, i + lanes, second);
            third = Next(a, b, i + 2 * lanes, third);
            fourth = Next(a, b, i + 3 * lanes, fourth);
        }

        for (; i <= a.Length - lanes; i += lanes)
        {
            first = Next(a, b, i, first);
        }

        double sum = Vector256.Sum(first + second + (third + fourth));
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Next(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int i, Vector256<double> sum) => Vector256.FusedMultiplyAdd(Vector256.Create(a[i..]), Vector256.Create(b[i..]), sum);
}
