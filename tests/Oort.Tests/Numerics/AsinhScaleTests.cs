using System.Numerics;
using Oort.Numerics;

namespace Oort.Tests.Numerics;

public class AsinhScaleTests
{
    [Theory]
    [InlineData(0.04, 80, 50)]
    [InlineData(0.01, 20, 30)]
    [InlineData(1, 10, 10)]
    [InlineData(5, 10, 50)]
    public void Nodes_begin_with_the_spacing_asked_for_and_are_even_in_asinh(double first, double last, int cells)
    {
        double[] nodes = AsinhScale.Nodes(first, last, cells);
        double scale = AsinhScale.For(nodes[1], last, cells);
        Assert.Equal(cells + 1, nodes.Length);
        Assert.Equal(0, nodes[0]);
        Assert.Equal(last, nodes[^1]);
        if (first * cells < 0.9 * last)
        {
            Assert.Equal(first, nodes[1], 1e-9 * first);
        }

        for (int i = 1; i <= cells; i++)
        {
            Assert.Equal((double)i / cells, Math.Asinh(nodes[i] / scale) / Math.Asinh(last / scale), 1e-9);
        }
    }

    [Fact]
    public void Vector_form_agrees_with_the_scalar_function_to_rounding()
    {
        foreach (double sign in new[] { -1.0, 1.0 })
        {
            for (double u = 1e-12; u < 1e6; u *= 1.37)
            {
                double got = AsinhScale.Asinh(new Vector<double>(sign * u))[0], exact = Math.Asinh(sign * u);
                Assert.True(Math.Abs(got / exact - 1) < 2e-14, $"asinh({sign * u}) = {got}, not {exact}");
            }
        }

        Assert.Equal(0, AsinhScale.Asinh(Vector<double>.Zero)[0]);
        Assert.True(double.IsNaN(AsinhScale.Asinh(new Vector<double>(double.NaN))[0]));
    }
}
