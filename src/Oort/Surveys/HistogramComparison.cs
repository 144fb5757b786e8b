using MathNet.Numerics;
using Oort.Tables;

namespace Oort.Surveys;

/// <summary>
/// Histograms of a catalogue's stars beside those that a model predicts, normalised to the same number of stars in each bin as Binney &amp; Vasiliev (2023, section 4.4) do, since
/// the numbers tell of the selection, not of the model.
/// </summary>
/// <remarks>
/// Chi-squared is Pearson's, sum (n - e)^2 / e. Neighbouring cells are taken together, from the lower end, until <see cref="LeastExpected"/> stars are expected in each group: where
/// fewer are, (n - e)^2 / e is not distributed as chi-squared is. What is expected decides, not what was counted, which would prefer upward
/// fluctuations. The stars inside the edges are compared: what a model has outside them is the small difference of one and an integral, in which errors of quadrature count. For stars
/// drawn from the prediction the mean of chi-squared is the number of degrees of freedom exactly.
/// </remarks>
public sealed class HistogramComparison
{
    /// <summary>Stars expected in a group of cells, at least.</summary>
    public const double LeastExpected = 5;

    private readonly Dictionary<(int, string), HistogramFit> fits = [];

    /// <summary>Compares all histograms of a catalogue with a prediction.</summary>
    /// <param name="data">Histograms of stars.</param>
    /// <param name="prediction">What a model predicts for the same bins, quantities and cells: its <see cref="Histogram.P"/>.</param>
    /// <exception cref="InputException">A histogram is missing from the prediction, or has other cells.</exception>
    public HistogramComparison(HistogramSet data, HistogramSet prediction)
    {
        (Data, Prediction) = (data, prediction);
        foreach (HistogramBin bin in data.Bins)
        {
            foreach (string quantity in data.Quantities)
            {
                fits.Add((bin.Bin, quantity), Compare(data[bin.Bin, quantity], prediction[bin.Bin, quantity], bin.Stars));
            }
        }
    }

    /// <summary>The catalogue's histograms.</summary>
    public HistogramSet Data { get; }

    /// <summary>The model's.</summary>
    public HistogramSet Prediction { get; }

    /// <summary>One quantity in one bin.</summary>
    public HistogramFit this[int bin, string quantity] => fits[(bin, quantity)];

    /// <summary>All quantities of a bin.</summary>
    public HistogramFit OfBin(int bin) => Data.Quantities.Select(q => this[bin, q]).Aggregate(HistogramFit.Add);

    /// <summary>One quantity in all bins.</summary>
    public HistogramFit OfQuantity(string quantity) => Data.Bins.Select(b => this[b.Bin, quantity]).Aggregate(HistogramFit.Add);

    /// <summary>All histograms.</summary>
    public HistogramFit Total => Data.Quantities.Select(OfQuantity).Aggregate(HistogramFit.Add);

    /// <summary>A row a bin and quantity: stars, groups, chi2, dof, lnL, and mean and dispersion of the catalogue and of the model.</summary>
    public EcsvTable Table()
    {
        (int Bin, int Quantity)[] rows = [.. Enumerable.Range(0, Data.Bins.Count).SelectMany(b => Enumerable.Range(0, Data.Quantities.Count).Select(q => (b, q)))];
        HistogramFit Fit((int Bin, int Quantity) row) => this[Data.Bins[row.Bin].Bin, Data.Quantities[row.Quantity]];
        (double Mean, double Dispersion) Model((int Bin, int Quantity) row)
        {
            HistogramBin bin = Prediction.Bins.First(b => b.Bin == Data.Bins[row.Bin].Bin);
            return bin.Moments[Prediction.Quantities.ToList().IndexOf(Data.Quantities[row.Quantity])];
        }

        EcsvColumn Column(string name, string unit, string description, Func<(int Bin, int Quantity), double> value) => new(name, unit, description, [.. rows.Select(value)]);
        return new(
        [
            Column("bin", "", "number of the bin", r => Data.Bins[r.Bin].Bin),
            new("quantity", "quantity", [.. rows.Select(r => Data.Quantities[r.Quantity])]),
            Column("stars", "", "stars in the bin", r => Data.Bins[r.Bin].Stars),
            Column("groups", "", "groups of cells with enough stars expected", r => Fit(r).Groups),
            Column("chi2", "", "chi-squared", r => Fit(r).ChiSquared),
            Column("dof", "", "degrees of freedom", r => Fit(r).DegreesOfFreedom),
            Column("lnL", "", "logarithm of the multinomial probability", r => Fit(r).LogLikelihood),
            Column("mean", "km / s", "mean of the stars", r => Data.Bins[r.Bin].Moments[r.Quantity].Mean),
            Column("sigma", "km / s", "dispersion of the stars", r => Data.Bins[r.Bin].Moments[r.Quantity].Dispersion),
            Column("mean_model", "km / s", "mean that is predicted", r => Model(r).Mean),
            Column("sigma_model", "km / s", "dispersion that is predicted", r => Model(r).Dispersion),
        ]);
    }

    /// <summary>Writes <see cref="Table"/>: ECSV with units where the name ends in .ecsv, else CSV.</summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public void Write(string path) => OutputFile.Write(path, w => Table().Write(w, Path.GetExtension(path).Equals(".ecsv", StringComparison.OrdinalIgnoreCase)));

    private static HistogramFit Compare(Histogram data, Histogram prediction, double stars)
    {
        if (!data.Edges.SequenceEqual(prediction.Edges))
        {
            throw new InputException($"bin {data.Bin}, {data.Quantity}: the catalogue's cells are not those of the prediction");
        }

        if (!(stars > 0))
        {
            return new(0, 0, 0, 0, 0);
        }

        if (prediction.P.Any(double.IsNaN))
        {
            // Stars where the model has none.
            return new(stars, 0, 0, 0, double.NegativeInfinity);
        }

        double inside = data.Count.Sum();
        double[] share = [.. prediction.P.Select((p, i) => Math.Max(0, p * (data.Edges[i + 1] - data.Edges[i])))];
        double all = share.Sum();
        if (!(inside > 0 && all > 0))
        {
            return new(inside, 0, 0, 0, inside > 0 ? double.NegativeInfinity : 0);
        }

        double logLikelihood = SpecialFunctions.GammaLn(inside + 1);
        for (int i = 0; i < share.Length; i++)
        {
            share[i] /= all;
            logLikelihood += data.Count[i] > 0 ? data.Count[i] * Math.Log(share[i]) - SpecialFunctions.GammaLn(data.Count[i] + 1) : 0;
        }

        (int groups, double chiSquared) = ChiSquared(data.Count, share, inside);
        return new(inside, groups, chiSquared, Math.Max(0, groups - 1), logLikelihood);
    }

    private static (int Groups, double ChiSquared) ChiSquared(IReadOnlyList<double> count, double[] share, double stars)
    {
        List<(double Count, double Expected)> groups = [];
        (double n, double e) = (0, 0);
        for (int i = 0; i < count.Count; i++)
        {
            (n, e) = (n + count[i], e + stars * share[i]);
            if (e >= LeastExpected)
            {
                groups.Add((n, e));
                (n, e) = (0, 0);
            }
        }

        // What is left at the upper end joins the last group.
        if (groups.Count > 0)
        {
            groups[^1] = (groups[^1].Count + n, groups[^1].Expected + e);
        }

        return groups.Count > 1 ? (groups.Count, groups.Sum(g => (g.Count - g.Expected) * (g.Count - g.Expected) / g.Expected)) : (groups.Count, 0);
    }
}
