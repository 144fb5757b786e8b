namespace Oort.Numerics;

/// <summary>
/// Quintic B-splines (C4) of functions on [0, x_N] that are even about 0: the B-splines on the nodes mirrored at 0, clamped
/// at both ends, each added to its mirror image. Cells + 3 functions; only the last is not zero at x_N, where it is 1.
/// </summary>
internal sealed class EvenQuinticBasis
{
    /// <summary>Functions that are not zero in a cell.</summary>
    public const int Local = 6;

    private const int Degree = 5;

    private readonly double[] nodes;
    private readonly double[] knots;

    /// <param name="nodes">Ascending, the first one 0.</param>
    public EvenQuinticBasis(ReadOnlySpan<double> nodes)
    {
        this.nodes = nodes.ToArray();
        int cells = nodes.Length - 1;
        knots = new double[2 * cells + 1 + 2 * Degree];
        for (int i = 0; i < knots.Length; i++)
        {
            int node = Math.Clamp(i - Degree - cells, -cells, cells);
            knots[i] = node < 0 ? -nodes[-node] : nodes[node];
        }
    }

    /// <summary>Number of functions.</summary>
    public int Count => nodes.Length + 2;

    /// <summary>Index of the function that stands at <paramref name="place"/> 0..5 in a cell; near 0 two places share one.</summary>
    public static int Index(int cell, int place) => Math.Abs(cell - 2 + place);

    /// <summary>
    /// Values (<paramref name="order"/> 0) or derivatives of first or second order at a point of a cell, by place.
    /// Cox-de Boor recursion.
    /// </summary>
    public void Evaluate(int cell, double x, int order, Span<double> b)
    {
        int span = cell + Degree + nodes.Length - 1;
        b.Clear();
        b[Degree] = 1;
        for (int degree = 1; degree <= Degree; degree++)
        {
            // b[Degree - degree + k], k = 0..degree, belong to the B-splines of this degree that begin at knot span - degree + k.
            bool differentiate = degree > Degree - order;
            double carried = 0;
            for (int k = 0; k < degree; k++)
            {
                int place = Degree - degree + k + 1;
                double left = knots[span - degree + k + 1], right = knots[span + k + 1];
                double share = b[place] / (right - left);
                b[place - 1] = carried + (differentiate ? -degree * share : (right - x) * share);
                carried = differentiate ? degree * share : (x - left) * share;
            }

            b[Degree] = carried;
        }
    }

    /// <summary>
    /// Points at which interpolation by these functions is well posed: the mean knots (Greville abscissae) of each function,
    /// from 0 to x_N.
    /// </summary>
    public double[] Sites()
    {
        double[] sites = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            int first = i + nodes.Length + 1;
            for (int k = 1; k <= Degree; k++)
            {
                sites[i] += knots[first + k] / Degree;
            }
        }

        sites[0] = 0;
        sites[^1] = nodes[^1];
        return sites;
    }

    /// <summary>
    /// Values or derivatives of all functions at all points: element [i, k] for point i (in ascending cells or not) and function k.
    /// </summary>
    public double[,] Collocation(ReadOnlySpan<double> x, int order)
    {
        double[,] matrix = new double[x.Length, Count];
        Span<double> b = stackalloc double[Local];
        for (int i = 0; i < x.Length; i++)
        {
            int cell = Math.Clamp(nodes.AsSpan().BinarySearch(x[i]) is int at && at >= 0 ? at : ~at - 1, 0, nodes.Length - 2);
            Evaluate(cell, x[i], order, b);
            for (int place = 0; place < Local; place++)
            {
                matrix[i, Index(cell, place)] += b[place];
            }
        }

        return matrix;
    }

    /// <summary>
    /// Band of the symmetric matrix of the integrals of w(x) B_i^(order) B_j^(order): element [i, d] couples i and i + d - 5.
    /// Gauss-Legendre with ten points a cell: exact where w is a polynomial of degree 9 or less there.
    /// </summary>
    public double[,] Gram(Func<double, double> weight, int order)
    {
        double[,] band = new double[Count, 2 * Degree + 1];
        GaussLegendre rule = GaussLegendre.Rule(10);
        Span<double> x = stackalloc double[10], w = stackalloc double[10], b = stackalloc double[Local];
        for (int cell = 0; cell < nodes.Length - 1; cell++)
        {
            rule.Map(nodes[cell], nodes[cell + 1], x, w);
            for (int q = 0; q < 10; q++)
            {
                Evaluate(cell, x[q], order, b);
                double factor = w[q] * weight(x[q]);
                for (int p = 0; p < Local; p++)
                {
                    int i = Index(cell, p);
                    for (int r = 0; r < Local; r++)
                    {
                        band[i, Index(cell, r) - i + Degree] += factor * b[p] * b[r];
                    }
                }
            }
        }

        return band;
    }
}
