using MathNet.Numerics.LinearAlgebra;

namespace Oort.Numerics;

/// <summary>Gauss's quadrature rules for weights that are only known at points.</summary>
internal static class GaussRule
{
    /// <summary>
    /// The rule of <paramref name="count"/> nodes that sums polynomials of degree 2 count - 1 as the points do: Stieltjes' recurrence for the orthogonal polynomials, nodes and weights from the
    /// eigenvalues of its matrix (Golub and Welsch 1969).
    /// </summary>
    /// <param name="points">Points, many more than nodes.</param>
    /// <param name="weights">Weights, not negative, positive at as many points as there are nodes at least.</param>
    /// <param name="count">Number of nodes.</param>
    /// <returns>Nodes in ascending order and their weights.</returns>
    public static (double[] Nodes, double[] Weights) For(ReadOnlySpan<double> points, ReadOnlySpan<double> weights, int count)
    {
        int n = points.Length;
        double total = 0, norm = 0;
        for (int i = 0; i < n; i++)
        {
            total += weights[i];
        }

        double[] polynomial = new double[n], previous = new double[n];
        Array.Fill(polynomial, 1 / Math.Sqrt(total));
        Matrix<double> jacobi = Matrix<double>.Build.Dense(count, count);
        for (int k = 0; k < count; k++)
        {
            double centre = 0;
            for (int i = 0; i < n; i++)
            {
                centre += weights[i] * points[i] * polynomial[i] * polynomial[i];
            }

            jacobi[k, k] = centre;
            if (k == count - 1)
            {
                break;
            }

            // The polynomials are orthonormal, so that neither they nor their products overflow.
            double next = 0;
            for (int i = 0; i < n; i++)
            {
                double value = (points[i] - centre) * polynomial[i] - norm * previous[i];
                (previous[i], polynomial[i]) = (polynomial[i], value);
                next += weights[i] * value * value;
            }

            norm = Math.Sqrt(next);
            for (int i = 0; i < n; i++)
            {
                polynomial[i] /= norm;
            }

            (jacobi[k, k + 1], jacobi[k + 1, k]) = (norm, norm);
        }

        var eigen = jacobi.Evd(Symmetricity.Symmetric);
        double[] nodes = [.. eigen.EigenValues.Select(v => v.Real)], first = [.. eigen.EigenVectors.Row(0).Select(v => total * v * v)];
        Array.Sort(nodes, first);
        return (nodes, first);
    }
}
