namespace Oort.Surveys;

/// <summary>The distribution of one quantity among the stars of one bin: counted, or predicted by a model.</summary>
/// <param name="Bin">Number of the bin, from 1.</param>
/// <param name="Quantity">Name of the quantity: <c>VR</c>, <c>Vz</c>, <c>Vphi</c>, <c>vlos</c> (km/s), <c>pmra</c>, <c>pmdec</c> (mas/yr).</param>
/// <param name="Edges">Boundaries of the cells, one more than there are cells.</param>
/// <param name="Count">Stars in each cell; what a model expects where it is a prediction, NaN where it predicts no number.</param>
/// <param name="P">
/// Probability per unit of the quantity, such that p times the width summed over the cells is the share of the bin's stars inside
/// the edges; NaN in a bin without stars.
/// </param>
/// <param name="Error">Standard error of <paramref name="P"/>.</param>
public sealed record Histogram(
    int Bin, string Quantity, IReadOnlyList<double> Edges, IReadOnlyList<double> Count, IReadOnlyList<double> P, IReadOnlyList<double> Error)
{
    /// <summary>Number of cells.</summary>
    public int Cells => Count.Count;

    /// <summary>
    /// A histogram of stars: p = n / (N width) and its binomial error sqrt(n (1 - n/N)) / (N width), 0 in an empty cell.
    /// </summary>
    /// <param name="bin">Number of the bin.</param>
    /// <param name="quantity">Name of the quantity.</param>
    /// <param name="edges">Boundaries of the cells.</param>
    /// <param name="count">Stars n in each cell.</param>
    /// <param name="stars">Stars N in the bin, those outside the edges too.</param>
    public static Histogram OfCounts(int bin, string quantity, IReadOnlyList<double> edges, IReadOnlyList<double> count, double stars)
    {
        double[] p = new double[count.Count], error = new double[count.Count];
        for (int i = 0; i < p.Length; i++)
        {
            double width = edges[i + 1] - edges[i];
            p[i] = count[i] / (stars * width);
            error[i] = Math.Sqrt(Math.Max(0, count[i] * (1 - count[i] / stars))) / (stars * width);
        }

        return new(bin, quantity, edges, count, p, error);
    }
}

/// <summary>A bin of a set of histograms.</summary>
/// <param name="Bin">Number, from 1.</param>
/// <param name="Stars">Number of stars; NaN where a prediction has none.</param>
/// <param name="R">Barycentre: mean cylindrical radius, kpc; NaN in an empty bin.</param>
/// <param name="Z">Barycentre: mean |z|, kpc; NaN in an empty bin.</param>
/// <param name="Moments">Mean and dispersion about the mean of each quantity, in the order of the quantities, over all stars of the bin.</param>
public sealed record HistogramBin(int Bin, double Stars, double R, double Z, IReadOnlyList<(double Mean, double Dispersion)> Moments)
{
    /// <summary>Median and its standard error of each quantity, in the order of the quantities; empty where they are not known, as in bins of R and |z|.</summary>
    public IReadOnlyList<(double Median, double Error)> Medians { get; init; } = [];
}
