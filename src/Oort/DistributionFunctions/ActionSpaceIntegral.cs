using Oort.Numerics;

namespace Oort.DistributionFunctions;

/// <summary>
/// Integral of a function over the octant Jr, Jz, |Jphi| &gt;= 0 of action space for functions that vary on a
/// logarithmic scale with T = Jr + Jz + |Jphi| and smoothly with direction. With L = Jz + |Jphi|, c = L/T and
/// w = |Jphi|/L, d3J = c T^3 dlnT dc dw: trapezoidal rule in ln T, Gauss-Legendre in c and w.
/// </summary>
internal static class ActionSpaceIntegral
{
    // A rule of 1.6 times the order has the error of the one before to the power 1.6, 1e-12 here.
    private const double Tolerance = 1e-8;

    // Orders of the rules for c and for w.
    private static readonly (int C, int W)[] Orders = [(10, 6), (16, 10), (24, 16), (36, 24), (54, 36), (80, 54)];

    /// <summary>
    /// The integral. Directions are refined until two rules agree to 1e-8; the finer one is returned, whose error is
    /// below 1e-11 (tested).
    /// </summary>
    /// <param name="function">The function of (Jr, Jz, |Jphi|).</param>
    /// <param name="low">Least ln T.</param>
    /// <param name="high">Largest ln T.</param>
    /// <param name="step">Step in ln T.</param>
    /// <param name="lowPower">The integrand goes as T^lowPower below the range.</param>
    /// <param name="highPower">It goes as T^-highPower above the range; infinity where nothing is left.</param>
    /// <exception cref="NumericalException">The rules do not come to agree.</exception>
    public static double Octant<TFunction>(
        in TFunction function, double low, double high, double step, double lowPower, double highPower)
        where TFunction : struct, IBlockFunction3
    {
        int count = (int)Math.Ceiling((high - low) / step) + 1;
        double[] buffer = new double[6 * count];
        Span<double> T = buffer.AsSpan(0, count), weight = buffer.AsSpan(count, count);
        for (int i = 0; i < count; i++)
        {
            T[i] = Math.Exp(low + i * step);
            weight[i] = T[i] * T[i] * T[i] * step;
        }

        // Geometric sums over the nodes beyond both ends, where the integrand is a power law.
        weight[0] /= 1 - Math.Exp(-step * lowPower);
        weight[^1] /= 1 - Math.Exp(-step * highPower);

        double previous = double.NaN;
        foreach ((int nc, int nw) in Orders)
        {
            double sum = Sum(in function, buffer, count, nc, nw);
            if (Math.Abs(sum - previous) <= Tolerance * sum)
            {
                return sum;
            }

            previous = sum;
        }

        throw new NumericalException("the mass of a distribution function does not converge: its parameters are extreme");
    }

    private static double Sum<TFunction>(in TFunction function, double[] buffer, int count, int nc, int nw)
        where TFunction : struct, IBlockFunction3
    {
        ReadOnlySpan<double> T = buffer.AsSpan(0, count), weight = buffer.AsSpan(count, count);
        Span<double> Jr = buffer.AsSpan(2 * count, count), Jz = buffer.AsSpan(3 * count, count);
        Span<double> Jphi = buffer.AsSpan(4 * count, count), f = buffer.AsSpan(5 * count, count);
        Span<double> c = stackalloc double[nc], wc = stackalloc double[nc], w = stackalloc double[nw], ww = stackalloc double[nw];
        GaussLegendre.Rule(nc).Map(0, 1, c, wc);
        GaussLegendre.Rule(nw).Map(0, 1, w, ww);
        double sum = 0;
        for (int i = 0; i < nc; i++)
        {
            for (int j = 0; j < nw; j++)
            {
                for (int k = 0; k < count; k++)
                {
                    Jr[k] = T[k] * (1 - c[i]);
                    Jz[k] = T[k] * (c[i] * (1 - w[j]));
                    Jphi[k] = T[k] * (c[i] * w[j]);
                }

                VectorMath.Map(in function, Jr, Jz, Jphi, f);
                double line = 0;
                for (int k = 0; k < count; k++)
                {
                    line += f[k] * weight[k];
                }

                sum += line * c[i] * wc[i] * ww[j];
            }
        }

        return sum;
    }
}
