namespace Oort.Surveys;

/// <summary>Distances of a catalogue beside those from parallaxes in one direction (Sun et al. 2025, section 2.1, Figure 2).</summary>
public sealed class DistanceRatios
{
    // Ratios up to 4, so finely that the median is as good as exact.
    private const double LargestRatio = 4, RatioWidth = 1e-3;

    private readonly long[] ratios = new long[(int)(LargestRatio / RatioWidth) + 1];

    /// <summary>No stars yet.</summary>
    /// <param name="direction">In which direction, in words.</param>
    /// <param name="window">Which part of the sky that is.</param>
    /// <param name="farthest">Largest distance shown, kpc.</param>
    public DistanceRatios(string direction, SkyWindow window, double farthest)
    {
        (Direction, Window) = (direction, window);
        Map = new(new("parallax distance", 0, farthest, farthest / 60), new("distance", 0, farthest, farthest / 60));
    }

    /// <summary>In which direction, in words.</summary>
    public string Direction { get; }

    /// <summary>Which part of the sky that is.</summary>
    public SkyWindow Window { get; }

    /// <summary>Numbers of stars by distance from the parallax, kpc (abscissa) and the catalogue's distance, uncorrected, kpc (ordinate).</summary>
    public StarMap Map { get; }

    /// <summary>Stars compared.</summary>
    public long Stars => Map.Stars;

    /// <summary>Median of the catalogue's distance over that from the parallax, to 5e-4; NaN without stars.</summary>
    public double MedianRatio
    {
        get
        {
            long below = 0;
            for (int i = 0; i < ratios.Length; i++)
            {
                if (2 * (below + ratios[i]) >= Stars && Stars > 0)
                {
                    // Within the cell they are spread evenly.
                    return RatioWidth * (i + (0.5 * Stars - below) / ratios[i]);
                }

                below += ratios[i];
            }

            return double.NaN;
        }
    }

    internal void Add(double fromParallax, double distance)
    {
        Map.Add(fromParallax, distance);
        ratios[(int)Math.Clamp(distance / fromParallax / RatioWidth, 0, ratios.Length - 1)]++;
    }

    internal void Add(DistanceRatios other)
    {
        Map.Add(other.Map);
        for (int i = 0; i < ratios.Length; i++)
        {
            ratios[i] += other.ratios[i];
        }
    }
}
