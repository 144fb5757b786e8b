namespace Oort.Surveys;

/// <summary>
/// A rectangular grid of bins in cylindrical radius and height, as Table 2 of Binney &amp; Vasiliev (2023). Bins are numbered from 1, the
/// radius in the outermost loop, then |z|. A boundary belongs to the bin that begins there, the outermost ones of all to no bin.
/// </summary>
public sealed class SpatialBins
{
    private readonly double[] radii, heights;

    /// <summary>A grid of bins.</summary>
    /// <param name="radii">Boundaries in R, kpc, growing, not negative, two at least.</param>
    /// <param name="heights">Boundaries in |z|, kpc, growing, not negative, two at least.</param>
    /// <exception cref="InputException">They are not so.</exception>
    public SpatialBins(IEnumerable<double> radii, IEnumerable<double> heights)
    {
        (this.radii, this.heights) = ([.. radii], [.. heights]);
        Check(this.radii, "R");
        Check(this.heights, "|z|");
    }

    /// <summary>Boundaries in R, kpc.</summary>
    public IReadOnlyList<double> Radii => radii;

    /// <summary>Boundaries in |z|, kpc.</summary>
    public IReadOnlyList<double> Heights => heights;

    /// <summary>Number of bins.</summary>
    public int Count => (radii.Length - 1) * (heights.Length - 1);

    /// <summary>The bin of that number, from 1.</summary>
    public SpatialBin this[int number]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Count);
            (int i, int j) = Math.DivRem(number - 1, heights.Length - 1);
            return new(number, radii[i], radii[i + 1], heights[j], heights[j + 1]);
        }
    }

    /// <summary>Number of the bin that holds a place, 0 where none does.</summary>
    /// <param name="R">Cylindrical radius, kpc.</param>
    /// <param name="z">Height, kpc; bins hold both signs.</param>
    public int Find(double R, double z)
    {
        int i = Interval(radii, R), j = Interval(heights, Math.Abs(z));
        return i < 0 || j < 0 ? 0 : i * (heights.Length - 1) + j + 1;
    }

    private static int Interval(double[] edges, double x)
    {
        if (!(x >= edges[0] && x < edges[^1]))
        {
            return -1;
        }

        int i = 0;
        while (x >= edges[i + 1])
        {
            i++;
        }

        return i;
    }

    private static void Check(double[] edges, string what)
    {
        if (edges.Length < 2 || !(edges[0] >= 0) || !edges.All(double.IsFinite) || edges.Zip(edges.Skip(1)).Any(e => !(e.First < e.Second)))
        {
            throw new InputException($"the boundaries of the bins in {what} must be two numbers at least, growing and not below 0 (kpc); they are {string.Join(", ", edges.Select(Tables.Numbers.Format))}");
        }
    }
}

/// <summary>One bin of <see cref="SpatialBins"/>: a ring above and below the plane.</summary>
/// <param name="Number">From 1.</param>
/// <param name="RLow">Inner radius, kpc.</param>
/// <param name="RHigh">Outer radius, kpc.</param>
/// <param name="ZLow">Least |z|, kpc.</param>
/// <param name="ZHigh">Largest |z|, kpc.</param>
public readonly record struct SpatialBin(int Number, double RLow, double RHigh, double ZLow, double ZHigh);
