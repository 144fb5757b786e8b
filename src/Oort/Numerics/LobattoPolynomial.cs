using System.Numerics;
using System.Runtime.InteropServices;

namespace Oort.Numerics;

/// <summary>
/// Polynomials on [-1, 1] through values at the Chebyshev-Lobatto points y_k = -cos(pi k / (n - 1)), in powers of y, n even;
/// a polynomial of its own in each lane.
/// </summary>
internal sealed class LobattoPolynomial
{
    // Node k and its mirror image give the even powers by their sum, the odd ones by their difference.
    private readonly double[] transform;
    private readonly double[] folded;

    public LobattoPolynomial(int count)
    {
        Nodes = new double[count];
        transform = new double[count * count / 2];
        folded = new double[count * Vector<double>.Count];
        double[,] powers = PowersOfChebyshev(count);
        int last = count - 1;
        for (int k = 0; k < count; k++)
        {
            Nodes[k] = -Math.Cos(Math.PI * k / last);
        }

        for (int k = 0; k < count / 2; k++)
        {
            for (int m = 0; m < count; m++)
            {
                // Discrete cosine transform of the first kind, then the powers of y of each T_m.
                double weight = 2.0 / last * (k == 0 ? 0.5 : 1) * (m == 0 || m == last ? 0.5 : 1) * Math.Cos(m * Math.PI * (last - k) / last);
                for (int j = 0; j <= m; j++)
                {
                    transform[j * (count / 2) + k] += weight * powers[m, j];
                }
            }
        }
    }

    /// <summary>The points, ascending from -1 to 1.</summary>
    public double[] Nodes { get; }

    /// <summary>
    /// Coefficients of y^0, y^1, ... of the polynomials through <paramref name="values"/>; in both the lanes of a place together.
    /// </summary>
    public void Coefficients(ReadOnlySpan<double> values, Span<double> coefficients)
    {
        int lanes = Vector<double>.Count, half = Nodes.Length / 2, last = Nodes.Length - 1;
        for (int k = 0; k < half; k++)
        {
            Vector<double> low = new(values[(k * lanes)..]), high = new(values[((last - k) * lanes)..]);
            (low + high).CopyTo(folded, k * lanes);
            (low - high).CopyTo(folded, (half + k) * lanes);
        }

        ref double f = ref MemoryMarshal.GetArrayDataReference(folded);
        for (int j = 0; j < Nodes.Length; j += 2)
        {
            Vector<double> even = Vector<double>.Zero, odd = Vector<double>.Zero;
            for (int k = 0; k < half; k++)
            {
                even = Vector.FusedMultiplyAdd(new Vector<double>(transform[j * half + k]), Vector.LoadUnsafe(ref f, (nuint)(k * lanes)), even);
                odd = Vector.FusedMultiplyAdd(new Vector<double>(transform[(j + 1) * half + k]), Vector.LoadUnsafe(ref f, (nuint)((half + k) * lanes)), odd);
            }

            even.CopyTo(coefficients[(j * lanes)..]);
            odd.CopyTo(coefficients[((j + 1) * lanes)..]);
        }
    }

    private static double[,] PowersOfChebyshev(int count)
    {
        double[,] t = new double[count, count];
        t[0, 0] = 1;
        if (count > 1)
        {
            t[1, 1] = 1;
        }

        for (int m = 2; m < count; m++)
        {
            for (int j = 0; j <= m; j++)
            {
                t[m, j] = (j > 0 ? 2 * t[m - 1, j - 1] : 0) - t[m - 2, j];
            }
        }

        return t;
    }
}
