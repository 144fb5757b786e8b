using MathNet.Numerics.Distributions;

namespace Oort.Inference.Sampling;

/// <summary>Whether chains agree with each other, and each one's first half with its second.</summary>
public static class ScaleReduction
{
    /// <summary>
    /// Split R-hat, rank-normalised (Vehtari et al. 2021, Bayesian Analysis 16, 667): the larger of that of the normal scores of ranks, which sees different means, and that of the scores of
    /// distances from the median, which sees different widths. 1 for chains that agree; above 1.01 they should not be trusted.
    /// </summary>
    /// <param name="chains">A walker's series each, all of one length, four steps at least; of an odd number of steps the one in the middle is left out.</param>
    /// <returns>R-hat; NaN if all are the same number.</returns>
    public static double SplitRHat(IReadOnlyList<double[]> chains)
    {
        ArgumentNullException.ThrowIfNull(chains);
        int half = Autocorrelation.Length(chains) / 2;
        if (half < 2)
        {
            throw new ArgumentException("R-hat needs four steps at least", nameof(chains));
        }

        double[][] halves = [.. chains.SelectMany(c => new[] { c[..half], c[^half..] })];
        double[] all = [.. halves.SelectMany(h => h).Order()];
        double median = all.Length % 2 == 1 ? all[all.Length / 2] : 0.5 * (all[all.Length / 2 - 1] + all[all.Length / 2]);
        return Math.Max(Ratio(NormalScores(halves)), Ratio(NormalScores([.. halves.Select(h => h.Select(x => Math.Abs(x - median)).ToArray())])));
    }

    /// <summary>The ratio of standard deviations that Gelman &amp; Rubin (1992) have: of all draws, estimated from within and between chains, to that within chains.</summary>
    private static double Ratio(double[][] chains)
    {
        int n = chains[0].Length;
        double[] means = [.. chains.Select(c => c.Average())];
        double mean = means.Average();
        double between = means.Sum(m => (m - mean) * (m - mean)) / (means.Length - 1);
        double within = chains.Select((c, i) => c.Sum(x => (x - means[i]) * (x - means[i])) / (n - 1)).Average();
        return within > 0 ? Math.Sqrt((n - 1.0) / n + between / within) : between > 0 ? double.PositiveInfinity : double.NaN;
    }

    /// <summary>Normal deviates in place of ranks; equal numbers have the mean of their ranks.</summary>
    private static double[][] NormalScores(double[][] chains)
    {
        int n = chains[0].Length, count = n * chains.Length;
        (double[] values, int[] order) = ([.. chains.SelectMany(c => c)], [.. Enumerable.Range(0, count)]);
        Array.Sort(values, order);
        double[][] scores = [.. chains.Select(_ => new double[n])];
        for (int first = 0, end; first < count; first = end)
        {
            for (end = first + 1; end < count && values[end] == values[first]; end++)
            {
            }

            double score = Normal.InvCDF(0, 1, (0.5 * (first + 1 + end) - 0.375) / (count + 0.25));
            for (int i = first; i < end; i++)
            {
                scores[order[i] / n][order[i] % n] = score;
            }
        }

        return scores;
    }
}
