using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Oort.Numerics;

/// <summary>
/// Piecewise quintic functions of one variable with several components: every cell has its own polynomials, whose
/// coefficients lie together. A point's components are evaluated side by side, with whole vectors of coefficients and no
/// gathering, then four points are transposed into rows over points, on which all that follows is plain vector work.
/// What a point gets does not depend on the others.
/// </summary>
internal sealed class QuinticTable
{
    /// <summary>Numbers of points given to <see cref="Evaluate"/> are multiples of this.</summary>
    public const int Group = 4;

    private const int Powers = 6;
    private const int Alignment = 4;

    // Groups of four components, [power][4] each, then where needed a pair, [power][2].
    private readonly double[] coefficients;
    private readonly int stride;
    private readonly int start;

    /// <summary>A table of zeros.</summary>
    public QuinticTable(int cells, int components)
    {
        Rows = (components + 1) / 2 * 2;
        stride = Powers * Rows;
        // One cell more than there are, so that no index within the array can lead beyond it.
        coefficients = new double[(cells + 1) * stride + Alignment];
        start = Misalignment(coefficients);
    }

    /// <summary>Number of components, rounded up to an even number: rows of each order that <see cref="Evaluate"/> writes.</summary>
    public int Rows { get; }

    /// <summary>Doubles to skip so that vectors of coefficients do not straddle cache lines; a large array hardly ever moves.</summary>
    private static unsafe int Misalignment(double[] array)
    {
        fixed (double* first = array)
        {
            return (int)((32 - ((nuint)first & 31)) & 31) / sizeof(double);
        }
    }

    /// <summary>Sets one polynomial: its coefficients in powers of the place in the cell, 0 to 1.</summary>
    public void Set(int cell, int component, ReadOnlySpan<double> c)
    {
        int group = component / 4, width = Math.Min(4, Rows - 4 * group), at = start + cell * stride + Powers * 4 * group + component % 4;
        for (int k = 0; k < Powers; k++)
        {
            coefficients[at + k * width] = c[k];
        }
    }

    /// <summary>
    /// Components at a batch of points: row k holds component k, row <see cref="Rows"/> + k its derivative by the place,
    /// row 2 <see cref="Rows"/> + k half its second derivative.
    /// </summary>
    /// <param name="cell">Number of each point's cell, an integer.</param>
    /// <param name="place">Place in the cell, 0 to 1; NaN gives NaN.</param>
    /// <param name="rows">Receives the rows.</param>
    /// <param name="pitch">Distance of the rows, at least the number of points.</param>
    /// <param name="order">Highest derivative wanted, 0 to 2.</param>
    public void Evaluate(ReadOnlySpan<double> cell, ReadOnlySpan<double> place, Span<double> rows, int pitch, int order)
    {
        int points = cell.Length;
        if (points % Group != 0 || place.Length != points || points > pitch || rows.Length < (order + 1) * Rows * pitch)
        {
            throw new ArgumentException("a table needs whole groups of points and room for all rows", nameof(rows));
        }

        switch (order)
        {
            case 0:
                Evaluate<Value>(cell, place, rows, pitch);
                break;
            case 1:
                Evaluate<Slope>(cell, place, rows, pitch);
                break;
            default:
                Evaluate<Curvature>(cell, place, rows, pitch);
                break;
        }
    }

    private void Evaluate<TOrder>(ReadOnlySpan<double> cell, ReadOnlySpan<double> place, Span<double> rows, int pitch)
        where TOrder : struct, IOrder
    {
        ref double row = ref MemoryMarshal.GetReference(rows);
        ref double t = ref MemoryMarshal.GetReference(place);
        int next = Rows * pitch;
        for (int i = 0; i < cell.Length; i += Group)
        {
            ref double c0 = ref Cell(cell[i]), c1 = ref Cell(cell[i + 1]), c2 = ref Cell(cell[i + 2]), c3 = ref Cell(cell[i + 3]);
            ref double at = ref Unsafe.Add(ref row, i);
            double t0 = Unsafe.Add(ref t, i), t1 = Unsafe.Add(ref t, i + 1), t2 = Unsafe.Add(ref t, i + 2), t3 = Unsafe.Add(ref t, i + 3);
            int k = 0;
            for (; k + 4 <= Rows; k += 4)
            {
                nuint o = (nuint)(Powers * k);
                Horner<TOrder>(ref Unsafe.Add(ref c0, o), Vector256.Create(t0), out var v0, out var d0, out var s0);
                Horner<TOrder>(ref Unsafe.Add(ref c1, o), Vector256.Create(t1), out var v1, out var d1, out var s1);
                Horner<TOrder>(ref Unsafe.Add(ref c2, o), Vector256.Create(t2), out var v2, out var d2, out var s2);
                Horner<TOrder>(ref Unsafe.Add(ref c3, o), Vector256.Create(t3), out var v3, out var d3, out var s3);
                ref double to = ref Unsafe.Add(ref at, k * pitch);
                Transpose(v0, v1, v2, v3, ref to, pitch);
                if (TOrder.Value > 0)
                {
                    Transpose(d0, d1, d2, d3, ref Unsafe.Add(ref to, next), pitch);
                }

                if (TOrder.Value > 1)
                {
                    Transpose(s0, s1, s2, s3, ref Unsafe.Add(ref to, 2 * next), pitch);
                }
            }

            if (k < Rows)
            {
                nuint o = (nuint)(Powers * k);
                Horner<TOrder>(ref Unsafe.Add(ref c0, o), Vector128.Create(t0), out var v0, out var d0, out var s0);
                Horner<TOrder>(ref Unsafe.Add(ref c1, o), Vector128.Create(t1), out var v1, out var d1, out var s1);
                Horner<TOrder>(ref Unsafe.Add(ref c2, o), Vector128.Create(t2), out var v2, out var d2, out var s2);
                Horner<TOrder>(ref Unsafe.Add(ref c3, o), Vector128.Create(t3), out var v3, out var d3, out var s3);
                ref double to = ref Unsafe.Add(ref at, k * pitch);
                Transpose(v0, v1, v2, v3, ref to, pitch);
                if (TOrder.Value > 0)
                {
                    Transpose(d0, d1, d2, d3, ref Unsafe.Add(ref to, next), pitch);
                }

                if (TOrder.Value > 1)
                {
                    Transpose(s0, s1, s2, s3, ref Unsafe.Add(ref to, 2 * next), pitch);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref double Cell(double number) => ref coefficients[start + double.ConvertToIntegerNative<int>(number) * stride];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Horner<TOrder>(
        ref double c, Vector256<double> t, out Vector256<double> value, out Vector256<double> slope, out Vector256<double> half)
        where TOrder : struct, IOrder
    {
        Vector256<double> v = Vector256.LoadUnsafe(ref c, 5 * 4), d = v, s = v;
        v = Vector256.FusedMultiplyAdd(v, t, Vector256.LoadUnsafe(ref c, 4 * 4));
        if (TOrder.Value > 0)
        {
            d = Vector256.FusedMultiplyAdd(d, t, v);
        }

        v = Vector256.FusedMultiplyAdd(v, t, Vector256.LoadUnsafe(ref c, 3 * 4));
        if (TOrder.Value > 1)
        {
            s = Vector256.FusedMultiplyAdd(s, t, d);
        }

        if (TOrder.Value > 0)
        {
            d = Vector256.FusedMultiplyAdd(d, t, v);
        }

        v = Vector256.FusedMultiplyAdd(v, t, Vector256.LoadUnsafe(ref c, 2 * 4));
        if (TOrder.Value > 1)
        {
            s = Vector256.FusedMultiplyAdd(s, t, d);
        }

        if (TOrder.Value > 0)
        {
            d = Vector256.FusedMultiplyAdd(d, t, v);
        }

        v = Vector256.FusedMultiplyAdd(v, t, Vector256.LoadUnsafe(ref c, 4));
        if (TOrder.Value > 1)
        {
            s = Vector256.FusedMultiplyAdd(s, t, d);
        }

        if (TOrder.Value > 0)
        {
            d = Vector256.FusedMultiplyAdd(d, t, v);
        }

        value = Vector256.FusedMultiplyAdd(v, t, Vector256.LoadUnsafe(ref c));
        (slope, half) = (d, s);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Horner<TOrder>(
        ref double c, Vector128<double> t, out Vector128<double> value, out Vector128<double> slope, out Vector128<double> half)
        where TOrder : struct, IOrder
    {
        Vector128<double> v = Vector128.LoadUnsafe(ref c, 5 * 2), d = v, s = v;
        v = Vector128.FusedMultiplyAdd(v, t, Vector128.LoadUnsafe(ref c, 4 * 2));
        if (TOrder.Value > 0)
        {
            d = Vector128.FusedMultiplyAdd(d, t, v);
        }

        v = Vector128.FusedMultiplyAdd(v, t, Vector128.LoadUnsafe(ref c, 3 * 2));
        if (TOrder.Value > 1)
        {
            s = Vector128.FusedMultiplyAdd(s, t, d);
        }

        if (TOrder.Value > 0)
        {
            d = Vector128.FusedMultiplyAdd(d, t, v);
        }

        v = Vector128.FusedMultiplyAdd(v, t, Vector128.LoadUnsafe(ref c, 2 * 2));
        if (TOrder.Value > 1)
        {
            s = Vector128.FusedMultiplyAdd(s, t, d);
        }

        if (TOrder.Value > 0)
        {
            d = Vector128.FusedMultiplyAdd(d, t, v);
        }

        v = Vector128.FusedMultiplyAdd(v, t, Vector128.LoadUnsafe(ref c, 2));
        if (TOrder.Value > 1)
        {
            s = Vector128.FusedMultiplyAdd(s, t, d);
        }

        if (TOrder.Value > 0)
        {
            d = Vector128.FusedMultiplyAdd(d, t, v);
        }

        value = Vector128.FusedMultiplyAdd(v, t, Vector128.LoadUnsafe(ref c));
        (slope, half) = (d, s);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d, ref double to, int pitch)
    {
        if (Avx.IsSupported)
        {
            Vector256<double> ab02 = Avx.UnpackLow(a, b), ab13 = Avx.UnpackHigh(a, b), cd02 = Avx.UnpackLow(c, d), cd13 = Avx.UnpackHigh(c, d);
            Avx.Permute2x128(ab02, cd02, 0x20).StoreUnsafe(ref to);
            Avx.Permute2x128(ab13, cd13, 0x20).StoreUnsafe(ref Unsafe.Add(ref to, pitch));
            Avx.Permute2x128(ab02, cd02, 0x31).StoreUnsafe(ref Unsafe.Add(ref to, 2 * pitch));
            Avx.Permute2x128(ab13, cd13, 0x31).StoreUnsafe(ref Unsafe.Add(ref to, 3 * pitch));
            return;
        }

        for (int k = 0; k < 4; k++)
        {
            Vector256.Create(a[k], b[k], c[k], d[k]).StoreUnsafe(ref Unsafe.Add(ref to, k * pitch));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        Vector128<double> a, Vector128<double> b, Vector128<double> c, Vector128<double> d, ref double to, int pitch)
    {
        if (Sse2.IsSupported)
        {
            Vector256.Create(Sse2.UnpackLow(a, b), Sse2.UnpackLow(c, d)).StoreUnsafe(ref to);
            Vector256.Create(Sse2.UnpackHigh(a, b), Sse2.UnpackHigh(c, d)).StoreUnsafe(ref Unsafe.Add(ref to, pitch));
            return;
        }

        for (int k = 0; k < 2; k++)
        {
            Vector256.Create(a[k], b[k], c[k], d[k]).StoreUnsafe(ref Unsafe.Add(ref to, k * pitch));
        }
    }

    // The highest derivative as a type, so that each gets machine code of its own.
    private interface IOrder
    {
        static abstract int Value { get; }
    }

    private readonly struct Value : IOrder
    {
        static int IOrder.Value => 0;
    }

    private readonly struct Slope : IOrder
    {
        static int IOrder.Value => 1;
    }

    private readonly struct Curvature : IOrder
    {
        static int IOrder.Value => 2;
    }
}
