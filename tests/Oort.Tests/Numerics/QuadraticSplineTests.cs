using Oort.Numerics;

namespace Oort.Tests.Numerics;

public class QuadraticSplineTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(12)]
    public void Parabolas_are_reproduced_between_the_nodes_and_to_the_ends(int n)
    {
        double[] values = [.. Enumerable.Range(0, 2 * n).Select(k => Parabola(k / 2, k % 2))];
        double[] c = UniformSplines.QuadraticCoefficients(values, 1, n, 2);
        for (double x = 0; x <= n - 1; x += 0.0625)
        {
            Assert.Equal(Parabola(x, 0), Value(c, 0, x), 1e-11);
            Assert.Equal(Parabola(x, 1), Value(c, 1, x), 1e-11);
        }
    }

    [Fact]
    public void Error_falls_as_the_third_power_of_the_step()
    {
        double Error(int n)
        {
            double[] c = UniformSplines.QuadraticCoefficients([.. Enumerable.Range(0, n).Select(k => Math.Sin(3.0 * k / (n - 1)))], 1, n, 1);
            return Enumerable.Range(0, 500).Max(i => Math.Abs(Value(c, 0, i / 499.0 * (n - 1), 1) - Math.Sin(3 * i / 499.0)));
        }

        Assert.InRange(Error(16) / Error(31), 6.5, 12);
    }

    private static double Parabola(double x, int which) => which == 0 ? 1 + 0.3 * x - 0.07 * x * x : 2 - x + 0.4 * x * x;

    private static double Value(double[] c, int which, double x, int inner = 2)
    {
        int i = (int)(x + 0.5);
        double t = x - i;
        return 0.5 * (0.5 - t) * (0.5 - t) * c[i * inner + which] + (0.75 - t * t) * c[(i + 1) * inner + which] + 0.5 * (0.5 + t) * (0.5 + t) * c[(i + 2) * inner + which];
    }
}
