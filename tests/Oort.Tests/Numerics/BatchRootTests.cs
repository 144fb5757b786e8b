using Oort.Numerics;

namespace Oort.Tests.Numerics;

public sealed class BatchRootTests
{
    [Fact]
    public void Roots_of_many_functions_are_found_in_few_rounds()
    {
        // x^3 = c, each from the same start; beyond the limits, and NaN.
        double[] c = [1e-6, 0.3, 1, 27, 1e5, -8, 1e12, -1e12, double.NaN], x = new double[c.Length];
        int rounds = 0;
        BatchRoot.Solve(
            (x, f, slope) =>
            {
                rounds++;
                for (int i = 0; i < x.Length; i++)
                {
                    (f[i], slope[i]) = (x[i] * x[i] * x[i] - c[i], 3 * x[i] * x[i]);
                }
            },
            x, -1000, 1000, 0.5, 1e-12);
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(Math.Cbrt(c[i]), x[i], 1e-12);
        }

        Assert.Equal([double.PositiveInfinity, double.NegativeInfinity, double.NaN], x[6..]);
        Assert.InRange(rounds, 1, 40);
    }

    [Fact]
    public void Bisection_finds_a_jump()
    {
        double[] x = [0.0];
        BatchRoot.Solve((x, f, slope) => (f[0], slope[0]) = (x[0] < 0.37 ? double.NegativeInfinity : 1, 0), x, -5, 5, 0.1, 1e-13);
        Assert.Equal(0.37, x[0], 1e-12);
    }
}
