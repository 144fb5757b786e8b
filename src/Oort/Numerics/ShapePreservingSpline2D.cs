using System.Numerics;

namespace Oort.Numerics;

/// <summary>
/// Piecewise bicubic Hermite interpolation with continuous gradient, slopes at the nodes from local polynomials of
/// fourth degree: error O(h^4) for smooth data. Across a jump (the secants on the two sides of a node differ by most of the
/// larger one and by more than <see cref="Jump"/> a cell) no polynomial reaches: the nodes on each side take their slopes from
/// their own side, and where these point away from the jump, 0. So the jump stays in its cell and makes no overshoots there.
/// </summary>
internal sealed class ShapePreservingSpline2D
{
    /// <summary>Change of the rise from one cell to the next, in units of the data, from which on a bend may count as a jump.</summary>
    public const double Jump = 4;

    private const int Row = 8;
    private const int Cell = 4 * Row;
    private const int PowerStride = 9;
    private const int Chunk = 64;

    private readonly SplineAxis xAxis, yAxis;
    private readonly double[] coefficients;

    /// <param name="x">Ascending nodes, at least two.</param>
    /// <param name="y">Ascending nodes, at least two.</param>
    /// <param name="f">Values, [x, y].</param>
    /// <param name="evenY">Whether f is even about the first node of y.</param>
    public ShapePreservingSpline2D(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double[,] f, bool evenY)
    {
        xAxis = new(x);
        yAxis = new(y);
        int nx = x.Length, ny = y.Length;
        double[,] fx = new double[nx, ny], fy = new double[nx, ny], fxy = new double[nx, ny];
        bool[,] limited = new bool[nx, ny];
        double[] line = new double[Math.Max(nx, ny)], slope = new double[line.Length];
        bool[] rough = new bool[line.Length];
        for (int i = 0; i < nx; i++)
        {
            for (int j = 0; j < ny; j++)
            {
                line[j] = f[i, j];
            }

            Slopes(y, line.AsSpan(0, ny), evenY, slope, rough);
            for (int j = 0; j < ny; j++)
            {
                (fy[i, j], limited[i, j]) = (slope[j], rough[j]);
            }
        }

        for (int j = 0; j < ny; j++)
        {
            for (int i = 0; i < nx; i++)
            {
                line[i] = f[i, j];
            }

            Slopes(x, line.AsSpan(0, nx), false, slope, rough);
            for (int i = 0; i < nx; i++)
            {
                fx[i, j] = slope[i];
                limited[i, j] |= rough[i];
                line[i] = fy[i, j];
            }

            for (int i = 0; i < nx; i++)
            {
                fxy[i, j] = PolynomialSlope(x, line.AsSpan(0, nx), i, 0, false);
            }
        }

        // The mixed derivative has a stencil of its own, five nodes wide: none of them may stand beside a jump.
        for (int i = 0; i < nx; i++)
        {
            for (int j = 0; j < ny; j++)
            {
                for (int k = Math.Max(0, i - 4); k <= Math.Min(nx - 1, i + 4); k++)
                {
                    if (limited[k, j])
                    {
                        fxy[i, j] = 0;
                    }
                }
            }
        }

        coefficients = new double[xAxis.Cells * yAxis.Cells * Cell];
        Fill(f, fx, fy, fxy);
    }

    /// <summary>
    /// Values at a batch of points; those outside the grid get the polynomial of the nearest cell.
    /// </summary>
    public void Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> f)
    {
        Span<int> cellX = stackalloc int[Chunk], cellY = stackalloc int[Chunk];
        Span<double> t = stackalloc double[Chunk], s = stackalloc double[Chunk], powers = stackalloc double[Chunk * PowerStride];
        powers.Clear();
        for (int start = 0; start < x.Length; start += Chunk)
        {
            int n = Math.Min(Chunk, x.Length - start);
            xAxis.Locate(x.Slice(start, n), cellX, t);
            yAxis.Locate(y.Slice(start, n), cellY, s);
            for (int i = 0; i < n; i++)
            {
                powers[i * PowerStride] = 1;
                powers[i * PowerStride + 1] = s[i];
                powers[i * PowerStride + 2] = s[i] * s[i];
                powers[i * PowerStride + 3] = s[i] * s[i] * s[i];
            }

            for (int i = 0; i < n; i++)
            {
                ReadOnlySpan<double> c = coefficients.AsSpan((cellX[i] * yAxis.Cells + cellY[i]) * Cell, Cell);
                ReadOnlySpan<double> p = powers.Slice(i * PowerStride, PowerStride);
                Vector<double> place = new(t[i]), sum = Vector<double>.Zero;
                for (int o = 0; o < 4; o += Vector<double>.Count)
                {
                    Vector<double> c3 = new(c[(3 * Row + o)..]), c2 = new(c[(2 * Row + o)..]), c1 = new(c[(Row + o)..]), power = new(p[o..]);
                    Vector<double> v = Vector.FusedMultiplyAdd(Vector.FusedMultiplyAdd(Vector.FusedMultiplyAdd(c3, place, c2), place, c1), place, new(c[o..]));
                    sum = Vector.FusedMultiplyAdd(v, power, sum);
                }

                f[start + i] = Vector.Sum(sum);
            }
        }
    }

    /// <summary>
    /// Slopes along a line, and which nodes have a jump within their stencil's reach: these take the nodes on their own side only.
    /// </summary>
    private static void Slopes(ReadOnlySpan<double> x, ReadOnlySpan<double> f, bool even, Span<double> slope, Span<bool> rough)
    {
        int n = x.Length;
        Span<bool> jump = n <= 512 ? stackalloc bool[n] : new bool[n];
        jump.Clear();
        for (int i = 1; i < n - 1; i++)
        {
            double left = Math.Abs(Secant(x, f, i - 1)), right = Math.Abs(Secant(x, f, i)), turn = Math.Abs(Secant(x, f, i) - Secant(x, f, i - 1));
            if (turn > 0.8 * Math.Max(left, right) && turn * Math.Min(x[i] - x[i - 1], x[i + 1] - x[i]) > Jump)
            {
                jump[left > right ? i - 1 : i] = true;
            }
        }

        for (int i = 0; i < n; i++)
        {
            int low = i, high = i;
            while (low > 0 && i - low < 4 && !jump[low - 1])
            {
                low--;
            }

            while (high < n - 1 && high - i < 4 && !jump[high])
            {
                high++;
            }

            rough[i] = (i - low < 4 && low > 0) || (high - i < 4 && high < n - 1);
            slope[i] = low < high ? PolynomialSlope(x[..(high + 1)], f[..(high + 1)], i, low, even && low == 0) : 0;
            // Towards the jump's far side the function must not turn back.
            double across = low == i && i > 0 ? Secant(x, f, i - 1) : high == i && i < n - 1 ? Secant(x, f, i) : slope[i];
            slope[i] = across * slope[i] < 0 ? 0 : slope[i];
        }
    }

    private static double Secant(ReadOnlySpan<double> x, ReadOnlySpan<double> f, int i) => (f[i + 1] - f[i]) / (x[i + 1] - x[i]);

    /// <summary>
    /// Slope at node i of the polynomial through the nearest five nodes from <paramref name="least"/> on (fewer where there are
    /// no more), mirrored ones included.
    /// </summary>
    private static double PolynomialSlope(ReadOnlySpan<double> x, ReadOnlySpan<double> f, int i, int least, bool even)
    {
        if (even && i == 0)
        {
            return 0;
        }

        int n = x.Length, width = Math.Min(5, n - least), low = Math.Clamp(i - 2, even ? 1 - n : least, n - width);
        double sum = 0;
        Span<double> node = stackalloc double[5];
        for (int k = 0; k < width; k++)
        {
            int at = low + k;
            node[k] = at < 0 ? 2 * x[0] - x[-at] : x[at];
        }

        int own = i - low;
        for (int k = 0; k < width; k++)
        {
            if (k == own)
            {
                continue;
            }

            // Derivative at node[own] of the Lagrange polynomial of node k; that of the own node follows from their sum, zero.
            double weight = 1 / (node[k] - node[own]);
            for (int m = 0; m < width; m++)
            {
                if (m != k && m != own)
                {
                    weight *= (node[own] - node[m]) / (node[k] - node[m]);
                }
            }

            sum += weight * (f[Math.Abs(low + k)] - f[i]);
        }

        return sum;
    }

    private void Fill(double[,] f, double[,] fx, double[,] fy, double[,] fxy)
    {
        Span<double> rows = stackalloc double[16];
        Span<double> c = stackalloc double[4];
        for (int i = 0; i < xAxis.Cells; i++)
        {
            double hx = 1 / xAxis.InverseWidth[i];
            for (int j = 0; j < yAxis.Cells; j++)
            {
                double hy = 1 / yAxis.InverseWidth[j];
                // Along y at both ends in x: values, then slopes in x.
                for (int e = 0; e < 2; e++)
                {
                    Hermite(f[i + e, j], hy * fy[i + e, j], f[i + e, j + 1], hy * fy[i + e, j + 1], rows.Slice(8 * e, 4));
                    Hermite(fx[i + e, j], hy * fxy[i + e, j], fx[i + e, j + 1], hy * fxy[i + e, j + 1], rows.Slice(8 * e + 4, 4));
                }

                Span<double> cell = coefficients.AsSpan((i * yAxis.Cells + j) * Cell, Cell);
                for (int l = 0; l < 4; l++)
                {
                    Hermite(rows[l], hx * rows[4 + l], rows[8 + l], hx * rows[12 + l], c);
                    for (int k = 0; k < 4; k++)
                    {
                        cell[k * Row + l] = c[k];
                    }
                }
            }
        }
    }

    private static void Hermite(double f0, double d0, double f1, double d1, Span<double> c)
    {
        double rise = f1 - f0;
        (c[0], c[1], c[2], c[3]) = (f0, d0, 3 * rise - 2 * d0 - d1, d0 + d1 - 2 * rise);
    }
}
