using Oort.Numerics;

namespace Oort.Tests.Numerics;

public sealed class GaussLegendreTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(33)]
    [InlineData(200)]
    public void Rule_integrates_polynomials_of_degree_2n_minus_1(int n)
    {
        GaussLegendre rule = GaussLegendre.Rule(n);
        for (int degree = 0; degree < 2 * n; degree++)
        {
            double sum = rule.Integrate(x => Math.Pow(x, degree), 0, 1);
            Assert.Equal(1.0 / (degree + 1), sum, 2e-14);
        }

        double beyond = rule.Integrate(x => Legendre.ValueAndSlope(n, x) is var (p, _) ? p * p : 0, -1, 1);
        Assert.Equal(0, beyond, 1e-20);
    }

    [Fact]
    public void Mapped_rule_converges_exponentially()
    {
        double[] x = new double[10], w = new double[10];
        GaussLegendre.Rule(10).Map(1, 3, x, w);
        Assert.Equal(Math.Exp(3) - Math.Exp(1), x.Zip(w, (t, v) => v * Math.Exp(t)).Sum(), 1e-13);
        Assert.True(x.SequenceEqual(x.Order()));
        Assert.Equal(2, w.Sum(), 1e-14);
    }

    [Fact]
    public void Legendre_polynomials_are_orthogonal()
    {
        const int Count = 40;
        GaussLegendre rule = GaussLegendre.Rule(Count);
        double[][] p = [.. rule.Nodes.ToArray().Select(u => { double[] v = new double[Count]; Legendre.Polynomials(u, v); return v; })];
        for (int k = 0; k < Count; k++)
        {
            for (int l = 0; l < Count; l++)
            {
                double sum = 0;
                for (int i = 0; i < Count; i++)
                {
                    sum += rule.Weights[i] * p[i][k] * p[i][l];
                }

                Assert.Equal(k == l ? 2.0 / (2 * l + 1) : 0, sum, 1e-14);
            }
        }
    }
}
