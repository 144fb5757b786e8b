using System.Numerics;
using System.Runtime.CompilerServices;

namespace Oort.Numerics;

/// <summary>
/// Piecewise biquintic function of (x, y) on a rectangular grid with continuous first and second derivatives (all mixed
/// derivatives up to second order in each variable are continuous). Immutable. Errors for a smooth function and nodes h
/// apart: O(h^6) in the value, O(h^5) in the gradient, O(h^4) in the second derivatives.
/// </summary>
internal sealed class QuinticSpline2D
{
    /// <summary>Doubles per row of coefficients: powers 0..5 of y.</summary>
    private const int Row = 6;

    private const int Chunk = 64;

    private readonly SplineAxis xAxis, yAxis;
    private readonly QuinticTable table; // in x, components are the powers of y's place

    /// <summary>
    /// The spline with given values and first derivatives at the nodes. Second derivatives at the nodes come from C3 quintic
    /// splines along the lines; f_xy = S_x f_y + S_y f_x - S_x S_y f with the cubic splines' derivatives S, whose error is
    /// the product of the errors of the two operators.
    /// </summary>
    /// <param name="x">Ascending nodes, at least two.</param>
    /// <param name="y">Ascending nodes, at least two.</param>
    /// <param name="f">Values, [x, y].</param>
    /// <param name="fx">df/dx.</param>
    /// <param name="fy">df/dy.</param>
    /// <param name="evenX">Whether f is even about the first node of x.</param>
    /// <param name="evenY">Whether f is even about the first node of y.</param>
    public QuinticSpline2D(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, double[,] f, double[,] fx, double[,] fy, bool evenX = false, bool evenY = false)
        : this(x, y, Jets(x, y, f, fx, fy, evenX, evenY))
    {
    }

    /// <summary>
    /// The spline with given values and derivatives at the nodes: <paramref name="jets"/>[3 i + j] holds
    /// d^(i+j) f / dx^i dy^j, i, j = 0..2, at the nodes [x, y]. A C4 biquintic spline is reproduced exactly.
    /// </summary>
    public QuinticSpline2D(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double[][,] jets)
    {
        xAxis = new(x);
        yAxis = new(y);
        foreach (double[,] jet in jets)
        {
            if (jet.GetLength(0) != x.Length || jet.GetLength(1) != y.Length)
            {
                throw new ArgumentException("the values' shape is not that of the grid", nameof(jets));
            }
        }

        table = new(xAxis.Cells * yAxis.Cells, Row);
        Fill(jets);
    }

    /// <summary>Nodes in x.</summary>
    public ReadOnlySpan<double> X => xAxis.Nodes;

    /// <summary>Nodes in y.</summary>
    public ReadOnlySpan<double> Y => yAxis.Nodes;

    /// <summary>
    /// Values and derivatives at a batch of points; empty spans are skipped. Points outside the grid get the polynomial of the
    /// nearest cell.
    /// </summary>
    [SkipLocalsInit] // Clearing the work space would cost more than a single point does.
    public void Evaluate(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> f, Span<double> fx = default, Span<double> fy = default,
        Span<double> fxx = default, Span<double> fxy = default, Span<double> fyy = default)
    {
        int order = !fxx.IsEmpty || !fxy.IsEmpty || !fyy.IsEmpty ? 2 : !fx.IsEmpty || !fy.IsEmpty ? 1 : 0;
        // Places and inverse widths of both axes, the cell; padded copies; six results; the polynomials' rows.
        Span<double> work = stackalloc double[(13 + 3 * Row) * Chunk];
        Span<double> output = work.Slice(7 * Chunk, 6 * Chunk), rows = work[(13 * Chunk)..];
        for (int start = 0; start < x.Length; start += Chunk)
        {
            int n = Math.Min(Chunk, x.Length - start), group = Math.Max(QuinticTable.Group, Vector<double>.Count);
            int whole = (n + group - 1) / group * group;
            Locate(xAxis, x.Slice(start, n), work[..whole], work.Slice(Chunk, whole), work.Slice(2 * Chunk, whole), work.Slice(5 * Chunk, whole));
            Locate(yAxis, y.Slice(start, n), work.Slice(6 * Chunk, whole), work.Slice(3 * Chunk, whole), work.Slice(4 * Chunk, whole), work.Slice(5 * Chunk, whole));
            Vector<double> columns = new(yAxis.Cells);
            for (int i = 0; i < whole; i += Vector<double>.Count)
            {
                VectorMath.Store(Vector.FusedMultiplyAdd(At(work, 0, i), columns, At(work, 6, i)), work, i);
            }

            table.Evaluate(work[..whole], work.Slice(Chunk, whole), rows, Chunk, order);
            for (int i = 0; i < whole; i += Vector<double>.Count)
            {
                switch (order)
                {
                    case 0:
                        Value(work, rows, output, i);
                        break;
                    case 1:
                        FirstOrder(work, rows, output, i);
                        break;
                    default:
                        SecondOrder(work, rows, output, i);
                        break;
                }
            }

            Copy(output, 0, n, start, f);
            Copy(output, 1, n, start, fx);
            Copy(output, 2, n, start, fy);
            Copy(output, 3, n, start, fxx);
            Copy(output, 4, n, start, fxy);
            Copy(output, 5, n, start, fyy);
        }

        static void Copy(ReadOnlySpan<double> output, int row, int n, int start, Span<double> to)
        {
            if (!to.IsEmpty)
            {
                output.Slice(row * Chunk, n).CopyTo(to[start..]);
            }
        }
    }

    /// <summary>Cells and places of some points, up to whole vectors.</summary>
    private static void Locate(
        SplineAxis axis, ReadOnlySpan<double> x, Span<double> cell, Span<double> place, Span<double> inverse, Span<double> padded)
    {
        if (x.Length < cell.Length)
        {
            padded.Fill(x[0]);
            x.CopyTo(padded);
            x = padded;
        }

        axis.Locate(x, cell, place, inverse);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> At(ReadOnlySpan<double> rows, int row, int i) => VectorMath.Load(rows, row * Chunk + i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector<double> value, Span<double> rows, int row, int i) => VectorMath.Store(value, rows, row * Chunk + i);

    // Horner's rule in y's place, on the six rows from the given one on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Polynomial(ReadOnlySpan<double> rows, int first, Vector<double> s, int i)
    {
        Vector<double> v = At(rows, first + 5, i);
        v = Vector.FusedMultiplyAdd(v, s, At(rows, first + 4, i));
        v = Vector.FusedMultiplyAdd(v, s, At(rows, first + 3, i));
        v = Vector.FusedMultiplyAdd(v, s, At(rows, first + 2, i));
        v = Vector.FusedMultiplyAdd(v, s, At(rows, first + 1, i));
        return Vector.FusedMultiplyAdd(v, s, At(rows, first, i));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Polynomial(ReadOnlySpan<double> rows, int first, Vector<double> s, int i, out Vector<double> slope)
    {
        Vector<double> v = At(rows, first + 5, i), d = v;
        v = Vector.FusedMultiplyAdd(v, s, At(rows, first + 4, i));
        d = Vector.FusedMultiplyAdd(d, s, v);
        v = Vector.FusedMultiplyAdd(v, s, At(rows, first + 3, i));
        d = Vector.FusedMultiplyAdd(d, s, v);
        v = Vector.FusedMultiplyAdd(v, s, At(rows, first + 2, i));
        d = Vector.FusedMultiplyAdd(d, s, v);
        v = Vector.FusedMultiplyAdd(v, s, At(rows, first + 1, i));
        slope = Vector.FusedMultiplyAdd(d, s, v);
        return Vector.FusedMultiplyAdd(v, s, At(rows, first, i));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Polynomial(
        ReadOnlySpan<double> rows, int first, Vector<double> s, int i, out Vector<double> slope, out Vector<double> half)
    {
        Vector<double> v = At(rows, first + 5, i), d = v, h = v;
        v = Vector.FusedMultiplyAdd(v, s, At(rows, first + 4, i));
        d = Vector.FusedMultiplyAdd(d, s, v);
        h = Vector.FusedMultiplyAdd(h, s, d);
        v = Vector.FusedMultiplyAdd(v, s, At(rows, first + 3, i));
        d = Vector.FusedMultiplyAdd(d, s, v);
        h = Vector.FusedMultiplyAdd(h, s, d);
        v = Vector.FusedMultiplyAdd(v, s, At(rows, first + 2, i));
        d = Vector.FusedMultiplyAdd(d, s, v);
        half = Vector.FusedMultiplyAdd(h, s, d);
        v = Vector.FusedMultiplyAdd(v, s, At(rows, first + 1, i));
        slope = Vector.FusedMultiplyAdd(d, s, v);
        return Vector.FusedMultiplyAdd(v, s, At(rows, first, i));
    }

    private static void Value(ReadOnlySpan<double> work, ReadOnlySpan<double> rows, Span<double> output, int i)
        => Put(Polynomial(rows, 0, At(work, 3, i), i), output, 0, i);

    private static void FirstOrder(ReadOnlySpan<double> work, ReadOnlySpan<double> rows, Span<double> output, int i)
    {
        Vector<double> s = At(work, 3, i);
        Put(Polynomial(rows, 0, s, i, out Vector<double> fy), output, 0, i);
        Put(Polynomial(rows, Row, s, i) * At(work, 2, i), output, 1, i);
        Put(fy * At(work, 4, i), output, 2, i);
    }

    private static void SecondOrder(ReadOnlySpan<double> work, ReadOnlySpan<double> rows, Span<double> output, int i)
    {
        Vector<double> s = At(work, 3, i), x = At(work, 2, i), y = At(work, 4, i);
        Put(Polynomial(rows, 0, s, i, out Vector<double> fy, out Vector<double> fyy), output, 0, i);
        Put(Polynomial(rows, Row, s, i, out Vector<double> fxy) * x, output, 1, i);
        Put(fy * y, output, 2, i);
        Vector<double> fxx = Polynomial(rows, 2 * Row, s, i);
        Put((fxx + fxx) * x * x, output, 3, i);
        Put(fxy * x * y, output, 4, i);
        Put((fyy + fyy) * y * y, output, 5, i);
    }

    private static double[][,] Jets(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, double[,] f, double[,] fx, double[,] fy, bool evenX, bool evenY)
    {
        double[,] Curvature(ReadOnlySpan<double> axis, double[,] values, double[,] slopes, bool alongX, bool even)
            => AlongLines(axis, values, slopes, alongX, even);

        double[,] yx = AlongLines(x, fy, null, true, evenX), xy = AlongLines(y, fx, null, false, evenY);
        double[,] cross = AlongLines(x, AlongLines(y, f, null, false, evenY), null, true, evenX);
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < y.Length; j++)
            {
                cross[i, j] = yx[i, j] + xy[i, j] - cross[i, j];
            }
        }

        double[,] fxx = Curvature(x, f, fx, true, evenX), fyy = Curvature(y, f, fy, false, evenY);
        double[,] fxxy = Curvature(x, fy, cross, true, evenX), fxyy = Curvature(y, fx, cross, false, evenY);
        return [f, fy, fyy, fx, cross, fxyy, fxx, fxxy, Curvature(y, fxx, fxxy, false, evenY)];
    }

    /// <summary>Slopes of cubic splines, or where slopes are given curvatures of quintic splines, along all lines of one direction.</summary>
    private static double[,] AlongLines(ReadOnlySpan<double> axis, double[,] values, double[,]? slopes, bool alongX, bool even)
    {
        int n = axis.Length, lines = values.GetLength(alongX ? 1 : 0);
        double[,] result = new double[values.GetLength(0), values.GetLength(1)];
        double[] f = new double[n], d = new double[n], r = new double[n];
        for (int line = 0; line < lines; line++)
        {
            for (int i = 0; i < n; i++)
            {
                f[i] = alongX ? values[i, line] : values[line, i];
                d[i] = slopes is null ? 0 : alongX ? slopes[i, line] : slopes[line, i];
            }

            if (slopes is null)
            {
                SplineLine.CubicSlopes(axis, f, even, r);
            }
            else
            {
                SplineLine.QuinticCurvatures(axis, f, d, even, r);
            }

            for (int i = 0; i < n; i++)
            {
                (alongX ? ref result[i, line] : ref result[line, i]) = r[i];
            }
        }

        return result;
    }

    private void Fill(double[][,] jets)
    {
        int nx = xAxis.Cells, ny = yAxis.Cells;
        // First along y: for each node in x and each order of its derivative the polynomials in y's place, one row a cell.
        double[][] rows = [new double[(nx + 1) * ny * Row], new double[(nx + 1) * ny * Row], new double[(nx + 1) * ny * Row]];
        for (int order = 0; order < 3; order++)
        {
            double[,] v = jets[3 * order], d = jets[3 * order + 1], s = jets[3 * order + 2];
            for (int i = 0; i <= nx; i++)
            {
                for (int j = 0; j < ny; j++)
                {
                    double h = 1 / yAxis.InverseWidth[j];
                    Hermite(v[i, j], h * d[i, j], h * h * s[i, j], v[i, j + 1], h * d[i, j + 1], h * h * s[i, j + 1],
                        rows[order].AsSpan((i * ny + j) * Row, Row));
                }
            }
        }

        Span<double> c = stackalloc double[6];
        for (int i = 0; i < nx; i++)
        {
            double h = 1 / xAxis.InverseWidth[i];
            for (int j = 0; j < ny; j++)
            {
                int left = (i * ny + j) * Row, right = left + ny * Row;
                for (int l = 0; l < Row; l++)
                {
                    Hermite(rows[0][left + l], h * rows[1][left + l], h * h * rows[2][left + l],
                        rows[0][right + l], h * rows[1][right + l], h * h * rows[2][right + l], c);
                    table.Set(i * ny + j, l, c);
                }
            }
        }
    }

    /// <summary>Coefficients of the quintic on [0, 1] with given values, slopes and curvatures at both ends.</summary>
    private static void Hermite(double f0, double d0, double s0, double f1, double d1, double s1, Span<double> c)
    {
        double rise = f1 - f0 - d0 - s0 / 2, turn = d1 - d0 - s0, bend = s1 - s0;
        c[0] = f0;
        c[1] = d0;
        c[2] = s0 / 2;
        c[3] = 10 * rise - 4 * turn + bend / 2;
        c[4] = -15 * rise + 7 * turn - bend;
        c[5] = 6 * rise - 3 * turn + bend / 2;
    }
}
