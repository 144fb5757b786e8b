using Oort.Numerics;

namespace Oort.Tests.Numerics;

public class QuinticTableTests
{
    private const int Cells = 7, Points = 12, Pitch = 16;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(11)]
    public void Components_and_their_derivatives_are_those_of_the_polynomials(int components)
    {
        Random random = new(components);
        double[,][] c = new double[Cells, components][];
        QuinticTable table = new(Cells, components);
        for (int i = 0; i < Cells; i++)
        {
            for (int k = 0; k < components; k++)
            {
                c[i, k] = [.. Enumerable.Range(0, 6).Select(_ => 2 * random.NextDouble() - 1)];
                table.Set(i, k, c[i, k]);
            }
        }

        double[] cell = [.. Enumerable.Range(0, Points).Select(i => (double)(i * 5 % Cells))];
        double[] place = [.. Enumerable.Range(0, Points).Select(i => i / 11.0)];
        for (int order = 0; order < 3; order++)
        {
            double[] rows = new double[(order + 1) * table.Rows * Pitch];
            table.Evaluate(cell, place, rows, Pitch, order);
            for (int i = 0; i < Points; i++)
            {
                for (int k = 0; k < components; k++)
                {
                    double[] p = c[(int)cell[i], k];
                    double t = place[i];
                    double value = p.Select((a, n) => a * Math.Pow(t, n)).Sum();
                    double slope = p.Select((a, n) => n == 0 ? 0 : n * a * Math.Pow(t, n - 1)).Sum();
                    double half = p.Select((a, n) => n < 2 ? 0 : n * (n - 1) / 2.0 * a * Math.Pow(t, n - 2)).Sum();
                    Assert.Equal(value, rows[k * Pitch + i], 1e-14);
                    Assert.Equal(order < 1 ? value : slope, rows[(order < 1 ? k : table.Rows + k) * Pitch + i], 1e-13);
                    Assert.Equal(order < 2 ? value : half, rows[(order < 2 ? k : 2 * table.Rows + k) * Pitch + i], 1e-13);
                }
            }
        }
    }

    [Fact]
    public void Points_do_not_disturb_each_other_and_no_cell_leads_beyond_the_table()
    {
        QuinticTable table = new(2, 3);
        for (int k = 0; k < 3; k++)
        {
            table.Set(1, k, [k, 1, 2, 3, 4, 5]);
        }

        double[] rows = new double[table.Rows * 4], other = new double[table.Rows * 4];
        table.Evaluate([1, 0, 1, 0], [0.5, double.NaN, 0.25, 0], rows, 4, 0);
        table.Evaluate([0, 1, 1, 1], [0.1, 0.1, 0.25, 0.5], other, 4, 0);
        Assert.Equal(rows[2], other[2]);
        Assert.Equal(rows[0], other[3]);
        Assert.True(double.IsNaN(rows[1]));
        Assert.Throws<IndexOutOfRangeException>(() => table.Evaluate([5, 0, 0, 0], new double[4], rows, 4, 0));
        Assert.Throws<ArgumentException>(() => table.Evaluate([0, 0, 0], new double[3], rows, 4, 0));
        Assert.Throws<ArgumentException>(() => table.Evaluate([0, 0, 0, 0], new double[4], rows, 4, 1));
    }
}
