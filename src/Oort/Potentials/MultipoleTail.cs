using System.Numerics;
using Oort.Numerics;

namespace Oort.Potentials;

/// <summary>
/// One radial function f(r) beyond an end of its grid: psi = f inside, psi = (r/r_end) f outside, continues as
/// psi = v + D ((r/r_end)^s - 1)/s, so that value, slope and logarithmic slope of the slope go on.
/// A <c>single</c> power has nothing else: psi = v (r/r_end)^s. This is exact for power-law densities: cores (s = 2), cusps, finite masses (s below 0), and NFW halos (s = 0).
/// </summary>
internal readonly struct MultipoleTail(double value, double slope, double exponent, bool outer, double offset, bool single)
{
    /// <summary>
    /// The tail of degree <paramref name="l"/> from values and derivatives in ln r at all nodes, <paramref name="step"/> apart.
    /// <paramref name="offset"/> is what has to be added to the values to make them tend to zero at infinity.
    /// </summary>
    public static MultipoleTail Make(int l, ReadOnlySpan<double> values, ReadOnlySpan<double> slopes, double step, bool outer, double offset)
    {
        double v = values[outer ? ^1 : 0], slope = slopes[outer ? ^1 : 0], s;
        if (l > 0)
        {
            // A single power; where the logarithmic slope makes no sense, the one of the vacuum.
            slope += outer ? v : 0;
            s = slope / v;
            bool allowed = outer ? s > -l - 3 && s < 0.95 : s > 0 && s < l + 3;
            s = allowed ? s : outer ? -l : l;
            return new(v, s * v, s, outer, 0, true);
        }

        // psi' is the mass inside over r, or what the mass outside adds to it: nearly a power of r, so its logarithm is differenced.
        Span<double> logarithms = stackalloc double[4];
        for (int i = 0; i < 4; i++)
        {
            int node = outer ? values.Length - 1 - i : i;
            logarithms[i] = node < 0 || node >= values.Length ? double.NaN
                : Math.Log(Math.Abs(slopes[node] + (outer ? values[node] + offset : 0))) - (outer ? i * step : 0);
        }

        if (outer)
        {
            v += offset;
            slope += v;
        }

        // Too small to be told from rounding: a core inside, nothing outside.
        bool noise = Math.Abs(slope) < 1e-12 * (Math.Abs(v) + Math.Abs(offset)) && (outer || Math.Abs(slope) < 1e-16 * Math.Abs(offset));
        s = (-11 * logarithms[0] + 18 * logarithms[1] - 9 * logarithms[2] + 2 * logarithms[3]) / (outer ? -6 * step : 6 * step);
        s = noise || !double.IsFinite(s) ? (outer ? -1 : 2) : outer ? Math.Clamp(s, -20, 0.95) : Math.Clamp(s, -0.95, 6);
        return new(v, outer && noise ? 0 : slope, s, outer, outer ? offset : 0, false);
    }

    /// <summary>Second derivative of f in ln r at the end of the grid.</summary>
    public double SecondAtEnd => slope * exponent + (outer ? value - 2 * slope : 0);

    /// <summary>f'' + f', the Laplacian times r^2 of a monopole, at the end of the grid.</summary>
    public double Laplacian => slope * (exponent + 1);

    /// <summary>f at the end of the grid where it is a quadratic function of the coordinates, else 0.</summary>
    public double Quadratic => Math.Abs(exponent - 2) < 0.02 ? value : 0;

    /// <summary>f and its first two derivatives in ln r at ln(r/r_end) = <paramref name="y"/>.</summary>
    public void Evaluate(Vector<double> y, out Vector<double> f, out Vector<double> first, out Vector<double> second)
    {
        Vector<double> sy = new Vector<double>(exponent) * y, grown = VectorMath.Exp(sy);
        Vector<double> psi;
        if (single)
        {
            psi = new Vector<double>(value) * grown;
        }
        else
        {
            Vector<double> integral = exponent == 0 ? y : VectorMath.Expm1(sy, grown) / new Vector<double>(exponent);
            psi = Vector.FusedMultiplyAdd(new(slope), integral, new(value));
        }

        Vector<double> psi1 = new Vector<double>(slope) * grown, psi2 = new Vector<double>(exponent) * psi1;
        if (!outer)
        {
            (f, first, second) = (psi, psi1, psi2);
            return;
        }

        Vector<double> shrink = VectorMath.Exp(-y);
        (f, first, second) = (psi * shrink - new Vector<double>(offset), (psi1 - psi) * shrink, (psi2 - psi1 - psi1 + psi) * shrink);
    }
}
