namespace Oort.Numerics;

/// <summary>
/// Derivatives that node values imply along one grid line, as splines define them. A line may begin at a plane of
/// symmetry about which the function is even.
/// </summary>
internal static class SplineLine
{
    /// <summary>
    /// First derivatives at evenly spaced nodes by central differences over seven of them, error O(h^6); at the three nodes of each
    /// end those of <see cref="CubicSlopes"/>.
    /// </summary>
    public static void EvenSlopes(ReadOnlySpan<double> x, ReadOnlySpan<double> f, Span<double> slope)
    {
        CubicSlopes(x, f, false, slope);
        for (int i = 3; i < x.Length - 3; i++)
        {
            slope[i] = (45 * (f[i + 1] - f[i - 1]) - 9 * (f[i + 2] - f[i - 2]) + (f[i + 3] - f[i - 3])) / (10 * (x[i + 3] - x[i - 3]));
        }
    }

    /// <summary>
    /// First derivatives at the nodes of the C2 cubic spline through <paramref name="f"/>; not-a-knot ends, or zero slope at
    /// the first node of an even function. Linear in <paramref name="f"/>; error O(h^3), O(h^4) on even spacings.
    /// </summary>
    public static void CubicSlopes(ReadOnlySpan<double> x, ReadOnlySpan<double> f, bool even, Span<double> slope)
    {
        int n = x.Length - 1;
        if (n == 1)
        {
            slope[1] = even ? 2 * (f[1] - f[0]) / (x[1] - x[0]) : (f[1] - f[0]) / (x[1] - x[0]);
            slope[0] = even ? 0 : slope[1];
            return;
        }

        // Rows of a tridiagonal system: continuity of the second derivative inside; the ends in de Boor's form of not-a-knot.
        double[] lower = new double[n + 1], diagonal = new double[n + 1], upper = new double[n + 1];
        for (int i = 1; i < n; i++)
        {
            double left = x[i] - x[i - 1], right = x[i + 1] - x[i];
            lower[i] = right;
            diagonal[i] = 2 * (left + right);
            upper[i] = left;
            slope[i] = 3 * (right * (f[i] - f[i - 1]) / left + left * (f[i + 1] - f[i]) / right);
        }

        if (even)
        {
            diagonal[0] = 1;
            slope[0] = 0;
        }
        else
        {
            NotAKnot(x[1] - x[0], x[2] - x[1], f[0], f[1], f[2], out diagonal[0], out upper[0], out slope[0]);
        }

        NotAKnot(x[n] - x[n - 1], x[n - 1] - x[n - 2], -f[n], -f[n - 1], -f[n - 2], out diagonal[n], out lower[n], out slope[n]);
        Solve(lower, diagonal, upper, slope);
    }

    /// <summary>
    /// Second derivatives at the nodes of the C3 quintic spline with values <paramref name="f"/> and first derivatives
    /// <paramref name="d"/>; at an end the second derivative of the polynomial through the three nodes next to it,
    /// at the first node of an even function a zero third derivative. Error O(h^4).
    /// </summary>
    public static void QuinticCurvatures(
        ReadOnlySpan<double> x, ReadOnlySpan<double> f, ReadOnlySpan<double> d, bool even, Span<double> curvature)
    {
        int n = x.Length - 1;
        double[] lower = new double[n + 1], diagonal = new double[n + 1], upper = new double[n + 1];
        for (int i = 1; i < n; i++)
        {
            double left = x[i] - x[i - 1], right = x[i + 1] - x[i];
            lower[i] = -1 / left;
            diagonal[i] = 3 / left + 3 / right;
            upper[i] = -1 / right;
            curvature[i] = 20 * ((f[i + 1] - f[i]) / (right * right * right) - (f[i] - f[i - 1]) / (left * left * left))
                - (12 * d[i] + 8 * d[i + 1]) / (right * right) + (8 * d[i - 1] + 12 * d[i]) / (left * left);
        }

        double h = x[1] - x[0];
        diagonal[0] = 1;
        if (even)
        {
            diagonal[0] = 3;
            upper[0] = -1;
            curvature[0] = 20 * (f[1] - f[0]) / (h * h) - (12 * d[0] + 8 * d[1]) / h;
        }
        else
        {
            curvature[0] = EndCurvature(x[0], x[1], x[Math.Min(2, n)], f[0], f[1], f[Math.Min(2, n)], d[0], d[1], d[Math.Min(2, n)]);
        }

        int third = Math.Max(n - 2, 0);
        diagonal[n] = 1;
        curvature[n] = EndCurvature(x[n], x[n - 1], x[third], f[n], f[n - 1], f[third], d[n], d[n - 1], d[third]);
        Solve(lower, diagonal, upper, curvature);
    }

    private static void NotAKnot(
        double h0, double h1, double f0, double f1, double f2, out double own, out double next, out double rhs)
    {
        double sum = h0 + h1;
        own = h1;
        next = sum;
        rhs = ((h0 + 2 * sum) * h1 * (f1 - f0) / h0 + h0 * h0 * (f2 - f1) / h1) / sum;
    }

    /// <summary>Second derivative at x0 of the quintic with the values and slopes at three nodes (of the cubic, where only two differ).</summary>
    private static double EndCurvature(
        double x0, double x1, double x2, double f0, double f1, double f2, double d0, double d1, double d2)
    {
        double h = x1 - x0, secant = (f1 - f0) / h;
        double a2 = (secant - d0) / h, b2 = (d1 - secant) / h, a3 = (b2 - a2) / h;
        if (x2 == x0)
        {
            return 2 * (a2 - h * a3);
        }

        double g = x2 - x1, span = x2 - x0, secant2 = (f2 - f1) / g;
        double c2 = (secant2 - d1) / g, e2 = (d2 - secant2) / g;
        double b3 = (c2 - b2) / span, c3 = (e2 - c2) / g;
        double a4 = (b3 - a3) / span, b4 = (c3 - b3) / span, a5 = (b4 - a4) / span;
        return 2 * (a2 - h * a3 + h * h * a4 - h * h * span * a5);
    }

    private static void Solve(double[] lower, double[] diagonal, double[] upper, Span<double> x)
    {
        for (int i = 1; i < x.Length; i++)
        {
            double w = lower[i] / diagonal[i - 1];
            diagonal[i] -= w * upper[i - 1];
            x[i] -= w * x[i - 1];
        }

        x[^1] /= diagonal[^1];
        for (int i = x.Length - 2; i >= 0; i--)
        {
            x[i] = (x[i] - upper[i] * x[i + 1]) / diagonal[i];
        }
    }
}
