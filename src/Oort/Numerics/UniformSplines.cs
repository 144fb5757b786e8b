using System.Runtime.CompilerServices;

namespace Oort.Numerics;

/// <summary>
/// Cubic B-splines through values on uniform grids of any dimension, axis by axis: twice continuously differentiable, error
/// O(h^4); at both ends the third derivative is continuous at the last inner node ("not a knot").
/// </summary>
internal static class UniformSplines
{
    /// <summary>
    /// Replaces values at n >= 5 nodes of one axis by n + 2 coefficients, of which number k belongs to node k - 1.
    /// </summary>
    /// <param name="values">Values, [outer][n][inner] one after the other.</param>
    /// <param name="outer">Number of lines before the axis.</param>
    /// <param name="n">Number of nodes.</param>
    /// <param name="inner">Number of neighbouring values behind the axis.</param>
    internal static double[] Coefficients(double[] values, int outer, int n, int inner)
    {
        double[] result = new double[outer * (n + 2) * inner];
        double[] pivot = new double[n];
        for (int o = 0; o < outer; o++)
        {
            ReadOnlySpan<double> y = values.AsSpan(o * n * inner, n * inner);
            Span<double> c = result.AsSpan(o * (n + 2) * inner, (n + 2) * inner);
            // c(k-1) + 4 c(k) + c(k+1) = 6 y(k); continuity of the third derivative gives c(1) = y(1) - (y(0) - 2 y(1) + y(2))/6.
            for (int q = 0; q < inner; q++)
            {
                c[2 * inner + q] = (8 * y[inner + q] - y[q] - y[2 * inner + q]) / 6;
                c[(n - 1) * inner + q] = (8 * y[(n - 2) * inner + q] - y[(n - 3) * inner + q] - y[(n - 1) * inner + q]) / 6;
            }

            pivot[1] = double.PositiveInfinity;
            for (int k = 2; k < n - 2; k++)
            {
                pivot[k] = 4 - 1 / pivot[k - 1];
                double previous = 1 / pivot[k - 1];
                for (int q = 0; q < inner; q++)
                {
                    // c holds the right-hand side until the way back; that of node 1 is its value.
                    double known = k == 2 ? c[2 * inner + q] : c[k * inner + q] * previous;
                    double last = k == n - 3 ? c[(n - 1) * inner + q] : 0;
                    c[(k + 1) * inner + q] = 6 * y[k * inner + q] - known - last;
                }
            }

            for (int k = n - 3; k >= 2; k--)
            {
                for (int q = 0; q < inner; q++)
                {
                    double next = k == n - 3 ? 0 : c[(k + 2) * inner + q];
                    c[(k + 1) * inner + q] = (c[(k + 1) * inner + q] - next) / pivot[k];
                }
            }

            for (int q = 0; q < inner; q++)
            {
                c[inner + q] = 6 * y[inner + q] - 4 * c[2 * inner + q] - c[3 * inner + q];
                c[q] = 6 * y[q] - 4 * c[inner + q] - c[2 * inner + q];
                c[n * inner + q] = 6 * y[(n - 2) * inner + q] - 4 * c[(n - 1) * inner + q] - c[(n - 2) * inner + q];
                c[(n + 1) * inner + q] = 6 * y[(n - 1) * inner + q] - 4 * c[n * inner + q] - c[(n - 1) * inner + q];
            }
        }

        return result;
    }

    /// <summary>
    /// As <see cref="Coefficients"/>, of quadratic B-splines with their knots half way between the nodes: once continuously differentiable, error
    /// O(h^3); at both ends the second derivative is continuous at the last knot.
    /// </summary>
    internal static double[] QuadraticCoefficients(double[] values, int outer, int n, int inner)
    {
        double[] result = new double[outer * (n + 2) * inner], pivot = new double[n];
        pivot[1] = 7;
        for (int k = 2; k < n - 1; k++)
        {
            pivot[k] = (k < n - 2 ? 6 : 7) - 1 / pivot[k - 1];
        }

        for (int o = 0; o < outer; o++)
        {
            ReadOnlySpan<double> y = values.AsSpan(o * n * inner, n * inner);
            Span<double> c = result.AsSpan(o * (n + 2) * inner, (n + 2) * inner);
            // c(k-1) + 6 c(k) + c(k+1) = 8 y(k); continuity of the second derivative gives c(0) - c(1) = y(0) - y(1).
            for (int k = 1; k < n - 1; k++)
            {
                double previous = k > 1 ? 1 / pivot[k - 1] : 0;
                for (int q = 0; q < inner; q++)
                {
                    double known = 8 * y[k * inner + q] - (k > 1 ? previous * c[k * inner + q] : 0);
                    known -= k == 1 ? y[q] - y[inner + q] : 0;
                    known -= k == n - 2 ? y[(n - 1) * inner + q] - y[(n - 2) * inner + q] : 0;
                    c[(k + 1) * inner + q] = known;
                }
            }

            for (int k = n - 2; k >= 1; k--)
            {
                for (int q = 0; q < inner; q++)
                {
                    c[(k + 1) * inner + q] = (c[(k + 1) * inner + q] - (k < n - 2 ? c[(k + 2) * inner + q] : 0)) / pivot[k];
                }
            }

            for (int q = 0; q < inner; q++)
            {
                c[inner + q] = c[2 * inner + q] + y[q] - y[inner + q];
                c[n * inner + q] = c[(n - 1) * inner + q] + y[(n - 1) * inner + q] - y[(n - 2) * inner + q];
                c[q] = 8 * y[q] - 6 * c[inner + q] - c[2 * inner + q];
                c[(n + 1) * inner + q] = 8 * y[(n - 1) * inner + q] - 6 * c[n * inner + q] - c[(n - 1) * inner + q];
            }
        }

        return result;
    }

    /// <summary>Weights of the four coefficients from number <c>cell</c> on at a fraction t of that cell; beyond 0 and 1 the cubic goes on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Weights(double t, out float w0, out float w1, out float w2, out float w3)
    {
        double s = 1 - t, t3 = t * t * t, s3 = s * s * s;
        w0 = (float)(s3 * (1 / 6.0));
        w1 = (float)((2 / 3.0) - t * t + 0.5 * t3);
        w2 = (float)((2 / 3.0) - s * s + 0.5 * s3);
        w3 = (float)(t3 * (1 / 6.0));
    }
}
