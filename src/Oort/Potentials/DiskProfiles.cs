using System.Numerics;
using System.Runtime.CompilerServices;
using Oort.Numerics;

namespace Oort.Potentials;

/// <summary>
/// Surface density of a disc, Sigma(R) = Sigma0 exp[-(R/Rd)^(1/n) - Rin/R], Msun/kpc^2, with its derivatives.
/// </summary>
internal readonly struct DiskRadialProfile(double surfaceDensity, double scaleRadius, double innerCutoffRadius, double sersicIndex)
{
    private readonly double sigma0 = surfaceDensity, overRd = 1 / scaleRadius, inner = innerCutoffRadius, power = 1 / sersicIndex;

    /// <summary>Sigma at radii that are not 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<double> Evaluate(Vector<double> r) => new Vector<double>(sigma0) * VectorMath.Exp(-Exponent(r));

    /// <summary>Sigma, Sigma' and Sigma'' at radii that are not 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Evaluate(Vector<double> r, out Vector<double> sigma, out Vector<double> first, out Vector<double> second)
    {
        Vector<double> overR = Vector<double>.One / r, x = Power(r), hole = new Vector<double>(inner) * overR;
        sigma = new Vector<double>(sigma0) * VectorMath.Exp(-x - hole);
        // d ln Sigma/dr, then its derivative.
        Vector<double> slope = (hole - new Vector<double>(power) * x) * overR;
        Vector<double> bend = -(new Vector<double>(2) * hole + new Vector<double>(power * (power - 1)) * x) * overR * overR;
        first = sigma * slope;
        second = sigma * (slope * slope + bend);
    }

    /// <summary>-ln(Sigma/Sigma0).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<double> Exponent(Vector<double> r) => inner == 0 ? Power(r) : Power(r) + new Vector<double>(inner) / r;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<double> Power(Vector<double> r)
        => power == 1 ? r * new Vector<double>(overRd) : VectorMath.Pow(r * new Vector<double>(overRd), power);
}

/// <summary>
/// Vertical profile h(z) of a disc, its integral over all z being 1, and the functions with H'' = h, H(0) = H'(0) = 0
/// (Dehnen and Binney 1998, section 2.3): exponential exp(-|z|/s)/(2 s) for a positive scale height,
/// sech^2(z/2s)/(4 s) for a negative one with s its absolute value, Dirac's delta for 0.
/// </summary>
internal readonly struct DiskVerticalProfile(double scaleHeight)
{
    private readonly double s = Math.Abs(scaleHeight), overS = scaleHeight == 0 ? 0 : 1 / Math.Abs(scaleHeight);
    private readonly int kind = Math.Sign(scaleHeight);

    /// <summary>h(z), kpc^-1; 0 for a razor-thin disc, its plane included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<double> Evaluate(Vector<double> z)
    {
        if (kind == 0)
        {
            return z * Vector<double>.Zero; // 0, or NaN where z is
        }

        Vector<double> e = VectorMath.Exp(-Vector.Abs(z) * new Vector<double>(overS));
        return kind > 0 ? new Vector<double>(0.5 * overS) * e : Sech2(e);
    }

    /// <summary>h(z) in kpc^-1, H(z) in kpc and H'(z).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Evaluate(Vector<double> z, out Vector<double> h, out Vector<double> H, out Vector<double> H1)
    {
        Vector<double> one = Vector<double>.One, half = new(0.5), absZ = Vector.Abs(z);
        if (kind == 0)
        {
            h = z * Vector<double>.Zero;
            H = half * absZ;
            Vector<double> side = Vector.ConditionalSelect(Vector.GreaterThan(z, Vector<double>.Zero), half, -half);
            H1 = Vector.ConditionalSelect(Vector.Equals(z, Vector<double>.Zero), z, side + h);
            return;
        }

        Vector<double> u = absZ * new Vector<double>(overS), e = VectorMath.Exp(-u);
        Vector<double> sign = Vector.ConditionalSelect(Vector.LessThan(z, Vector<double>.Zero), -half, half);
        if (kind > 0)
        {
            // (e^-u - 1 + u)/u^2 by its series where the difference cancels.
            Vector<double> p = new Vector<double>(-1 / 6227020800.0) * u + new Vector<double>(1 / 479001600.0);
            p = new Vector<double>(1 / 39916800.0) - p * u;
            p = new Vector<double>(1 / 3628800.0) - p * u;
            p = new Vector<double>(1 / 362880.0) - p * u;
            p = new Vector<double>(1 / 40320.0) - p * u;
            p = new Vector<double>(1 / 5040.0) - p * u;
            p = new Vector<double>(1 / 720.0) - p * u;
            p = new Vector<double>(1 / 120.0) - p * u;
            p = new Vector<double>(1 / 24.0) - p * u;
            p = new Vector<double>(1 / 6.0) - p * u;
            p = (half - p * u) * u * u;
            Vector<double> rest = Vector.ConditionalSelect(Vector.LessThan(u, half), p, e - one + u);
            h = new Vector<double>(0.5 * overS) * e;
            H = new Vector<double>(0.5 * s) * rest;
            H1 = sign * (u - rest);
        }
        else
        {
            // With w = z/2s: tanh w, and ln cosh w as -ln(1 - tanh^2 w)/2 near the plane, w + ln((1 + e^-2w)/2) away from it.
            Vector<double> t = -VectorMath.Expm1(-u, e) / (one + e);
            Vector<double> near = -half * VectorMath.Log1p(-t * t);
            Vector<double> far = half * u + Vector.Log(half + half * e);
            h = Sech2(e);
            H = new Vector<double>(s) * Vector.ConditionalSelect(Vector.LessThan(u, one), near, far);
            H1 = sign * t;
        }
    }

    // sech^2(z/2s)/(4 s) from e = exp(-|z|/s).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<double> Sech2(Vector<double> e)
    {
        Vector<double> c = Vector<double>.One / (Vector<double>.One + e);
        return new Vector<double>(overS) * e * c * c;
    }
}
