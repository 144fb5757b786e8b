using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Oort.Numerics;

/// <summary>Weighted sums of equally long rows stored one after the other, with weights of its own in each lane.</summary>
internal static class LinearCombination
{
    /// <summary>result[k] = sum over d of weights[d] rows[d * n + k], a vector for each of the n places k and each d.</summary>
    public static void Of(ReadOnlySpan<double> rows, ReadOnlySpan<double> weights, Span<double> result)
    {
        int lanes = Vector<double>.Count, length = result.Length / lanes, count = weights.Length / lanes;
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Length, count * length);
        ref double row = ref MemoryMarshal.GetReference(rows);
        ref double w = ref MemoryMarshal.GetReference(weights);
        int k = 0;
        for (; k + 4 <= length; k += 4)
        {
            // Four sums side by side, as each waits for itself.
            Vector<double> s0 = Vector<double>.Zero, s1 = s0, s2 = s0, s3 = s0;
            for (int d = 0; d < count; d++)
            {
                Vector<double> weight = Vector.LoadUnsafe(ref w, (nuint)(d * lanes));
                ref double at = ref Unsafe.Add(ref row, d * length + k);
                s0 = Vector.FusedMultiplyAdd(weight, new Vector<double>(at), s0);
                s1 = Vector.FusedMultiplyAdd(weight, new Vector<double>(Unsafe.Add(ref at, 1)), s1);
                s2 = Vector.FusedMultiplyAdd(weight, new Vector<double>(Unsafe.Add(ref at, 2)), s2);
                s3 = Vector.FusedMultiplyAdd(weight, new Vector<double>(Unsafe.Add(ref at, 3)), s3);
            }

            s0.CopyTo(result[(k * lanes)..]);
            s1.CopyTo(result[((k + 1) * lanes)..]);
            s2.CopyTo(result[((k + 2) * lanes)..]);
            s3.CopyTo(result[((k + 3) * lanes)..]);
        }

        for (; k < length; k++)
        {
            Vector<double> sum = Vector<double>.Zero;
            for (int d = 0; d < count; d++)
            {
                sum = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref w, (nuint)(d * lanes)), new Vector<double>(Unsafe.Add(ref row, d * length + k)), sum);
            }

            sum.CopyTo(result[(k * lanes)..]);
        }
    }
}
