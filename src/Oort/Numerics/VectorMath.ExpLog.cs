using System.Numerics;
using System.Runtime.CompilerServices;

namespace Oort.Numerics;

internal static partial class VectorMath
{
    /// <summary>
    /// exp(x), lane by lane, to 3e-16 relative: 0 below -708, infinite above 709. The runtime's own computes a whole
    /// vector by another algorithm when one lane is out of range or NaN, so that a result would depend, in its last
    /// bit, on its neighbours; this one has no branches and no calls.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Exp(Vector<double> x)
    {
        // Adding 1.5 2^52 rounds to an integer and leaves it in the low bits.
        Vector<double> shift = new(6755399441055744.0);
        Vector<double> y = AtMost(709, AtLeast(-708, x));
        Vector<double> t = Vector.FusedMultiplyAdd(y, new(1.4426950408889634), shift);
        Vector<double> n = t - shift;
        Vector<double> r = Vector.FusedMultiplyAdd(n, new(-0.6931471803691238), y);
        r = Vector.FusedMultiplyAdd(n, new(-1.9082149292705877e-10), r);
        // |r| <= ln 2 / 2; exp(r) = 1 + r + r^2 g(r), g interpolated at Chebyshev nodes, summed in pairs.
        Vector<double> r2 = r * r, r4 = r2 * r2;
        Vector<double> a = Vector.FusedMultiplyAdd(r, new(0.16666666666666669), new(0.5000000000000001));
        Vector<double> b = Vector.FusedMultiplyAdd(r, new(0.008333333333330065), new(0.041666666666624164));
        Vector<double> c = Vector.FusedMultiplyAdd(r, new(0.00019841269863040545), new(0.0013888888917196719));
        Vector<double> d = Vector.FusedMultiplyAdd(r, new(2.7557268480310024e-06), new(2.4801521322368692e-05));
        Vector<double> e = Vector.FusedMultiplyAdd(r, new(2.5100375832561234e-08), new(2.7620075879983367e-07));
        a = Vector.FusedMultiplyAdd(b, r2, a);
        c = Vector.FusedMultiplyAdd(d, r2, c);
        c = Vector.FusedMultiplyAdd(e, r4, c);
        a = Vector.FusedMultiplyAdd(c, r4, a);
        Vector<double> p = Vector.FusedMultiplyAdd(a, r2, r) + Vector<double>.One;
        Vector<double> scale = Vector.AsVectorDouble((Vector.AsVectorInt64(t) + new Vector<long>(1023)) << 52);
        p *= scale;
        p = Vector.ConditionalSelect(Vector.LessThan(x, new(-708)), Vector<double>.Zero, p);
        return Vector.ConditionalSelect(Vector.GreaterThan(x, new(709)), new(double.PositiveInfinity), p);
    }

    /// <summary>
    /// Natural logarithm of a finite x &gt;= 0, to 3e-16 of the larger of 1 and its magnitude; minus infinity for 0
    /// and for subnormal numbers. Without branches and calls, as <see cref="Exp(Vector{double})"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Log(Vector<double> x)
    {
        const long rootHalf = 0x3fe6a09e667f3bcd;
        // x = 2^k m with m from sqrt(1/2) to sqrt(2); k comes as the low bits of a double of 2^52.
        Vector<long> bits = Vector.AsVectorInt64(x) + new Vector<long>((1023L << 52) - rootHalf);
        Vector<long> exponent = (bits >>> 52) | new Vector<long>(0x4330000000000000);
        Vector<double> k = Vector.AsVectorDouble(exponent) - new Vector<double>(4503599627370496.0 + 1023);
        Vector<double> m = Vector.AsVectorDouble((bits & new Vector<long>((1L << 52) - 1)) + new Vector<long>(rootHalf));
        // log m = 2 artanh(s), s = (m-1)/(m+1): the odd series with Chebyshev-interpolated coefficients.
        Vector<double> f = m - Vector<double>.One;
        Vector<double> s = f / (m + Vector<double>.One);
        Vector<double> z = s * s, z2 = z * z;
        Vector<double> a = Vector.FusedMultiplyAdd(z, new(0.39999999999899444), new(0.666666666666667));
        Vector<double> b = Vector.FusedMultiplyAdd(z, new(0.22222211130259878), new(0.2857142862600327));
        Vector<double> c = Vector.FusedMultiplyAdd(z, new(0.15331710618210773), new(0.18182889455674947));
        c = Vector.FusedMultiplyAdd(z2, new(0.14616585424888623), c);
        b = Vector.FusedMultiplyAdd(c, z2, b);
        a = Vector.FusedMultiplyAdd(b, z2, a);
        Vector<double> log = Vector.FusedMultiplyAdd(a * z, s, s + s);
        log = Vector.FusedMultiplyAdd(k, new(1.9082149292705877e-10), log);
        log = Vector.FusedMultiplyAdd(k, new(0.6931471803691238), log);
        // The other branch is minus infinity for 0 and NaN for NaN.
        return Vector.ConditionalSelect(
            Vector.GreaterThanOrEqual(x, new(2.2250738585072014e-308)), log, x - new Vector<double>(double.PositiveInfinity));
    }
}
