using System.Runtime.CompilerServices;

namespace Oort.Numerics;

/// <summary>Draws an index with given weights in constant time: Walker's alias method, built as by Vose (1991, IEEE Trans. Softw. Eng. 17, 972).</summary>
internal sealed class AliasTable
{
    private readonly (uint Keep, int Alias)[] rows;

    /// <summary>The table of these weights, not negative, some positive.</summary>
    public AliasTable(ReadOnlySpan<double> weights)
    {
        int n = weights.Length;
        Total = 0;
        foreach (double w in weights)
        {
            Total += w;
        }

        if (!(Total > 0) || !double.IsFinite(Total))
        {
            throw new NumericalException("a table of weights to draw from has no finite positive sum");
        }

        rows = new (uint, int)[n];
        double[] scaled = new double[n];
        int[] order = new int[n];
        int small = 0, large = n;
        for (int i = 0; i < n; i++)
        {
            scaled[i] = weights[i] * n / Total;
            order[scaled[i] < 1 ? small++ : --large] = i;
        }

        // Small ones are served from the front, large ones wait at the back.
        int next = 0;
        while (next < small && large < n)
        {
            int poor = order[next++], rich = order[large];
            rows[poor] = (Threshold(scaled[poor]), rich);
            scaled[rich] -= 1 - scaled[poor];
            if (scaled[rich] < 1)
            {
                large++;
                order[small++] = rich;
            }
        }

        // What is left is 1 but for rounding.
        foreach (int i in order.AsSpan(next, small - next))
        {
            rows[i] = (uint.MaxValue, i);
        }

        foreach (int i in order.AsSpan(large))
        {
            rows[i] = (uint.MaxValue, i);
        }
    }

    /// <summary>Sum of the weights.</summary>
    public double Total { get; }

    /// <summary>The index that 64 random bits choose; probabilities are right to 2^-32 of 1 over the number of indices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Pick(ulong bits)
    {
        int row = (int)Math.BigMul(bits, (ulong)rows.Length, out ulong rest);
        (uint keep, int alias) = rows[row];
        // Without a branch: which way it goes cannot be foretold.
        int own = (int)(((rest >> 32) - keep - 1) >> 63) * -1;
        return alias ^ ((alias ^ row) & own);
    }

    private static uint Threshold(double probability) => (uint)Math.Min(probability * 4294967296.0, uint.MaxValue);
}
