using System.Numerics;
using Oort.Numerics;

namespace Oort.Tests.Numerics;

public class ChebyshevTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(32)]
    public void Series_and_weights_reproduce_a_polynomial_of_lower_degree(int count)
    {
        // T_(count - 1) itself, the highest that the nodes carry.
        double Polynomial(double x) => Math.Cos((count - 1) * Math.Acos(x)) + 0.5;
        Chebyshev rule = new(count);
        double[] values = [.. rule.Nodes.Select(Polynomial)], series = new double[count], weights = new double[count];
        rule.Coefficients(values, series);
        foreach (double x in (double[])[-1, -0.83, 0, 0.3, 0.999, 1, rule.Nodes[0]])
        {
            rule.LagrangeWeights(x, weights);
            Assert.Equal(Polynomial(x), Chebyshev.Evaluate(series, x), 1e-12);
            Assert.Equal(Polynomial(x), values.Zip(weights, (f, w) => f * w).Sum(), 1e-11);
            Assert.Equal(1, weights.Sum(), 1e-12);
        }
    }

    [Fact]
    public void Converges_geometrically_for_a_smooth_function()
    {
        // The pole of 1/(1 + 4 x^2) at i/2 lies on the Bernstein ellipse of (1 + sqrt 5)/2: that factor a term.
        double[] errors = [.. ((int[])[10, 20, 30]).Select(n =>
        {
            Chebyshev rule = new(n);
            double[] series = new double[n];
            rule.Coefficients([.. rule.Nodes.Select(Runge)], series);
            return Enumerable.Range(0, 201).Max(i => Math.Abs(Chebyshev.Evaluate(series, -1 + 0.01 * i) - Runge(-1 + 0.01 * i)));
        })];
        double expected = Math.Pow((1 + Math.Sqrt(5)) / 2, 10);
        Assert.InRange(errors[0] / errors[1], 0.7 * expected, 1.4 * expected);
        Assert.InRange(errors[1] / errors[2], 0.7 * expected, 1.4 * expected);

        static double Runge(double x) => 1 / (1 + 4 * x * x);
    }

    [Fact]
    public void Vectors_and_scalars_agree()
    {
        double[] series = [0.3, -1, 2, 0.1, -0.7, 0.05];
        double[] x = [.. Enumerable.Range(0, Vector<double>.Count).Select(i => -0.9 + 0.23 * i)];
        Vector<double> sums = Chebyshev.Evaluate(series, new Vector<double>(x));
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(Chebyshev.Evaluate(series, x[i]), sums[i], 1e-15);
            Assert.Equal(series.Select((c, m) => c * Math.Cos(m * Math.Acos(x[i]))).Sum(), sums[i], 1e-14);
        }
    }
}
