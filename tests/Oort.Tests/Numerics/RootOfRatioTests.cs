using System.Numerics;
using Oort.Numerics;

namespace Oort.Tests.Numerics;

public class RootOfRatioTests
{
    [Fact]
    public void Is_the_root_over_the_range_of_actions_integrands()
    {
        for (double a = 1e-40; a < 1e40; a *= 173.3)
        {
            foreach (double b in (double[])[1e-30, 3e-7, 1, 2.7, 4e15, 1e60])
            {
                double root = VectorMath.RootOfRatio(new Vector<double>(a), new Vector<double>(b))[0];
                Assert.Equal(1, root / Math.Sqrt(a / b), 1e-8);
            }
        }
    }

    [Fact]
    public void Of_zero_is_zero() => Assert.Equal(0, VectorMath.RootOfRatio(Vector<double>.Zero, new Vector<double>(3.0))[0]);

    [Fact]
    public void Keeps_not_a_number()
        => Assert.Equal(double.NaN, VectorMath.RootOfRatio(new Vector<double>(double.NaN), new Vector<double>(3.0))[0]);
}
