namespace Oort.Potentials;

/// <summary>
/// One radial function f(r) beyond an end of its grid: psi = f inside, psi = (r/r_end) f outside, continues as
/// psi = v + D ((r/r_end)^s - 1)/s, so that value, slope and logarithmic slope of the slope go on.
/// This is exact for power-law densities: cores (s = 2), cusps, finite masses (s below 0), and NFW halos (s = 0).
/// </summary>
internal readonly struct MultipoleTail(double value, double slope, double exponent, bool outer, double offset)
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
            return new(v, s * v, s, outer, 0);
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
        return new(v, outer && noise ? 0 : slope, s, outer, outer ? offset : 0);
    }

    /// <summary>Second derivative of f in ln r at the end of the grid.</summary>
    public double SecondAtEnd => Evaluate(0).Second;

    /// <summary>f and its first two derivatives in ln r at ln(r/r_end) = <paramref name="y"/>.</summary>
    public (double Value, double First, double Second) Evaluate(double y)
    {
        double sy = exponent * y;
        double grown, integral;
        if (Math.Abs(sy) < 1e-3)
        {
            double ratio = 1 + sy * (0.5 + sy * (1 / 6.0 + sy * (1 / 24.0 + sy / 120)));
            (grown, integral) = (1 + sy * ratio, y * ratio);
        }
        else
        {
            grown = Math.Exp(sy);
            integral = (grown - 1) / exponent;
        }

        double psi = value + slope * integral, psi1 = slope * grown, psi2 = psi1 * exponent;
        if (!outer)
        {
            return (psi, psi1, psi2);
        }

        double shrink = Math.Exp(-y);
        return (psi * shrink - offset, (psi1 - psi) * shrink, (psi2 - 2 * psi1 + psi) * shrink);
    }
}
