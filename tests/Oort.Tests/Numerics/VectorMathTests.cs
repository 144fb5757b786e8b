using System.Numerics;
using Oort.Numerics;

namespace Oort.Tests.Numerics;

public sealed class VectorMathTests
{
    [Fact]
    public void Exponential_is_that_of_the_runtime_and_does_not_depend_on_the_other_lanes()
    {
        foreach (double other in new[] { 0, -1, -2000, 2000, double.NaN, double.NegativeInfinity, double.PositiveInfinity })
        {
            foreach (double x in new[] { 0, 1e-17, -1e-3, 0.7, -23.4, 300.1, -706.9, 706.9 })
            {
                double[] lanes = new double[Vector<double>.Count];
                Array.Fill(lanes, other);
                lanes[0] = x;
                double value = VectorMath.Exp(new(lanes))[0];
                Assert.Equal(VectorMath.Exp(new Vector<double>(x))[0], value);
                Assert.Equal(1, value / Math.Exp(x), 1e-15);
            }
        }
    }

    [Theory, InlineData(-2000, 0), InlineData(2000, double.PositiveInfinity), InlineData(double.NaN, double.NaN),
        InlineData(double.NegativeInfinity, 0), InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    public void Exponential_out_of_range_is_its_limit(double x, double expected)
        => Assert.Equal(expected, VectorMath.Exp(new Vector<double>(x))[0]);

    [Fact]
    public void Logarithm_and_exponential_keep_their_relative_accuracy_near_zero()
    {
        for (double x = 1e-18; x < 0.9; x *= 1.9)
        {
            // ln(1 + x) = 2 artanh(x/(2 + x)), exp(x) - 1 = 2 sinh(x/2) exp(x/2), by series.
            double y = x / (2 + x), log = 0, sinh = 0, term = x / 2;
            for (int k = 61; k >= 1; k -= 2)
            {
                log = log * y * y + 2.0 / k;
            }

            for (int k = 1; k < 40; k += 2)
            {
                sinh += term;
                term *= x * x / 4 / ((k + 1) * (k + 2));
            }

            Assert.Equal(1, VectorMath.Log1p(new Vector<double>(x))[0] / (log * y), 2e-15);
            foreach ((double t, double expected) in new[] { (x, 2 * sinh * Math.Exp(x / 2)), (-x, -2 * sinh * Math.Exp(-x / 2)) })
            {
                Assert.Equal(1, VectorMath.Expm1(new Vector<double>(t), new Vector<double>(Math.Exp(t)))[0] / expected, 2e-15);
            }
        }
    }
}
