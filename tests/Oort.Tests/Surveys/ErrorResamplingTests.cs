using MathNet.Numerics.Distributions;
using Oort.Numerics;
using Oort.Surveys;
using Oort.Tests.Support;

namespace Oort.Tests.Surveys;

/// <summary>The pool of perturbed stars and samples of it, beside the procedure done literally and closed forms.</summary>
public sealed class ErrorResamplingTests
{
    private static readonly HistogramAxis Axis = new("vlos", -100, 100, 10);

    /// <summary>Stars of two populations, each with an error of its own; two are exact, one is outside the edges.</summary>
    private static (double, double)[] Stars(int n, int seed)
    {
        Random random = new(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return [(-20, 0), (3, 0), (150, 7), .. Enumerable.Range(0, n - 3).Select(i => ((i % 4 == 0 ? -40 : 15) + 25 * Normal(), 2 + 8 * random.NextDouble()))];
    }

    private static Histogram Plain((double Value, double Error)[] stars)
    {
        double[] count = new double[Axis.Count];
        foreach ((double value, _) in stars)
        {
            if (Axis.Find(value) is int c and >= 0)
            {
                count[c]++;
            }
        }

        return Histogram.OfCounts(1, "vlos", Axis.Edges, count, stars.Length);
    }

    /// <summary>Section 3.1 to the letter: 1000 perturbed values a star, 1000 samples with replacement from the pool of them.</summary>
    private static (int[][] Counts, double[] Medians) Literally((double Value, double Error)[] stars, int draws, int resamples)
    {
        Xoshiro256 random = new(8);
        double[] pool = new double[stars.Length * draws];
        for (int i = 0; i < pool.Length; i += 2)
        {
            (double x, double y) = random.Normal();
            (double v, double e) = stars[i / draws];
            (pool[i], pool[i + 1]) = (v + e * x, v + e * y);
        }

        int[][] counts = [.. Enumerable.Range(0, Axis.Count).Select(_ => new int[resamples])];
        double[] medians = new double[resamples], sample = new double[stars.Length];
        for (int s = 0; s < resamples; s++)
        {
            for (int i = 0; i < sample.Length; i++)
            {
                sample[i] = pool[(int)(random.Uniform() * pool.Length)];
                if (Axis.Find(sample[i]) is int c and >= 0)
                {
                    counts[c][s]++;
                }
            }

            Array.Sort(sample);
            medians[s] = 0.5 * (sample[(sample.Length - 1) / 2] + sample[sample.Length / 2]);
        }

        return (counts, medians);
    }

    private static (double Median, double Error) MedianAndSpread(IEnumerable<double> values)
    {
        double[] v = [.. values.Order()];
        double mean = v.Average();
        return (0.5 * (v[(v.Length - 1) / 2] + v[v.Length / 2]), Math.Sqrt(v.Sum(x => (x - mean) * (x - mean)) / (v.Length - 1)));
    }

    [Theory]
    [InlineData(61)]
    [InlineData(400)]
    public void Samples_drawn_as_numbers_in_cells_are_those_of_the_literal_procedure(int n)
    {
        (double, double)[] stars = Stars(n, 1);
        const int Resamples = 1000;
        (int[][] counts, double[] medians) = Literally(stars, 1000, Resamples);
        StarPool pool = new([.. stars]);
        Histogram ours = new ErrorResampling { Resamples = Resamples }.Resample(Plain(stars), pool, [1, 0]);
        double[] share = pool.CellProbabilities(Axis.Edges);
        double unit = n * Axis.Width;
        int compared = 0;
        for (int c = 0; c < Axis.Count; c++)
        {
            // The literal counts of the cell have the distribution that ours are drawn from: binomial with the pool's share.
            Binomial exact = new(share[c], n);
            Assert.Equal(n * share[c], counts[c].Average(), 5 * Math.Sqrt(n * share[c] * (1 - share[c])) * (1 / Math.Sqrt(Resamples) + 1 / Math.Sqrt(1000)) + 1e-3);
            double chi2 = 0, rest = Resamples, restSeen = Resamples;
            int terms = 0;
            for (int k = 0; k <= n; k++)
            {
                double expected = Resamples * exact.Probability(k);
                if (expected >= 5)
                {
                    int seen = counts[c].Count(x => x == k);
                    chi2 += (seen - expected) * (seen - expected) / expected;
                    (rest, restSeen, terms) = (rest - expected, restSeen - seen, terms + 1);
                }
            }

            chi2 += rest > 1 ? (restSeen - rest) * (restSeen - rest) / rest : 0;
            Assert.True(terms < 2 || Statistics.ChiSquared(chi2, terms) > 1e-5, $"cell {c}: chi2 {chi2} of {terms}");

            // Medians and errors within what 1000 samples scatter: 4 and 2.2 per cent of an error each; a median is a whole number of stars, or a half.
            (double median, double spread) = MedianAndSpread(counts[c].Select(x => (double)x));
            Assert.Equal(median / unit, ours.P[c], (5 * 0.06 * spread + 1) / unit);
            if (n * share[c] > 2)
            {
                Assert.InRange(ours.Error[c] / (spread / unit), 0.85, 1.15);
                compared++;
            }
        }

        Assert.True(compared >= 8);
        Assert.Equal(Plain(stars).Count, ours.Count);

        // The median of all stars.
        (double expectedMedian, double expectedError) = MedianAndSpread(medians);
        (double ourMedian, double ourError) = pool.Median();
        Assert.Equal(expectedMedian, ourMedian, 0.3 * expectedError);
        Assert.InRange(ourError / expectedError, 0.87, 1.13);
    }

    [Fact]
    public void Medians_and_spreads_tend_to_those_of_the_binomial_distribution()
    {
        (double, double)[] stars = Stars(900, 2);
        StarPool pool = new([.. stars]);
        Histogram h = new ErrorResampling { Resamples = 40_000 }.Resample(Plain(stars), pool, [1]);
        double[] share = pool.CellProbabilities(Axis.Edges);
        for (int c = 0; c < Axis.Count; c++)
        {
            Assert.Equal(900 * share[c], h.P[c] * 900 * Axis.Width, 1.0);
            Assert.Equal(Math.Sqrt(900 * share[c] * (1 - share[c])), h.Error[c] * 900 * Axis.Width, 0.02 * Math.Sqrt(900 * share[c]) + 0.02);
        }
    }

    [Fact]
    public void A_pool_of_one_star_is_its_normal_distribution_and_of_exact_stars_their_histogram()
    {
        StarPool one = new([(2, 12)]);
        Normal normal = new(2, 12);
        Assert.Equal(Enumerable.Range(0, Axis.Count).Select(c => normal.CumulativeDistribution(Axis.Edges[c + 1]) - normal.CumulativeDistribution(Axis.Edges[c])), one.CellProbabilities(Axis.Edges), (x, y) => Math.Abs(x - y) < 1e-15);
        foreach (double x in new[] { -30, 0, 2, 11.5 })
        {
            Assert.Equal(normal.CumulativeDistribution(x), one.Cumulative(x), 1e-14);
        }

        // The median of one star is the star, its error that of the star.
        Assert.Equal(2, one.Median().Median, 1e-10);
        Assert.Equal(12, one.Median().Error, 1e-9);

        (double, double)[] exact = [.. new double[] { -100, -90, 5, 7, 9.999, 10, 100, 250 }.Select(v => (v, 0.0))];
        Assert.Equal(Plain(exact).Count.Select(n => n / 8), new StarPool([.. exact]).CellProbabilities(Axis.Edges));
        Assert.Equal(8.4995, new StarPool([.. exact]).Median().Median, 1e-12);
        Assert.Equal((double.NaN, double.NaN), new StarPool([]).Median());
    }

    [Fact]
    public void The_error_of_the_median_tends_to_the_closed_form()
    {
        // 1 / (2 f sqrt(N)) with the pool's density f at the median: normal of variance 30^2 + 8^2.
        const int N = 20_001;
        Normal spread = new(10, 30);
        StarPool pool = new([.. Enumerable.Range(0, N).Select(i => (spread.InverseCumulativeDistribution((i + 0.5) / N), 8.0))]);
        (double median, double error) = pool.Median();
        double sigma = Math.Sqrt(30 * 30 + 8 * 8);
        Assert.Equal(10, median, 1e-6);
        Assert.Equal(Math.Sqrt(2 * Math.PI) * sigma / (2 * Math.Sqrt(N)), error, 2e-4 * error);
    }

    [Fact]
    public void The_seed_decides_and_the_order_of_stars_does_not()
    {
        (double, double)[] stars = Stars(300, 3), turned = [.. stars.Reverse()];
        Histogram plain = Plain(stars);
        Histogram Resampled((double, double)[] s, ulong seed, ulong region) => new ErrorResampling { Seed = seed, Resamples = 100 }.Resample(plain, new([.. s]), [region]);
        Histogram first = Resampled(stars, 1, 1);
        Assert.Equal(first.P, Resampled(turned, 1, 1).P);
        Assert.Equal(first.Error, Resampled(turned, 1, 1).Error);
        Assert.NotEqual(first.Error, Resampled(stars, 2, 1).Error);
        Assert.NotEqual(first.Error, Resampled(stars, 1, 2).Error);
    }

    /// <summary>
    /// What the errors twice do to a comparison with a model: the perturbation takes neighbouring cells together, so for the true model the mean of chi-squared a cell is
    /// not 1 but the chance that two perturbed values of a star of a cell are in the same cell.
    /// </summary>
    [Fact]
    public void Resampled_histograms_scatter_less_about_the_truth_than_their_errors_say()
    {
        const int N = 1500, Trials = 400;
        const double Sigma = 35, Error = 5;
        Xoshiro256 random = new(11);
        double sumSquares = 0, sumPlain = 0, terms = 0, shiftSquares = 0;
        double[] truth = [.. Axis.Edges.Skip(1).Zip(Axis.Edges, (hi, lo) => Cdf(hi, 2) - Cdf(lo, 2))], once = [.. Axis.Edges.Skip(1).Zip(Axis.Edges, (hi, lo) => Cdf(hi, 1) - Cdf(lo, 1))];
        double[] slope = [.. Axis.Edges.Skip(1).Zip(Axis.Edges, (hi, lo) => Normal.PDF(0, Math.Sqrt(Sigma * Sigma + 2 * Error * Error), lo) - Normal.PDF(0, Math.Sqrt(Sigma * Sigma + 2 * Error * Error), hi))];
        double information = slope.Zip(truth, (d, p) => d * d / p).Sum();
        static double Cdf(double x, int times) => Normal.CDF(0, Math.Sqrt(Sigma * Sigma + times * Error * Error), x);
        for (int t = 0; t < Trials; t++)
        {
            (double, double)[] stars = new (double, double)[N];
            for (int i = 0; i < N; i++)
            {
                (double x, double y) = random.Normal();
                stars[i] = (Sigma * x + Error * y, Error);
            }

            double[] pooled = new StarPool([.. stars]).CellProbabilities(Axis.Edges);
            Histogram plain = Plain(stars);

            // The shift of the model that makes chi-squared least, to first order.
            double score = 0;
            for (int c = 0; c < pooled.Length; c++)
            {
                score += slope[c] / truth[c] * (pooled[c] - truth[c]);
                if (N * truth[c] >= 5)
                {
                    sumSquares += Math.Pow(pooled[c] - truth[c], 2) / (truth[c] * (1 - truth[c]) / N);
                    sumPlain += Math.Pow(plain.Count[c] / N - once[c], 2) / (once[c] * (1 - once[c]) / N);
                    terms++;
                }
            }

            shiftSquares += score * score / (information * information);
        }

        // Two values of a star differ by a normal deviate of sqrt(2) times the error; of stars even in a cell of width w this share remains in it.
        double a = Axis.Width / (Math.Sqrt(2) * Error), inside = 2 * Normal.CDF(0, 1, a) - 1 - 2 / a * (Normal.PDF(0, 1, 0) - Normal.PDF(0, 1, a));
        Assert.Equal(0.486, inside, 0.001);
        Assert.Equal(inside, sumSquares / terms, 0.06);
        Assert.Equal(1, sumPlain / terms, 0.06);

        // The curvature of chi-squared says 1 / (N information) for the variance of the shift, which is right but for the errors put in again.
        double expected = (Sigma * Sigma + Error * Error) / (Sigma * Sigma + 2 * Error * Error), ratio = shiftSquares / Trials * N * information;
        Assert.Equal(expected, ratio, 4 * Math.Sqrt(2.0 / Trials));
    }
}
