using System.Numerics;
using Oort.Actions;
using Oort.Numerics;

namespace Oort.Tests.Numerics;

public class LobattoPolynomialTests
{
    private static readonly int Lanes = Vector<double>.Count;

    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(20)]
    public void Finds_the_coefficients_of_a_polynomial_of_each_lane_and_its_slope(int count)
    {
        LobattoPolynomial rule = new(count);
        Assert.Equal((-1.0, 1.0), (rule.Nodes[0], rule.Nodes[^1]));
        double[] Wanted(int lane) => [.. Enumerable.Range(0, count).Select(m => Math.Cos(1.7 * m + lane) / (m + 1))];
        double[] found = new double[count * Lanes];
        rule.Coefficients([.. rule.Nodes.SelectMany(y => Enumerable.Range(0, Lanes).Select(lane => Sum(Wanted(lane), y)))], found);

        // Powers of y are ill-conditioned at this degree; the polynomial they add up to is not.
        foreach (double y in (double[])[-1, -0.6, 0.01, 0.77, 1])
        {
            (Vector<double> value, Vector<double> slope) = LanePolynomial.EvaluateWithSlope<ManyOrbits>(ref found[0], count, new(y));
            for (int lane = 0; lane < Lanes; lane++)
            {
                double[] wanted = Wanted(lane);
                double derivative = (Sum(wanted, y + 1e-6) - Sum(wanted, y - 1e-6)) / 2e-6;
                Assert.Equal(Sum(wanted, y), value[lane], 1e-9);
                Assert.Equal(derivative, slope[lane], 1e-6 * (1 + Math.Abs(derivative)));
                Assert.Equal(value[lane], LanePolynomial.Evaluate<ManyOrbits>(ref found[0], count, new(y))[lane]);
                Assert.Equal(value[lane], LanePolynomial.Evaluate<OneOrbit>(ref found[lane], count, new(y))[Lanes - 1]);
            }
        }
    }

    // To rounding, as much as powers of y leave of it.
    [Fact]
    public void Interpolates_what_is_no_polynomial()
    {
        LobattoPolynomial rule = new(20);
        double[] found = new double[20 * Lanes];
        rule.Coefficients([.. rule.Nodes.SelectMany(y => Enumerable.Repeat(Math.Exp(y), Lanes))], found);
        for (double y = -1; y <= 1; y += 0.05)
        {
            Assert.Equal(Math.Exp(y), LanePolynomial.Evaluate<OneOrbit>(ref found[0], 20, new Vector<double>(y))[0], 1e-9);
        }
    }

    private static double Sum(double[] c, double y) => c.Select((a, m) => a * Math.Pow(y, m)).Sum();
}
