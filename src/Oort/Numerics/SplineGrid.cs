namespace Oort.Numerics;

/// <summary>Ascending nodes of a one-dimensional spline; finds the cell of a point, at once where the nodes are equally spaced.</summary>
internal sealed class SplineGrid
{
    private readonly double[] nodes;
    private readonly double inverseStep;

    public SplineGrid(ReadOnlySpan<double> x)
    {
        if (x.Length < 2)
        {
            throw new ArgumentException("a spline needs two nodes or more", nameof(x));
        }

        nodes = x.ToArray();
        double step = (x[^1] - x[0]) / (x.Length - 1);
        bool uniform = true;
        for (int i = 1; i < x.Length; i++)
        {
            if (!(x[i] > x[i - 1]) || !double.IsFinite(x[i]) || !double.IsFinite(x[i - 1]))
            {
                throw new ArgumentException("a spline's nodes must be finite and increase", nameof(x));
            }

            uniform &= Math.Abs(x[i] - (x[0] + step * i)) <= 1e-9 * step;
        }

        inverseStep = uniform ? 1 / step : 0;
    }

    public int Count => nodes.Length;

    public ReadOnlySpan<double> Nodes => nodes;

    public bool IsUniform => inverseStep > 0;

    /// <summary>Index i of the cell [x_i, x_i+1] that holds x; the first or last one outside the nodes, any one for NaN.</summary>
    public int Cell(double x)
    {
        if (inverseStep > 0)
        {
            return (int)Math.Clamp((x - nodes[0]) * inverseStep, 0, nodes.Length - 2);
        }

        int low = 0, high = nodes.Length - 1;
        while (high - low > 1)
        {
            int middle = (low + high) >> 1;
            if (x < nodes[middle])
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return low;
    }

    /// <summary>Solves a tridiagonal system in place (Thomas' algorithm; diagonally dominant). The solution replaces <paramref name="right"/>.</summary>
    public static void SolveTridiagonal(ReadOnlySpan<double> lower, Span<double> diagonal, ReadOnlySpan<double> upper, Span<double> right)
    {
        int n = diagonal.Length;
        for (int i = 1; i < n; i++)
        {
            double w = lower[i] / diagonal[i - 1];
            diagonal[i] -= w * upper[i - 1];
            right[i] -= w * right[i - 1];
        }

        right[n - 1] /= diagonal[n - 1];
        for (int i = n - 2; i >= 0; i--)
        {
            right[i] = (right[i] - upper[i] * right[i + 1]) / diagonal[i];
        }
    }
}
