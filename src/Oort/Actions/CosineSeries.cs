using System.Collections.Concurrent;

namespace Oort.Actions;

/// <summary>
/// Even periodic functions given at the n points theta_j = (j + 1/2) pi / n: interpolation by the cosine series through them, and the
/// integral of that series from 0 to any angle, as weights of the given values.
/// </summary>
internal sealed class CosineSeries
{
    private static readonly ConcurrentDictionary<int, CosineSeries> Cache = new();

    private readonly int n;
    private readonly double[] cosines; // of i pi / (2 n), a full turn

    private CosineSeries(int n)
    {
        this.n = n;
        cosines = new double[4 * n];
        for (int i = 0; i < 4 * n; i++)
        {
            cosines[i] = Math.Cos(i * Math.PI / (2 * n));
        }
    }

    internal static CosineSeries OfLength(int n) => Cache.GetOrAdd(n, static k => new CosineSeries(k));

    /// <summary>cos(theta_j).</summary>
    internal double Cosine(int j) => cosines[2 * j + 1];

    /// <summary>sin(theta_j).</summary>
    internal double Sine(int j) => cosines[Math.Abs(n - (2 * j + 1))];

    /// <summary>Weights of the given values in the value at <paramref name="theta"/>.</summary>
    internal void ValueKernel(double theta, Span<double> weights) => Kernel(theta, false, weights);

    /// <summary>Weights of the given values in the integral from 0 to <paramref name="theta"/>.</summary>
    internal void IntegralKernel(double theta, Span<double> weights) => Kernel(theta, true, weights);

    private void Kernel(double theta, bool integral, Span<double> weights)
    {
        weights[..n].Fill(integral ? theta / n : 1.0 / n);
        (double s1, double c1) = Math.SinCos(theta);
        (double s, double c) = (s1, c1);
        for (int k = 1; k < n; k++)
        {
            double amplitude = 2.0 / n * (integral ? s / k : c);
            for (int j = 0, at = k; j < n; j++)
            {
                weights[j] += amplitude * cosines[at];
                at += 2 * k;
                at -= at >= 4 * n ? 4 * n : 0;
            }

            (s, c) = (s * c1 + c * s1, c * c1 - s * s1);
        }
    }
}
