using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Oort.Actions;

/// <summary>
/// Bicubic B-spline through values on a uniform grid: twice continuously differentiable, error O(h^4). The first column
/// is a line of symmetry; at the other three sides the third derivative is continuous at the last inner node but one.
/// </summary>
internal sealed class UniformSurface
{
    private readonly int rows, columns, stride;
    private readonly double[] coefficients;

    internal UniformSurface(double[,] values)
    {
        (rows, columns) = (values.GetLength(0), values.GetLength(1));
        stride = columns + 2;
        coefficients = Coefficients(values, symmetricRows: false);
    }

    /// <summary>
    /// B-spline coefficients, two more than values in each direction, row by row. The first column is a line of symmetry, and so
    /// is the first row if <paramref name="symmetricRows"/>.
    /// </summary>
    internal static double[] Coefficients(double[,] values, bool symmetricRows)
    {
        int rows = values.GetLength(0), columns = values.GetLength(1), stride = columns + 2;
        double[] coefficients = new double[(rows + 2) * stride], line = new double[rows], padded = new double[Math.Max(rows, columns) + 2];
        double[,] alongRows = new double[rows + 2, columns];
        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < rows; i++)
            {
                line[i] = values[i, j];
            }

            Solve(line, padded, symmetricRows);
            for (int i = 0; i < rows + 2; i++)
            {
                alongRows[i, j] = padded[i];
            }
        }

        line = new double[columns];
        for (int i = 0; i < rows + 2; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                line[j] = alongRows[i, j];
            }

            Solve(line, padded, symmetricStart: true);
            padded.AsSpan(0, stride).CopyTo(coefficients.AsSpan(i * stride));
        }

        return coefficients;
    }

    /// <summary>Value at row x, column y, both in units of the grid's step; points outside take the value at the border.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double Value(double x, double y)
    {
        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return double.NaN;
        }

        x = Math.Clamp(x, 0, rows - 1);
        y = Math.Clamp(y, 0, columns - 1);
        int i = Math.Min((int)x, rows - 2), j = Math.Min((int)y, columns - 2);
        Vector256<double> wy = Weights(y - j), wx = Weights(x - i);
        ref double corner = ref coefficients[i * stride + j];
        Vector256<double> sum = Vector256.LoadUnsafe(ref corner) * wx.GetElement(0);
        sum += Vector256.LoadUnsafe(ref corner, (nuint)stride) * wx.GetElement(1);
        sum += Vector256.LoadUnsafe(ref corner, (nuint)(2 * stride)) * wx.GetElement(2);
        sum += Vector256.LoadUnsafe(ref corner, (nuint)(3 * stride)) * wx.GetElement(3);
        return Vector256.Dot(sum, wy);
    }

    /// <summary>Weights of four neighbouring coefficients in the value at a fraction t of a cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Weights(double t)
    {
        double s = 1 - t;
        return Vector256.Create(s * s * s, 4 - 3 * t * t * (2 - t), 4 - 3 * s * s * (2 - s), t * t * t) * (1 / 6.0);
    }

    /// <summary>Derivatives of <see cref="Weights"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Slopes(double t)
    {
        double s = 1 - t;
        return Vector256.Create(-s * s, t * (3 * t - 4), s * (4 - 3 * s), t * t) * 0.5;
    }

    /// <summary>B-spline coefficients (two more than values) of a line.</summary>
    private static void Solve(double[] y, double[] c, bool symmetricStart)
    {
        // c[k-1] + 4 c[k] + c[k+1] = 6 y; at a free end the second derivative is extrapolated linearly, which fixes
        // it at the first node from its neighbours: second differences d0 - 2 d1 + d2 = 0.
        int n = y.Length;
        double[] lower = new double[n], diagonal = new double[n], upper = new double[n], right = new double[n];
        for (int k = 0; k < n; k++)
        {
            (lower[k], diagonal[k], upper[k], right[k]) = (1, 4, 1, 6 * y[k]);
        }

        if (symmetricStart)
        {
            upper[0] = 2;
        }

        // A free end: with d(k) = c(k-1) - 2 c(k) + c(k+1), y(k) = c(k) + d(k)/6. d0 = 2 d1 - d2 needs c(3): iterate a few times instead,
        // starting from zero curvature; it contracts by 2 - sqrt(3) a node.
        double first = 0, last = 0;
        for (int iteration = 0; iteration < (symmetricStart ? 30 : 60); iteration++)
        {
            double[] b = (double[])right.Clone(), l = (double[])lower.Clone(), d = (double[])diagonal.Clone(), u = (double[])upper.Clone();
            if (!symmetricStart)
            {
                (d[0], u[0], b[0]) = (1, 0, y[0] - first / 6);
            }

            (d[n - 1], l[n - 1], b[n - 1]) = (1, 0, y[n - 1] - last / 6);
            for (int k = 1; k < n; k++)
            {
                double m = l[k] / d[k - 1];
                d[k] -= m * u[k - 1];
                b[k] -= m * b[k - 1];
            }

            c[n] = b[n - 1] / d[n - 1];
            for (int k = n - 2; k >= 0; k--)
            {
                c[k + 1] = (b[k] - u[k] * c[k + 2]) / d[k];
            }

            c[0] = symmetricStart ? c[2] : first + 2 * c[1] - c[2];
            c[n + 1] = last + 2 * c[n] - c[n - 1];
            double Bend(int k) => c[k] - 2 * c[k + 1] + c[k + 2];
            first = symmetricStart ? 0 : 2 * Bend(1) - Bend(2);
            last = 2 * Bend(n - 2) - Bend(n - 3);
        }
    }
}
