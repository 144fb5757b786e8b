using System.Numerics;
using System.Runtime.InteropServices;

namespace Oort.Numerics;

/// <summary>
/// Interpolation at the zeros of the Chebyshev polynomial T_n on [-1, 1]: nodes, the transform from node values
/// to the coefficients of T_0 .. T_(n-1), barycentric weights, and evaluation of a series on vectors of points.
/// </summary>
internal sealed class Chebyshev
{
    private readonly double[] transform;
    private readonly double[] barycentric;

    public Chebyshev(int count)
    {
        Nodes = new double[count];
        barycentric = new double[count];
        transform = new double[count * count];
        for (int k = 0; k < count; k++)
        {
            double angle = Math.PI * (k + 0.5) / count;
            Nodes[k] = Math.Cos(angle);
            barycentric[k] = (k % 2 == 0 ? 1 : -1) * Math.Sin(angle);
            for (int m = 0; m < count; m++)
            {
                transform[k * count + m] = (m == 0 ? 1.0 : 2.0) / count * Math.Cos(m * angle);
            }
        }
    }

    /// <summary>The nodes, descending.</summary>
    public double[] Nodes { get; }

    public int Count => Nodes.Length;

    /// <summary>Coefficients of the interpolating series from the values at the nodes.</summary>
    public void Coefficients(ReadOnlySpan<double> values, Span<double> coefficients)
    {
        int lanes = Vector<double>.Count, m = 0;
        for (; m + lanes <= Count; m += lanes)
        {
            // Two sums side by side, as each waits for itself.
            Vector<double> even = Vector<double>.Zero, odd = Vector<double>.Zero;
            int k = 0;
            for (; k + 2 <= Count; k += 2)
            {
                even = Vector.FusedMultiplyAdd(new(values[k]), new Vector<double>(transform, k * Count + m), even);
                odd = Vector.FusedMultiplyAdd(new(values[k + 1]), new Vector<double>(transform, (k + 1) * Count + m), odd);
            }

            if (k < Count)
            {
                even = Vector.FusedMultiplyAdd(new(values[k]), new Vector<double>(transform, k * Count + m), even);
            }

            (even + odd).CopyTo(coefficients[m..]);
        }

        for (; m < Count; m++)
        {
            double sum = 0;
            for (int k = 0; k < Count; k++)
            {
                sum += transform[k * Count + m] * values[k];
            }

            coefficients[m] = sum;
        }
    }

    /// <summary>
    /// Weights with which the values at the nodes combine to the interpolant at each lane's own point: those of a node together,
    /// a vector each.
    /// </summary>
    public void LagrangeWeights(Vector<double> x, Span<double> weights)
    {
        // A point on a node gets a weight that overwhelms the others.
        const double OnNode = 1e-250;
        int lanes = Vector<double>.Count;
        Vector<double> sum = Vector<double>.Zero;
        for (int k = 0; k < Count; k++)
        {
            Vector<double> distance = x - new Vector<double>(Nodes[k]);
            distance = Vector.ConditionalSelect(Vector.Equals(distance, Vector<double>.Zero), new(OnNode), distance);
            Vector<double> weight = new Vector<double>(barycentric[k]) / distance;
            sum += weight;
            weight.CopyTo(weights[(k * lanes)..]);
        }

        Vector<double> scale = Vector<double>.One / sum;
        for (int k = 0; k < Count; k++)
        {
            (new Vector<double>(weights[(k * lanes)..]) * scale).CopyTo(weights[(k * lanes)..]);
        }
    }

    /// <summary>Series of their own in each lane, a coefficient's lanes together, at a point in each (Clenshaw's recurrence).</summary>
    public static Vector<double> Evaluate(ReadOnlySpan<double> coefficients, Vector<double> x)
    {
        int lanes = Vector<double>.Count;
        ref double c = ref MemoryMarshal.GetReference(coefficients);
        Vector<double> twice = x + x, b1 = Vector<double>.Zero, b2 = Vector<double>.Zero;
        for (int m = coefficients.Length - lanes; m > 0; m -= lanes)
        {
            Vector<double> b = Vector.FusedMultiplyAdd(twice, b1, Vector.LoadUnsafe(ref c, (nuint)m) - b2);
            b2 = b1;
            b1 = b;
        }

        return Vector.FusedMultiplyAdd(x, b1, Vector.LoadUnsafe(ref c) - b2);
    }

    /// <summary>
    /// The same at eight points in each lane, in place: the eight recurrences run side by side, as each waits for itself.
    /// </summary>
    public static void EvaluateEight(ReadOnlySpan<double> coefficients, Span<double> points)
    {
        nuint lanes = (nuint)Vector<double>.Count;
        ArgumentOutOfRangeException.ThrowIfLessThan(points.Length, 8 * Vector<double>.Count);
        ref double c = ref MemoryMarshal.GetReference(coefficients);
        ref double p = ref MemoryMarshal.GetReference(points);
        Vector<double> x0 = Vector.LoadUnsafe(ref p), x1 = Vector.LoadUnsafe(ref p, lanes), x2 = Vector.LoadUnsafe(ref p, 2 * lanes), x3 = Vector.LoadUnsafe(ref p, 3 * lanes);
        Vector<double> x4 = Vector.LoadUnsafe(ref p, 4 * lanes), x5 = Vector.LoadUnsafe(ref p, 5 * lanes), x6 = Vector.LoadUnsafe(ref p, 6 * lanes), x7 = Vector.LoadUnsafe(ref p, 7 * lanes);
        Vector<double> t0 = x0 + x0, t1 = x1 + x1, t2 = x2 + x2, t3 = x3 + x3, t4 = x4 + x4, t5 = x5 + x5, t6 = x6 + x6, t7 = x7 + x7;
        Vector<double> a0 = Vector<double>.Zero, a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        Vector<double> b0 = a0, b1 = a0, b2 = a0, b3 = a0, b4 = a0, b5 = a0, b6 = a0, b7 = a0;
        for (int m = coefficients.Length - Vector<double>.Count; m > 0; m -= Vector<double>.Count)
        {
            Vector<double> next = Vector.LoadUnsafe(ref c, (nuint)m);
            (a0, b0) = (Vector.FusedMultiplyAdd(t0, a0, next - b0), a0);
            (a1, b1) = (Vector.FusedMultiplyAdd(t1, a1, next - b1), a1);
            (a2, b2) = (Vector.FusedMultiplyAdd(t2, a2, next - b2), a2);
            (a3, b3) = (Vector.FusedMultiplyAdd(t3, a3, next - b3), a3);
            (a4, b4) = (Vector.FusedMultiplyAdd(t4, a4, next - b4), a4);
            (a5, b5) = (Vector.FusedMultiplyAdd(t5, a5, next - b5), a5);
            (a6, b6) = (Vector.FusedMultiplyAdd(t6, a6, next - b6), a6);
            (a7, b7) = (Vector.FusedMultiplyAdd(t7, a7, next - b7), a7);
        }

        Vector<double> first = Vector.LoadUnsafe(ref c);
        Vector.FusedMultiplyAdd(x0, a0, first - b0).StoreUnsafe(ref p);
        Vector.FusedMultiplyAdd(x1, a1, first - b1).StoreUnsafe(ref p, lanes);
        Vector.FusedMultiplyAdd(x2, a2, first - b2).StoreUnsafe(ref p, 2 * lanes);
        Vector.FusedMultiplyAdd(x3, a3, first - b3).StoreUnsafe(ref p, 3 * lanes);
        Vector.FusedMultiplyAdd(x4, a4, first - b4).StoreUnsafe(ref p, 4 * lanes);
        Vector.FusedMultiplyAdd(x5, a5, first - b5).StoreUnsafe(ref p, 5 * lanes);
        Vector.FusedMultiplyAdd(x6, a6, first - b6).StoreUnsafe(ref p, 6 * lanes);
        Vector.FusedMultiplyAdd(x7, a7, first - b7).StoreUnsafe(ref p, 7 * lanes);
    }
}
