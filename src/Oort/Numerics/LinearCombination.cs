using System.Numerics;

namespace Oort.Numerics;

/// <summary>Weighted sums of equally long rows stored one after the other.</summary>
internal static class LinearCombination
{
    /// <summary>result[k] = sum over d of weights[d] rows[d * result.Length + k].</summary>
    public static void Of(ReadOnlySpan<double> rows, ReadOnlySpan<double> weights, Span<double> result)
    {
        int length = result.Length, k = 0, lanes = Vector<double>.Count;
        for (; k + 4 * lanes <= length; k += 4 * lanes)
        {
            // Four sums side by side, as each waits for itself.
            Vector<double> s0 = Vector<double>.Zero, s1 = s0, s2 = s0, s3 = s0;
            for (int d = 0; d < weights.Length; d++)
            {
                Vector<double> w = new(weights[d]);
                ReadOnlySpan<double> row = rows.Slice(d * length + k, 4 * lanes);
                s0 = Vector.FusedMultiplyAdd(w, new Vector<double>(row), s0);
                s1 = Vector.FusedMultiplyAdd(w, new Vector<double>(row[lanes..]), s1);
                s2 = Vector.FusedMultiplyAdd(w, new Vector<double>(row[(2 * lanes)..]), s2);
                s3 = Vector.FusedMultiplyAdd(w, new Vector<double>(row[(3 * lanes)..]), s3);
            }

            s0.CopyTo(result[k..]);
            s1.CopyTo(result[(k + lanes)..]);
            s2.CopyTo(result[(k + 2 * lanes)..]);
            s3.CopyTo(result[(k + 3 * lanes)..]);
        }

        for (; k + Vector<double>.Count <= length; k += Vector<double>.Count)
        {
            Vector<double> sum = Vector<double>.Zero;
            for (int d = 0; d < weights.Length; d++)
            {
                sum = Vector.FusedMultiplyAdd(new Vector<double>(weights[d]), new Vector<double>(rows[(d * length + k)..]), sum);
            }

            sum.CopyTo(result[k..]);
        }

        for (; k < length; k++)
        {
            double sum = 0;
            for (int d = 0; d < weights.Length; d++)
            {
                sum = Math.FusedMultiplyAdd(weights[d], rows[d * length + k], sum);
            }

            result[k] = sum;
        }
    }
}
