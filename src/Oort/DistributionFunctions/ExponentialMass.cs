namespace Oort.DistributionFunctions;

/// <summary>
/// Total mass of <see cref="Exponential"/>. At fixed J = |Jphi| + coefJr Jr + coefJz Jz the integral over Jr is
/// elementary, for either sign of Jphi; the double-exponential rule does Jz from 0 to J/coefJz and the trapezoidal
/// rule ln J. The error is below 1e-10 (tested).
/// </summary>
internal static class ExponentialMass
{
    private static readonly (double Fraction, double Remainder, double Weight)[] vertical = DoubleExponential();

    /// <summary>Mass (Msun) for norm = 1.</summary>
    public static double ForUnitNorm(ExponentialParameters p)
    {
        const double step = 0.15;
        QExponential radial = new(p.qJr), axial = new(p.qJz);
        // Jden - addJden is 50 Jphi0 at the upper end; below the lower one J R(J) is too small to matter.
        double low = Math.Log(p.Jphi0) - 32;
        double high = Math.Log(Math.Sqrt(2500 * p.Jphi0 * p.Jphi0 + 100 * p.AddJden * p.Jphi0));
        double sum = 0;
        for (double x = low; x < high; x += step)
        {
            double J = Math.Exp(x);
            double den = double.Hypot(J, p.AddJden), vel = double.Hypot(J, p.AddJvel);
            double a = vel / (p.Jr0 * p.Jr0), b = vel / (p.Jz0 * p.Jz0);
            double section = 0;
            if (p.CoefJz == 0)
            {
                section = axial.Total * Radial(a * J, p.CoefJr, in radial);
            }
            else
            {
                double scaled = b * J / p.CoefJz;
                foreach ((double fraction, double rest, double weight) in vertical)
                {
                    section += weight * axial.Value(scaled * fraction) * Radial(a * J * rest, p.CoefJr, in radial);
                }

                section *= scaled;
            }

            sum += J * den * Math.Exp(-den / p.Jphi0) * section;
        }

        return sum * step / (p.Jphi0 * p.Jphi0);
    }

    /// <summary>
    /// Integral over x = a Jr of the radial factor, both signs of Jphi together, where |Jphi| = Y - coefJr Jr from Y down
    /// to 0. The factor's argument is x for positive Jphi and Y' + (1 - coefJr) x for negative, Y' = a Y.
    /// </summary>
    private static double Radial(double scaledY, double coefJr, in QExponential e)
    {
        if (coefJr == 0)
        {
            return e.Total + e.Beyond(scaledY);
        }

        // For negative Jphi the argument runs evenly from Y' to Y'/coefJr: length times mean value.
        double length = scaledY / coefJr;
        double from = Math.Min(scaledY, length), width = Math.Abs(length - scaledY);
        double mean = width > 1e-12 * from ? e.Between(from, width) / width : e.Value(from);
        return e.Between(0, length) + length * mean;
    }

    /// <summary>Double-exponential rule on (0, 1): nodes, one minus nodes, weights.</summary>
    private static (double, double, double)[] DoubleExponential()
    {
        const double step = 1.0 / 12;
        const int half = 42;
        (double, double, double)[] nodes = new (double, double, double)[2 * half + 1];
        for (int i = -half; i <= half; i++)
        {
            double t = i * step, s = Math.PI * Math.Sinh(t);
            double fraction = 1 / (1 + Math.Exp(-s)), rest = 1 / (1 + Math.Exp(s));
            nodes[i + half] = (fraction, rest, step * Math.PI * Math.Cosh(t) * fraction * rest);
        }

        return nodes;
    }

    /// <summary>E(x) = (1 + q x)^(-1/q), exp(-x) for q = 0, and its integrals.</summary>
    private readonly struct QExponential(double q)
    {
        /// <summary>Integral from 0 to infinity.</summary>
        public double Total => 1 / (1 - q);

        /// <summary>E(x).</summary>
        public double Value(double x) => q == 0 ? Math.Exp(-x) : Math.Exp(-LogOnePlus(q * x) / q);

        /// <summary>Integral from x to infinity.</summary>
        public double Beyond(double x) => Total * Math.Exp(-Decay(0, x));

        /// <summary>Integral from x to x + width, without cancellation.</summary>
        public double Between(double x, double width) => -Beyond(x) * ExpLess1(-Decay(x, width));

        // ln of the ratio of Beyond(x) to Beyond(x + width).
        private double Decay(double x, double width)
            => q == 0 ? width : (1 / q - 1) * LogOnePlus(q * width / (1 + q * x));
    }

    // Both after Kahan: the rounding of 1 + x cancels.
    private static double LogOnePlus(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) ? u : Math.Log(u) * (x / (u - 1));
    }

    private static double ExpLess1(double x)
    {
        double u = Math.Exp(x);
        return u == 1 ? x : u < 0.1 ? u - 1 : (u - 1) * (x / Math.Log(u));
    }
}
