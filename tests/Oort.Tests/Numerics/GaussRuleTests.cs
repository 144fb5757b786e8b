using Oort.Numerics;

namespace Oort.Tests.Numerics;

public sealed class GaussRuleTests
{
    /// <summary>Gauss and Laguerre's weight, x^2 exp(-x), on 0 to 60, where nothing is left: its moments are factorials.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(16)]
    public void A_weight_known_at_points_has_its_moments(int n)
    {
        double[] x = new double[400], w = new double[400];
        GaussLegendre.Rule(400).Map(0, 60, x, w);
        for (int i = 0; i < x.Length; i++)
        {
            w[i] *= x[i] * x[i] * Math.Exp(-x[i]);
        }

        (double[] nodes, double[] weights) = GaussRule.For(x, w, n);
        Assert.Equal(nodes.Order(), nodes);
        Assert.All(nodes, v => Assert.InRange(v, 0, 60));
        Assert.All(weights, v => Assert.True(v > 0));
        double factorial = 2;
        for (int degree = 0; degree < Math.Min(2 * n, 16); degree++)
        {
            double sum = nodes.Zip(weights, (v, s) => s * Math.Pow(v, degree)).Sum();
            Assert.Equal(1, sum / factorial, 1e-9);
            factorial *= degree + 3;
        }
    }

    [Fact]
    public void Of_points_between_which_nothing_is_the_rule_is_the_points()
    {
        (double[] nodes, double[] weights) = GaussRule.For([-1, 0.5, 2], [0.2, 0.5, 0.3], 3);
        Assert.All(nodes.Zip((double[])[-1, 0.5, 2]), v => Assert.Equal(v.Second, v.First, 1e-13));
        Assert.All(weights.Zip((double[])[0.2, 0.5, 0.3]), v => Assert.Equal(v.Second, v.First, 1e-13));
    }

    [Fact]
    public void A_constant_weight_gives_Legendres_rule()
    {
        double[] x = new double[200], w = new double[200], known = new double[12], knownWeights = new double[12];
        GaussLegendre.Rule(200).Map(-2, 5, x, w);
        GaussLegendre.Rule(12).Map(-2, 5, known, knownWeights);
        (double[] nodes, double[] weights) = GaussRule.For(x, w, 12);
        Assert.All(nodes.Zip(known), v => Assert.Equal(v.Second, v.First, 1e-12));
        Assert.All(weights.Zip(knownWeights), v => Assert.Equal(v.Second, v.First, 1e-12));
    }
}
