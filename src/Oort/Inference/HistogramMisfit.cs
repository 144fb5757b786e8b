using Oort.Surveys;

namespace Oort.Inference;

/// <summary>How histograms are compared with a prediction in a fit.</summary>
public enum MisfitStatistic
{
    /// <summary>
    /// Equation 5 of Sun et al. (2025): the sum of ((p - p_model)/err)^2 over the cells that have <see cref="HistogramMisfit.LeastStars"/> stars or more. The errors are those
    /// of the data, which are smaller where fewer stars were counted than should be: the fit is drawn towards such cells, by less the more stars there are.
    /// </summary>
    ChiSquared,

    /// <summary>
    /// Twice the logarithm of the multinomial likelihood ratio, 2 sum n ln(n/e) over all cells (Baker &amp; Cousins 1984): for many stars distributed as chi-squared is, with few still
    /// without bias. Stars inside the edges only.
    /// </summary>
    Likelihood,
}

/// <summary>
/// The misfit of predictions to one set of histograms. Which cells are compared does not depend on the prediction, so that it is a smooth function of a model's
/// parameters; <see cref="HistogramComparison"/>, which groups cells by what is expected in them, tests one model better but jumps where a group's boundary moves.
/// </summary>
public sealed class HistogramMisfit
{
    /// <summary>Stars that a cell must have for <see cref="MisfitStatistic.ChiSquared"/> (Sun et al. 2025, section 3.1).</summary>
    public const double LeastStars = 5;

    // A cell that the model leaves empty and the data do not is a bad misfit, but not the end of the search.
    private const double LeastShare = 1e-12;

    // Its mean is that of rotation; those of the others are zero in any model.
    private const string Streaming = "Vphi";

    private static readonly string[] OfBins = ["VR", "Vz", Streaming];

    private readonly MisfitStatistic statistic;
    private readonly string[] quantities;
    private readonly bool isOfBins;

    /// <summary>A misfit to some data.</summary>
    /// <param name="data">Histograms of stars.</param>
    /// <param name="statistic">How it is measured.</param>
    /// <exception cref="InputException">There is no cell to compare.</exception>
    public HistogramMisfit(HistogramSet data, MisfitStatistic statistic)
    {
        ArgumentNullException.ThrowIfNull(data);
        (Data, this.statistic, quantities) = (data, statistic, [.. data.Quantities]);
        isOfBins = quantities.All(OfBins.Contains);
        Cells = data.Histograms.Sum(CellsOf);
        if (Cells == 0)
        {
            throw new InputException(statistic == MisfitStatistic.ChiSquared ? $"no cell of the histograms has {LeastStars} stars" : "the histograms have no stars inside their edges");
        }
    }

    /// <summary>Whether some cell has enough stars for <see cref="MisfitStatistic.ChiSquared"/>.</summary>
    public static bool HasCells(HistogramSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.Histograms.Any(h => Enumerable.Range(0, h.Cells).Any(i => IsUsed(h, i)));
    }

    /// <summary>The data.</summary>
    public HistogramSet Data { get; }

    /// <summary>Cells that are compared, less one a histogram where its number of stars is taken from the data.</summary>
    public int Cells { get; }

    /// <summary>The misfit of a prediction.</summary>
    /// <param name="prediction">Histograms of the same bins, quantities and cells: their <see cref="Histogram.P"/>.</param>
    /// <exception cref="InputException">A histogram is missing from the prediction, or has other cells.</exception>
    public Misfit Of(HistogramSet prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        List<MisfitPart> parts = [];
        List<double> residuals = [], guides = [];
        foreach (Histogram data in Data.Histograms)
        {
            Histogram model = prediction[data.Bin, data.Quantity];
            if (!data.Edges.SequenceEqual(model.Edges))
            {
                throw new InputException($"bin {data.Bin}, {data.Quantity}: the catalogue's cells are not those of the survey that the fit names");
            }

            int cells = CellsOf(data);
            double misfit = cells == 0 ? 0 : statistic == MisfitStatistic.ChiSquared ? ChiSquared(data, model, residuals) : Deviance(data, model, residuals);
            if (cells > 0 && isOfBins)
            {
                Guide(data, prediction, guides);
            }

            parts.Add(new(data.Bin, data.Quantity, cells, double.IsNaN(misfit) ? double.PositiveInfinity : misfit));
        }

        double sum = parts.Sum(p => p.ChiSquared);
        return new(sum, Cells, parts) { Residuals = double.IsFinite(sum) ? residuals : [], Guides = guides };
    }

    private int CellsOf(Histogram data)
        => statistic == MisfitStatistic.ChiSquared ? Enumerable.Range(0, data.Cells).Count(i => IsUsed(data, i)) : data.Count.Sum() > 0 ? data.Cells - 1 : 0;

    private static bool IsUsed(Histogram data, int cell) => data.Count[cell] >= LeastStars && data.Error[cell] > 0;

    /// <summary>
    /// The logarithm of the dispersion and, of V_phi, the mean, with the errors that a normal distribution of so many stars would give them: from afar they still change in proportion to parameters.
    /// </summary>
    private void Guide(Histogram data, HistogramSet prediction, List<double> guides)
    {
        HistogramBin bin = Data.Bins.First(b => b.Bin == data.Bin);
        (double mean, double dispersion) = bin.Moments.ElementAtOrDefault(Array.IndexOf(quantities, data.Quantity));
        if (!(bin.Stars > 1 && dispersion > 0))
        {
            // Histograms need not have moments: then they guide nobody.
            return;
        }

        (double otherMean, double otherDispersion) = prediction.Bins.First(b => b.Bin == data.Bin).Moments[prediction.Quantities.ToList().IndexOf(data.Quantity)];
        guides.Add(Math.Log(otherDispersion / dispersion) * Math.Sqrt(2 * bin.Stars));
        if (data.Quantity == Streaming)
        {
            guides.Add((otherMean - mean) * Math.Sqrt(bin.Stars) / dispersion);
        }
    }

    private static double ChiSquared(Histogram data, Histogram model, List<double> residuals)
    {
        double sum = 0;
        for (int i = 0; i < data.Cells; i++)
        {
            if (IsUsed(data, i))
            {
                double deviation = (data.P[i] - model.P[i]) / data.Error[i];
                sum += deviation * deviation;
                residuals.Add(deviation);
            }
        }

        return sum;
    }

    private static double Deviance(Histogram data, Histogram model, List<double> residuals)
    {
        double stars = data.Count.Sum(), sum = 0, all = 0;
        double[] share = new double[data.Cells];
        for (int i = 0; i < share.Length; i++)
        {
            all += share[i] = model.P[i] * (model.Edges[i + 1] - model.Edges[i]);
        }

        for (int i = 0; i < share.Length; i++)
        {
            double n = data.Count[i], expected = stars * Math.Max(LeastShare, share[i] / all);
            sum += n > 0 ? 2 * n * Math.Log(n / expected) : 0;

            // As many are expected as there are, in all cells together, so that the squares add up to the same.
            residuals.Add(Math.CopySign(Math.Sqrt(Math.Max(0, 2 * ((n > 0 ? n * Math.Log(n / expected) : 0) + expected - n))), n - expected));
        }

        return sum;
    }
}
