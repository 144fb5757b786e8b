using System.Collections.Concurrent;

namespace Oort.Numerics;

/// <summary>
/// Gauss-Legendre quadrature: n nodes integrate polynomials up to degree 2n - 1 exactly.
/// Rules are made once and shared.
/// </summary>
internal sealed class GaussLegendre
{
    private static readonly ConcurrentDictionary<int, GaussLegendre> Cache = new();

    private readonly double[] nodes;
    private readonly double[] weights;

    private GaussLegendre(int n)
    {
        nodes = new double[n];
        weights = new double[n];
        for (int i = 0; i < (n + 1) / 2; i++)
        {
            // Newton from Tricomi's estimate of the root; the rule is symmetric about 0.
            double x = Math.Cos(Math.PI * (i + 0.75) / (n + 0.5)) * (1 - (n - 1) / (8.0 * n * n * n));
            double slope = 0;
            for (int iteration = 0; iteration < 8; iteration++)
            {
                (double p, slope) = Legendre.ValueAndSlope(n, x);
                double step = p / slope;
                x -= step;
                if (Math.Abs(step) < 1e-15)
                {
                    break;
                }
            }

            slope = Legendre.ValueAndSlope(n, x).Slope;
            double w = 2 / ((1 - x) * (1 + x) * slope * slope);
            nodes[i] = -x;
            nodes[n - 1 - i] = x;
            weights[i] = weights[n - 1 - i] = w;
        }

        if (n % 2 == 1)
        {
            nodes[n / 2] = 0;
        }
    }

    /// <summary>The rule with <paramref name="n"/> nodes.</summary>
    public static GaussLegendre Rule(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        return Cache.GetOrAdd(n, static k => new GaussLegendre(k));
    }

    /// <summary>Number of nodes.</summary>
    public int Count => nodes.Length;

    /// <summary>Nodes on [-1, 1], ascending.</summary>
    public ReadOnlySpan<double> Nodes => nodes;

    /// <summary>Weights on [-1, 1]; they add up to 2.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>Writes the nodes and weights of the rule on [a, b].</summary>
    public void Map(double a, double b, Span<double> x, Span<double> w)
    {
        double half = 0.5 * (b - a), middle = 0.5 * (a + b);
        for (int i = 0; i < nodes.Length; i++)
        {
            x[i] = middle + half * nodes[i];
            w[i] = half * weights[i];
        }
    }

    /// <summary>Integral of <paramref name="f"/> from a to b.</summary>
    public double Integrate(Func<double, double> f, double a, double b)
    {
        double half = 0.5 * (b - a), middle = 0.5 * (a + b), sum = 0;
        for (int i = 0; i < nodes.Length; i++)
        {
            sum += weights[i] * f(middle + half * nodes[i]);
        }

        return half * sum;
    }
}
