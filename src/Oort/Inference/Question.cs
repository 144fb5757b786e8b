namespace Oort.Inference;

/// <summary>
/// A point at which a search wants to know the function. A search is a sequence of questions; whoever runs through it answers each before it takes the next. So a
/// search can stop at any of them, and be brought to the same place again by the same answers.
/// </summary>
internal sealed class Question(double[] point)
{
    private double answer = double.NaN;

    /// <summary>The point.</summary>
    public double[] Point { get; } = point;

    /// <summary>The function there; infinite where it cannot be found.</summary>
    public double Answer
    {
        get => answer;
        set => answer = double.IsNaN(value) ? double.PositiveInfinity : value;
    }

    /// <summary>A point near by, from whose model this one's is solved: one for all questions of a batch; null for the start.</summary>
    public double[]? Near { get; init; }

    /// <summary>Chi-squared there: the function is that and what the priors add, but for a search that goes by something else (<see cref="FitSearch.Approaches"/>).</summary>
    public double ChiSquared { get; set; } = double.PositiveInfinity;

    /// <summary>What the priors add there (<see cref="ParameterSet.PriorSquares"/>).</summary>
    public double PriorSquares { get; set; }

    /// <summary>Where the function is a sum of squares: what is squared, the priors' last; empty where it is not, or a search does not want it.</summary>
    public IReadOnlyList<double> Residuals { get; set; } = [];
}
