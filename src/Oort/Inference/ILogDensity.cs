namespace Oort.Inference;

/// <summary>
/// The logarithm of a probability density, up to a constant, at many points at once: a batch is what can be spread over threads or machines. Points are in the coordinates in which
/// a search moves the parameters.
/// </summary>
public interface ILogDensity
{
    /// <summary>How many coordinates a point has.</summary>
    int Dimensions { get; }

    /// <summary>The logarithm of the density at each point; minus infinity where it is zero, or there is no such model. The result for a point does not depend on the others.</summary>
    /// <param name="points">Points, each with <see cref="Dimensions"/> coordinates.</param>
    /// <param name="cancellation">Stops the work.</param>
    double[] Evaluate(IReadOnlyList<double[]> points, CancellationToken cancellation = default);

    /// <summary>The same density about a point, near which models cost less: see <see cref="IObjective.Near"/>.</summary>
    /// <param name="point">The point, where the density is not zero.</param>
    /// <param name="cancellation">Stops the work.</param>
    ILogDensity Near(double[] point, CancellationToken cancellation = default) => this;
}
