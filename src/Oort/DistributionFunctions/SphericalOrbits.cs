namespace Oort.DistributionFunctions;

/// <summary>Energies of orbits in a spherical potential from their actions. An energy is given by x = ln r where Phi = E.</summary>
internal sealed class SphericalOrbits(SphericalPotential potential)
{
    private const double Tolerance = 1e-11;
    private const int Iterations = 60;

    private static readonly (double Fraction, double Weight)[] Rule = DoubleExponential();

    /// <summary>x of the circular orbit's radius, L^2 = G M r.</summary>
    public double CircularRadius(double L)
    {
        double low = potential.Nodes[0], high = potential.Nodes[^1], target = 2 * Math.Log(L);
        return Root(x => Math.Log(potential.Gradient(x).Slope) + 2 * x - target, low, high);
    }

    /// <summary>x of the energy of the circular orbit of angular momentum L.</summary>
    public double Circular(double L)
    {
        double x = CircularRadius(L);
        (double phi, double slope) = potential.At(x);
        return OfEnergy(phi + 0.5 * slope, x);
    }

    /// <summary>x of the orbit with radial action Jr > 0 and angular momentum L >= 0; <paramref name="x"/> is of an energy not above its own.</summary>
    public double Energy(double Jr, double L, double x)
    {
        for (int i = 0; i < Iterations; i++)
        {
            (double phi, double slope) = potential.At(x);
            (double action, double period) = Radial(phi, L, x);
            double change = Math.Clamp((Jr - action) / (slope * period), -0.3, 0.5);
            x += change;
            if (Math.Abs(change) < Tolerance)
            {
                return x;
            }
        }

        throw new NumericalException(FormattableString.Invariant($"QuasiSpherical: no orbit of the actions Jr = {Jr:G4}, L = {L:G4} kpc km/s was found"));
    }

    /// <summary>The radial action of energy E = Phi(x), and its derivative by E.</summary>
    public (double Action, double Period) Radial(double E, double L, double x)
    {
        double outer = x, inner = double.NegativeInfinity;
        if (L > 0)
        {
            double middle = Math.Min(CircularRadius(L), x);
            outer = Root(t => E - potential.Phi(t) - 0.5 * L * L * Math.Exp(-2 * t), x, middle);
            double far = middle;
            // The pericentre is beyond where the centrifugal term alone outweighs E - Phi(0).
            double near = Math.Min(middle, Math.Log(L) - 0.5 * Math.Log(2 * E) - 1e-9);
            inner = Root(t => E - potential.Phi(Math.Max(t, potential.Nodes[0])) - 0.5 * L * L * Math.Exp(-2 * t), near, far);
        }

        double from = Math.Exp(inner), width = Math.Exp(outer) - from, action = 0, period = 0;
        foreach ((double fraction, double weight) in Rule)
        {
            double r = from + width * fraction, square = 2 * (E - potential.Phi(Math.Max(Math.Log(r), potential.Nodes[0]))) - L * L / (r * r);
            if (square > 0)
            {
                double speed = Math.Sqrt(square);
                action += weight * speed;
                period += weight / speed;
            }
        }

        return (action * width / Math.PI, period * width / Math.PI);
    }

    private double OfEnergy(double E, double above)
    {
        double x = above;
        for (int i = 0; i < Iterations; i++)
        {
            (double phi, double slope) = potential.At(x);
            double change = Math.Clamp((E - phi) / slope, -0.5, 0.5);
            x += change;
            if (Math.Abs(change) < Tolerance)
            {
                break;
            }
        }

        return x;
    }

    /// <summary>Root between a and b by regula falsi (Illinois): f(a) and f(b) differ in sign, or one of them is nearly the root.</summary>
    private static double Root(Func<double, double> f, double a, double b)
    {
        double fa = f(a), fb = f(b);
        if (fa * fb > 0)
        {
            return Math.Abs(fa) < Math.Abs(fb) ? a : b;
        }

        for (int i = 0; i < 200 && Math.Abs(b - a) > 1e-13 * Math.Max(1, Math.Abs(b)) && fb != 0; i++)
        {
            double c = b - fb * (b - a) / (fb - fa), fc = f(c);
            (a, fa) = fc * fb < 0 ? (b, fb) : (a, 0.5 * fa);
            (b, fb) = (c, fc);
        }

        return b;
    }

    /// <summary>Double-exponential rule on (0, 1): whatever the powers at the ends.</summary>
    private static (double, double)[] DoubleExponential()
    {
        const double step = 1.0 / 12;
        const int half = 40;
        (double, double)[] nodes = new (double, double)[2 * half + 1];
        for (int i = -half; i <= half; i++)
        {
            double t = i * step, s = Math.PI * Math.Sinh(t);
            double fraction = 1 / (1 + Math.Exp(-s)), rest = 1 / (1 + Math.Exp(s));
            nodes[i + half] = (fraction, step * Math.PI * Math.Cosh(t) * fraction * rest);
        }

        return nodes;
    }
}
