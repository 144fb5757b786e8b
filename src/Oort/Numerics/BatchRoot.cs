namespace Oort.Numerics;

/// <summary>
/// Roots of many increasing functions at once: every round evaluates all of them in one call, so that a vectorised
/// function stays vectorised. Brackets outwards from a start, then Newton steps, replaced by bisection where they leave
/// the bracket or do not shrink it.
/// </summary>
internal static class BatchRoot
{
    private const int MaximumRounds = 200;

    /// <summary>Values and slopes of the functions, the i-th at x[i].</summary>
    /// <param name="x">Arguments.</param>
    /// <param name="f">Receives the values: negative below the root, positive above.</param>
    /// <param name="slope">Receives the slopes; one that is not positive asks for bisection.</param>
    public delegate void Functions(ReadOnlySpan<double> x, Span<double> f, Span<double> slope);

    /// <summary>
    /// Solves f = 0. A root below <paramref name="low"/> comes out as negative infinity, one above
    /// <paramref name="high"/> as positive infinity, a function that is NaN as NaN.
    /// </summary>
    /// <param name="functions">The functions.</param>
    /// <param name="x">Starts, between the limits; receives the roots.</param>
    /// <param name="low">Lower limit.</param>
    /// <param name="high">Upper limit.</param>
    /// <param name="firstStep">First step of the search for a bracket; each further one is twice as long.</param>
    /// <param name="tolerance">Absolute error of a root.</param>
    public static void Solve(Functions functions, Span<double> x, double low, double high, double firstStep, double tolerance)
    {
        int n = x.Length;
        double[] work = new double[6 * n];
        Span<double> f = work.AsSpan(0, n), slope = work.AsSpan(n, n), below = work.AsSpan(2 * n, n), above = work.AsSpan(3 * n, n);
        Span<double> step = work.AsSpan(4 * n, n), root = work.AsSpan(5 * n, n);
        bool[] done = new bool[n];
        below.Fill(double.NegativeInfinity);
        above.Fill(double.PositiveInfinity);
        step.Fill(firstStep);
        for (int round = 0, left = n; left > 0 && round < MaximumRounds; round++)
        {
            functions(x, f, slope);
            for (int i = 0; i < n; i++)
            {
                if (!done[i] && Advance(ref x[i], f[i], slope[i], ref below[i], ref above[i], ref step[i], low, high, tolerance))
                {
                    done[i] = true;
                    left--;
                    root[i] = x[i];
                    // Go on evaluating somewhere harmless.
                    x[i] = double.IsFinite(x[i]) ? x[i] : 0.5 * (low + high);
                }
            }
        }

        for (int i = 0; i < n; i++)
        {
            x[i] = done[i] ? root[i] : double.NaN;
        }
    }

    // Moves x to the next place to try; true when x is the answer.
    private static bool Advance(
        ref double x, double f, double slope, ref double below, ref double above, ref double step, double low, double high, double tolerance)
    {
        if (double.IsNaN(f))
        {
            x = double.NaN;
            return true;
        }

        if (f == 0)
        {
            return true;
        }

        if (f < 0)
        {
            below = x;
        }
        else
        {
            above = x;
        }

        if (double.IsInfinity(below) || double.IsInfinity(above))
        {
            bool up = f < 0;
            if (up ? x >= high : x <= low)
            {
                x = up ? double.PositiveInfinity : double.NegativeInfinity;
                return true;
            }

            x = up ? Math.Min(x + step, high) : Math.Max(x - step, low);
            step *= 2;
            return false;
        }

        double newton = x - f / slope, width = above - below;
        // A Newton step must stay inside and be at most half as long as the step before it.
        bool accept = slope > 0 && newton >= below && newton <= above && Math.Abs(newton - x) <= 0.5 * Math.Abs(step);
        double next = accept ? newton : below + 0.5 * width;
        step = accept ? newton - x : width;
        x = next;
        return (accept && Math.Abs(step) < tolerance) || width < tolerance;
    }
}
