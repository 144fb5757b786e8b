using Oort.Numerics;

namespace Oort.Tests.Numerics;

public sealed class SplineTests
{
    private static double F(double x) => Math.Sin(2 * x) + 0.3 * x;

    private static double F1(double x) => 2 * Math.Cos(2 * x) + 0.3;

    private static double F2(double x) => -4 * Math.Sin(2 * x);

    /// <summary>Nodes on [0, 3], equally spaced or stretched.</summary>
    private static double[] Nodes(int cells, bool uniform)
        => [.. Enumerable.Range(0, cells + 1).Select(i => (double)i / cells).Select(t => 3 * (uniform ? t : t * (0.6 + 0.4 * t)))];

    private static (double Value, double First, double Second) WorstError(Func<double, (double, double, double)> spline)
    {
        double e0 = 0, e1 = 0, e2 = 0;
        for (int i = 0; i <= 3000; i++)
        {
            double x = i * 1e-3;
            (double v, double d, double s) = spline(x);
            e0 = Math.Max(e0, Math.Abs(v - F(x)));
            e1 = Math.Max(e1, Math.Abs(d - F1(x)));
            e2 = Math.Max(e2, Math.Abs(s - F2(x)));
        }

        return (e0, e1, e2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Quintic_error_falls_with_the_sixth_power_of_the_step(bool uniform)
    {
        static QuinticSpline Make(double[] x) => new(x, [.. x.Select(F)], [.. x.Select(F1)]);
        (double a0, double a1, double a2) = WorstError(Make(Nodes(20, uniform)).Evaluate);
        (double b0, double b1, double b2) = WorstError(Make(Nodes(40, uniform)).Evaluate);
        Assert.InRange(a0, 0, 1e-6);
        Assert.InRange(a0 / b0, 48, 90);
        Assert.InRange(a1 / b1, 22, 50);
        Assert.InRange(a2 / b2, 11, 30);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Cubic_error_falls_with_the_fourth_power_of_the_step(bool uniform)
    {
        CubicSpline[] coarse = Splines(Nodes(40, uniform)), fine = Splines(Nodes(80, uniform));
        for (int kind = 0; kind < 2; kind++)
        {
            (double a0, double a1, double a2) = WorstError(coarse[kind].Evaluate);
            (double b0, double b1, double b2) = WorstError(fine[kind].Evaluate);
            Assert.InRange(a0, 0, 6e-5);
            Assert.InRange(a0 / b0, 12, 24);
            Assert.InRange(a1 / b1, 6, 12);
            Assert.InRange(a2 / b2, 3, 6);
        }

        static CubicSpline[] Splines(double[] x)
            => [CubicSpline.Clamped(x, [.. x.Select(F)], F1(x[0]), F1(x[^1])), CubicSpline.Fitted(x, [.. x.Select(F)])];
    }

    [Fact]
    public void Quintic_reproduces_a_quintic_and_its_third_derivative_is_continuous()
    {
        double[] x = [-1, -0.3, 0.1, 1.4, 2, 2.2];
        static double P(double t) => 1 + t * (2 - t * (3 + t * (0.5 - t * (0.2 + 0.7 * t))));
        static double D(double t) => 2 - 6 * t - 1.5 * t * t + 0.8 * t * t * t + 3.5 * t * t * t * t;
        QuinticSpline s = new(x, [.. x.Select(P)], [.. x.Select(D)]);
        for (double t = -1.5; t < 2.6; t += 0.01)
        {
            Assert.Equal(P(t), s.Value(t), 1e-10);
            Assert.Equal(D(t), s.Evaluate(t).First, 1e-9);
        }

        QuinticSpline sine = new(x, [.. x.Select(F)], [.. x.Select(F1)]);
        for (int i = 1; i < x.Length - 1; i++)
        {
            double h = x[i] - x[i - 1];
            ReadOnlySpan<double> c = sine.Coefficients(i - 1);
            double left = 6 * c[3] + h * (24 * c[4] + h * 60 * c[5]);
            Assert.Equal(left, 6 * sine.Coefficients(i)[3], 1e-9);
        }
    }

    [Fact]
    public void Batch_gives_what_single_calls_give()
    {
        double[] x = Nodes(10, false), points = [-0.2, 0, 0.77, 1.5, 3, 3.1];
        QuinticSpline s = new(x, [.. x.Select(F)], [.. x.Select(F1)]);
        double[] y = new double[points.Length], first = new double[points.Length], second = new double[points.Length];
        s.Evaluate(points, y, first, second);
        for (int i = 0; i < points.Length; i++)
        {
            Assert.Equal(s.Evaluate(points[i]), (y[i], first[i], second[i]));
            Assert.Equal(s.Value(points[i]), y[i], 1e-14);
        }
    }

    [Fact]
    public void Linear_extrapolation_follows_the_end_tangents()
    {
        double[] x = Nodes(30, true);
        CubicSpline s = CubicSpline.Fitted(x, [.. x.Select(F)], SplineExtrapolation.Linear);
        Assert.Equal(s.Value(3) + 2 * s.Derivative(3), s.Value(5), 1e-12);
        Assert.Equal(s.Value(0) - 2 * s.Derivative(0), s.Value(-2), 1e-12);
        Assert.Equal(0, s.SecondDerivative(5));
    }

    [Fact]
    public void Natural_spline_has_straight_ends_and_passes_through_its_nodes()
    {
        double[] x = Nodes(30, false), y = [.. x.Select(F)];
        CubicSpline s = CubicSpline.Natural(x, y);
        Assert.Equal(0, s.SecondDerivative(0), 1e-10);
        Assert.Equal(0, s.SecondDerivative(3), 1e-10);
        double[] values = new double[x.Length];
        s.Evaluate(x, values);
        Assert.All(values.Zip(y), p => Assert.Equal(p.Second, p.First, 1e-13));
    }

    [Fact]
    public void Nodes_that_do_not_increase_are_refused()
    {
        Assert.Throws<ArgumentException>(() => CubicSpline.Natural([0, 1, 1], [0, 0, 0]));
        Assert.Throws<ArgumentException>(() => new QuinticSpline([0, double.NaN], [0, 0], [0, 0]));
        Assert.Throws<ArgumentException>(() => new QuinticSpline([0, 1], [0], [0, 0]));
    }
}
