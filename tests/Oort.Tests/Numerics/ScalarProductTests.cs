using Oort.Numerics;

namespace Oort.Tests.Numerics;

/// <summary>Scalar products of any length, wherever the numbers lie.</summary>
public sealed class ScalarProductTests
{
    [Fact]
    public void It_is_the_sum_of_products_and_the_same_anywhere_in_memory()
    {
        Xoshiro256 random = new(7);
        foreach (int n in (int[])[0, 1, 3, 4, 7, 8, 15, 31, 32, 33, 100, 1001])
        {
            double[] a = new double[n], b = new double[n];
            for (int i = 0; i < n; i++)
            {
                (a[i], b[i]) = random.Normal();
            }

            double expected = (double)a.Zip(b, (x, y) => (decimal)x * (decimal)y).Sum(), found = ScalarProduct.Of(a, b);
            Assert.Equal(expected, found, 1e-13 * (1 + n));
            for (int shift = 1; shift < 9; shift++)
            {
                double[] moved = [.. new double[shift], .. a], other = [.. new double[2 * shift], .. b];
                Assert.Equal(found, ScalarProduct.Of(moved.AsSpan(shift), other.AsSpan(2 * shift)));
            }
        }
    }
}
