using Oort.Actions;
using Oort.Potentials;

namespace Oort.Tests.Actions;

/// <summary>
/// The Staeckel fudge (Binney 2012, MNRAS 426, 1324) in rho = Delta sinh u and v, for any Lz and Delta, 0 included:
/// bisection for the turning points and the double-exponential rule between them, which copes with whatever
/// the integrand does at its ends (a square root, a barrier of vanishing width, or nothing at all).
/// </summary>
internal static class ScalarFudge
{
    // Of the rule's variable x = tanh(pi/2 sinh t): 1 + x without cancellation, and its weight.
    private static readonly (double FromLow, double FromHigh, double Weight)[] Rule = DoubleExponential(0.04, 3.2);

    /// <summary>Actions of an orbit with X = (h vm cos psi)^2 and Y = (h vm sin psi)^2 at (R, z).</summary>
    public static (double Jr, double Jz) Actions(Potential potential, double R, double z, double E, double Lz, double delta, double speed2, double cos2)
    {
        double d2 = delta * delta, r2 = R * R + z * z;
        // lambda = s + D and the other root of the confocal quadratic.
        double lambda = 0.5 * (r2 + d2 + Math.Sqrt((r2 - d2) * (r2 - d2) + 4 * d2 * R * R)), s0 = R * R * lambda / (lambda - z * z);
        double c0 = z * z / lambda, h2 = s0 + d2 * (1 - c0), X = h2 * speed2 * cos2, Y = h2 * speed2 * (1 - cos2), phi0 = potential.Phi(R, z);
        double Radial2(double rho)
        {
            double s = rho * rho, phi = potential.Phi(rho * Math.Sqrt(1 - c0), Math.Sqrt((s + d2) * c0));
            return X + 2 * (s - s0) * (E - phi0) - 2 * (s + d2 * (1 - c0)) * (phi - phi0) + d2 * Lz * Lz * (1 / s0 - 1 / s);
        }

        double Vertical2(double v)
        {
            double sin = Math.Sin(v), cos = Math.Cos(v), c = cos * cos;
            double phi = potential.Phi(Math.Sqrt(s0) * sin, Math.Sqrt(s0 + d2) * cos);
            return Y - 2 * d2 * (c - c0) * (E - phi0) - 2 * (s0 + d2 * sin * sin) * (phi - phi0) + Lz * Lz * (1 / (1 - c0) - 1 / (sin * sin));
        }

        double rho0 = Math.Sqrt(s0), v0 = Math.Acos(Math.Min(1, Math.Sqrt(c0)));
        double inner = Turn(Radial2, rho0, 0.99, 0), outer = Turn(Radial2, rho0, 1.01, double.NaN), top = Turn(Vertical2, v0, 0.99, 0);
        double jr = Integral(rho => Math.Sqrt(Math.Max(0, Radial2(rho)) / (rho * rho + d2)), inner, rho0)
            + Integral(rho => Math.Sqrt(Math.Max(0, Radial2(rho)) / (rho * rho + d2)), rho0, outer);
        double jz = Integral(v => Math.Sqrt(Math.Max(0, Vertical2(v))), top, v0) + Integral(v => Math.Sqrt(Math.Max(0, Vertical2(v))), v0, Math.PI / 2);
        return (jr / Math.PI, 2 / Math.PI * jz);
    }

    private static double Turn(Func<double, double> square, double from, double factor, double limit)
    {
        double inside = from, outside = from * factor;
        while (square(outside) > 0)
        {
            (inside, outside) = (outside, outside * factor);
            if (outside < 1e-12 * from)
            {
                return limit;
            }
        }

        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (inside + outside);
            (inside, outside) = square(middle) > 0 ? (middle, outside) : (inside, middle);
        }

        return inside;
    }

    private static double Integral(Func<double, double> f, double a, double b)
    {
        double sum = 0, half = 0.5 * (b - a);
        foreach ((double low, double high, double weight) in Rule)
        {
            sum += weight * f(low < high ? a + half * low : b - half * high);
        }

        return half * sum;
    }

    private static (double, double, double)[] DoubleExponential(double step, double end)
    {
        List<(double, double, double)> rule = [];
        for (double t = -end; t <= end + 0.5 * step; t += step)
        {
            double y = 0.5 * Math.PI * Math.Sinh(t), e = Math.Exp(-2 * Math.Abs(y)), near = 2 * e / (1 + e), far = 2 / (1 + e);
            double weight = step * 0.5 * Math.PI * Math.Cosh(t) * near * far;
            rule.Add((t < 0 ? near : far, t < 0 ? far : near, weight));
        }

        return [.. rule];
    }
}
