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
        coefficients = Coefficients(values);
    }

    /// <summary>
    /// B-spline coefficients, two more than values in each direction, row by row. The first column is a line of symmetry.
    /// </summary>
    private static double[] Coefficients(double[,] values)
    {
        int rows = values.GetLength(0), columns = values.GetLength(1), stride = columns + 2;
        double[] coefficients = new double[(rows + 2) * stride], line = new double[rows], padded = new double[Math.Max(rows, columns) + 2];
        double[,] alongRows = new double[rows + 2, columns];
        Line along = new(rows, symmetricStart: false), across = new(columns, symmetricStart: true);
        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < rows; i++)
            {
                line[i] = values[i, j];
            }

            along.Solve(line, padded);
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

            across.Solve(line, padded);
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
        int i = Math.Min(double.ConvertToIntegerNative<int>(x), rows - 2), j = Math.Min(double.ConvertToIntegerNative<int>(y), columns - 2);
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
    private static Vector256<double> Weights(double t)
    {
        double s = 1 - t;
        return Vector256.Create(s * s * s, 4 - 3 * t * t * (2 - t), 4 - 3 * s * s * (2 - s), t * t * t) * (1 / 6.0);
    }

    /// <summary>
    /// Finds the B-spline coefficients of lines of values, c[k-1] + 4 c[k] + c[k+1] = 6 y[k], two more than values. At a free end the second
    /// difference, 6 (y - c), is extrapolated linearly from the next two: the line is solved for none at the ends, and what a unit of it adds is known.
    /// </summary>
    private sealed class Line
    {
        private readonly bool symmetricStart;
        private readonly int n;
        private readonly double[] factor, inverse, upper, ofFirst, ofLast;
        private readonly double a, b, c, d; // (first, last) = inverse matrix times what the solution without them asks for

        internal Line(int n, bool symmetricStart)
        {
            (this.n, this.symmetricStart) = (n, symmetricStart);
            (factor, inverse, upper) = (new double[n], new double[n], new double[n]);
            upper.AsSpan(0, n - 1).Fill(1);
            upper[0] = symmetricStart ? 2 : 0;
            inverse[0] = symmetricStart ? 0.25 : 1;
            for (int k = 1; k < n; k++)
            {
                bool end = k == n - 1;
                factor[k] = end ? 0 : inverse[k - 1];
                inverse[k] = 1 / ((end ? 1 : 4) - factor[k] * upper[k - 1]);
            }

            (ofFirst, ofLast) = (new double[n + 2], new double[n + 2]);
            ofFirst[1] = symmetricStart ? 0 : -1 / 6.0;
            ofLast[n] = -1 / 6.0;
            Substitute(ofFirst);
            Substitute(ofLast);
            double p = 1 - First(ofFirst), q = -First(ofLast), r = -Last(ofFirst), s = 1 - Last(ofLast), determinant = p * s - q * r;
            (a, b, c, d) = (s / determinant, -q / determinant, -r / determinant, p / determinant);
        }

        internal void Solve(ReadOnlySpan<double> y, Span<double> result)
        {
            for (int k = 0; k < n; k++)
            {
                bool free = k == n - 1 || (k == 0 && !symmetricStart);
                result[k + 1] = free ? y[k] : 6 * y[k];
            }

            Substitute(result);
            double first = First(result), last = Last(result);
            (first, last) = (a * first + b * last, c * first + d * last);
            for (int k = 1; k <= n; k++)
            {
                result[k] += first * ofFirst[k] + last * ofLast[k];
            }

            result[0] = symmetricStart ? result[2] : first + 2 * result[1] - result[2];
            result[n + 1] = last + 2 * result[n] - result[n - 1];
        }

        private static double Bend(ReadOnlySpan<double> x, int k) => x[k] - 2 * x[k + 1] + x[k + 2];

        private double First(ReadOnlySpan<double> x) => symmetricStart ? 0 : 2 * Bend(x, 1) - Bend(x, 2);

        private double Last(ReadOnlySpan<double> x) => 2 * Bend(x, n - 2) - Bend(x, n - 3);

        private void Substitute(Span<double> x)
        {
            for (int k = 1; k < n; k++)
            {
                x[k + 1] -= factor[k] * x[k];
            }

            x[n] *= inverse[n - 1];
            for (int k = n - 2; k >= 0; k--)
            {
                x[k + 1] = (x[k + 1] - upper[k] * x[k + 2]) * inverse[k];
            }
        }
    }
}
