using Oort.Numerics;

namespace Oort.Tests.Numerics;

public class UniformStencilTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(7)]
    public void Polynomials_through_the_nodes_are_exact(int nodes)
    {
        for (int power = 0; power < nodes; power++)
        {
            for (int at = 0; at < nodes; at++)
            {
                double slope = Sum(UniformStencil.Derivative(nodes, at));
                Assert.Equal(power == 0 ? 0 : power * Math.Pow(at, power - 1), slope, 1e-9 * Math.Pow(nodes, power));
                if (at + 1 < nodes)
                {
                    Assert.Equal((Math.Pow(at + 1, power + 1) - Math.Pow(at, power + 1)) / (power + 1), Sum(UniformStencil.Integral(nodes, at)), 1e-9 * Math.Pow(nodes, power));
                }
            }

            double[] value = new double[nodes];
            UniformStencil.Value(1.3, value);
            Assert.Equal(Math.Pow(1.3, power), Sum(value), 1e-9 * Math.Pow(nodes, power));

            double Sum(double[] weights) => weights.Select((w, i) => w * Math.Pow(i, power)).Sum();
        }
    }
}
