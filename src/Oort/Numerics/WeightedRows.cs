using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Oort.Numerics;

/// <summary>A weighted sum of rows of equal length.</summary>
internal static class WeightedRows
{
    /// <summary>sum[i] = weights[0] rows[0][i] + weights[1] rows[1][i] + ...</summary>
    /// <param name="rows">The rows, at least as long as the sum.</param>
    /// <param name="weights">A weight for each.</param>
    /// <param name="sum">Receives the sum.</param>
    public static void Sum(double[][] rows, ReadOnlySpan<double> weights, Span<double> sum)
    {
        foreach (double[] row in rows)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(row.Length, sum.Length);
        }

        int lanes = Vector<double>.Count, i = 0;
        for (; i + 8 * lanes <= sum.Length; i += 8 * lanes)
        {
            // Eight sums side by side stay in registers.
            Vector<double> s0 = Vector<double>.Zero, s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
            for (int k = 0; k < rows.Length; k++)
            {
                ref double at = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows[k]), i);
                Vector<double> w = new(weights[k]);
                s0 = Vector.FusedMultiplyAdd(w, Vector.LoadUnsafe(ref at), s0);
                s1 = Vector.FusedMultiplyAdd(w, Vector.LoadUnsafe(ref at, (nuint)lanes), s1);
                s2 = Vector.FusedMultiplyAdd(w, Vector.LoadUnsafe(ref at, (nuint)(2 * lanes)), s2);
                s3 = Vector.FusedMultiplyAdd(w, Vector.LoadUnsafe(ref at, (nuint)(3 * lanes)), s3);
                s4 = Vector.FusedMultiplyAdd(w, Vector.LoadUnsafe(ref at, (nuint)(4 * lanes)), s4);
                s5 = Vector.FusedMultiplyAdd(w, Vector.LoadUnsafe(ref at, (nuint)(5 * lanes)), s5);
                s6 = Vector.FusedMultiplyAdd(w, Vector.LoadUnsafe(ref at, (nuint)(6 * lanes)), s6);
                s7 = Vector.FusedMultiplyAdd(w, Vector.LoadUnsafe(ref at, (nuint)(7 * lanes)), s7);
            }

            VectorMath.Store(s0, sum, i);
            VectorMath.Store(s1, sum, i + lanes);
            VectorMath.Store(s2, sum, i + 2 * lanes);
            VectorMath.Store(s3, sum, i + 3 * lanes);
            VectorMath.Store(s4, sum, i + 4 * lanes);
            VectorMath.Store(s5, sum, i + 5 * lanes);
            VectorMath.Store(s6, sum, i + 6 * lanes);
            VectorMath.Store(s7, sum, i + 7 * lanes);
        }

        for (; i < sum.Length; i++)
        {
            double s = 0;
            for (int k = 0; k < rows.Length; k++)
            {
                s = Math.FusedMultiplyAdd(weights[k], rows[k][i], s);
            }

            sum[i] = s;
        }
    }
}
