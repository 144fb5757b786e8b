using System.Numerics;
using Oort.Numerics;

namespace Oort.Tests.Numerics;

public class SingleMathTests
{
    [Fact]
    public void Logarithm_is_within_its_error()
        => Compare(SingleMath.Log, Math.Log, x => Math.Exp(x), 60, y => 1e-7 * Math.Max(1, Math.Abs(y)));

    [Fact]
    public void Exponential_is_within_its_error()
        => Compare(SingleMath.Exp, Math.Exp, x => x, 87, y => y * Math.Max(2e-7, 1e-7 * Math.Abs(Math.Log(y))));

    [Fact]
    public void Inverse_hyperbolic_sine_is_odd_and_within_its_error()
        => Compare(SingleMath.Asinh, Math.Asinh, x => Math.Sinh(x), 20, y => 2e-7 * Math.Max(1, Math.Abs(y)));

    private static void Compare(Func<Vector<float>, Vector<float>> ours, Func<double, double> exact, Func<double, double> map, double range, Func<double, double> error)
    {
        const int N = 20000;
        for (int i = -N; i <= N; i++)
        {
            float x = (float)map(range * i / N);
            double y = exact(x);
            Assert.InRange(ours(new(x))[0], y - error(y), y + error(y));
        }
    }
}
