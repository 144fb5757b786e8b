using MathNet.Numerics.LinearAlgebra;

namespace Oort.Inference.Optimisers;

/// <summary>
/// Least squares by Gauss and Newton's method with Marquardt's (1963) damping, for functions that are sums of squares of residuals. Their derivatives are differences
/// at first, and kept up from one step to the next by Broyden's (1965) rule, so that a step costs one point instead of one for each dimension; they are found
/// anew where a step disappoints, and before the search ends. It is deterministic: the same answers, the same questions.
/// </summary>
internal sealed class GaussNewton : IOptimiser
{
    private const double FirstDistance = 0.1, FirstDamping = 1e-3, LeastDamping = 1e-8, MostDamping = 1e8, GoodGain = 0.75, PoorGain = 0.25;

    // A difference is taken over the distance at which, the others fixed, the function rises by the square of this.
    private const double Rise = 0.5;

    private readonly double[] start, steps, distances;
    private readonly (double Low, double High)[] bounds;
    private readonly double tolerance;

    // In units of the steps: residual by coordinate.
    private Matrix<double>? jacobian;

    /// <summary>A search.</summary>
    /// <param name="start">Where it begins, within the bounds.</param>
    /// <param name="steps">A length scale for each coordinate.</param>
    /// <param name="bounds">Bounds, which no point lies beyond.</param>
    /// <param name="tolerance">Difference of values that does not matter.</param>
    public GaussNewton(double[] start, double[] steps, (double Low, double High)[] bounds, double tolerance)
    {
        (this.start, this.bounds, this.tolerance) = (start, bounds, tolerance);
        this.steps = [.. steps.Select(Math.Abs)];
        distances = [.. this.steps.Select(_ => FirstDistance)];
    }

    /// <inheritdoc/>
    public double[] Best { get; private set; } = [];

    /// <inheritdoc/>
    public double BestValue { get; private set; } = double.PositiveInfinity;

    /// <inheritdoc/>
    public bool Converged { get; private set; }

    /// <summary>How far in each coordinate, the others fixed, the function should rise by 1; the steps where that is not known.</summary>
    public double[] Scales => [.. steps.Select((s, i) => jacobian?.Column(i).L2Norm() is double slope and > 0 ? s / slope : s)];

    /// <inheritdoc/>
    public IEnumerable<IReadOnlyList<Question>> Batches()
    {
        int n = start.Length;
        Question here = new(start);
        yield return [here];
        Note(here);
        double damping = FirstDamping;
        bool fresh = false;
        while (damping < MostDamping)
        {
            if (jacobian is null)
            {
                Vector<double> centre = Residuals(here);
                jacobian = Matrix<double>.Build.Dense(centre.Count, n);
                Question[] moved = [.. Enumerable.Range(0, n).Select(i => Moved(here, i, Towards(here, i)))];
                yield return moved;
                Array.ForEach(moved, Note);

                // To the other side where there is no model on this one.
                int[] missing = [.. Enumerable.Range(0, n).Where(i => !double.IsFinite(moved[i].Answer))];
                if (missing.Length > 0)
                {
                    Array.ForEach(missing, i => moved[i] = Moved(here, i, -Towards(here, i)));
                    yield return [.. missing.Select(i => moved[i])];
                    Array.ForEach(missing, i => Note(moved[i]));
                }

                for (int i = 0; i < n; i++)
                {
                    double moves = (moved[i].Point[i] - here.Point[i]) / steps[i];
                    if (double.IsFinite(moved[i].Answer) && moves != 0)
                    {
                        jacobian.SetColumn(i, (Residuals(moved[i]) - centre) / moves);
                    }

                    double slope = jacobian.Column(i).L2Norm();
                    distances[i] = slope > 0 ? Math.Min(FirstDistance, Rise / slope) : FirstDistance;
                }

                fresh = true;
            }

            (Question next, double promised) = Step(here, damping);
            if (!(promised > tolerance))
            {
                if (fresh)
                {
                    Converged = true;
                    yield break;
                }

                jacobian = null;
                continue;
            }

            yield return [next];
            Note(next);
            double gain = (here.Answer - next.Answer) / promised;
            if (next.Answer < here.Answer)
            {
                Broyden(here, next);
                (here, fresh) = (next, false);
                damping = gain > GoodGain ? Math.Max(LeastDamping, 0.1 * damping) : gain < PoorGain ? 4 * damping : damping;
                jacobian = gain < PoorGain ? null : jacobian;
            }
            else if (fresh)
            {
                damping *= 10;
            }
            else
            {
                jacobian = null;
            }
        }
    }

    /// <summary>How far a coordinate is moved for a difference, in steps: to the side of the bound that is farther where the other one is near.</summary>
    private double Towards(Question here, int i)
    {
        (double low, double high) = ((bounds[i].Low - here.Point[i]) / steps[i], (bounds[i].High - here.Point[i]) / steps[i]);
        return Math.Min(distances[i], Math.Max(high, -low)) * (high >= distances[i] || high >= -low ? 1 : -1);
    }

    /// <summary>The damped step, cut at the bounds, and by how much the function should fall there.</summary>
    private (Question Next, double Promised) Step(Question here, double damping)
    {
        int n = start.Length;
        Vector<double> residuals = Residuals(here), gradient = jacobian!.TransposeThisAndMultiply(residuals);
        Matrix<double> square = jacobian.TransposeThisAndMultiply(jacobian);
        List<int> free = [.. Enumerable.Range(0, n).Where(i => square[i, i] > 0)];
        double[] move = new double[n];

        // A coordinate that would leave at a bound where it is stays there, and the others are found again.
        for (bool again = true; again && free.Count > 0;)
        {
            Matrix<double> damped = Matrix<double>.Build.Dense(free.Count, free.Count, (a, b) => square[free[a], free[b]] * (a == b ? 1 + damping : 1));
            Vector<double> solved = damped.Solve(Vector<double>.Build.Dense(free.Count, a => -gradient[free[a]]));
            Array.Clear(move);
            for (int a = 0; a < free.Count; a++)
            {
                move[free[a]] = double.IsFinite(solved[a]) ? solved[a] : 0;
            }

            again = free.RemoveAll(i => (move[i] < 0 && here.Point[i] <= bounds[i].Low) || (move[i] > 0 && here.Point[i] >= bounds[i].High)) > 0;
        }

        double[] point = [.. Enumerable.Range(0, n).Select(i => free.Contains(i) ? Math.Clamp(here.Point[i] + steps[i] * move[i], bounds[i].Low, bounds[i].High) : here.Point[i])];
        Vector<double> moved = Vector<double>.Build.Dense(n, i => (point[i] - here.Point[i]) / steps[i]);
        double expected = (residuals + jacobian * moved).L2Norm();
        return (new(point), residuals.DotProduct(residuals) - expected * expected);
    }

    /// <summary>The least change of the derivatives that agrees with a step.</summary>
    private void Broyden(Question from, Question to)
    {
        Vector<double> move = Vector<double>.Build.Dense(start.Length, i => (to.Point[i] - from.Point[i]) / steps[i]);
        Vector<double> missed = Residuals(to) - Residuals(from) - jacobian! * move;
        jacobian = jacobian! + missed.OuterProduct(move) / move.DotProduct(move);
    }

    private Question Moved(Question from, int coordinate, double by)
    {
        double[] point = [.. from.Point];
        point[coordinate] = Math.Clamp(point[coordinate] + by * steps[coordinate], bounds[coordinate].Low, bounds[coordinate].High);
        return new(point);
    }

    private static Vector<double> Residuals(Question asked)
        => asked.Residuals.Count > 0 ? Vector<double>.Build.DenseOfEnumerable(asked.Residuals)
            : throw new InputException("search = gauss-newton: the misfit is not a sum of squares; use search = simplex");

    private void Note(Question asked)
    {
        if (asked.Answer < BestValue || Best.Length == 0)
        {
            (Best, BestValue) = (asked.Point, asked.Answer);
        }
    }
}
