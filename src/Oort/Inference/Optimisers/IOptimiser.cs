namespace Oort.Inference.Optimisers;

/// <summary>
/// A method that looks for the least value of a function. It asks for the function at several points at once, which may be answered in any order, and takes its next step when all are: the same answers, the
/// same questions.
/// </summary>
internal interface IOptimiser
{
    /// <summary>The batches of points at which it wants the function, until it is done.</summary>
    IEnumerable<IReadOnlyList<Question>> Batches();

    /// <summary>The best point so far.</summary>
    double[] Best { get; }

    /// <summary>The value there; infinite before there is one.</summary>
    double BestValue { get; }

    /// <summary>Whether it has come to its end because there is nothing better near.</summary>
    bool Converged { get; }
}
