using System.Collections.Concurrent;

namespace Oort.Inference;

/// <summary>
/// The posterior density of a fit's parameters, in the coordinates in which a search moves them: prior density there (with the Jacobian of the transforms) times likelihood, which is
/// exp(-1/2 of the misfit). Beyond the bounds, and where there is no model, it is zero. Its value at a point depends on nothing but the point.
/// </summary>
public sealed class LogPosterior : ILogDensity
{
    private readonly IObjective misfit;
    private readonly int threads;

    /// <summary>A posterior.</summary>
    /// <param name="parameters">The parameters and their priors.</param>
    /// <param name="misfit">-2 ln L of values of the parameters, up to a constant; asked from several threads at once if <paramref name="threads"/> says so.</param>
    /// <param name="threads">Points of a batch that are evaluated at once.</param>
    public LogPosterior(ParameterSet parameters, IObjective misfit, int threads = 1)
        => (Parameters, this.misfit, this.threads) = (parameters, misfit, threads);

    /// <summary>The parameters.</summary>
    public ParameterSet Parameters { get; }

    /// <inheritdoc/>
    public int Dimensions => Parameters.Count;

    /// <summary>Where the search begins, in its coordinates.</summary>
    public double[] Start => Parameters.Coordinates(Parameters.Start);

    /// <summary>Logarithm of the prior density at a point.</summary>
    public double LogPrior(ReadOnlySpan<double> point) => Parameters.LogPrior(point);

    /// <summary>What each data set, bin and quantity contributes to -2 ln L at a point; null where the prior is zero.</summary>
    /// <exception cref="NumericalException">There is no such model.</exception>
    /// <exception cref="InputException">A value is not allowed.</exception>
    public Misfit? MisfitAt(ReadOnlySpan<double> point, CancellationToken cancellation = default)
        => double.IsFinite(Parameters.LogPrior(point)) ? misfit.Evaluate(Parameters.Values(point), cancellation) : null;

    /// <inheritdoc/>
    public ILogDensity Near(double[] point, CancellationToken cancellation = default) => new LogPosterior(Parameters, misfit.Near(Parameters.Values(point), cancellation), threads);

    /// <inheritdoc/>
    public double[] Evaluate(IReadOnlyList<double[]> points, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        double[] result = new double[points.Count];
        if (threads == 1 || points.Count == 1)
        {
            for (int i = 0; i < result.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                result[i] = At(points[i], cancellation);
            }

            return result;
        }

        // Whoever is free takes the next point: one may take longer than others.
        OrderablePartitioner<int> each = Partitioner.Create(Enumerable.Range(0, result.Length), EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(each, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i => result[i] = At(points[i], cancellation));
        return result;
    }

    private double At(double[] point, CancellationToken cancellation)
    {
        double prior = Parameters.LogPrior(point);
        if (!double.IsFinite(prior))
        {
            return double.NegativeInfinity;
        }

        try
        {
            double found = misfit.Evaluate(Parameters.Values(point), cancellation).ChiSquared;
            return double.IsNaN(found) ? double.NegativeInfinity : prior - 0.5 * found;
        }
        catch (Exception e) when (Failure.Of(e) is NumericalException or InputException)
        {
            // There is no such model.
            return double.NegativeInfinity;
        }
    }
}
