namespace Oort.Surveys;

/// <summary>How well a model predicts histograms of stars: of one quantity in one bin, or several of these together.</summary>
/// <param name="Stars">Stars inside the edges; where several histograms are taken together, their stars added, so that a star counts as often as it has quantities.</param>
/// <param name="Groups">Groups of cells that chi-squared is summed over.</param>
/// <param name="ChiSquared">Pearson's chi-squared; 0 where there are no degrees of freedom.</param>
/// <param name="DegreesOfFreedom">One less than the groups: the number of stars is the catalogue's own.</param>
/// <param name="LogLikelihood">
/// Natural logarithm of the probability of just these counts: multinomial over all cells, given the number inside the edges. Minus infinity where there are stars that the
/// model excludes. Those of a bin's quantities are of the same stars, so their sum is no likelihood of independent data; it can rank models all the same.
/// </param>
public readonly record struct HistogramFit(double Stars, int Groups, double ChiSquared, int DegreesOfFreedom, double LogLikelihood)
{
    /// <summary>Chi-squared over the degrees of freedom; NaN where there are none.</summary>
    public double ReducedChiSquared => DegreesOfFreedom > 0 ? ChiSquared / DegreesOfFreedom : double.NaN;

    /// <summary>Two together.</summary>
    public static HistogramFit operator +(HistogramFit a, HistogramFit b) => new(
        a.Stars + b.Stars, a.Groups + b.Groups, a.ChiSquared + b.ChiSquared, a.DegreesOfFreedom + b.DegreesOfFreedom, a.LogLikelihood + b.LogLikelihood);

    /// <summary>Two together: the operator + by name.</summary>
    public static HistogramFit Add(HistogramFit left, HistogramFit right) => left + right;
}
