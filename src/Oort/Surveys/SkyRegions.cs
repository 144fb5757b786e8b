using Oort.Coordinates;
using Oort.Tables;

namespace Oort.Surveys;

/// <summary>
/// A region seen from the Sun: a range of Galactic longitudes, of latitudes and of distances (Sun et al. 2025, Table 1). The lower end of each range belongs to it, the upper one
/// does not, but for the poles.
/// </summary>
/// <param name="Number">From 1: the number of its bin in histograms.</param>
/// <param name="Window">Longitudes and latitudes, degrees.</param>
/// <param name="Nearest">Least distance from the Sun, kpc.</param>
/// <param name="Farthest">Largest distance, kpc.</param>
/// <param name="Group">Regions with which it is looked at together: <c>in</c>, <c>mid</c>, <c>out</c>, <c>pole</c>, <c>test</c>; may be empty.</param>
public sealed record SkyRegion(int Number, SkyWindow Window, double Nearest, double Farthest, string Group = "")
{
    /// <summary>Whether a place, degrees and kpc, is in it.</summary>
    public bool Contains(double longitude, double latitude, double distance)
    {
        double width = Window.LastLongitude - Window.FirstLongitude;
        return distance >= Nearest && distance < Farthest
            && latitude >= Window.FirstLatitude && (latitude < Window.LastLatitude || (Window.LastLatitude == 90 && latitude == 90))
            && (width >= 360 || East(longitude) < width);
    }

    /// <summary>Whether some place is in both.</summary>
    internal bool Overlaps(SkyRegion other)
        => Math.Max(Nearest, other.Nearest) < Math.Min(Farthest, other.Farthest)
            && Math.Max(Window.FirstLatitude, other.Window.FirstLatitude) < Math.Min(Window.LastLatitude, other.Window.LastLatitude)
            && (East(other.Window.FirstLongitude) < Window.LastLongitude - Window.FirstLongitude || other.East(Window.FirstLongitude) < other.Window.LastLongitude - other.Window.FirstLongitude);

    internal SkyRegion Checked()
    {
        Window.Checked();
        ParameterException.Check(nameof(SkyRegion), "nearest distance", Nearest, Nearest >= 0, ">= 0 (kpc)");
        ParameterException.Check(nameof(SkyRegion), "farthest distance", Farthest, Farthest > Nearest, "beyond the nearest (kpc)");
        return this;
    }

    private double East(double longitude)
    {
        // Just west of the first longitude it may round to 360, which is outside all the same.
        double east = longitude - Window.FirstLongitude;
        return east - 360 * Math.Floor(east / 360);
    }
}

/// <summary>
/// Regions of the sky that are the bins of histograms of what is seen: of line-of-sight velocity and proper motions (Sun et al. 2025, section 2.2). No place is in two of them.
/// </summary>
public sealed class SkyRegions
{
    private readonly SkyRegion[] regions;
    private readonly HistogramAxis[][] axes;

    /// <summary>Regions and the cells of their histograms.</summary>
    /// <param name="regions">Regions, numbered from 1 in their order.</param>
    /// <param name="axes">Cells of each region's histograms; all regions have the same quantities in the same order.</param>
    /// <exception cref="InputException">Numbers are not so, regions overlap, or quantities differ or are none of <see cref="Quantities"/>.</exception>
    public SkyRegions(IReadOnlyList<SkyRegion> regions, IReadOnlyList<IReadOnlyList<HistogramAxis>> axes)
    {
        ArgumentNullException.ThrowIfNull(regions);
        ArgumentNullException.ThrowIfNull(axes);
        (this.regions, this.axes) = ([.. regions.Select(r => r.Checked())], [.. axes.Select(a => a.ToArray())]);
        if (this.regions.Length == 0 || this.axes.Length != this.regions.Length)
        {
            throw new InputException("there must be one region at least, and as many sets of cells as regions");
        }

        for (int i = 0; i < this.regions.Length; i++)
        {
            SkyRegion region = this.regions[i];
            if (region.Number != i + 1)
            {
                throw new InputException(FormattableString.Invariant($"region {region.Number}: regions must be numbered from 1 without gaps; the next one is {i + 1}"));
            }

            if (this.regions.Take(i).FirstOrDefault(region.Overlaps) is SkyRegion other)
            {
                throw new InputException(FormattableString.Invariant($"regions {other.Number} and {region.Number} overlap"));
            }

            if (!this.axes[i].Select(a => a.Quantity).SequenceEqual(this.axes[0].Select(a => a.Quantity)))
            {
                throw new InputException(FormattableString.Invariant($"region {region.Number}: its histograms are not of the quantities of region 1"));
            }
        }

        if (this.axes[0].FirstOrDefault(a => !Quantities.Contains(a.Quantity)) is HistogramAxis unknown)
        {
            throw new InputException($"{unknown.Quantity}: not a quantity of regions of the sky; there are: {string.Join(", ", Quantities)}");
        }
    }

    /// <summary>
    /// Quantities that regions can have histograms of: line-of-sight velocity, km/s, proper motion in right ascension (times the cosine of the declination) and in declination, mas/yr.
    /// </summary>
    public static IReadOnlyList<string> Quantities { get; } = ["vlos", "pmra", "pmdec"];

    /// <summary>Number of regions.</summary>
    public int Count => regions.Length;

    /// <summary>The region of that number, from 1.</summary>
    public SkyRegion this[int number]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Count);
            return regions[number - 1];
        }
    }

    /// <summary>All regions in their order.</summary>
    public IReadOnlyList<SkyRegion> All => regions;

    /// <summary>Names of the groups in the order in which they first occur, the empty one left out.</summary>
    public IReadOnlyList<string> Groups => [.. regions.Select(r => r.Group).Where(g => g.Length > 0).Distinct()];

    /// <summary>Cells of the histograms of a region.</summary>
    /// <param name="number">Its number, from 1.</param>
    public IReadOnlyList<HistogramAxis> AxesOf(int number) => axes[this[number].Number - 1];

    /// <summary>Number of the region that holds a place, 0 where none does.</summary>
    /// <param name="longitude">Galactic longitude, degrees; any turn.</param>
    /// <param name="latitude">Galactic latitude, degrees.</param>
    /// <param name="distance">Distance from the Sun, kpc.</param>
    public int Find(double longitude, double latitude, double distance)
    {
        foreach (SkyRegion region in regions)
        {
            if (region.Contains(longitude, latitude, distance))
            {
                return region.Number;
            }
        }

        return 0;
    }

    /// <summary>The same regions with histograms of some of the quantities only.</summary>
    internal SkyRegions WithQuantities(IReadOnlyCollection<string> quantities)
        => new(regions, [.. axes.Select(a => a.Where(x => quantities.Contains(x.Quantity)).ToArray())]);
}
