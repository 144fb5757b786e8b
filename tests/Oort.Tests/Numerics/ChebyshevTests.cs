using System.Numerics;
using Oort.Numerics;

namespace Oort.Tests.Numerics;

public class ChebyshevTests
{
    private static readonly int Lanes = Vector<double>.Count;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(24)]
    [InlineData(41)]
    public void Series_and_weights_reproduce_a_polynomial_of_lower_degree(int count)
    {
        // T_(count - 1) itself, the highest that the nodes carry.
        double Polynomial(double x) => Math.Cos((count - 1) * Math.Acos(x)) + 0.5;
        Chebyshev rule = new(count);
        double[] values = [.. rule.Nodes.Select(Polynomial)], series = new double[count], weights = new double[count * Lanes];
        rule.Coefficients(values, series);
        foreach (double x in (double[])[-1, -0.83, 0, 0.3, 0.999, 1, rule.Nodes[0]])
        {
            rule.LagrangeWeights(new(x), weights);
            double[] one = [.. Enumerable.Range(0, count).Select(k => weights[k * Lanes])];
            Assert.Equal(Polynomial(x), Chebyshev.Evaluate(InLanes(series), new(x))[0], 1e-12);
            Assert.Equal(Polynomial(x), values.Zip(one, (f, w) => f * w).Sum(), 1e-11);
            Assert.Equal(1, one.Sum(), 1e-12);
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
            double[] rows = InLanes(series);
            return Enumerable.Range(0, 201).Max(i => Math.Abs(Chebyshev.Evaluate(rows, new(-1 + 0.01 * i))[0] - Runge(-1 + 0.01 * i)));
        })];
        double expected = Math.Pow((1 + Math.Sqrt(5)) / 2, 10);
        Assert.InRange(errors[0] / errors[1], 0.7 * expected, 1.4 * expected);
        Assert.InRange(errors[1] / errors[2], 0.7 * expected, 1.4 * expected);

        static double Runge(double x) => 1 / (1 + 4 * x * x);
    }

    [Fact]
    public void Each_lane_has_its_own_series_and_points()
    {
        double[] rows = [.. Enumerable.Range(0, 6 * Lanes).Select(i => Math.Sin(1.3 * i))];
        double[] points = [.. Enumerable.Range(0, 8 * Lanes).Select(i => Math.Cos(0.9 * i))], sums = [.. points];
        Chebyshev.EvaluateEight(rows, sums);
        for (int i = 0; i < points.Length; i++)
        {
            double expected = Enumerable.Range(0, 6).Sum(m => rows[m * Lanes + i % Lanes] * Math.Cos(m * Math.Acos(points[i])));
            Assert.Equal(expected, sums[i], 1e-13);
            Assert.Equal(expected, Chebyshev.Evaluate(rows, new Vector<double>(points, i / Lanes * Lanes))[i % Lanes], 1e-13);
        }
    }

    private static double[] InLanes(double[] series) => [.. series.SelectMany(c => Enumerable.Repeat(c, Lanes))];
}
