namespace Oort.Numerics;

/// <summary>
/// Draws from binomial distributions in a time that does not grow with the number of trials: by inversion where few successes are expected, else by the transformed rejection of
/// Hormann (1993, J. Stat. Comput. Simul. 46, 101), algorithm BTRS.
/// </summary>
internal static class BinomialDraw
{
    private const double FewSuccesses = 10;

    // What Stirling's formula for ln k! lacks, k up to 9.
    private static readonly double[] StirlingErrors = [.. Enumerable.Range(0, 10).Select(k => MathNet.Numerics.SpecialFunctions.FactorialLn(k) - (k + 0.5) * Math.Log(k + 1.0) + (k + 1) - 0.5 * Math.Log(2 * Math.PI))];

    /// <summary>Number of successes in <paramref name="trials"/> trials of probability <paramref name="p"/>, 0 to 1.</summary>
    public static long Next(ref Xoshiro256 random, long trials, double p)
        => p > 0.5 ? trials - Next(ref random, trials, 1 - p)
        : trials <= 0 || p <= 0 ? 0
        : trials * p < FewSuccesses ? Invert(ref random, trials, p) : Reject(ref random, trials, p);

    /// <summary>Adds up probabilities until they exceed a uniform number.</summary>
    private static long Invert(ref Xoshiro256 random, long n, double p)
    {
        double odds = p / (1 - p), probability = Math.Exp(n * Math.Log(1 - p)), u = random.Uniform();
        if (p < 1e-5)
        {
            // The logarithm to the precision that 1 - p has lost.
            probability = Math.Exp(-n * (p + 0.5 * p * p + p * p * p / 3));
        }

        long k = 0;
        while (u > probability && k < n)
        {
            u -= probability;
            probability *= odds * (n - k) / (k + 1);
            k++;
            if (probability == 0)
            {
                break;
            }
        }

        return k;
    }

    private static long Reject(ref Xoshiro256 random, long n, double p)
    {
        double q = 1 - p, ratio = p / q, spread = Math.Sqrt(n * p * q);
        double b = 1.15 + 2.53 * spread, a = -0.0873 + 0.0248 * b + 0.01 * p, centre = n * p + 0.5, quick = 0.92 - 4.2 / b, alpha = (2.83 + 5.1 / b) * spread;
        double mode = Math.Floor((n + 1) * p), atMode = double.NaN;
        while (true)
        {
            double u = random.Uniform() - 0.5, v = 1 - random.Uniform(), side = 0.5 - Math.Abs(u);
            double k = Math.Floor((2 * a / side + b) * u + centre);
            if (side >= 0.07 && v <= quick)
            {
                return (long)k;
            }

            if (!(k >= 0 && k <= n))
            {
                continue;
            }

            // The logarithm of the probability of k over that of the mode.
            if (double.IsNaN(atMode))
            {
                atMode = (mode + 0.5) * Math.Log((mode + 1) / (ratio * (n - mode + 1))) + StirlingError(mode) + StirlingError(n - mode);
            }

            double bound = atMode + (n + 1) * Math.Log((n - mode + 1) / (n - k + 1)) + (k + 0.5) * Math.Log(ratio * (n - k + 1) / (k + 1)) - StirlingError(k) - StirlingError(n - k);
            if (Math.Log(v * alpha / (a / (side * side) + b)) <= bound)
            {
                return (long)k;
            }
        }
    }

    private static double StirlingError(double k)
    {
        if (k < StirlingErrors.Length)
        {
            return StirlingErrors[(int)k];
        }

        double x = k + 1, inverse = 1 / (x * x);
        return (1.0 / 12 - (1.0 / 360 - inverse / 1260) * inverse) / x;
    }
}
