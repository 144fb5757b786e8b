namespace Oort.Surveys;

/// <summary>
/// How the histograms of regions are found from stars with errors (Sun et al. 2025, section 3.1): every measurement is perturbed by its error many times, the results are pooled, and as
/// many as there are stars are drawn from the pool with replacement, many times; p is the median over these samples and its error their standard deviation.
/// </summary>
/// <remarks>
/// The pool is the limit of infinitely many perturbations: each star's share of a cell is the integral of its normal distribution over the cell. The
/// paper's 1000 perturbations a star scatter about that with at most 1/1000 of the variance that the drawing of the samples has. Numbers in cells of a sample drawn from a pool are
/// multinomial, so they are drawn as such, without drawing stars.
/// </remarks>
public sealed record ErrorResampling
{
    /// <summary>Number of samples drawn from the pool.</summary>
    public int Resamples { get; init; } = 1000;

    /// <summary>Names the random numbers: the same seed, the same histograms.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Error of line-of-sight velocities, km/s, where the catalogue has none; null for no value.</summary>
    public double? LineOfSightVelocityError { get; init; }

    /// <summary>Error of proper motions in right ascension, mas/yr, where the catalogue has none; null for no value.</summary>
    public double? PmRaError { get; init; }

    /// <summary>Error of proper motions in declination, mas/yr, where the catalogue has none; null for no value.</summary>
    public double? PmDecError { get; init; }

    internal double? ErrorOf(string quantity) => quantity switch { "vlos" => LineOfSightVelocityError, "pmra" => PmRaError, _ => PmDecError };

    /// <summary>The histogram that the samples give.</summary>
    /// <param name="plain">The histogram of the stars as they are; its counts stay.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="stream">Names the random numbers beside the seed.</param>
    internal Histogram Resample(Histogram plain, StarPool pool, ReadOnlySpan<ulong> stream)
    {
        double[] probability = pool.CellProbabilities(plain.Edges), p = new double[probability.Length], error = new double[probability.Length];
        int[][] drawn = [.. probability.Select(_ => new int[Resamples])];
        Numerics.Xoshiro256 random = new([Seed, .. stream]);
        for (int s = 0; s < Resamples; s++)
        {
            // Cell after cell, from what the cells before have left over.
            double restProbability = 1;
            int rest = pool.Count;
            for (int c = 0; c < probability.Length && rest > 0; c++)
            {
                drawn[c][s] = (int)Numerics.BinomialDraw.Next(ref random, rest, Math.Clamp(probability[c] / restProbability, 0, 1));
                rest -= drawn[c][s];
                restProbability = Math.Max(restProbability - probability[c], double.Epsilon);
            }
        }

        for (int c = 0; c < p.Length; c++)
        {
            int[] n = drawn[c];
            Array.Sort(n);
            double unit = pool.Count * (plain.Edges[c + 1] - plain.Edges[c]), mean = n.Average();
            p[c] = 0.5 * (n[(n.Length - 1) / 2] + n[n.Length / 2]) / unit;
            error[c] = Math.Sqrt(n.Sum(x => (x - mean) * (x - mean)) / Math.Max(1, n.Length - 1)) / unit;
        }

        return plain with { P = p, Error = error };
    }
}
