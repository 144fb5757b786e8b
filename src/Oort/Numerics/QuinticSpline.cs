namespace Oort.Numerics;

/// <summary>
/// Quintic spline in one dimension through given values and first derivatives, three times continuously
/// differentiable. Values err by O(h^6), first derivatives by O(h^5), second ones by O(h^4).
/// </summary>
internal sealed class QuinticSpline
{
    /// <summary>Polynomial coefficients of a cell, in powers of x - x_i.</summary>
    public const int CoefficientsPerCell = 6;

    private readonly SplineGrid grid;
    private readonly double[] coefficients;
    private readonly double[] second;

    /// <summary>Makes the spline from values and slopes at the nodes.</summary>
    /// <param name="x">Nodes, increasing, two or more.</param>
    /// <param name="y">Values at the nodes.</param>
    /// <param name="slopes">First derivatives at the nodes.</param>
    /// <param name="firstSecond">Second derivative at the first node; NaN has it estimated from the three outermost nodes.</param>
    /// <param name="lastSecond">The same at the last node.</param>
    public QuinticSpline(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> slopes, double firstSecond = double.NaN, double lastSecond = double.NaN)
    {
        if (x.Length != y.Length || x.Length != slopes.Length)
        {
            throw new ArgumentException("as many values and slopes as nodes are needed", nameof(y));
        }

        grid = new SplineGrid(x);
        second = SecondDerivatives(x, y, slopes, firstSecond, lastSecond);
        coefficients = new double[CoefficientsPerCell * (x.Length - 1)];
        for (int i = 0; i < x.Length - 1; i++)
        {
            double h = x[i + 1] - x[i];
            Span<double> c = coefficients.AsSpan(CoefficientsPerCell * i, CoefficientsPerCell);
            double rise = y[i + 1] - y[i];
            // The quintic with value, slope and second derivative given at both ends of the cell.
            double a = (rise - h * (slopes[i] + 0.5 * h * second[i])) / (h * h * h);
            double b = (slopes[i + 1] - slopes[i] - h * second[i]) / (h * h);
            double d = (second[i + 1] - second[i]) / h;
            c[0] = y[i];
            c[1] = slopes[i];
            c[2] = 0.5 * second[i];
            c[3] = 10 * a - 4 * b + 0.5 * d;
            c[4] = (-15 * a + 7 * b - d) / h;
            c[5] = (6 * a - 3 * b + 0.5 * d) / (h * h);
        }
    }

    /// <summary>The nodes.</summary>
    public ReadOnlySpan<double> Nodes => grid.Nodes;

    /// <summary>Second derivatives at the nodes.</summary>
    public ReadOnlySpan<double> SecondAtNodes => second;

    /// <summary>The six coefficients of cell i, in powers of x - x_i.</summary>
    public ReadOnlySpan<double> Coefficients(int cell) => coefficients.AsSpan(CoefficientsPerCell * cell, CoefficientsPerCell);

    /// <summary>Value at x; outside the nodes the polynomial of the first or last cell goes on.</summary>
    public double Value(double x)
    {
        int i = grid.Cell(x);
        ReadOnlySpan<double> c = Coefficients(i);
        double t = x - grid.Nodes[i];
        return c[0] + t * (c[1] + t * (c[2] + t * (c[3] + t * (c[4] + t * c[5]))));
    }

    /// <summary>Value and first two derivatives at x; outside the nodes the polynomial of the first or last cell goes on.</summary>
    public (double Value, double First, double Second) Evaluate(double x)
    {
        int i = grid.Cell(x);
        ReadOnlySpan<double> c = Coefficients(i);
        double t = x - grid.Nodes[i];
        return (c[0] + t * (c[1] + t * (c[2] + t * (c[3] + t * (c[4] + t * c[5])))),
            c[1] + t * (2 * c[2] + t * (3 * c[3] + t * (4 * c[4] + t * 5 * c[5]))),
            2 * c[2] + t * (6 * c[3] + t * (12 * c[4] + t * 20 * c[5])));
    }

    /// <summary>Values at a batch of points, and derivatives where the spans are not empty.</summary>
    public void Evaluate(ReadOnlySpan<double> x, Span<double> y, Span<double> first = default, Span<double> secondDerivative = default)
    {
        for (int i = 0; i < x.Length; i++)
        {
            (y[i], double d, double s) = Evaluate(x[i]);
            if (!first.IsEmpty)
            {
                first[i] = d;
            }

            if (!secondDerivative.IsEmpty)
            {
                secondDerivative[i] = s;
            }
        }
    }

    /// <summary>
    /// Second derivatives that make the third derivative continuous. At the ends they are given or come from
    /// the polynomial through the values and slopes of the three outermost nodes.
    /// </summary>
    private static double[] SecondDerivatives(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> slopes, double firstSecond, double lastSecond)
    {
        int n = x.Length, m = Math.Min(3, n);
        double[] lower = new double[n], diagonal = new double[n], upper = new double[n], right = new double[n];
        for (int i = 1; i < n - 1; i++)
        {
            double l = 1 / (x[i] - x[i - 1]), r = 1 / (x[i + 1] - x[i]);
            lower[i] = -l;
            diagonal[i] = 3 * (l + r);
            upper[i] = -r;
            right[i] = r * r * (20 * r * (y[i + 1] - y[i]) - 12 * slopes[i] - 8 * slopes[i + 1])
                - l * l * (20 * l * (y[i] - y[i - 1]) - 12 * slopes[i] - 8 * slopes[i - 1]);
        }

        diagonal[0] = diagonal[n - 1] = 1;
        right[0] = double.IsNaN(firstSecond) ? SecondAtFirst(x[..m], y[..m], slopes[..m]) : firstSecond;
        double[] xr = x[^m..].ToArray(), yr = y[^m..].ToArray(), sr = slopes[^m..].ToArray();
        Array.Reverse(xr);
        Array.Reverse(yr);
        Array.Reverse(sr);
        right[n - 1] = double.IsNaN(lastSecond) ? SecondAtFirst(xr, yr, sr) : lastSecond;
        SplineGrid.SolveTridiagonal(lower, diagonal, upper, right);
        return right;
    }

    /// <summary>Second derivative at the first node of the Hermite polynomial through two or three nodes, by divided differences.</summary>
    private static double SecondAtFirst(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> slopes)
    {
        int n = 2 * x.Length;
        Span<double> c = stackalloc double[6];
        for (int i = 0; i < n; i++)
        {
            c[i] = y[i / 2];
        }

        for (int order = 1; order < n; order++)
        {
            for (int i = n - 1; i >= order; i--)
            {
                int a = (i - order) / 2, b = i / 2;
                c[i] = a == b ? slopes[a] : (c[i] - c[i - 1]) / (x[b] - x[a]);
            }
        }

        double h1 = x[0] - x[1];
        double sum = c[2] + c[3] * h1;
        if (n == 6)
        {
            sum += h1 * h1 * (c[4] + c[5] * (x[0] - x[2]));
        }

        return 2 * sum;
    }
}
