using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Oort.Numerics;

namespace Oort.Inference.Sampling;

/// <summary>
/// A normal distribution that is near a density, such as that about the best point of a search with the covariance that the curvature there implies. Proposals are drawn from Student's t distribution
/// of the same centre and shape, whose tails are longer, so that the density is never out of their reach. Immutable.
/// </summary>
public sealed class NormalApproximation
{
    // Rows of the lower triangle.
    private readonly double[][] factor;
    private readonly double[] centre;

    /// <summary>An approximation.</summary>
    /// <param name="centre">Its mean.</param>
    /// <param name="covariance">Its covariance, coordinate by coordinate.</param>
    /// <exception cref="InputException">The covariance is not positive definite, or of other dimensions than the mean.</exception>
    public NormalApproximation(IReadOnlyList<double> centre, double[,] covariance)
    {
        ArgumentNullException.ThrowIfNull(centre);
        ArgumentNullException.ThrowIfNull(covariance);
        this.centre = [.. centre];
        if (covariance.GetLength(0) != centre.Count || covariance.GetLength(1) != centre.Count)
        {
            throw new InputException(FormattableString.Invariant($"a normal distribution in {centre.Count} dimensions with a covariance of {covariance.GetLength(0)} by {covariance.GetLength(1)}"));
        }

        try
        {
            // Coordinates in units of their standard deviations, whatever their scales.
            Covariance = (double[,])covariance.Clone();
            double[] sigma = [.. Enumerable.Range(0, centre.Count).Select(i => Math.Sqrt(covariance[i, i]))];
            Matrix<double> correlation = DenseMatrix.Create(centre.Count, centre.Count, (i, j) => covariance[i, j] / (sigma[i] * sigma[j]));
            factor = (DenseMatrix.OfDiagonalArray(sigma) * correlation.Cholesky().Factor).ToRowArrays();
        }
        catch (ArgumentException)
        {
            throw new InputException("the covariance of a normal distribution is not positive definite");
        }

        Freedom = 2 * Math.Max(5, centre.Count);
    }

    /// <summary>Its dimensions.</summary>
    public int Dimensions => centre.Length;

    /// <summary>Its mean.</summary>
    public IReadOnlyList<double> Centre => centre;

    /// <summary>Degrees of freedom of the t distribution: even, twice the dimensions and 10 at least, which in any number of dimensions leaves as much of a normal density's proposals (docs/sampling.md).</summary>
    public int Freedom { get; }

    internal double[,] Covariance { get; }

    /// <summary>A point of the t distribution.</summary>
    internal double[] Draw(ref Xoshiro256 random)
    {
        // Half of chi-squared with an even number of degrees of freedom is a sum of exponential deviates.
        double half = 0;
        for (int i = 0; i < Freedom / 2; i++)
        {
            half -= Math.Log(1 - random.Uniform());
        }

        double[] normal = new double[centre.Length];
        for (int i = 0; i < normal.Length; i++)
        {
            normal[i] = random.Normal().X;
        }

        double[] point = [.. centre];
        Move(point, normal, Math.Sqrt(0.5 * Freedom / half));
        return point;
    }

    /// <summary>Moves a point by so many standard deviations in standard coordinates, times a factor.</summary>
    internal void Move(Span<double> point, ReadOnlySpan<double> deviations, double by)
    {
        for (int i = 0; i < point.Length; i++)
        {
            double[] row = factor[i];
            double moved = 0;
            for (int j = 0; j <= i; j++)
            {
                moved += row[j] * deviations[j];
            }

            point[i] += by * moved;
        }
    }

    /// <summary>A point's standard coordinates, in which the normal distribution has the centre 0 and no correlations, and each standard deviation is 1.</summary>
    /// <returns>The square of their distance from 0.</returns>
    internal double Standardise(ReadOnlySpan<double> point, Span<double> standard)
    {
        double square = 0;
        for (int i = 0; i < point.Length; i++)
        {
            double[] row = factor[i];
            double left = point[i] - centre[i];
            for (int j = 0; j < i; j++)
            {
                left -= row[j] * standard[j];
            }

            standard[i] = left / row[i];
            square += standard[i] * standard[i];
        }

        return square;
    }

    /// <summary>Logarithm of the density of the t distribution, up to a constant.</summary>
    internal double LogDensity(ReadOnlySpan<double> point)
    {
        double square = Standardise(point, stackalloc double[point.Length]);
        return -0.5 * (Freedom + point.Length) * Math.Log(1 + square / Freedom);
    }
}
