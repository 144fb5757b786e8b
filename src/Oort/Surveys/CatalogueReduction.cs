using Oort.Tables;

namespace Oort.Surveys;

/// <summary>
/// A catalogue of stars reduced to histograms, as Binney &amp; Vasiliev (2023, section 4.1) reduced Gaia's: quality cut, Galactocentric coordinates,
/// spatial bins, velocity histograms; or as Sun et al. (2025, section 2) reduced K giants of LAMOST and Gaia, in regions of the sky.
/// </summary>
public sealed class CatalogueReduction
{
    private CatalogueReduction(HistogramSet histograms, long rows, long used, IReadOnlyList<(string, long)> rejected, IReadOnlyList<string> notes)
        => (Histograms, Rows, Used, Rejected, Notes) = (histograms, rows, used, rejected, notes);

    /// <summary>The histograms and the bins' stars, barycentres, means and dispersions.</summary>
    public HistogramSet Histograms { get; }

    /// <summary>Rows of the catalogue.</summary>
    public long Rows { get; }

    /// <summary>Stars in the bins.</summary>
    public long Used { get; }

    /// <summary>Rows that are in no bin, by the first reason that applies to them; together with <see cref="Used"/> all rows.</summary>
    public IReadOnlyList<(string Reason, long Count)> Rejected { get; }

    /// <summary>Stars in the bins that lie outside the edges of a histogram, by its quantity: they are in no cell.</summary>
    public IReadOnlyList<(string Quantity, long Count)> OutsideEdges
        => [.. Histograms.Quantities.Select(q => (q, Used - (long)Histograms.Histograms.Where(h => h.Quantity == q).Sum(h => h.Count.Sum())))];

    /// <summary>What was assumed about the catalogue, a line each, for whoever ran this to see.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Reads a catalogue: CSV, ECSV, columns between blanks, these compressed by gzip, or a FITS binary table. Memory does not grow with its length, but with the number of stars in regions.</summary>
    /// <param name="path">The catalogue.</param>
    /// <param name="survey">Columns, cuts, bins and histograms.</param>
    /// <param name="threads">Threads to use; the result does not depend on it, bit by bit.</param>
    /// <param name="progress">Told the share of the file that has been read.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">The file cannot be read, lacks columns or rows, or one holds text where a number is needed.</exception>
    public static CatalogueReduction Read(string path, Survey survey, int threads, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        using TableStream table = TableStream.Open(path);
        CatalogueLayout layout = new(table, survey);
        StarSelector[] parts = [.. table.Read(layout.Columns, threads, () => new StarSelector(layout, survey), (part, block) => part.Add(block), progress, cancellation)];
        long rows = parts.Sum(p => p.Rows);
        if (rows == 0)
        {
            throw new InputException($"{path}: has a header but no rows");
        }

        (string, long)[] rejected = [.. parts.SelectMany(p => p.Rejected).GroupBy(r => r.Reason).Select(g => (g.Key, g.Sum(r => r.Count))).Where(r => r.Item2 > 0)];
        HistogramSet histograms = layout.Regions is null ? Counted(parts) : RegionStars.United(parts.Select(p => p.InRegions!)).Histograms(survey.Resampling, threads, cancellation);
        long used = (long)histograms.Bins.Sum(b => b.Stars);
        List<string> notes = [.. layout.Notes];
        if (Rotation(histograms) < 0)
        {
            notes.Add("the stars rotate backwards on the whole: " + (layout.IsCartesian ? "is the frame the other one (key frame in [Columns])?" : "is V in [Sun] right?"));
        }

        return new(CatalogueLayout.IsMock(table) ? new(histograms.Bins, histograms.Histograms) { IsMock = true } : histograms, rows, used, rejected, notes);
    }

    private static HistogramSet Counted(StarSelector[] parts)
    {
        HistogramCounter counter = parts[0].Counter!;
        foreach (StarSelector part in parts.Skip(1))
        {
            counter.Add(part.Counter!);
        }

        return counter.Histograms();
    }

    /// <summary>Sum of V_phi over all stars; 0 where it is not among the quantities.</summary>
    private static double Rotation(HistogramSet set)
        => set.Quantities.ToList().IndexOf("Vphi") is int q and >= 0 ? set.Bins.Where(b => b.Stars > 0).Sum(b => b.Stars * b.Moments[q].Mean) : 0;
}
