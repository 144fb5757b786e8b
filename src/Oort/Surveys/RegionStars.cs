namespace Oort.Surveys;

/// <summary>Stars in regions of the sky: their numbers and sums, and each one's measurements and errors. Not for several threads at once.</summary>
internal sealed class RegionStars
{
    private readonly SkyRegions regions;
    private readonly HistogramSums sums;
    private readonly List<(double Value, double Error)>[][] stars;

    /// <summary>No stars yet.</summary>
    public RegionStars(SkyRegions regions)
    {
        this.regions = regions;
        sums = new(Enumerable.Range(1, regions.Count).Select(regions.AxesOf));
        stars = [.. Enumerable.Range(1, regions.Count).Select(n => regions.AxesOf(n).Select(_ => new List<(double, double)>()).ToArray())];
    }

    /// <summary>Several into one, the first of them.</summary>
    public static RegionStars United(IEnumerable<RegionStars> parts)
    {
        RegionStars first = parts.First();
        foreach (RegionStars other in parts.Skip(1))
        {
            first.sums.Add(other.sums);
            for (int r = 0; r < first.stars.Length; r++)
            {
                for (int q = 0; q < first.stars[r].Length; q++)
                {
                    first.stars[r][q].AddRange(other.stars[r][q]);
                }
            }
        }

        return first;
    }

    /// <summary>Adds a star.</summary>
    /// <param name="longitude">Galactic longitude, degrees.</param>
    /// <param name="latitude">Galactic latitude, degrees.</param>
    /// <param name="distance">Distance from the Sun, kpc.</param>
    /// <param name="R">Cylindrical radius, kpc.</param>
    /// <param name="z">Height, kpc.</param>
    /// <param name="values">The quantities of the regions.</param>
    /// <param name="errors">Their standard errors, not negative.</param>
    /// <returns>Whether it is in a region.</returns>
    public bool Add(double longitude, double latitude, double distance, double R, double z, ReadOnlySpan<double> values, ReadOnlySpan<double> errors)
    {
        int number = regions.Find(longitude, latitude, distance);
        if (number == 0)
        {
            return false;
        }

        sums.Add(number, R, z, values);
        for (int q = 0; q < values.Length; q++)
        {
            stars[number - 1][q].Add((values[q], errors[q]));
        }

        return true;
    }

    /// <summary>Histograms, resampled if asked for, and medians.</summary>
    public HistogramSet Histograms(ErrorResampling? resampling, int threads, CancellationToken cancellation)
    {
        HistogramSet plain = sums.Histograms();
        int quantities = plain.Quantities.Count;
        Histogram[] histograms = [.. plain.Histograms];
        (double, double)[] medians = new (double, double)[histograms.Length];
        Parallel.For(0, histograms.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellation }, i =>
        {
            (int region, int q) = Math.DivRem(i, quantities);
            StarPool pool = new([.. stars[region][q]]);
            medians[i] = pool.Median();
            if (resampling is not null && pool.Count > 0)
            {
                int quantity = SkyRegions.Quantities.ToList().IndexOf(histograms[i].Quantity);
                histograms[i] = resampling.Resample(histograms[i], pool, [(ulong)region + 1, (ulong)quantity]);
            }
        });
        return new([.. plain.Bins.Select((b, n) => b with { Medians = medians[(n * quantities)..((n + 1) * quantities)] })], histograms);
    }
}
