using System.Numerics;
using System.Runtime.CompilerServices;

namespace Oort.Numerics;

/// <summary>Elementary functions on hardware vectors that the runtime does not offer.</summary>
internal static partial class VectorMath
{
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

    /// <summary>
    /// sin(pi c / 2) for 0 &lt;= c &lt;= 1, to 3e-16 relative: c times a polynomial of degree 8 in c^2, the interpolant
    /// at the Chebyshev nodes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> SinHalfPi(Vector<double> c)
    {
        Vector<double> t = c * c;
        Vector<double> p = new(5.87297574479995e-12);
        p = Vector.FusedMultiplyAdd(p, t, new(-6.684416831856085e-10));
        p = Vector.FusedMultiplyAdd(p, t, new(5.6921364280986254e-08));
        p = Vector.FusedMultiplyAdd(p, t, new(-3.5988430204672576e-06));
        p = Vector.FusedMultiplyAdd(p, t, new(0.0001604411847130916));
        p = Vector.FusedMultiplyAdd(p, t, new(-0.004681754135304255));
        p = Vector.FusedMultiplyAdd(p, t, new(0.07969262624616565));
        p = Vector.FusedMultiplyAdd(p, t, new(-0.6459640975062462));
        p = Vector.FusedMultiplyAdd(p, t, new(1.5707963267948966));
        return p * c;
    }

    /// <summary>
    /// tanh(x) to 3e-16 absolute (not relative: meant for 1 + a tanh x), exactly -1 and 1 at minus and plus infinity.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Tanh(Vector<double> x)
        => Vector<double>.One - new Vector<double>(2) / (Exp(x + x) + Vector<double>.One);

    /// <summary>The larger of <paramref name="bound"/> and x; a NaN in x stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> AtLeast(double bound, Vector<double> x) => Vector.MaxNative(new Vector<double>(bound), x);

    /// <summary>The smaller of <paramref name="bound"/> and x; a NaN in x stays NaN.</summary>
    // The native minimum and maximum return their second operand when either is NaN, hence the order.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> AtMost(double bound, Vector<double> x) => Vector.MinNative(new Vector<double>(bound), x);
}
