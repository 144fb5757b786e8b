using Oort.Numerics;

namespace Oort.Tests.Numerics;

public class SeparableSolverTests
{
    [Fact]
    public void Solution_satisfies_the_equations_though_eigenvalues_span_ten_decades()
    {
        // The weights of a cylindrical grid that reaches from 0.001 to 1000.
        double[] x = [.. Enumerable.Range(0, 31).Select(i => i * 0.5)], y = [.. Enumerable.Range(0, 26).Select(i => i * 0.6)];
        EvenQuinticBasis bx = new(x), by = new(y);
        SeparableSolver solver = new(
            bx.Gram(Math.Tanh, 1), bx.Gram(s => 1e-6 * Math.Sinh(s) * Math.Cosh(s), 0),
            by.Gram(s => 1e3 / Math.Cosh(s), 1), by.Gram(s => 1e-3 * Math.Cosh(s), 0));
        int nx = solver.Rows, ny = solver.Columns;
        Random random = new(3);
        double[] exact = [.. Enumerable.Range(0, nx * ny).Select(_ => random.NextDouble())];
        double[] f = new double[nx * ny], scratch = new double[2 * nx * ny];
        solver.Apply(exact, f, scratch);
        double[] c = new double[nx * ny];
        for (int i = 0; i < nx; i++)
        {
            for (int j = 0; j < ny; j++)
            {
                if (i == nx - 1 || j == ny - 1)
                {
                    c[i * ny + j] = exact[i * ny + j];
                }
            }
        }

        solver.Solve(f, c);
        for (int i = 0; i < c.Length; i++)
        {
            Assert.Equal(exact[i], c[i], 1e-7);
        }
    }

    [Fact]
    public void Applied_operator_is_that_of_the_dense_matrices()
    {
        double[] x = [0, 1, 2, 3, 4, 5, 6], y = [0, 0.5, 1, 2, 3, 4, 6, 7];
        EvenQuinticBasis bx = new(x), by = new(y);
        double[,] kx = bx.Gram(s => 1 + s, 1), mx = bx.Gram(s => 1 + s, 0), ky = by.Gram(_ => 1, 1), my = by.Gram(_ => 1, 0);
        SeparableSolver solver = new(kx, mx, ky, my);
        int nx = solver.Rows, ny = solver.Columns;
        Random random = new(9);
        double[] c = [.. Enumerable.Range(0, nx * ny).Select(_ => random.NextDouble())], got = new double[nx * ny];
        solver.Apply(c, got, new double[2 * nx * ny]);
        static double Element(double[,] band, int i, int j) => Math.Abs(i - j) > 5 ? 0 : band[i, j - i + 5];
        for (int i = 0; i < nx; i++)
        {
            for (int j = 0; j < ny; j++)
            {
                double sum = 0;
                for (int k = 0; k < nx; k++)
                {
                    for (int l = 0; l < ny; l++)
                    {
                        sum += (Element(kx, i, k) * Element(my, l, j) + Element(mx, i, k) * Element(ky, l, j)) * c[k * ny + l];
                    }
                }

                Assert.Equal(sum, got[i * ny + j], 1e-11);
            }
        }
    }
}
