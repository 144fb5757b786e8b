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
    private readonly int[] velocity;
    private readonly double[] values;
    private readonly HistogramSums sums;

    /// <summary>Counts nothing yet.</summary>
    /// <param name="bins">Spatial bins.</param>
    /// <param name="axes">Cells, of quantities out of <see cref="Quantities"/>.</param>
    /// <exception cref="InputException">A quantity is none of these.</exception>
    public HistogramCounter(SpatialBins bins, IReadOnlyList<HistogramAxis> axes)
    {
        this.bins = bins;
        velocity = [.. axes.Select(a => Quantities.ToList().IndexOf(a.Quantity) is int i and >= 0 ? i
            : throw new InputException($"{a.Quantity}: not a quantity that can be counted; there are: {string.Join(", ", Quantities)}"))];
        values = new double[velocity.Length];
        sums = new(Enumerable.Repeat(axes, bins.Count));
    }

    /// <summary>Stars counted in all bins.</summary>
    public long Stars => sums.Stars;

    /// <summary>
    /// Counts one star. One outside all bins is not counted; one whose velocity is outside a histogram's edges is, in the bin's number of
    /// stars, barycentre, mean and dispersion, but in none of the cells.
    /// </summary>
    /// <param name="star">Position and velocity in the model frame, finite; the azimuth does not matter.</param>
    /// <returns>Number of its bin, 0 for none.</returns>
    public int Add(in CylindricalPoint star)
    {
        int bin = bins.Find(star.R, star.z);
        if (bin > 0)
        {
            for (int a = 0; a < velocity.Length; a++)
            {
                values[a] = velocity[a] switch { 0 => star.vR, 1 => star.vz, _ => star.vphi };
            }

            sums.Add(bin, star.R, star.z, values);
        }

        return bin;
    }

    /// <summary>Adds what a counter of the same bins and axes has counted.</summary>
    public void Add(HistogramCounter other) => sums.Add(other.sums);

    /// <summary>The histograms of the stars counted so far.</summary>
    public HistogramSet Histograms() => sums.Histograms();
}
