using System.Numerics;

namespace Oort.Numerics;

/// <summary>
/// Interpolation at the zeros of the Chebyshev polynomial T_n on [-1, 1]: nodes, the transform from node values
/// to the coefficients of T_0 .. T_(n-1), barycentric weights, and evaluation of a series on vectors of points.
/// </summary>
internal sealed class Chebyshev
{
    private readonly double[] transform;
    private readonly double[] barycentric;

    public Chebyshev(int count)
    {
        Nodes = new double[count];
        barycentric = new double[count];
        transform = new double[count * count];
        for (int k = 0; k < count; k++)
        {
            double angle = Math.PI * (k + 0.5) / count;
            Nodes[k] = Math.Cos(angle);
            barycentric[k] = (k % 2 == 0 ? 1 : -1) * Math.Sin(angle);
            for (int m = 0; m < count; m++)
            {
                transform[k * count + m] = (m == 0 ? 1.0 : 2.0) / count * Math.Cos(m * angle);
            }
        }
    }

    /// <summary>The nodes, descending.</summary>
    public double[] Nodes { get; }

    public int Count => Nodes.Length;

    /// <summary>Coefficients of the interpolating series from the values at the nodes.</summary>
    public void Coefficients(ReadOnlySpan<double> values, Span<double> coefficients)
    {
        coefficients[..Count].Clear();
        for (int k = 0; k < Count; k++)
        {
            for (int m = 0; m < Count; m++)
            {
                coefficients[m] += transform[k * Count + m] * values[k];
            }
        }
    }

    /// <summary>Weights with which the values at the nodes combine to the interpolant at <paramref name="x"/>.</summary>
    public void LagrangeWeights(double x, Span<double> weights)
    {
        double sum = 0;
        for (int k = 0; k < Count; k++)
        {
            double distance = x - Nodes[k];
            if (distance == 0)
            {
                weights[..Count].Clear();
                weights[k] = 1;
                return;
            }

            weights[k] = barycentric[k] / distance;
            sum += weights[k];
        }

        for (int k = 0; k < Count; k++)
        {
            weights[k] /= sum;
        }
    }

    /// <summary>The series with the given coefficients at several points at once (Clenshaw's recurrence).</summary>
    public static Vector<double> Evaluate(ReadOnlySpan<double> coefficients, Vector<double> x)
    {
        Vector<double> twice = x + x, b1 = Vector<double>.Zero, b2 = Vector<double>.Zero;
        for (int m = coefficients.Length - 1; m > 0; m--)
        {
            Vector<double> b = Vector.FusedMultiplyAdd(twice, b1, new Vector<double>(coefficients[m]) - b2);
            b2 = b1;
            b1 = b;
        }

        return Vector.FusedMultiplyAdd(x, b1, new Vector<double>(coefficients[0]) - b2);
    }

    /// <summary>
    /// The series at four vectors of points, in place: the four recurrences run side by side, as each waits for itself.
    /// </summary>
    public static void EvaluateFour(ReadOnlySpan<double> coefficients, Span<double> points)
    {
        int lanes = Vector<double>.Count;
        Vector<double> x0 = new(points), x1 = new(points[lanes..]), x2 = new(points[(2 * lanes)..]), x3 = new(points[(3 * lanes)..]);
        Vector<double> t0 = x0 + x0, t1 = x1 + x1, t2 = x2 + x2, t3 = x3 + x3;
        Vector<double> a0 = Vector<double>.Zero, a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
        for (int m = coefficients.Length - 1; m > 0; m--)
        {
            Vector<double> c = new(coefficients[m]);
            (a0, b0) = (Vector.FusedMultiplyAdd(t0, a0, c - b0), a0);
            (a1, b1) = (Vector.FusedMultiplyAdd(t1, a1, c - b1), a1);
            (a2, b2) = (Vector.FusedMultiplyAdd(t2, a2, c - b2), a2);
            (a3, b3) = (Vector.FusedMultiplyAdd(t3, a3, c - b3), a3);
        }

        Vector<double> first = new(coefficients[0]);
        Vector.FusedMultiplyAdd(x0, a0, first - b0).CopyTo(points);
        Vector.FusedMultiplyAdd(x1, a1, first - b1).CopyTo(points[lanes..]);
        Vector.FusedMultiplyAdd(x2, a2, first - b2).CopyTo(points[(2 * lanes)..]);
        Vector.FusedMultiplyAdd(x3, a3, first - b3).CopyTo(points[(3 * lanes)..]);
    }

    /// <summary>The series with the given coefficients at one point.</summary>
    public static double Evaluate(ReadOnlySpan<double> coefficients, double x)
    {
        double b1 = 0, b2 = 0, twice = x + x;
        for (int m = coefficients.Length - 1; m > 0; m--)
        {
            (b1, b2) = (Math.FusedMultiplyAdd(twice, b1, coefficients[m] - b2), b1);
        }

        return Math.FusedMultiplyAdd(x, b1, coefficients[0] - b2);
    }
}
