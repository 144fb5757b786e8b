using System.Numerics;

namespace Oort.Numerics;

/// <summary>
/// The coordinate asinh(u / scale): even spacing near 0, logarithmic far away. It keeps the parity of functions about 0.
/// </summary>
internal static class AsinhScale
{
    /// <summary>
    /// The scale with which <paramref name="cells"/> even steps of asinh(u / scale) lead from 0 over <paramref name="first"/> to
    /// <paramref name="last"/>; ten times <paramref name="last"/>, nearly even steps of u, where there is none.
    /// </summary>
    public static double For(double first, double last, int cells)
    {
        // asinh(last/s) / asinh(first/s) falls from last/first at s = infinity to 1 at s = 0.
        double low = Math.Log(first) - 700, high = Math.Log(10 * last);
        if (Ratio(Math.Exp(high)) <= cells)
        {
            return 10 * last;
        }

        low = Math.Max(low, -700);
        for (int i = 0; i < 200 && high - low > 1e-15 * Math.Abs(high); i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = Ratio(Math.Exp(middle)) > cells ? (low, middle) : (middle, high);
        }

        return Math.Exp(0.5 * (low + high));

        double Ratio(double scale) => Math.Asinh(last / scale) / Math.Asinh(first / scale);
    }

    /// <summary>Nodes from 0 to <paramref name="last"/>, evenly spaced in asinh, the second one at <paramref name="first"/>.</summary>
    public static double[] Nodes(double first, double last, int cells)
    {
        if (!(first > 0) || !(last > first) || cells < 1 || !double.IsFinite(last))
        {
            throw new ArgumentOutOfRangeException(nameof(first), "nodes need 0 < first < last and at least one cell");
        }

        double scale = For(first, last, cells), step = Math.Asinh(last / scale) / cells;
        double[] nodes = new double[cells + 1];
        for (int i = 1; i < cells; i++)
        {
            nodes[i] = scale * Math.Sinh(i * step);
        }

        nodes[cells] = last;
        return nodes;
    }

    /// <summary>asinh of every lane, relative error below 1e-15 near 0 too.</summary>
    public static Vector<double> Asinh(Vector<double> u)
    {
        Vector<double> size = Vector.Abs(u), square = u * u;
        Vector<double> far = VectorMath.Log(size + Vector.SquareRoot(square + Vector<double>.One));
        // To the ninth order; the next term is below 1e-18 relative to the first under 0.02.
        Vector<double> near = size * (Vector<double>.One + square * (new Vector<double>(-1.0 / 6) + square * (new Vector<double>(3.0 / 40)
            + square * (new Vector<double>(-15.0 / 336) + square * new Vector<double>(105.0 / 3456)))));
        Vector<double> result = Vector.ConditionalSelect(Vector.LessThan(size, new Vector<double>(0.02)), near, far);
        return Vector.ConditionalSelect(Vector.LessThan(u, Vector<double>.Zero), -result, result);
    }

    /// <summary>
    /// asinh(u) of spans of a multiple of <see cref="VectorMath.Block"/>, as <see cref="Asinh(Vector{double})"/>, and
    /// <paramref name="root"/> = sqrt(1 + u^2), whose inverse is the derivative.
    /// </summary>
    public static void Asinh(ReadOnlySpan<double> u, Span<double> root, Span<double> result)
    {
        for (int i = 0; i < u.Length; i += Vector<double>.Count)
        {
            Vector<double> x = VectorMath.Load(u, i), size = Vector.Abs(x);
            Vector<double> q = Vector.SquareRoot(Vector.FusedMultiplyAdd(x, x, Vector<double>.One));
            VectorMath.Store(q, root, i);
            VectorMath.Store(size + q, result, i);
        }

        VectorMath.LogInPlace(result[..u.Length]);
        for (int i = 0; i < u.Length; i += Vector<double>.Count)
        {
            Vector<double> x = VectorMath.Load(u, i), square = x * x;
            Vector<double> near = Vector.FusedMultiplyAdd(square, new(105.0 / 3456), new(-15.0 / 336));
            near = Vector.FusedMultiplyAdd(square, near, new(3.0 / 40));
            near = Vector.FusedMultiplyAdd(square, near, new(-1.0 / 6));
            near = Vector.FusedMultiplyAdd(square * x, near, x);
            Vector<double> far = Vector.CopySign(VectorMath.Load(result, i), x);
            VectorMath.Store(Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(x), new(0.02)), near, far), result, i);
        }
    }
}
