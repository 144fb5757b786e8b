namespace Oort.Inference;

/// <summary>One model that a fit has tried.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="Stage">What the search was at: simplex, restart 1, curvature.</param>
/// <param name="Values">Values of the parameters.</param>
/// <param name="ChiSquared">Its misfit; infinite where there is no such model.</param>
/// <param name="Seconds">Time that it took.</param>
/// <param name="Failure">Why there is no such model; null where there is one.</param>
public sealed record Evaluation(int Number, string Stage, IReadOnlyList<double> Values, double ChiSquared, double Seconds, string? Failure = null)
{
    /// <summary>What adds up to chi-squared by its squares (<see cref="Misfit.Residuals"/>), where the search wants it; else empty.</summary>
    public IReadOnlyList<double> Residuals { get; init; } = [];
}

/// <summary>Where the evaluations of a fit are kept: in memory, or where they outlive the process (<see cref="FitLog"/>).</summary>
public interface IEvaluationLog
{
    /// <summary>All evaluations so far, in their order.</summary>
    IReadOnlyList<Evaluation> Evaluations { get; }

    /// <summary>What each bin and quantity contributes in the best evaluation so far; empty where there is none.</summary>
    IReadOnlyList<MisfitPart> BestParts { get; }

    /// <summary>Appends an evaluation; when this returns it is safe.</summary>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="parts">Its contributions, if it is the best so far.</param>
    void Append(Evaluation evaluation, IReadOnlyList<MisfitPart>? parts);
}

/// <summary>Evaluations in memory.</summary>
public sealed class MemoryLog : IEvaluationLog
{
    private readonly List<Evaluation> evaluations = [];

    /// <inheritdoc/>
    public IReadOnlyList<Evaluation> Evaluations => evaluations;

    /// <inheritdoc/>
    public IReadOnlyList<MisfitPart> BestParts { get; private set; } = [];

    /// <inheritdoc/>
    public void Append(Evaluation evaluation, IReadOnlyList<MisfitPart>? parts)
    {
        evaluations.Add(evaluation);
        BestParts = parts ?? BestParts;
    }
}
