using Oort.Inference.Sampling;

namespace Oort.Tests.Inference.Sampling;

/// <summary>
/// Holds a sampler against a density of which all is known. It begins far off, and after some steps its means, covariances and marginal distributions have to be those of the density within what
/// a chain of this length allows; that has to be little.
/// </summary>
internal static class SamplerHarness
{
    /// <summary>Largest deviations in standard errors that pass. With 1711 covariances in 58 dimensions, 4.5 comes by chance once in 90; the errors themselves are known to 20 to 40 %, as chains of 20 to 130 autocorrelation times let them be.</summary>
    public const double Bound = 5;

    /// <summary>Least probability of a Kolmogorov-Smirnov distance that passes.</summary>
    public const double LeastProbability = 1e-4;

    /// <summary>Runs a chain and compares.</summary>
    public static Verdict Run(EnsembleSampler sampler, ClosedFormDensity density, int walkers, int burnIn, int steps, int every = 1)
    {
        int d = density.Dimensions;
        double[] sigma = [.. Enumerable.Range(0, d).Select(density.Sigma)];
        Ensemble start = sampler.StartAround([.. density.Mean.Select((m, k) => m - 2 * sigma[k])], [.. sigma.Select(s => 0.5 * s)], walkers);
        (int I, int J)[] pairs = [.. from i in Enumerable.Range(0, d) from j in Enumerable.Range(0, i + 1) select (i, j)];
        int rows = steps / every;
        double[][] means = [.. Enumerable.Range(0, d).Select(_ => new double[rows])], products = [.. pairs.Select(_ => new double[rows])];
        List<double[]>[] scores = [.. Enumerable.Range(0, rows).Select(_ => new List<double[]>())];
        int row = 0, accepted = 0;
        foreach (Ensemble e in sampler.Steps(start).Take(burnIn + steps))
        {
            if (e.Number <= burnIn)
            {
                continue;
            }

            accepted += e.Accepted.Count(a => a);
            if (e.Number % every != 0 || row == rows)
            {
                continue;
            }

            double[] t = new double[d];
            foreach (double[] x in e.Positions)
            {
                for (int k = 0; k < d; k++)
                {
                    t[k] = (x[k] - density.Mean[k]) / sigma[k];
                    means[k][row] += t[k] / walkers;
                }

                for (int i = 0, p = 0; i < d; i++)
                {
                    for (int j = 0; j <= i; j++, p++)
                    {
                        products[p][row] += t[i] * t[j] / walkers;
                    }
                }
            }

            scores[row++] = [.. e.Positions];
        }

        double[] taus = [.. means.Select(m => Autocorrelation.Time([m]))];
        double tau = taus.Max();
        (double meanDeviation, double meanError) = Worst(means, _ => 0);
        (double covarianceDeviation, double covarianceError) = Worst(products, p => density.Covariance[pairs[p].I, pairs[p].J] / (sigma[pairs[p].I] * sigma[pairs[p].J]));
        double[][] drawn = [.. scores.Where((_, r) => r % Math.Max(1, (int)Math.Ceiling(tau)) == 0).SelectMany(s => s.Select(density.Scores))];
        double probability = Enumerable.Range(0, d).Min(k => KolmogorovSmirnov([.. drawn.Select(s => s[k])]));
        return new(meanDeviation, meanError, covarianceDeviation, covarianceError, probability, tau * every, accepted / (double)(walkers * steps), rows / taus.Average());
    }

    /// <summary>Largest deviation of a series' mean from what is expected, in standard errors, and the largest standard error.</summary>
    private static (double Deviation, double Error) Worst(double[][] series, Func<int, double> expected)
    {
        (double worst, double largest) = (0, 0);
        for (int i = 0; i < series.Length; i++)
        {
            double mean = series[i].Average(), variance = series[i].Average(x => (x - mean) * (x - mean));
            double error = Math.Sqrt(variance * Autocorrelation.Time([series[i]]) / series[i].Length);
            (worst, largest) = (Math.Max(worst, Math.Abs(mean - expected(i)) / error), Math.Max(largest, error));
        }

        return (worst, largest);
    }

    /// <summary>The probability that numbers even between 0 and 1 have at least this largest distance from their distribution (Press et al. 2007, section 6.14.12).</summary>
    public static double KolmogorovSmirnov(double[] scores)
    {
        Array.Sort(scores);
        double distance = 0, n = scores.Length;
        for (int i = 0; i < scores.Length; i++)
        {
            distance = Math.Max(distance, Math.Max(scores[i] - i / n, (i + 1) / n - scores[i]));
        }

        double z = distance * (Math.Sqrt(n) + 0.12 + 0.11 / Math.Sqrt(n)), sum = 0;
        if (z < 0.3)
        {
            return 1;
        }

        for (int k = 1; k < 100; k++)
        {
            sum += 2 * (k % 2 == 1 ? 1 : -1) * Math.Exp(-2.0 * k * k * z * z);
        }

        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>What a comparison has found.</summary>
    /// <param name="MeanDeviation">Largest deviation of a mean, in its standard errors.</param>
    /// <param name="MeanError">Largest standard error of a mean, in standard deviations of the density.</param>
    /// <param name="CovarianceDeviation">Largest deviation of a covariance, in its standard errors.</param>
    /// <param name="CovarianceError">Largest standard error of a covariance, in standard deviations of the density.</param>
    /// <param name="Probability">Of the largest Kolmogorov-Smirnov distance of all marginal distributions.</param>
    /// <param name="Time">Largest autocorrelation time of the walkers' mean, in steps.</param>
    /// <param name="Acceptance">Part of the proposals that were accepted.</param>
    /// <param name="Times">Length of the chain in mean autocorrelation times.</param>
    public readonly record struct Verdict(
        double MeanDeviation, double MeanError, double CovarianceDeviation, double CovarianceError, double Probability, double Time, double Acceptance, double Times)
    {
        public bool IsExact => MeanDeviation < Bound && CovarianceDeviation < Bound && Probability > LeastProbability;

        /// <summary>Whether errors that matter would have been seen.</summary>
        public bool IsSharp(double mean, double covariance) => MeanError < mean && CovarianceError < covariance && Times > 20;
    }
}
