namespace Oort.Numerics;

/// <summary>What a spline returns outside its nodes.</summary>
internal enum SplineExtrapolation
{
    /// <summary>The polynomial of the first or last cell goes on.</summary>
    Polynomial,

    /// <summary>The tangent at the first or last node goes on.</summary>
    Linear,
}

/// <summary>
/// Cubic spline in one dimension, twice continuously differentiable: values err by O(h^4) where the ends
/// are clamped to the right slopes or fitted, by O(h^2) next to a natural end.
/// </summary>
internal sealed class CubicSpline
{
    private readonly SplineGrid grid;
    private readonly double[] coefficients; // four a cell, in powers of x - x_i
    private readonly SplineExtrapolation extrapolation;

    private CubicSpline(SplineGrid grid, ReadOnlySpan<double> y, ReadOnlySpan<double> slopes, SplineExtrapolation extrapolation)
    {
        this.grid = grid;
        this.extrapolation = extrapolation;
        ReadOnlySpan<double> x = grid.Nodes;
        coefficients = new double[4 * (grid.Count - 1)];
        for (int i = 0; i < grid.Count - 1; i++)
        {
            double h = x[i + 1] - x[i], secant = (y[i + 1] - y[i]) / h;
            coefficients[4 * i] = y[i];
            coefficients[4 * i + 1] = slopes[i];
            coefficients[4 * i + 2] = (3 * secant - 2 * slopes[i] - slopes[i + 1]) / h;
            coefficients[4 * i + 3] = (slopes[i] + slopes[i + 1] - 2 * secant) / (h * h);
        }
    }

    /// <summary>Natural spline: the second derivative is zero at both ends.</summary>
    public static CubicSpline Natural(ReadOnlySpan<double> x, ReadOnlySpan<double> y, SplineExtrapolation extrapolation = SplineExtrapolation.Polynomial)
        => Build(x, y, double.NaN, double.NaN, extrapolation);

    /// <summary>Spline with the given slopes at its ends; a NaN leaves that end natural.</summary>
    public static CubicSpline Clamped(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, double firstSlope, double lastSlope, SplineExtrapolation extrapolation = SplineExtrapolation.Polynomial)
        => Build(x, y, firstSlope, lastSlope, extrapolation);

    /// <summary>Spline whose end slopes are those of the cubics through the four outermost points: no knowledge of the ends needed, O(h^4) everywhere.</summary>
    public static CubicSpline Fitted(ReadOnlySpan<double> x, ReadOnlySpan<double> y, SplineExtrapolation extrapolation = SplineExtrapolation.Polynomial)
    {
        CheckLengths(x, y);
        int n = Math.Min(4, x.Length);
        Span<double> xr = stackalloc double[n], yr = stackalloc double[n];
        for (int i = 0; i < n; i++)
        {
            (xr[i], yr[i]) = (x[x.Length - 1 - i], y[x.Length - 1 - i]);
        }

        return Build(x, y, SlopeAtFirst(x[..n], y[..n]), SlopeAtFirst(xr, yr), extrapolation);
    }

    /// <summary>Piecewise cubic with the given values and slopes at the nodes (Hermite): once continuously differentiable.</summary>
    public static CubicSpline Hermite(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> slopes, SplineExtrapolation extrapolation = SplineExtrapolation.Polynomial)
    {
        CheckLengths(x, y);
        CheckLengths(x, slopes);
        return new(new SplineGrid(x), y, slopes, extrapolation);
    }

    /// <summary>The nodes.</summary>
    public ReadOnlySpan<double> Nodes => grid.Nodes;

    /// <summary>Value at x.</summary>
    public double Value(double x) => Evaluate(x).Value;

    /// <summary>First derivative at x.</summary>
    public double Derivative(double x) => Evaluate(x).First;

    /// <summary>Second derivative at x.</summary>
    public double SecondDerivative(double x) => Evaluate(x).Second;

    /// <summary>Value and first two derivatives at x.</summary>
    public (double Value, double First, double Second) Evaluate(double x)
    {
        ReadOnlySpan<double> nodes = grid.Nodes;
        bool outside = extrapolation == SplineExtrapolation.Linear && (x < nodes[0] || x > nodes[^1]);
        double at = outside ? Math.Clamp(x, nodes[0], nodes[^1]) : x;
        int i = grid.Cell(at);
        ReadOnlySpan<double> c = coefficients.AsSpan(4 * i, 4);
        double t = at - nodes[i];
        double value = c[0] + t * (c[1] + t * (c[2] + t * c[3]));
        double first = c[1] + t * (2 * c[2] + t * 3 * c[3]);
        return outside ? (value + (x - at) * first, first, 0) : (value, first, 2 * c[2] + 6 * t * c[3]);
    }

    /// <summary>Values at a batch of points.</summary>
    public void Evaluate(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = Evaluate(x[i]).Value;
        }
    }

    private static CubicSpline Build(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double firstSlope, double lastSlope, SplineExtrapolation extrapolation)
    {
        CheckLengths(x, y);
        SplineGrid grid = new(x);
        int n = x.Length;
        double[] lower = new double[n], diagonal = new double[n], upper = new double[n], slopes = new double[n];
        for (int i = 1; i < n - 1; i++)
        {
            double left = 1 / (x[i] - x[i - 1]), right = 1 / (x[i + 1] - x[i]);
            lower[i] = left;
            upper[i] = right;
            diagonal[i] = 2 * (left + right);
            slopes[i] = 3 * ((y[i] - y[i - 1]) * left * left + (y[i + 1] - y[i]) * right * right);
        }

        SetEnd(diagonal, upper, slopes, 0, firstSlope, (y[1] - y[0]) / (x[1] - x[0]));
        SetEnd(diagonal, lower, slopes, n - 1, lastSlope, (y[n - 1] - y[n - 2]) / (x[n - 1] - x[n - 2]));
        SplineGrid.SolveTridiagonal(lower, diagonal, upper, slopes);
        return new(grid, y, slopes, extrapolation);
    }

    private static void SetEnd(double[] diagonal, double[] beside, double[] right, int i, double slope, double secant)
        => (diagonal[i], beside[i], right[i]) = double.IsNaN(slope) ? (2, 1, 3 * secant) : (1, 0, slope);

    private static double SlopeAtFirst(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        // Derivative at x[0] of the Lagrange polynomial through all points.
        double slope = 0;
        for (int j = 1; j < x.Length; j++)
        {
            double weight = 1 / (x[j] - x[0]);
            for (int k = 1; k < x.Length; k++)
            {
                weight *= k == j ? 1 : (x[0] - x[k]) / (x[j] - x[k]);
            }

            slope += weight * (y[j] - y[0]);
        }

        return slope;
    }

    private static void CheckLengths(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException("as many values as nodes are needed", nameof(y));
        }
    }
}
