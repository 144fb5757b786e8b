namespace Oort.Numerics;

/// <summary>Shares of a whole number of things.</summary>
internal static class Apportionment
{
    /// <summary>
    /// Whole numbers in proportion to weights that add up to <paramref name="total"/>, each within 1 of the exact share (largest remainders, the first where
    /// two are equal).
    /// </summary>
    /// <param name="weights">Not negative, with a positive finite sum.</param>
    /// <param name="total">What is shared, not negative.</param>
    public static long[] LargestRemainders(ReadOnlySpan<double> weights, long total)
    {
        double sum = 0;
        foreach (double weight in weights)
        {
            sum += weight;
        }

        double[] share = new double[weights.Length];
        long[] counts = new long[weights.Length];
        for (int i = 0; i < share.Length; i++)
        {
            share[i] = weights[i] / sum * total;
            counts[i] = (long)share[i];
        }

        foreach (int i in Enumerable.Range(0, counts.Length).OrderByDescending(i => share[i] - counts[i]).Take((int)(total - counts.Sum())))
        {
            counts[i]++;
        }

        return counts;
    }
}
