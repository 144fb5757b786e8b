using System.Numerics;

namespace Oort.Numerics;

/// <summary>
/// Piecewise biquintic function of (x, y) on a rectangular grid with continuous first and second derivatives (all mixed
/// derivatives up to second order in each variable are continuous). Immutable. Errors for a smooth function and nodes h
/// apart: O(h^6) in the value, O(h^5) in the gradient, O(h^4) in the second derivatives.
/// </summary>
internal sealed class QuinticSpline2D
{
    /// <summary>Doubles per row of a cell's coefficients: powers 0..5 of y, padded so that vectors of any width fit.</summary>
    private const int Row = 8;

    /// <summary>Doubles per cell: six rows, the powers of x.</summary>
    private const int Cell = 6 * Row;

    /// <summary>Doubles per point of the scratch that holds the powers of y's place, behind two zeros.</summary>
    private const int PowerStride = 10;

    private const int Chunk = 64;

    // l and l (l - 1) for the power l - 1 and l - 2 that stand at place l of the shifted loads.
    private static readonly double[] First = [0, 1, 2, 3, 4, 5, 0, 0];
    private static readonly double[] Second = [0, 0, 2, 6, 12, 20, 0, 0];

    private readonly SplineAxis xAxis, yAxis;
    private readonly double[] coefficients;

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

        coefficients = new double[xAxis.Cells * yAxis.Cells * Cell];
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
    public void Evaluate(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> f, Span<double> fx = default, Span<double> fy = default,
        Span<double> fxx = default, Span<double> fxy = default, Span<double> fyy = default)
    {
        bool gradient = !fx.IsEmpty || !fy.IsEmpty, hessian = !fxx.IsEmpty || !fxy.IsEmpty || !fyy.IsEmpty;
        Span<int> cellX = stackalloc int[Chunk], cellY = stackalloc int[Chunk];
        Span<double> t = stackalloc double[Chunk], s = stackalloc double[Chunk];
        Span<double> powers = stackalloc double[Chunk * PowerStride];
        for (int start = 0; start < x.Length; start += Chunk)
        {
            int n = Math.Min(Chunk, x.Length - start);
            xAxis.Locate(x.Slice(start, n), cellX, t);
            yAxis.Locate(y.Slice(start, n), cellY, s);
            Powers(s[..n], powers);
            for (int i = 0; i < n; i++)
            {
                ReadOnlySpan<double> c = coefficients.AsSpan((cellX[i] * yAxis.Cells + cellY[i]) * Cell, Cell);
                ReadOnlySpan<double> p = powers.Slice(i * PowerStride, PowerStride);
                int at = start + i;
                if (hessian)
                {
                    double hx = xAxis.InverseWidth[cellX[i]], hy = yAxis.InverseWidth[cellY[i]];
                    SecondOrder(c, p, t[i], out double v, out double vx, out double vy, out double vxx, out double vxy, out double vyy);
                    Store(f, at, v);
                    Store(fx, at, vx * hx);
                    Store(fy, at, vy * hy);
                    Store(fxx, at, vxx * hx * hx);
                    Store(fxy, at, vxy * hx * hy);
                    Store(fyy, at, vyy * hy * hy);
                }
                else if (gradient)
                {
                    FirstOrder(c, p, t[i], out double v, out double vx, out double vy);
                    Store(f, at, v);
                    Store(fx, at, vx * xAxis.InverseWidth[cellX[i]]);
                    Store(fy, at, vy * yAxis.InverseWidth[cellY[i]]);
                }
                else
                {
                    f[at] = Value(c, p, t[i]);
                }
            }
        }
    }

    private static void Store(Span<double> to, int i, double value)
    {
        if (!to.IsEmpty)
        {
            to[i] = value;
        }
    }

    private static void Powers(ReadOnlySpan<double> s, Span<double> powers)
    {
        for (int i = 0; i < s.Length; i++)
        {
            Span<double> p = powers.Slice(i * PowerStride, PowerStride);
            double s1 = s[i], s2 = s1 * s1, s3 = s2 * s1;
            p[0] = 0;
            p[1] = 0;
            p[2] = 1;
            p[3] = s1;
            p[4] = s2;
            p[5] = s3;
            p[6] = s2 * s2;
            p[7] = s2 * s3;
            p[8] = 0;
            p[9] = 0;
        }
    }

    // Lanes are powers of y: Horner's rule in x on rows of coefficients, then a product with the powers of y's place.
    private static double Value(ReadOnlySpan<double> c, ReadOnlySpan<double> p, double place)
    {
        Vector<double> t = new(place), sum = Vector<double>.Zero;
        for (int o = 0; o < 6; o += Vector<double>.Count)
        {
            Vector<double> v = new(c[(5 * Row + o)..]);
            v = Vector.FusedMultiplyAdd(v, t, new(c[(4 * Row + o)..]));
            v = Vector.FusedMultiplyAdd(v, t, new(c[(3 * Row + o)..]));
            v = Vector.FusedMultiplyAdd(v, t, new(c[(2 * Row + o)..]));
            v = Vector.FusedMultiplyAdd(v, t, new(c[(Row + o)..]));
            v = Vector.FusedMultiplyAdd(v, t, new(c[o..]));
            sum = Vector.FusedMultiplyAdd(v, new(p[(2 + o)..]), sum);
        }

        return Vector.Sum(sum);
    }

    private static void FirstOrder(ReadOnlySpan<double> c, ReadOnlySpan<double> p, double place, out double f, out double fx, out double fy)
    {
        Vector<double> t = new(place), sum = Vector<double>.Zero, sumX = sum, sumY = sum;
        for (int o = 0; o < 6; o += Vector<double>.Count)
        {
            Vector<double> v = new(c[(5 * Row + o)..]), d = v;
            v = Vector.FusedMultiplyAdd(v, t, new(c[(4 * Row + o)..]));
            for (int k = 3; k >= 0; k--)
            {
                d = Vector.FusedMultiplyAdd(d, t, v);
                v = Vector.FusedMultiplyAdd(v, t, new(c[(k * Row + o)..]));
            }

            Vector<double> power = new(p[(2 + o)..]);
            sum = Vector.FusedMultiplyAdd(v, power, sum);
            sumX = Vector.FusedMultiplyAdd(d, power, sumX);
            sumY = Vector.FusedMultiplyAdd(v, new Vector<double>(p[(1 + o)..]) * new Vector<double>(First, o), sumY);
        }

        f = Vector.Sum(sum);
        fx = Vector.Sum(sumX);
        fy = Vector.Sum(sumY);
    }

    private static void SecondOrder(
        ReadOnlySpan<double> c, ReadOnlySpan<double> p, double place,
        out double f, out double fx, out double fy, out double fxx, out double fxy, out double fyy)
    {
        Vector<double> t = new(place), sum = Vector<double>.Zero, sumX = sum, sumY = sum, sumXX = sum, sumXY = sum, sumYY = sum;
        for (int o = 0; o < 6; o += Vector<double>.Count)
        {
            Vector<double> v = new(c[(5 * Row + o)..]), d = Vector<double>.Zero, half = d;
            for (int k = 4; k >= 0; k--)
            {
                half = Vector.FusedMultiplyAdd(half, t, d);
                d = Vector.FusedMultiplyAdd(d, t, v);
                v = Vector.FusedMultiplyAdd(v, t, new(c[(k * Row + o)..]));
            }

            Vector<double> power = new(p[(2 + o)..]);
            Vector<double> slope = new Vector<double>(p[(1 + o)..]) * new Vector<double>(First, o);
            sum = Vector.FusedMultiplyAdd(v, power, sum);
            sumX = Vector.FusedMultiplyAdd(d, power, sumX);
            sumXX = Vector.FusedMultiplyAdd(half, power, sumXX);
            sumY = Vector.FusedMultiplyAdd(v, slope, sumY);
            sumXY = Vector.FusedMultiplyAdd(d, slope, sumXY);
            sumYY = Vector.FusedMultiplyAdd(v, new Vector<double>(p[o..]) * new Vector<double>(Second, o), sumYY);
        }

        f = Vector.Sum(sum);
        fx = Vector.Sum(sumX);
        fy = Vector.Sum(sumY);
        fxx = 2 * Vector.Sum(sumXX);
        fxy = Vector.Sum(sumXY);
        fyy = Vector.Sum(sumYY);
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
                        rows[order].AsSpan((i * ny + j) * Row, 6));
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
                Span<double> cell = coefficients.AsSpan((i * ny + j) * Cell, Cell);
                for (int l = 0; l < 6; l++)
                {
                    Hermite(rows[0][left + l], h * rows[1][left + l], h * h * rows[2][left + l],
                        rows[0][right + l], h * rows[1][right + l], h * h * rows[2][right + l], c);
                    for (int k = 0; k < 6; k++)
                    {
                        cell[k * Row + l] = c[k];
                    }
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
