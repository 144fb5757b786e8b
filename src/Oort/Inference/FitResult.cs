using Oort.Inference.Sampling;

namespace Oort.Inference;

/// <summary>What a fit has come to.</summary>
/// <param name="Values">Best values of the parameters.</param>
/// <param name="ChiSquared">Chi-squared there.</param>
/// <param name="Evaluations">Models tried.</param>
/// <param name="Finished">Whether the search came to its end; if not, it can go on.</param>
/// <param name="Converged">Whether the last restart found nothing better.</param>
/// <param name="LowerFound">By how much chi-squared, with what the priors add, is lower at the lowest point that the differences for the curvature needed: 0, or the fit had not converged.</param>
/// <param name="Errors">Standard errors of the values from the curvature of chi-squared and priors; NaN where there is none, empty before the end.</param>
/// <param name="Correlation">Correlations of the parameters, in the same order; empty before the end.</param>
/// <param name="Parts">What each bin and quantity contributes in the best evaluation.</param>
public sealed record FitResult(
    IReadOnlyList<double> Values, double ChiSquared, int Evaluations, bool Finished, bool Converged, double LowerFound,
    IReadOnlyList<double> Errors, double[,] Correlation, IReadOnlyList<MisfitPart> Parts)
{
    /// <summary>What the priors add to chi-squared in what was minimised: the sum of ((value - mean)/sigma)^2 over parameters whose prior is normal, of the logarithm, or half-normal; others add nothing.</summary>
    public double PriorSquares { get; init; }

    /// <summary>The errors in units of those that the priors alone would leave, near 1 where the data say nothing; NaN where a prior is constant between bounds, empty before the end.</summary>
    public IReadOnlyList<double> ErrorsOfPriors { get; init; } = [];

    /// <summary>The normal distribution of the parameters' coordinates with these errors and correlations; null before the end, and if a parameter has no standard error.</summary>
    public NormalApproximation? Approximation { get; init; }

    /// <summary>The emulator of the misfit, if one was wanted (<see cref="SearchSettings.Emulates"/>); null before there is one, and where the data do not tell the parameters apart.</summary>
    public ResidualEmulator? Emulator { get; init; }
}

/// <summary>What a fit tells while it runs, after each evaluation.</summary>
/// <param name="Last">The last evaluation.</param>
/// <param name="Best">The best one so far.</param>
/// <param name="Most">Evaluations after which the fit stops.</param>
/// <param name="SecondsEach">Mean time of an evaluation of this run.</param>
public readonly record struct FitReport(Evaluation Last, Evaluation Best, int Most, double SecondsEach)
{
    /// <summary>What the priors add to chi-squared at the best one (<see cref="FitResult.PriorSquares"/>).</summary>
    public double PriorSquares { get; init; }
}
