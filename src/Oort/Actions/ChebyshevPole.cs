using System.Numerics;
using System.Runtime.CompilerServices;

namespace Oort.Actions;

/// <summary>What a Gauss-Chebyshev sum misses of a pole outside its range.</summary>
internal static class ChebyshevPole
{
    /// <summary>
    /// What the rule misses of a simple pole of unit strength at <paramref name="place"/>:
    /// 1 / (q^power - 1), q = X + sqrt(X^2 - 1), X the pole's distance from the middle in units of the half range.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Missed(Vector<double> place, Vector<double> middle, Vector<double> half, int power)
    {
        // Beyond this the power is above 1e9 for any rule with 8 nodes or more.
        const double Negligible = 2;
        Vector<double> x = Vector.MaxNative(Vector.Abs(place - middle) / half, Vector<double>.One);
        if (Vector.GreaterThanAll(x, new Vector<double>(Negligible)))
        {
            return Vector<double>.Zero;
        }

        Vector<double> q = x + Vector.SquareRoot(Vector.FusedMultiplyAdd(x, x, -Vector<double>.One)), result = Vector<double>.One;
        for (int n = power; n > 0; n >>= 1)
        {
            if ((n & 1) == 1)
            {
                result *= q;
            }

            q *= q;
        }

        return Vector<double>.One / Vector.MaxNative(result - Vector<double>.One, new(1e-12));
    }
}
