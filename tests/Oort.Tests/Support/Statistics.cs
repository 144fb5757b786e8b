namespace Oort.Tests.Support;

/// <summary>How likely data as far from what is expected are.</summary>
internal static class Statistics
{
    /// <summary>Probability of a chi-squared of <paramref name="terms"/> independent terms above <paramref name="chi2"/>.</summary>
    public static double ChiSquared(double chi2, int terms) => 1 - MathNet.Numerics.Distributions.ChiSquared.CDF(terms, chi2);

    /// <summary>Two-sided probability of a deviation of so many standard errors.</summary>
    public static double Normal(double deviation) => 2 * MathNet.Numerics.Distributions.Normal.CDF(0, 1, -Math.Abs(deviation));

    /// <summary>
    /// Probability that the largest distance between the distribution of a sample and <paramref name="cumulative"/> is as large as it is or larger
    /// (Kolmogorov and Smirnov; Stephens' correction for finite samples).
    /// </summary>
    public static double KolmogorovSmirnov(IReadOnlyList<double> sample, Func<double, double> cumulative)
    {
        double[] sorted = [.. sample.Order()];
        double n = sorted.Length, distance = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double c = cumulative(sorted[i]);
            distance = Math.Max(distance, Math.Max(Math.Abs(c - i / n), Math.Abs((i + 1) / n - c)));
        }

        double t = distance * (Math.Sqrt(n) + 0.12 + 0.11 / Math.Sqrt(n)), sum = 0;
        for (int k = 1; k <= 100; k++)
        {
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2 * k * k * t * t);
        }

        return t < 0.2 ? 1 : Math.Clamp(sum, 0, 1);
    }
}
