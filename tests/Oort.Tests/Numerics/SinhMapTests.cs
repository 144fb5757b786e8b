using Oort.Numerics;

namespace Oort.Tests.Numerics;

public class SinhMapTests
{
    [Theory]
    [InlineData(0, 550)]
    [InlineData(230, 0)]
    [InlineData(230, 550)]
    [InlineData(-20, -500)]
    public void Integrates_a_narrow_peak_at_its_crowded_end_and_the_wide_rest(double from, double to)
    {
        double[] x = new double[24], w = new double[24];
        SinhMap.Nodes(from, to, 15, x, w);
        Assert.All(x, v => Assert.InRange(v, Math.Min(from, to), Math.Max(from, to)));
        Assert.All(w, v => Assert.True(v > 0));
        double length = Math.Abs(to - from);
        Assert.Equal(length, w.Sum(), 1e-9 * length);
        double Integral(Func<double, double> f) => x.Zip(w, (v, weight) => weight * f(Math.Abs(v - from))).Sum();
        Assert.Equal(6, Integral(v => Math.Exp(-v / 6)), 6e-5);
        Assert.Equal(80 * Math.Atan(length / 80), Integral(v => 1 / (1 + v * v / 6400)), 1e-6 * length);

        // Half the nodes on either side of the middle of asinh, not of x.
        Assert.Equal(12, x.Count(v => Math.Abs(v - from) < 15 * Math.Sinh(0.5 * Math.Asinh(length / 15))));
    }
}
