namespace Oort.DistributionFunctions;

/// <summary>
/// Mass of a <see cref="QuasiIsothermal"/>: at a fixed J = |Jphi| + coefJr Jr + coefJz Jz its f is an exponential of the actions, whose
/// integral over the triangle of Jr and Jz is J^2/(coefJr coefJz) times the second divided difference of exp
/// (Hermite-Genocchi); the trapezoidal rule does ln J.
/// </summary>
internal static class QuasiIsothermalMass
{
    // In place of a weight of 0: changes the mass by less than 1e-10.
    private const double LeastWeight = 1e-12, Step = 1.0 / 64;

    /// <summary>Mass, Msun.</summary>
    public static double Of(QuasiIsothermalParameters p, CircularOrbitTable table)
    {
        double r = Math.Max(p.CoefJr, LeastWeight), z = Math.Max(p.CoefJz, LeastWeight), sum = 0;
        double last = CircularOrbitTable.First + CircularOrbitTable.Cells / CircularOrbitTable.PerUnit;
        for (double x = CircularOrbitTable.First; x <= last; x += Step)
        {
            double J = Math.Exp(x);
            double radial = -table.Value(1, x) * J / r, vertical = -table.Value(2, x) * J / z, backwards = -table.Value(3, x) * J;
            sum += Math.Exp(table.Value(0, x)) * J * J * J * (DividedDifference(radial, vertical, 0) + DividedDifference(radial, vertical, backwards));
        }

        return sum * Step / (r * z) * Math.Pow(2 * Math.PI, 3);
    }

    /// <summary>The second divided difference of exp at three places that are not positive, one of which is the largest exponent.</summary>
    private static double DividedDifference(double a, double b, double c)
    {
        double low = Math.Min(a, Math.Min(b, c)), high = Math.Max(a, Math.Max(b, c)), middle = a + b + c - low - high;
        middle = Math.Clamp(middle, low, high);
        if (high - low < 1e-3)
        {
            double mean = (a + b + c) / 3, spread = (a - mean) * (a - mean) + (b - mean) * (b - mean) + (c - mean) * (c - mean);
            return 0.5 * Math.Exp(mean) * (1 + spread / 24);
        }

        return (First(high, middle) - First(middle, low)) / (high - low);
    }

    /// <summary>The first divided difference at x >= y.</summary>
    private static double First(double x, double y)
    {
        double d = x - y;
        // (1 - exp(-d))/d, by its series where the difference cancels.
        return Math.Exp(x) * (d < 1e-4 ? 1 - d / 2 * (1 - d / 3) : (1 - Math.Exp(-d)) / d);
    }
}
