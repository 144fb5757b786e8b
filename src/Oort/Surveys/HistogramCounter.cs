using Oort.Coordinates;

namespace Oort.Surveys;

/// <summary>
/// Counts stars in spatial bins and in histograms of their velocities. Its results are exact sums: they do not depend on the order in which
/// stars come, nor on how many counters they were given to before <see cref="Add(HistogramCounter)"/> united these. Not for several threads at once.
/// </summary>
public sealed class HistogramCounter
{
    /// <summary>Quantities that can be counted: velocities in cylindrical coordinates of the model frame, km/s.</summary>
    public static IReadOnlyList<string> Quantities { get; } = ["VR", "Vz", "Vphi"];

    private readonly SpatialBins bins;
    private readonly HistogramAxis[] axes;
    private readonly int[] velocity;
    private readonly long[] stars;
    private readonly long[][] counts;
    private readonly ExactMoments[] radius, height;
    private readonly ExactMoments[][] moments;

    /// <summary>Counts nothing yet.</summary>
    /// <param name="bins">Spatial bins.</param>
    /// <param name="axes">Cells, of quantities out of <see cref="Quantities"/>.</param>
    /// <exception cref="InputException">A quantity is none of these.</exception>
    public HistogramCounter(SpatialBins bins, IReadOnlyList<HistogramAxis> axes)
    {
        (this.bins, this.axes) = (bins, [.. axes]);
        velocity = [.. axes.Select(a => Quantities.ToList().IndexOf(a.Quantity) is int i and >= 0 ? i
            : throw new InputException($"{a.Quantity}: not a quantity that can be counted; there are: {string.Join(", ", Quantities)}"))];
        stars = new long[bins.Count];
        (radius, height) = (new ExactMoments[bins.Count], new ExactMoments[bins.Count]);
        counts = [.. axes.Select(a => new long[bins.Count * a.Count])];
        moments = [.. axes.Select(_ => new ExactMoments[bins.Count])];
    }

    /// <summary>Stars counted in all bins.</summary>
    public long Stars => stars.Sum();

    /// <summary>
    /// Counts one star. One outside all bins is not counted; one whose velocity is outside a histogram's edges is, in the bin's number of
    /// stars, barycentre, mean and dispersion, but in none of the cells.
    /// </summary>
    /// <param name="star">Position and velocity in the model frame, finite; the azimuth does not matter.</param>
    /// <returns>Number of its bin, 0 for none.</returns>
    public int Add(in CylindricalPoint star)
    {
        int bin = bins.Find(star.R, star.z);
        if (bin == 0)
        {
            return 0;
        }

        stars[bin - 1]++;
        radius[bin - 1].Add(star.R);
        height[bin - 1].Add(Math.Abs(star.z));
        for (int a = 0; a < axes.Length; a++)
        {
            double v = velocity[a] switch { 0 => star.vR, 1 => star.vz, _ => star.vphi };
            moments[a][bin - 1].Add(v);
            int cell = axes[a].Find(v);
            if (cell >= 0)
            {
                counts[a][(bin - 1) * axes[a].Count + cell]++;
            }
        }

        return bin;
    }

    /// <summary>Adds what a counter of the same bins and axes has counted.</summary>
    public void Add(HistogramCounter other)
    {
        for (int b = 0; b < stars.Length; b++)
        {
            stars[b] += other.stars[b];
            radius[b].Add(other.radius[b]);
            height[b].Add(other.height[b]);
        }

        for (int a = 0; a < axes.Length; a++)
        {
            for (int b = 0; b < stars.Length; b++)
            {
                moments[a][b].Add(other.moments[a][b]);
            }

            for (int i = 0; i < counts[a].Length; i++)
            {
                counts[a][i] += other.counts[a][i];
            }
        }
    }

    /// <summary>The histograms of the stars counted so far.</summary>
    public HistogramSet Histograms()
    {
        HistogramBin[] summaries = [.. stars.Select((n, b) => new HistogramBin(
            b + 1, n, radius[b].Mean(n), height[b].Mean(n), [.. moments.Select(m => (m[b].Mean(n), m[b].Dispersion(n)))]))];
        return new(summaries, [.. Enumerable.Range(0, bins.Count).SelectMany(b => axes.Select((axis, a) => Histogram.OfCounts(
            b + 1, axis.Quantity, axis.Edges, [.. counts[a].AsSpan(b * axis.Count, axis.Count).ToArray().Select(n => (double)n)], stars[b])))]);
    }
}
