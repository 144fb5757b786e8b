using System.Numerics;

namespace Oort.Numerics;

/// <summary>
/// Polynomials on [-1, 1] through values at the Chebyshev-Lobatto points y_k = -cos(pi k / (n - 1)), in powers of y.
/// </summary>
internal sealed class LobattoPolynomial
{
    private readonly double[] transform;

    public LobattoPolynomial(int count)
    {
        Nodes = new double[count];
        transform = new double[count * count];
        double[,] powers = PowersOfChebyshev(count);
        int last = count - 1;
        for (int k = 0; k < count; k++)
        {
            Nodes[k] = -Math.Cos(Math.PI * k / last);
            for (int m = 0; m < count; m++)
            {
                // Discrete cosine transform of the first kind, then the powers of y of each T_m.
                double weight = 2.0 / last * (k == 0 || k == last ? 0.5 : 1) * (m == 0 || m == last ? 0.5 : 1)
                    * Math.Cos(m * Math.PI * (last - k) / last);
                for (int j = 0; j <= m; j++)
                {
                    transform[k * count + j] += weight * powers[m, j];
                }
            }
        }
    }

    /// <summary>The points, ascending from -1 to 1.</summary>
    public double[] Nodes { get; }

    /// <summary>Coefficients of y^0, y^1, ... of the polynomial through <paramref name="values"/>.</summary>
    public void Coefficients(ReadOnlySpan<double> values, Span<double> coefficients)
        => LinearCombination.Of(transform, values, coefficients);

    /// <summary>The polynomial at several points at once (Horner).</summary>
    public static Vector<double> Evaluate(ReadOnlySpan<double> coefficients, Vector<double> y)
    {
        Vector<double> sum = new(coefficients[^1]);
        for (int i = coefficients.Length - 2; i >= 0; i--)
        {
            sum = Vector.FusedMultiplyAdd(sum, y, new Vector<double>(coefficients[i]));
        }

        return sum;
    }

    /// <summary>The polynomial and its derivative at several points at once (Horner).</summary>
    public static (Vector<double> Value, Vector<double> Slope) EvaluateWithSlope(ReadOnlySpan<double> coefficients, Vector<double> y)
    {
        Vector<double> sum = new(coefficients[^1]), slope = Vector<double>.Zero;
        for (int i = coefficients.Length - 2; i >= 0; i--)
        {
            slope = Vector.FusedMultiplyAdd(slope, y, sum);
            sum = Vector.FusedMultiplyAdd(sum, y, new Vector<double>(coefficients[i]));
        }

        return (sum, slope);
    }

    private static double[,] PowersOfChebyshev(int count)
    {
        double[,] t = new double[count, count];
        t[0, 0] = 1;
        if (count > 1)
        {
            t[1, 1] = 1;
        }

        for (int m = 2; m < count; m++)
        {
            for (int j = 0; j <= m; j++)
            {
                t[m, j] = (j > 0 ? 2 * t[m - 1, j - 1] : 0) - t[m - 2, j];
            }
        }

        return t;
    }
}
