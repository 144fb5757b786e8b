using System.Numerics;
using System.Runtime.CompilerServices;

namespace Oort.Numerics;

/// <summary>Elementary functions on hardware vectors that the runtime does not offer.</summary>
internal static class VectorMath
{
    /// <summary>
    /// exp(x), lane by lane: 0 below -707, infinite above 707. The runtime's own computes a whole vector by another
    /// algorithm when one lane is out of that range or NaN, so that a result would depend, in its last bit, on its neighbours.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Exp(Vector<double> x)
    {
        Vector<double> zero = Vector<double>.Zero;
        Vector<long> inside = Vector.LessThanOrEqual(Vector.Abs(x), new Vector<double>(707));
        Vector<double> e = Vector.Exp(Vector.ConditionalSelect(inside, x, zero));
        // x * infinity is infinite for large x and NaN for NaN.
        Vector<double> outside = Vector.ConditionalSelect(Vector.LessThan(x, zero), zero, x * new Vector<double>(double.PositiveInfinity));
        return Vector.ConditionalSelect(inside, e, outside);
    }

    /// <summary>ln(1 + x) for x > -1, accurate for small x too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Log1p(Vector<double> x)
    {
        Vector<double> u = Vector<double>.One + x;
        // First-order correction for what was lost in rounding 1 + x.
        return Vector.Log(u) - (u - Vector<double>.One - x) / u;
    }

    /// <summary>exp(x) - 1, accurate for small x too; <paramref name="exp"/> is exp(x), at hand already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Expm1(Vector<double> x, Vector<double> exp)
    {
        // Taylor series below 1/4: the first term left out is below 1e-15 of the sum.
        Vector<double> p = new Vector<double>(1 / 39916800.0) * x + new Vector<double>(1 / 3628800.0);
        p = p * x + new Vector<double>(1 / 362880.0);
        p = p * x + new Vector<double>(1 / 40320.0);
        p = p * x + new Vector<double>(1 / 5040.0);
        p = p * x + new Vector<double>(1 / 720.0);
        p = p * x + new Vector<double>(1 / 120.0);
        p = p * x + new Vector<double>(1 / 24.0);
        p = p * x + new Vector<double>(1 / 6.0);
        p = p * x + new Vector<double>(1 / 2.0);
        p = (p * x + Vector<double>.One) * x;
        return Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(x), new Vector<double>(0.25)), p, exp - Vector<double>.One);
    }

    /// <summary>x^y for x > 0; relative error about |y ln x| times the rounding unit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Pow(Vector<double> x, double y) => Exp(new Vector<double>(y) * Vector.Log(x));
}
