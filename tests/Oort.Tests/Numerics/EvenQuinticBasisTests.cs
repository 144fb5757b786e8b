using Oort.Numerics;

namespace Oort.Tests.Numerics;

public class EvenQuinticBasisTests
{
    private static readonly double[] Nodes = [0, 0.3, 0.5, 0.9, 1.6, 1.8, 2.5, 3];

    [Fact]
    public void Functions_add_up_to_one_and_their_derivatives_to_zero()
    {
        EvenQuinticBasis basis = new(Nodes);
        double[] b = new double[6];
        for (int cell = 0; cell < Nodes.Length - 1; cell++)
        {
            double x = 0.3 * Nodes[cell] + 0.7 * Nodes[cell + 1];
            for (int order = 0; order < 3; order++)
            {
                basis.Evaluate(cell, x, order, b);
                Assert.Equal(order == 0 ? 1 : 0, b.Sum(), 1e-11);
            }
        }
    }

    [Fact]
    public void Derivatives_are_those_of_finite_differences()
    {
        EvenQuinticBasis basis = new(Nodes);
        double[] up = new double[6], down = new double[6], slope = new double[6];
        const double Step = 1e-5;
        for (int cell = 0; cell < Nodes.Length - 1; cell++)
        {
            double x = 0.5 * (Nodes[cell] + Nodes[cell + 1]);
            for (int order = 0; order < 2; order++)
            {
                basis.Evaluate(cell, x + Step, order, up);
                basis.Evaluate(cell, x - Step, order, down);
                basis.Evaluate(cell, x, order + 1, slope);
                for (int p = 0; p < 6; p++)
                {
                    Assert.Equal((up[p] - down[p]) / (2 * Step), slope[p], 1e-6);
                }
            }
        }
    }

    [Fact]
    public void Even_polynomials_up_to_fourth_degree_are_in_the_space()
    {
        EvenQuinticBasis basis = new(Nodes);
        double[] sites = basis.Sites();
        var matrix = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(basis.Collocation(sites, 0));
        static double F(double x) => 2 - 3 * x * x + 0.5 * x * x * x * x;
        double[] c = [.. matrix.Solve(MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense([.. sites.Select(F)]))];
        double[] x = [.. Enumerable.Range(0, 61).Select(i => 0.05 * i)];
        double[,] values = basis.Collocation(x, 0), curvatures = basis.Collocation(x, 2);
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(F(x[i]), Enumerable.Range(0, c.Length).Sum(k => values[i, k] * c[k]), 1e-12);
            Assert.Equal(-6 + 6 * x[i] * x[i], Enumerable.Range(0, c.Length).Sum(k => curvatures[i, k] * c[k]), 1e-10);
        }
    }

    [Fact]
    public void Only_the_last_function_reaches_the_outer_end()
    {
        double[,] end = new EvenQuinticBasis(Nodes).Collocation([3.0], 0);
        for (int k = 0; k < end.GetLength(1); k++)
        {
            Assert.Equal(k == end.GetLength(1) - 1 ? 1 : 0, end[0, k], 1e-15);
        }
    }

    [Fact]
    public void Gram_matrix_integrates_products()
    {
        EvenQuinticBasis basis = new(Nodes);
        double[,] gram = basis.Gram(x => 1 + x, 0);
        double total = 0;
        foreach (double element in gram)
        {
            total += element;
        }

        // The functions add up to one.
        Assert.Equal(3 + 4.5, total, 1e-12);
    }
}
