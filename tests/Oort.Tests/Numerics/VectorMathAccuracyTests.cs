using System.Numerics;
using Oort.Numerics;

namespace Oort.Tests.Numerics;

public class VectorMathAccuracyTests
{
    [Fact]
    public void Logarithms_and_exponentials_are_accurate_throughout_their_range()
    {
        for (double x = -707.9; x < 709; x += 0.137)
        {
            Assert.InRange(VectorMath.Exp(new Vector<double>(x))[0] / Math.Exp(x) - 1, -5e-16, 5e-16);
            double y = Math.Exp(x), log = Math.Log(y);
            Assert.InRange(VectorMath.Log(new Vector<double>(y))[0] - log, -5e-16 * Math.Max(1, Math.Abs(log)), 5e-16 * Math.Max(1, Math.Abs(log)));
        }
    }

    [Fact]
    public void Logarithms_have_their_limits()
    {
        Assert.Equal(double.NegativeInfinity, VectorMath.Log(Vector<double>.Zero)[0]);
        Assert.Equal(double.NegativeInfinity, VectorMath.Log(new Vector<double>(1e-310))[0]);
        Assert.Equal(double.NaN, VectorMath.Log(new Vector<double>(double.NaN))[0]);
        Assert.Equal(0, VectorMath.Log(Vector<double>.One)[0]);
        Assert.Equal(1, VectorMath.Log(new Vector<double>(double.MaxValue))[0] / Math.Log(double.MaxValue), 1e-15);
    }

    [Fact]
    public void Spans_and_vectors_give_the_same_bits()
    {
        double[] x = [.. Enumerable.Range(0, 4000).Select(i => 0.37 * i - 740), 1e300, double.NaN, -1e300, double.PositiveInfinity, 0, 709, -708, 1];
        double[] y = [.. x];
        VectorMath.ExpInPlace(y);
        Assert.Equal(x.Select(v => VectorMath.Exp(new Vector<double>(v))[0]), y);
        x = [.. x.Select(Math.Abs).Where(v => v < double.PositiveInfinity || double.IsNaN(v)), 5e-324];
        y = [.. x];
        VectorMath.LogInPlace(y);
        Assert.Equal(x.Select(v => VectorMath.Log(new Vector<double>(v))[0]), y);
        y = [.. x];
        VectorMath.PowInPlace(y, 0.6);
        Assert.Equal(x.Select(v => VectorMath.Exp(VectorMath.Log(new Vector<double>(v)) * 0.6)[0]), y);
    }

    [Fact]
    public void Sine_and_hyperbolic_tangent_are_accurate()
    {
        for (double c = 0; c <= 1; c += 1.0 / 1024)
        {
            double sine = Math.Sin(Math.PI / 2 * c);
            Assert.InRange(VectorMath.SinHalfPi(new Vector<double>(c))[0] - sine, -6e-16 * sine, 6e-16 * sine);
        }

        for (double x = -40; x < 40; x += 0.0371)
        {
            Assert.Equal(Math.Tanh(x), VectorMath.Tanh(new Vector<double>(x))[0], 4e-16);
        }

        Assert.Equal(1, VectorMath.Tanh(new Vector<double>(double.PositiveInfinity))[0]);
        Assert.Equal(-1, VectorMath.Tanh(new Vector<double>(double.NegativeInfinity))[0]);
        Assert.Equal(double.NaN, VectorMath.Tanh(new Vector<double>(double.NaN))[0]);
    }
}
