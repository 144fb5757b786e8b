using System.Numerics;

namespace Oort.Numerics;

/// <summary>Weighted sums of equally long rows stored one after the other.</summary>
internal static class LinearCombination
{
    /// <summary>result[k] = sum over d of weights[d] rows[d * result.Length + k].</summary>
    public static void Of(ReadOnlySpan<double> rows, ReadOnlySpan<double> weights, Span<double> result)
    {
        int length = result.Length, k = 0;
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
