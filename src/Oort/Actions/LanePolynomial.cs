using System.Numerics;
using System.Runtime.CompilerServices;

namespace Oort.Actions;

/// <summary>
/// Polynomials over lanes, with a multiple of four terms: even and odd powers apart, so that neither waits for the other.
/// </summary>
internal static class LanePolynomial
{
    /// <summary>The polynomial with the given coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Evaluate<TRow>(ref double coefficients, int terms, Vector<double> y)
        where TRow : ILaneRow
    {
        ref double four = ref Unsafe.Add(ref coefficients, (terms - 4) * Vector<double>.Count);
        Vector<double> square = y * y, even = TRow.At(ref four, 2), odd = TRow.At(ref four, 3);
        even = Vector.FusedMultiplyAdd(even, square, TRow.At(ref four, 0));
        odd = Vector.FusedMultiplyAdd(odd, square, TRow.At(ref four, 1));
        while (!Unsafe.AreSame(ref four, ref coefficients))
        {
            four = ref Unsafe.Subtract(ref four, 4 * Vector<double>.Count);
            even = Vector.FusedMultiplyAdd(even, square, TRow.At(ref four, 2));
            odd = Vector.FusedMultiplyAdd(odd, square, TRow.At(ref four, 3));
            even = Vector.FusedMultiplyAdd(even, square, TRow.At(ref four, 0));
            odd = Vector.FusedMultiplyAdd(odd, square, TRow.At(ref four, 1));
        }

        return Vector.FusedMultiplyAdd(odd, y, even);
    }

    /// <summary>The polynomial and its derivative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<double> Value, Vector<double> Slope) EvaluateWithSlope<TRow>(ref double coefficients, int terms, Vector<double> y)
        where TRow : ILaneRow
    {
        ref double four = ref Unsafe.Add(ref coefficients, (terms - 4) * Vector<double>.Count);
        Vector<double> square = y * y, even = TRow.At(ref four, 2), odd = TRow.At(ref four, 3), evenSlope = even, oddSlope = odd;
        even = Vector.FusedMultiplyAdd(even, square, TRow.At(ref four, 0));
        odd = Vector.FusedMultiplyAdd(odd, square, TRow.At(ref four, 1));
        while (!Unsafe.AreSame(ref four, ref coefficients))
        {
            four = ref Unsafe.Subtract(ref four, 4 * Vector<double>.Count);
            evenSlope = Vector.FusedMultiplyAdd(evenSlope, square, even);
            oddSlope = Vector.FusedMultiplyAdd(oddSlope, square, odd);
            even = Vector.FusedMultiplyAdd(even, square, TRow.At(ref four, 2));
            odd = Vector.FusedMultiplyAdd(odd, square, TRow.At(ref four, 3));
            evenSlope = Vector.FusedMultiplyAdd(evenSlope, square, even);
            oddSlope = Vector.FusedMultiplyAdd(oddSlope, square, odd);
            even = Vector.FusedMultiplyAdd(even, square, TRow.At(ref four, 0));
            odd = Vector.FusedMultiplyAdd(odd, square, TRow.At(ref four, 1));
        }

        // d/dy [E(y^2) + y O(y^2)] = 2 y (E' + y O') + O.
        Vector<double> inner = Vector.FusedMultiplyAdd(oddSlope, y, evenSlope);
        return (Vector.FusedMultiplyAdd(odd, y, even), Vector.FusedMultiplyAdd(y + y, inner, odd));
    }
}
