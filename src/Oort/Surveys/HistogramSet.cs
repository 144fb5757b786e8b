using Oort.Tables;

namespace Oort.Surveys;

/// <summary>
/// Histograms of several quantities in several bins, of stars of a catalogue or predicted by a model: what <c>oort reduce</c> writes and
/// what models are compared with. Each bin has a histogram of each quantity.
/// </summary>
public sealed class HistogramSet
{
    private const string VelocityUnit = "km / s", MedianColumn = "median_", MedianErrorColumn = "median_err_", SourceColumn = "source", MockSource = "mock";

    private static readonly string[] TableColumns = ["bin", "quantity", "lo", "hi", "count", "p", "err"];

    private readonly Dictionary<(int, string), Histogram> byName = [];

    /// <summary>A set of histograms.</summary>
    /// <param name="bins">Bins, in the order they are written.</param>
    /// <param name="histograms">One of each bin and quantity; the quantities of the first bin give the order.</param>
    /// <exception cref="InputException">One is missing or given twice.</exception>
    public HistogramSet(IReadOnlyList<HistogramBin> bins, IReadOnlyList<Histogram> histograms)
    {
        foreach (Histogram h in histograms)
        {
            if (!byName.TryAdd((h.Bin, h.Quantity), h))
            {
                throw new InputException($"bin {h.Bin} has two histograms of {h.Quantity}");
            }
        }

        Bins = bins;
        Quantities = [.. histograms.Select(h => h.Quantity).Distinct()];
        Histograms = [.. bins.SelectMany(b => Quantities.Select(q => this[b.Bin, q]))];
        if (Histograms.Count != histograms.Count)
        {
            throw new InputException("there are histograms of bins that are not described");
        }
    }

    /// <summary>Bins in their order.</summary>
    public IReadOnlyList<HistogramBin> Bins { get; }

    /// <summary>Whether the stars are of a mock catalogue that <c>oort mock</c> drew from a model.</summary>
    public bool IsMock { get; init; }

    /// <summary>Names of the quantities in their order.</summary>
    public IReadOnlyList<string> Quantities { get; }

    /// <summary>Histograms, bin after bin, each bin's quantities in their order.</summary>
    public IReadOnlyList<Histogram> Histograms { get; }

    /// <summary>The histogram of a quantity in a bin.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public Histogram this[int bin, string quantity]
        => byName.TryGetValue((bin, quantity), out Histogram? h) ? h : throw new InputException($"there is no histogram of {quantity} in bin {bin}");

    /// <summary>The same stars as they were counted: p and its error follow from the counts alone (<see cref="Histogram.OfCounts"/>), whatever resampling made of them.</summary>
    public HistogramSet Counted()
    {
        Dictionary<int, double> stars = Bins.ToDictionary(b => b.Bin, b => b.Stars);
        return new(Bins, [.. Histograms.Select(h => Histogram.OfCounts(h.Bin, h.Quantity, h.Edges, h.Count, stars[h.Bin]))]) { IsMock = IsMock };
    }

    /// <summary>
    /// Name of the table of the bins that goes with a table of histograms: <c>NAME_bins.EXT</c> beside <c>NAME.EXT</c>.
    /// </summary>
    public static string BinsPath(string path)
        => Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetFileNameWithoutExtension(path) + "_bins" + Path.GetExtension(path));

    /// <summary>The histograms as a table, a row a cell: bin, quantity, lo, hi, count, p, err.</summary>
    public EcsvTable Table()
    {
        (Histogram H, int Cell)[] rows = [.. Histograms.SelectMany(h => Enumerable.Range(0, h.Cells).Select(i => (h, i)))];
        EcsvColumn Column(int i, string unit, string description, Func<Histogram, int, double> value)
            => new(TableColumns[i], unit, description, [.. rows.Select(r => value(r.H, r.Cell))]);

        // A column has one unit, or none where it depends on the row.
        string unit = Quantities.Any(q => UnitOf(q) != VelocityUnit) ? "" : VelocityUnit;
        string mixed = unit.Length > 0 ? "" : " (velocities in km/s, proper motions in mas/yr)";
        return new(
        [
            Column(0, "", "number of the bin", (h, _) => h.Bin),
            new(TableColumns[1], "quantity", [.. rows.Select(r => r.H.Quantity)]),
            Column(2, unit, "lower end of the cell" + mixed, (h, i) => h.Edges[i]),
            Column(3, unit, "upper end of the cell" + mixed, (h, i) => h.Edges[i + 1]),
            Column(4, "", "stars", (h, i) => h.Count[i]),
            Column(5, unit.Length > 0 ? "s / km" : "", "probability per unit of the quantity" + mixed, (h, i) => h.P[i]),
            Column(6, unit.Length > 0 ? "s / km" : "", "standard error of p", (h, i) => h.Error[i]),
        ]);
    }

    /// <summary>
    /// The bins as a table: bin, stars, R, z, then of each quantity Q mean_Q and sigma_Q and, where they are known, median_Q and median_err_Q; last, for a mock catalogue, <c>source</c>, which
    /// is <c>mock</c>.
    /// </summary>
    public EcsvTable BinTable()
    {
        EcsvColumn Column(string name, string unit, string description, Func<HistogramBin, double> value)
            => new(name, unit, description, [.. Bins.Select(value)]);
        List<EcsvColumn> columns =
        [
            Column("bin", "", "number of the bin", b => b.Bin),
            Column("stars", "", "stars in the bin", b => b.Stars),
            Column("R", "kpc", "barycentre: mean cylindrical radius", b => b.R),
            Column("z", "kpc", "barycentre: mean distance from the plane", b => b.Z),
        ];
        for (int q = 0; q < Quantities.Count; q++)
        {
            int index = q;
            columns.Add(Column("mean_" + Quantities[q], UnitOf(Quantities[q]), "mean over all stars of the bin", b => b.Moments[index].Mean));
            columns.Add(Column("sigma_" + Quantities[q], UnitOf(Quantities[q]), "dispersion about the mean, all stars of the bin", b => b.Moments[index].Dispersion));
            if (Bins.Count > 0 && Bins.All(b => b.Medians.Count > 0))
            {
                columns.Add(Column(MedianColumn + Quantities[q], UnitOf(Quantities[q]), "median of the resampled stars of the bin", b => b.Medians[index].Median));
                columns.Add(Column(MedianErrorColumn + Quantities[q], UnitOf(Quantities[q]), "its standard error", b => b.Medians[index].Error));
            }
        }

        if (IsMock)
        {
            columns.Add(new(SourceColumn, "where the stars come from: a mock catalogue", [.. Bins.Select(_ => MockSource)]));
        }

        return new(columns);
    }

    /// <summary>
    /// Writes both tables: the histograms under the name given, the bins beside it (<see cref="BinsPath"/>); ECSV with units where the name
    /// ends in .ecsv, else CSV.
    /// </summary>
    /// <exception cref="InputException">A file cannot be written.</exception>
    public void Write(string path)
    {
        bool units = Path.GetExtension(path).Equals(".ecsv", StringComparison.OrdinalIgnoreCase);
        OutputFile.Write(BinsPath(path), w => BinTable().Write(w, units));
        OutputFile.Write(path, w => Table().Write(w, units));
    }

    /// <summary>Reads what <see cref="Write"/> has written.</summary>
    /// <param name="path">The table of histograms; that of the bins is beside it.</param>
    /// <exception cref="InputException">One of the files is missing, lacks a column, or they do not belong together.</exception>
    public static HistogramSet Read(string path)
    {
        CsvTable table = CsvTable.Read(path);
        string[] quantity = table.Text(TableColumns[1]), quantities = [.. quantity.Distinct()];
        double[] bin = Numbers(table, TableColumns[0]), lo = Numbers(table, TableColumns[2]), hi = Numbers(table, TableColumns[3]);
        double[] count = table.Numbers(TableColumns[4]), p = table.Numbers(TableColumns[5]), error = table.Numbers(TableColumns[6]);
        if (Array.FindIndex(count, n => n < 0 || double.IsInfinity(n)) is var wrong and >= 0)
        {
            throw new InputException($"{path}: bin {Format(bin[wrong])}, {quantity[wrong]}, cell from {Format(lo[wrong])}: count = {Format(count[wrong])}: must be a number of stars, not below 0");
        }

        if (!File.Exists(BinsPath(path)))
        {
            throw new InputException($"{path}: the table of its bins, {BinsPath(path)}, is not there; oort reduce writes both");
        }

        CsvTable bins = CsvTable.Read(BinsPath(path));
        List<Histogram> histograms = [];
        for (int first = 0, next; first < bin.Length; first = next)
        {
            next = first + 1;
            while (next < bin.Length && bin[next] == bin[first] && quantity[next] == quantity[first])
            {
                if (lo[next] != hi[next - 1])
                {
                    throw new InputException($"{path}: bin {Format(bin[first])}, {quantity[first]}: a cell begins at {Format(lo[next])}, the one before ends at {Format(hi[next - 1])}");
                }

                next++;
            }

            if (count[first..next].Any(double.IsNaN) && !count[first..next].All(double.IsNaN))
            {
                throw new InputException($"{path}: bin {Format(bin[first])}, {quantity[first]}: count is nan in some cells and not in others");
            }

            histograms.Add(new((int)bin[first], quantity[first], [.. lo[first..next], hi[next - 1]], count[first..next], p[first..next], error[first..next]));
        }

        double[] number = Numbers(bins, "bin"), stars = bins.Numbers("stars"), R = bins.Numbers("R"), z = bins.Numbers("z");
        double[][] mean = [.. quantities.Select(q => bins.Numbers("mean_" + q))], sigma = [.. quantities.Select(q => bins.Numbers("sigma_" + q))];
        try
        {
            bool medians = quantities.All(q => bins.Has(MedianColumn + q) && bins.Has(MedianErrorColumn + q));
            (double[] Median, double[] Error)[] middle = medians ? [.. quantities.Select(q => (bins.Numbers(MedianColumn + q), bins.Numbers(MedianErrorColumn + q)))] : [];
            return new(
                [.. number.Select((n, i) => new HistogramBin((int)n, stars[i], R[i], z[i], [.. quantities.Select((_, q) => (mean[q][i], sigma[q][i]))]) { Medians = [.. middle.Select(m => (m.Median[i], m.Error[i]))] })],
                histograms)
            { IsMock = bins.Has(SourceColumn) && bins.Text(SourceColumn).Contains(MockSource) };
        }
        catch (InputException e)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }

    private static string UnitOf(string quantity) => quantity is "pmra" or "pmdec" ? "mas / yr" : VelocityUnit;

    private static string Format(double x) => Tables.Numbers.Format(x);

    private static double[] Numbers(CsvTable table, string column)
    {
        double[] values = table.Numbers(column);
        return values.All(double.IsFinite) ? values : throw new InputException($"{table.Name}: {column}: a cell has no number");
    }
}
