using MathNet.Numerics.Distributions;
using Oort.Inference;

namespace Oort.Tests.Inference.Sampling;

/// <summary>A density of which all is known: mean, covariance, and functions of a point that are even between 0 and 1.</summary>
internal abstract class ClosedFormDensity(string name, int dimensions) : ILogDensity
{
    private int evaluations;

    public int Dimensions { get; } = dimensions;

    public int Evaluations => evaluations;

    public abstract double[] Mean { get; }

    public abstract double[,] Covariance { get; }

    public double Sigma(int k) => Math.Sqrt(Covariance[k, k]);

    public abstract double LogDensity(double[] x);

    /// <summary>As many numbers as there are dimensions; each is even between 0 and 1 if the point is drawn from the density.</summary>
    public abstract double[] Scores(double[] x);

    public double[] Evaluate(IReadOnlyList<double[]> points, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        evaluations += points.Count;
        return [.. points.Select(LogDensity)];
    }

    public override string ToString() => name;

    /// <summary>A Gaussian with correlations r^|i-j| and standard deviations from 0.01 to 100: its inverse covariance is tridiagonal.</summary>
    public sealed class Gaussian : ClosedFormDensity
    {
        private readonly double correlation;

        public Gaussian(int dimensions, double correlation = 0.9, double shift = 0, double widening = 1) : base($"Gaussian in {dimensions}", dimensions)
        {
            this.correlation = correlation;
            Scale = [.. Enumerable.Range(0, dimensions).Select(i => widening * Math.Pow(10, -2 + 4.0 * (i * 7 % dimensions) / Math.Max(1, dimensions - 1)))];
            Mean = [.. Scale.Select((s, i) => s * (i % 5 - 2 + shift))];
            Covariance = new double[dimensions, dimensions];
            for (int i = 0; i < dimensions; i++)
            {
                for (int j = 0; j < dimensions; j++)
                {
                    Covariance[i, j] = Scale[i] * Scale[j] * Math.Pow(correlation, Math.Abs(i - j));
                }
            }
        }

        public double[] Scale { get; }

        public override double[] Mean { get; }

        public override double[,] Covariance { get; }

        public override double LogDensity(double[] x)
        {
            double sum = 0, before = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double t = (x[i] - Mean[i]) / Scale[i], u = t - correlation * before;
                sum += i == 0 ? t * t : u * u / (1 - correlation * correlation);
                before = t;
            }

            return -0.5 * sum;
        }

        public override double[] Scores(double[] x) => [.. x.Select((v, i) => Normal.CDF(Mean[i], Scale[i], v))];
    }

    /// <summary>
    /// exp(-(100 (y - x^2)^2 + (1 - x)^2)/20), of Goodman &amp; Weare (2010, section 4): x is normal with mean 1 and variance 10, y - x^2 with mean 0 and variance 1/10.
    /// </summary>
    public sealed class Rosenbrock() : ClosedFormDensity("Rosenbrock", 2)
    {
        private const double Variance = 10, Width = 0.1;

        public override double[] Mean => [1, 1 + Variance];

        // Moments of a normal x: var(x^2) = 2 s^4 + 4 m^2 s^2, cov(x, x^2) = 2 m s^2.
        public override double[,] Covariance => new[,] { { Variance, 2 * Variance }, { 2 * Variance, 2 * Variance * Variance + 4 * Variance + Width } };

        public override double LogDensity(double[] x)
        {
            double a = x[1] - x[0] * x[0], b = 1 - x[0];
            return -(100 * a * a + b * b) / 20;
        }

        public override double[] Scores(double[] x) => [Normal.CDF(1, Math.Sqrt(Variance), x[0]), Normal.CDF(0, Math.Sqrt(Width), x[1] - x[0] * x[0])];
    }

    /// <summary>Two Gaussians of unit width, with 1/3 and 2/3 of all, some way apart in the first coordinate.</summary>
    public sealed class Bimodal(int dimensions, double separation) : ClosedFormDensity($"two peaks in {dimensions}, {separation} apart", dimensions)
    {
        private const double First = 1.0 / 3;

        public override double[] Mean => [.. Enumerable.Range(0, Dimensions).Select(k => k == 0 ? (1 - First) * separation : 0)];

        public override double[,] Covariance
        {
            get
            {
                double[,] c = new double[Dimensions, Dimensions];
                for (int k = 0; k < Dimensions; k++)
                {
                    c[k, k] = 1 + (k == 0 ? First * (1 - First) * separation * separation : 0);
                }

                return c;
            }
        }

        public override double LogDensity(double[] x)
        {
            double rest = 0;
            for (int k = 1; k < x.Length; k++)
            {
                rest += x[k] * x[k];
            }

            double a = -0.5 * x[0] * x[0] + Math.Log(First), b = -0.5 * (x[0] - separation) * (x[0] - separation) + Math.Log(1 - First);
            return Math.Max(a, b) + Math.Log(1 + Math.Exp(-Math.Abs(a - b))) - 0.5 * rest;
        }

        public override double[] Scores(double[] x)
            => [.. x.Select((v, k) => k == 0 ? First * Normal.CDF(0, 1, v) + (1 - First) * Normal.CDF(separation, 1, v) : Normal.CDF(0, 1, v))];
    }

    /// <summary>Even between 0 and 1 in all coordinates, zero elsewhere.</summary>
    public sealed class Box(int dimensions) : ClosedFormDensity($"box in {dimensions}", dimensions)
    {
        public override double[] Mean => [.. Enumerable.Repeat(0.5, Dimensions)];

        public override double[,] Covariance
        {
            get
            {
                double[,] c = new double[Dimensions, Dimensions];
                for (int k = 0; k < Dimensions; k++)
                {
                    c[k, k] = 1.0 / 12;
                }

                return c;
            }
        }

        public override double LogDensity(double[] x) => x.All(v => v is >= 0 and <= 1) ? 0 : double.NegativeInfinity;

        public override double[] Scores(double[] x) => x;
    }
}
