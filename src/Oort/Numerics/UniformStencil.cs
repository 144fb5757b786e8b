namespace Oort.Numerics;

/// <summary>
/// Weights of values at equally spaced nodes 0, 1, 2, ... that integrate or differentiate the polynomial through them: exact for polynomials of a degree below the
/// number of nodes.
/// </summary>
internal static class UniformStencil
{
    /// <summary>Weights of the integral from node <paramref name="from"/> to the next.</summary>
    public static double[] Integral(int nodes, int from) => Weights(nodes, polynomial =>
    {
        double sum = 0;
        for (int k = 0; k < polynomial.Length; k++)
        {
            sum += polynomial[k] * (Math.Pow(from + 1, k + 1) - Math.Pow(from, k + 1)) / (k + 1);
        }

        return sum;
    });

    /// <summary>Weights of the derivative at node <paramref name="at"/>.</summary>
    public static double[] Derivative(int nodes, int at) => Weights(nodes, polynomial =>
    {
        double sum = 0;
        for (int k = 1; k < polynomial.Length; k++)
        {
            sum += polynomial[k] * k * Math.Pow(at, k - 1);
        }

        return sum;
    });

    /// <summary>Weights of the value at a place between the nodes, in units of their spacing (Lagrange).</summary>
    public static void Value(double at, Span<double> weights)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            double product = 1;
            for (int k = 0; k < weights.Length; k++)
            {
                product *= k == i ? 1 : (at - k) / (i - k);
            }

            weights[i] = product;
        }
    }

    /// <summary>A functional of each of Lagrange's polynomials, given by their coefficients, the constant first.</summary>
    private static double[] Weights(int nodes, Func<double[], double> functional)
    {
        double[] weights = new double[nodes];
        for (int i = 0; i < nodes; i++)
        {
            double[] polynomial = new double[nodes];
            polynomial[0] = 1;
            for (int k = 0, degree = 0; k < nodes; k++)
            {
                if (k == i)
                {
                    continue;
                }

                // Times (x - k) / (i - k).
                degree++;
                for (int power = degree; power >= 0; power--)
                {
                    polynomial[power] = ((power > 0 ? polynomial[power - 1] : 0) - k * polynomial[power]) / (i - k);
                }
            }

            weights[i] = functional(polynomial);
        }

        return weights;
    }
}
