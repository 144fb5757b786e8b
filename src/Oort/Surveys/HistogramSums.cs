namespace Oort.Surveys;

/// <summary>
/// What histograms are made of: numbers in cells, barycentres, means and dispersions of stars in bins of any kind. Exact sums, so that the order of stars does not matter. Not for
/// several threads at once.
/// </summary>
internal sealed class HistogramSums
{
    private readonly IReadOnlyList<HistogramAxis>[] axes;
    private readonly long[] stars;
    private readonly long[][][] counts;
    private readonly ExactMoments[] radius, height;
    private readonly ExactMoments[][] moments;

    /// <summary>Counts nothing yet.</summary>
    /// <param name="axes">Cells, bin by bin; all bins have the same quantities.</param>
    public HistogramSums(IEnumerable<IReadOnlyList<HistogramAxis>> axes)
    {
        this.axes = [.. axes];
        stars = new long[this.axes.Length];
        (radius, height) = (new ExactMoments[stars.Length], new ExactMoments[stars.Length]);
        counts = [.. this.axes.Select(bin => bin.Select(a => new long[a.Count]).ToArray())];
        moments = [.. this.axes.Select(bin => new ExactMoments[bin.Count])];
    }

    /// <summary>Stars counted in all bins.</summary>
    public long Stars => stars.Sum();

    /// <summary>Counts a star.</summary>
    /// <param name="bin">Number of its bin, from 1.</param>
    /// <param name="R">Cylindrical radius, kpc.</param>
    /// <param name="z">Height, kpc.</param>
    /// <param name="values">The quantities, in the order of the axes.</param>
    public void Add(int bin, double R, double z, ReadOnlySpan<double> values)
    {
        int b = bin - 1;
        stars[b]++;
        radius[b].Add(R);
        height[b].Add(Math.Abs(z));
        for (int a = 0; a < values.Length; a++)
        {
            moments[b][a].Add(values[a]);
            int cell = axes[b][a].Find(values[a]);
            if (cell >= 0)
            {
                counts[b][a][cell]++;
            }
        }
    }

    /// <summary>Adds what was counted with the same bins and axes.</summary>
    public void Add(HistogramSums other)
    {
        for (int b = 0; b < stars.Length; b++)
        {
            stars[b] += other.stars[b];
            radius[b].Add(other.radius[b]);
            height[b].Add(other.height[b]);
            for (int a = 0; a < moments[b].Length; a++)
            {
                moments[b][a].Add(other.moments[b][a]);
                for (int i = 0; i < counts[b][a].Length; i++)
                {
                    counts[b][a][i] += other.counts[b][a][i];
                }
            }
        }
    }

    /// <summary>The histograms of the stars counted so far.</summary>
    public HistogramSet Histograms()
    {
        HistogramBin[] summaries = [.. stars.Select((n, b) => new HistogramBin(
            b + 1, n, radius[b].Mean(n), height[b].Mean(n), [.. moments[b].Select(m => (m.Mean(n), m.Dispersion(n)))]))];
        return new(summaries, [.. axes.SelectMany((bin, b) => bin.Select((axis, a) => Histogram.OfCounts(
            b + 1, axis.Quantity, axis.Edges, [.. counts[b][a].Select(n => (double)n)], stars[b])))]);
    }
}
