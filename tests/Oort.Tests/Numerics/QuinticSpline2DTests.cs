using Oort.Numerics;

namespace Oort.Tests.Numerics;

public class QuinticSpline2DTests
{
    // sin(1.3 x + 0.4) exp(-0.7 y) + cos(x y): neither separable nor symmetric.
    private static double[] Smooth(double x, double y)
    {
        double a = 1.3, b = -0.7, sn = Math.Sin(a * x + 0.4), cs = Math.Cos(a * x + 0.4), e = Math.Exp(b * y);
        double c = Math.Cos(x * y), s = Math.Sin(x * y);
        return [sn * e + c, a * cs * e - y * s, b * sn * e - x * s, -a * a * sn * e - y * y * c,
            a * b * cs * e - s - x * y * c, b * b * sn * e - x * x * c];
    }

    // Even in both coordinates about 0.
    private static double[] Even(double x, double y)
    {
        double g = 1 / (1 + x * x + 2 * y * y), gx = -2 * x * g * g, gy = -4 * y * g * g;
        return [g, gx, gy, -2 * g * g + 8 * x * x * g * g * g, 16 * x * y * g * g * g, -4 * g * g + 32 * y * y * g * g * g];
    }

    private static QuinticSpline2D Build(Func<double, double, double[]> function, double[] x, double[] y, bool even)
    {
        double[][,] v = [.. Enumerable.Range(0, 3).Select(_ => new double[x.Length, y.Length])];
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < y.Length; j++)
            {
                double[] f = function(x[i], y[j]);
                (v[0][i, j], v[1][i, j], v[2][i, j]) = (f[0], f[1], f[2]);
            }
        }

        return new(x, y, v[0], v[1], v[2], even, even);
    }

    private static double[][] Evaluate(QuinticSpline2D spline, double[] x, double[] y)
    {
        double[][] r = [.. Enumerable.Range(0, 6).Select(_ => new double[x.Length])];
        spline.Evaluate(x, y, r[0], r[1], r[2], r[3], r[4], r[5]);
        return r;
    }

    private static double[] Grid(int cells, double length, bool uniform)
        => [.. Enumerable.Range(0, cells + 1).Select(i => (double)i / cells).Select(u => length * (uniform ? u : u * (1 + 0.4 * u * u) / 1.4))];

    private static (double[] X, double[] Y) Points(int count, double length, int seed)
    {
        Random random = new(seed);
        return ([.. Enumerable.Range(0, count).Select(_ => length * random.NextDouble())],
            [.. Enumerable.Range(0, count).Select(_ => length * random.NextDouble())]);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Errors_fall_with_the_orders_six_five_and_four(bool even, bool uniform)
    {
        Func<double, double, double[]> function = even ? Even : Smooth;
        var (x, y) = Points(400, 2, 1);
        double[] coarse = Errors(20), fine = Errors(40);
        int[] orders = [6, 5, 5, 4, 4, 4];
        for (int q = 0; q < 6; q++)
        {
            // Less than the full order by a margin: the grids are not yet asymptotic, and the ends converge last.
            Assert.True(coarse[q] / fine[q] > Math.Pow(2, orders[q] - 1), $"quantity {q}: {coarse[q]:E2} -> {fine[q]:E2}");
        }

        Assert.True(fine[0] < 1e-8 && fine[1] < 2e-7 && fine[3] < 3e-5, string.Join(" ", fine));

        double[] Errors(int cells)
        {
            double[][] got = Evaluate(Build(function, Grid(cells, 2, uniform), Grid(cells, 2, uniform), even), x, y);
            return [.. Enumerable.Range(0, 6).Select(q => Enumerable.Range(0, x.Length).Max(i => Math.Abs(got[q][i] - function(x[i], y[i])[q])))];
        }
    }

    [Fact]
    public void Nodes_are_reproduced_and_second_derivatives_are_continuous_across_them()
    {
        double[] x = Grid(7, 2, false), y = Grid(6, 2, false);
        QuinticSpline2D spline = Build(Smooth, x, y, false);
        foreach (double xi in x[1..^1])
        {
            foreach (double yj in y[1..^1])
            {
                double[] exact = Smooth(xi, yj);
                const double Step = 1e-9;
                double[][] got = Evaluate(spline, [xi, xi - Step, xi + Step, xi], [yj, yj - Step, yj + Step, yj + Step]);
                for (int q = 0; q < 3; q++)
                {
                    Assert.Equal(exact[q], got[q][0], 1e-13);
                }

                for (int q = 0; q < 6; q++)
                {
                    // Third derivatives are below 10.
                    Assert.Equal(got[q][1], got[q][2], 5e-8);
                    Assert.Equal(got[q][0], got[q][3], 5e-8);
                }
            }
        }
    }

    [Fact]
    public void A_biquintic_polynomial_is_exact()
    {
        static double[] F(double x, double y) => [Math.Pow(x, 5) * Math.Pow(y, 3) - 2 * x * Math.Pow(y, 5) + 1,
            5 * Math.Pow(x, 4) * Math.Pow(y, 3) - 2 * Math.Pow(y, 5), 3 * Math.Pow(x, 5) * y * y - 10 * x * Math.Pow(y, 4),
            20 * x * x * x * y * y * y, 15 * Math.Pow(x, 4) * y * y - 10 * Math.Pow(y, 4), 6 * Math.Pow(x, 5) * y - 40 * x * y * y * y];

        // The mixed derivative is exact only where cubic splines are in one of the two variables at least.
        static double[] G(double x, double y) => [Math.Pow(x, 5) * y * y * y, 5 * Math.Pow(x, 4) * y * y * y, 3 * Math.Pow(x, 5) * y * y,
            20 * x * x * x * y * y * y, 15 * Math.Pow(x, 4) * y * y, 6 * Math.Pow(x, 5) * y];

        double[] grid = [0.1, 0.3, 0.45, 0.9, 1.2, 1.5];
        var (x, y) = Points(50, 1, 3);
        x = [.. x.Select(v => 0.1 + 1.4 * v)];
        y = [.. y.Select(v => 0.1 + 1.4 * v)];
        foreach (Func<double, double, double[]> f in new Func<double, double, double[]>[] { F, G })
        {
            double[][] got = Evaluate(Build(f, grid, grid, false), x, y);
            for (int q = 0; q < 6; q++)
            {
                for (int i = 0; i < x.Length; i++)
                {
                    Assert.Equal(f(x[i], y[i])[q], got[q][i], 1e-9);
                }
            }
        }
    }

    [Fact]
    public void Every_batch_length_and_every_subset_of_outputs_gives_the_same()
    {
        double[] nodes = Grid(9, 2, false);
        QuinticSpline2D spline = Build(Even, nodes, nodes, true);
        var (x, y) = Points(150, 2, 5);
        double[][] all = Evaluate(spline, x, y);
        for (int n = 0; n < 150; n += 7)
        {
            double[] f = new double[n], g = new double[n], fy = new double[n];
            spline.Evaluate(x.AsSpan(0, n), y.AsSpan(0, n), f);
            spline.Evaluate(x.AsSpan(0, n), y.AsSpan(0, n), g, default, fy);
            for (int i = 0; i < n; i++)
            {
                Assert.Equal(all[0][i], f[i], 1e-14);
                Assert.Equal(all[0][i], g[i], 1e-14);
                Assert.Equal(all[2][i], fy[i], 1e-13);
            }
        }
    }

    [Fact]
    public void Cells_are_found_on_very_uneven_axes()
    {
        double[] nodes = [0, 1e-5, 2e-5, 0.3, 0.30001, 5, 100];
        SplineAxis axis = new(nodes);
        Random random = new(2);
        double[] x = [.. nodes, .. Enumerable.Range(0, 500).Select(_ => 100 * Math.Pow(random.NextDouble(), 8))];
        int[] cell = new int[x.Length];
        double[] place = new double[x.Length];
        axis.Locate(x, cell, place);
        for (int i = 0; i < x.Length; i++)
        {
            int expected = Math.Min(nodes.Length - 2, Array.FindLastIndex(nodes, v => v <= x[i]));
            Assert.Equal(expected, cell[i]);
            Assert.InRange(place[i], 0, 1);
        }
    }

    public static TheoryData<double[]> Axes => [
        [-1, -0.5, 0, 0.5, 1, 1.5, 2], // even
        [0, 0.1, 0.3, 0.5, 1, 1.1, 2], // uneven, one node a bucket at most
        [0, 1e-5, 2e-5, 0.3, 0.30001, 5, 100]]; // too uneven for that

    [Theory]
    [MemberData(nameof(Axes))]
    public void Both_searches_for_cells_agree_and_keep_to_the_axis(double[] nodes)
    {
        SplineAxis axis = new(nodes);
        Random random = new(4);
        double length = nodes[^1] - nodes[0];
        double[] x = [.. nodes, .. nodes.Select(Math.BitDecrement), .. nodes.Select(Math.BitIncrement), nodes[0] - 7, nodes[^1] + 1e12, double.NaN,
            .. Enumerable.Range(0, 496).Select(_ => nodes[0] + length * Math.Pow(random.NextDouble(), 6))];
        int[] cell = new int[x.Length];
        double[] place = new double[x.Length], number = new double[x.Length], at = new double[x.Length], inverse = new double[x.Length];
        Assert.Equal(0, x.Length % 8);
        axis.Locate(x, cell, place);
        axis.Locate(x, number, at, inverse);
        for (int i = 0; i < x.Length; i++)
        {
            Assert.InRange(number[i], 0, axis.Cells - 1);
            Assert.Equal(axis.InverseWidth[(int)number[i]], inverse[i], 1e-9 * inverse[i]);
            Assert.Equal(double.IsNaN(x[i]), double.IsNaN(at[i]));
            if (!double.IsNaN(x[i]))
            {
                // At a node of an even axis rounding may choose the neighbour, at its other end.
                Assert.Equal(cell[i] + place[i], number[i] + at[i], 1e-9 * Math.Max(1, Math.Abs(place[i])));
            }
        }
    }

    [Fact]
    public void Axes_that_do_not_ascend_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new SplineAxis([0, 1, 1]));
        Assert.Throws<ArgumentException>(() => new SplineAxis([0, double.NaN]));
        Assert.Throws<ArgumentException>(() => new SplineAxis([0]));
    }
}
