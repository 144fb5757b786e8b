using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Oort.Numerics;

/// <summary>
/// Exponentials and logarithms in place over whole spans. With several in one formula, a loop for each is twice as fast
/// as one loop with all: that runs out of registers. The 512-bit versions repeat <see cref="Exp(Vector{double})"/> and
/// <see cref="Log(Vector{double})"/> operation by operation, so that the values do not depend on the hardware.
/// </summary>
internal static partial class VectorMath
{
    /// <summary>Spans given to the functions below have a multiple of this length.</summary>
    public const int Block = 8;

    /// <summary>x = exp(x) in place.</summary>
    public static void ExpInPlace(Span<double> x)
    {
        ref double r = ref MemoryMarshal.GetReference(x);
        if (Vector512.IsHardwareAccelerated)
        {
            for (int i = 0; i <= x.Length - Block; i += Block)
            {
                Exp512(Vector512.LoadUnsafe(ref r, (nuint)i)).StoreUnsafe(ref r, (nuint)i);
            }

            return;
        }

        for (int i = 0; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Exp(Vector.LoadUnsafe(ref r, (nuint)i)).StoreUnsafe(ref r, (nuint)i);
        }
    }

    /// <summary>x = ln(x) in place.</summary>
    public static void LogInPlace(Span<double> x)
    {
        ref double r = ref MemoryMarshal.GetReference(x);
        if (Vector512.IsHardwareAccelerated)
        {
            for (int i = 0; i <= x.Length - Block; i += Block)
            {
                Log512(Vector512.LoadUnsafe(ref r, (nuint)i)).StoreUnsafe(ref r, (nuint)i);
            }

            return;
        }

        for (int i = 0; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Log(Vector.LoadUnsafe(ref r, (nuint)i)).StoreUnsafe(ref r, (nuint)i);
        }
    }

    /// <summary>x = x^p in place for x &gt;= 0 and p &gt; 0; 0 at 0.</summary>
    public static void PowInPlace(Span<double> x, double p)
    {
        ref double r = ref MemoryMarshal.GetReference(x);
        if (Vector512.IsHardwareAccelerated)
        {
            for (int i = 0; i <= x.Length - Block; i += Block)
            {
                Exp512(Log512(Vector512.LoadUnsafe(ref r, (nuint)i)) * p).StoreUnsafe(ref r, (nuint)i);
            }

            return;
        }

        for (int i = 0; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Exp(Log(Vector.LoadUnsafe(ref r, (nuint)i)) * p).StoreUnsafe(ref r, (nuint)i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Exp512(Vector512<double> x)
    {
        Vector512<double> shift = Vector512.Create(6755399441055744.0);
        Vector512<double> y = Vector512.MinNative(Vector512.Create(709.0), Vector512.MaxNative(Vector512.Create(-708.0), x));
        Vector512<double> t = Vector512.FusedMultiplyAdd(y, Vector512.Create(1.4426950408889634), shift);
        Vector512<double> n = t - shift;
        Vector512<double> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.6931471803691238), y);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-1.9082149292705877e-10), r);
        Vector512<double> r2 = r * r, r4 = r2 * r2;
        Vector512<double> a = Vector512.FusedMultiplyAdd(r, Vector512.Create(0.16666666666666669), Vector512.Create(0.5000000000000001));
        Vector512<double> b = Vector512.FusedMultiplyAdd(r, Vector512.Create(0.008333333333330065), Vector512.Create(0.041666666666624164));
        Vector512<double> c = Vector512.FusedMultiplyAdd(r, Vector512.Create(0.00019841269863040545), Vector512.Create(0.0013888888917196719));
        Vector512<double> d = Vector512.FusedMultiplyAdd(r, Vector512.Create(2.7557268480310024e-06), Vector512.Create(2.4801521322368692e-05));
        Vector512<double> e = Vector512.FusedMultiplyAdd(r, Vector512.Create(2.5100375832561234e-08), Vector512.Create(2.7620075879983367e-07));
        a = Vector512.FusedMultiplyAdd(b, r2, a);
        c = Vector512.FusedMultiplyAdd(d, r2, c);
        c = Vector512.FusedMultiplyAdd(e, r4, c);
        a = Vector512.FusedMultiplyAdd(c, r4, a);
        Vector512<double> p = Vector512.FusedMultiplyAdd(a, r2, r) + Vector512<double>.One;
        Vector512<double> scale = ((t.AsInt64() + Vector512.Create(1023L)) << 52).AsDouble();
        p *= scale;
        p = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-708.0)), Vector512<double>.Zero, p);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(709.0)), Vector512.Create(double.PositiveInfinity), p);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Log512(Vector512<double> x)
    {
        const long rootHalf = 0x3fe6a09e667f3bcd;
        Vector512<long> bits = x.AsInt64() + Vector512.Create((1023L << 52) - rootHalf);
        Vector512<long> exponent = (bits >>> 52) | Vector512.Create(0x4330000000000000);
        Vector512<double> k = exponent.AsDouble() - Vector512.Create(4503599627370496.0 + 1023);
        Vector512<double> m = ((bits & Vector512.Create((1L << 52) - 1)) + Vector512.Create(rootHalf)).AsDouble();
        Vector512<double> f = m - Vector512<double>.One;
        Vector512<double> s = f / (m + Vector512<double>.One);
        Vector512<double> z = s * s, z2 = z * z;
        Vector512<double> a = Vector512.FusedMultiplyAdd(z, Vector512.Create(0.39999999999899444), Vector512.Create(0.666666666666667));
        Vector512<double> b = Vector512.FusedMultiplyAdd(z, Vector512.Create(0.22222211130259878), Vector512.Create(0.2857142862600327));
        Vector512<double> c = Vector512.FusedMultiplyAdd(z, Vector512.Create(0.15331710618210773), Vector512.Create(0.18182889455674947));
        c = Vector512.FusedMultiplyAdd(z2, Vector512.Create(0.14616585424888623), c);
        b = Vector512.FusedMultiplyAdd(c, z2, b);
        a = Vector512.FusedMultiplyAdd(b, z2, a);
        Vector512<double> log = Vector512.FusedMultiplyAdd(a * z, s, s + s);
        log = Vector512.FusedMultiplyAdd(k, Vector512.Create(1.9082149292705877e-10), log);
        log = Vector512.FusedMultiplyAdd(k, Vector512.Create(0.6931471803691238), log);
        return Vector512.ConditionalSelect(
            Vector512.GreaterThanOrEqual(x, Vector512.Create(2.2250738585072014e-308)), log, x - Vector512.Create(double.PositiveInfinity));
    }
}
