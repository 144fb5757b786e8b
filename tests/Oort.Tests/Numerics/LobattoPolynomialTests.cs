using System.Numerics;
using Oort.Numerics;

namespace Oort.Tests.Numerics;

public class LobattoPolynomialTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(20)]
    public void Finds_the_coefficients_of_a_polynomial_and_its_slope(int count)
    {
        LobattoPolynomial rule = new(count);
        Assert.Equal((-1.0, 1.0), (rule.Nodes[0], rule.Nodes[^1]));
        double[] wanted = [.. Enumerable.Range(0, count).Select(m => Math.Cos(1.7 * m) / (m + 1))], found = new double[count];
        rule.Coefficients([.. rule.Nodes.Select(y => Sum(wanted, y))], found);

        // Powers of y are ill-conditioned at this degree; the polynomial they add up to is not.
        foreach (double y in (double[])[-1, -0.6, 0.01, 0.77, 1])
        {
            (Vector<double> value, Vector<double> slope) = LobattoPolynomial.EvaluateWithSlope(found, new(y));
            Assert.Equal(Sum(wanted, y), value[0], 1e-9);
            Assert.Equal(value[Vector<double>.Count - 1], LobattoPolynomial.Evaluate(found, new Vector<double>(y))[0]);
            double derivative = (Sum(wanted, y + 1e-6) - Sum(wanted, y - 1e-6)) / 2e-6;
            Assert.Equal(derivative, slope[0], 1e-6 * (1 + Math.Abs(derivative)));
        }
    }

    [Fact]
    public void Interpolates_what_is_no_polynomial_to_rounding()
    {
        LobattoPolynomial rule = new(20);
        double[] found = new double[20];
        rule.Coefficients([.. rule.Nodes.Select(Math.Exp)], found);
        for (double y = -1; y <= 1; y += 0.05)
        {
            Assert.Equal(Math.Exp(y), LobattoPolynomial.Evaluate(found, new Vector<double>(y))[0], 1e-10);
        }
    }

    private static double Sum(double[] c, double y) => c.Select((a, m) => a * Math.Pow(y, m)).Sum();
}
