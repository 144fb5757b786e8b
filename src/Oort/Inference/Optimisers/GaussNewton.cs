using MathNet.Numerics.LinearAlgebra;

namespace Oort.Inference.Optimisers;

/// <summary>
/// Least squares by Gauss and Newton's method, for functions that are sums of squares of residuals. A step goes no farther in any coordinate than a radius in units of its length
/// scale (a trust region; Nocedal &amp; Wright 2006, chapter 4); the radius grows where the function falls as it should, and shrinks where it does not. Derivatives are differences at first, and kept up from one step to the next by Broyden's (1965) rule, so that a
/// step costs one point instead of one for each dimension; they are found anew where a step disappoints, and before the search ends. It is deterministic: the same answers, the same questions.
/// </summary>
internal sealed class GaussNewton : IOptimiser
{
    private const double FirstDistance = 0.1, FirstRadius = 10, LeastRadius = 1e-6, GoodGain = 0.75, PoorGain = 0.25;

    // Of the diagonal of J^T J, lest it be singular.
    private const double Damping = 1e-10;

    // A difference is taken over the distance at which, the others fixed, the function rises by the square of this.
    private const double Rise = 2;

    private readonly double[] start, steps, distances;
    private readonly (double Low, double High)[] bounds;
    // In units of the steps: residual by coordinate.
    private Matrix<double>? jacobian;

    /// <summary>A search.</summary>
    /// <param name="start">Where it begins, within the bounds.</param>
    /// <param name="steps">A length scale for each coordinate.</param>
    /// <param name="bounds">Bounds, which no point lies beyond.</param>
    /// <param name="tolerance">Difference of values that does not matter.</param>
    public GaussNewton(double[] start, double[] steps, (double Low, double High)[] bounds, double tolerance)
    {
        (this.start, this.bounds, Tolerance) = (start, bounds, tolerance);
        this.steps = [.. steps.Select(Math.Abs)];
        distances = [.. this.steps.Select(_ => FirstDistance)];
    }

    /// <summary>Difference of values that does not matter.</summary>
    public double Tolerance { get; }

    /// <inheritdoc/>
    public double[] Best { get; private set; } = [];

    /// <inheritdoc/>
    public double BestValue { get; private set; } = double.PositiveInfinity;

    /// <inheritdoc/>
    public bool Converged { get; private set; }

    /// <summary>How many steps it has asked for: what is asked besides are differences.</summary>
    public int StepsTaken { get; private set; }

    /// <summary>How far in each coordinate, the others fixed, the function should rise by 1; the steps where that is not known.</summary>
    public double[] Scales => [.. steps.Select((s, i) => jacobian?.Column(i).L2Norm() is double slope and > 0 ? s / slope : s)];

    /// <summary>The covariance that the derivatives last known imply; null where they do not tell all coordinates.</summary>
    public double[,]? Covariance
    {
        get
        {
            if (jacobian is null || jacobian.ColumnNorms(2).Any(slope => !(slope > 0)))
            {
                return null;
            }

            // In units in which the derivatives' lengths are 1.
            Matrix<double> scaled = jacobian.NormalizeColumns(2), square = scaled.TransposeThisAndMultiply(scaled);
            square.SetDiagonal(square.Diagonal() * (1 + Damping));
            double[] scales = Scales;
            try
            {
                Matrix<double> inverse = square.Cholesky().Solve(Matrix<double>.Build.DenseIdentity(scales.Length));
                return Matrix<double>.Build.Dense(scales.Length, scales.Length, (i, j) => 0.5 * (inverse[i, j] + inverse[j, i]) * scales[i] * scales[j]).ToArray();
            }
            catch (ArgumentException)
            {
                // Two coordinates do the same.
                return null;
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerable<IReadOnlyList<Question>> Batches()
    {
        int n = start.Length;
        Question here = new(start) { Near = start };
        yield return [here];
        Note(here);
        double radius = FirstRadius;
        (bool fresh, bool ventured) = (false, false);
        while (radius > LeastRadius)
        {
            if (jacobian is null)
            {
                // Models are solved from the one here, and compared with it solved likewise.
                if (here.Near != here.Point)
                {
                    Question again = new(here.Point) { Near = here.Point };
                    yield return [again];
                    Note(again);
                    here = double.IsFinite(again.Answer) ? again : here;
                }

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

                (fresh, ventured) = (true, false);
            }

            (Question next, double promised, double length) = Step(here, radius);
            if (!(promised > Tolerance))
            {
                // Where only the radius holds it back, one step beyond decides whether the promise is true.
                if (fresh && !ventured && Step(here, double.PositiveInfinity).Promised > Tolerance)
                {
                    ventured = true;
                    radius *= 2;
                    while (!(Step(here, radius).Promised > Tolerance))
                    {
                        radius *= 2;
                    }

                    continue;
                }

                if (fresh)
                {
                    Converged = true;
                    yield break;
                }

                jacobian = null;
                continue;
            }

            StepsTaken++;
            yield return [next];
            Note(next);
            if (ventured && fresh && !(here.Answer - next.Answer > Tolerance))
            {
                Converged = true;
                yield break;
            }

            double gain = (here.Answer - next.Answer) / promised;
            if (next.Answer < here.Answer)
            {
                Broyden(here, next);
                (here, fresh) = (next, false);
                radius = gain > GoodGain ? Math.Max(radius, 2 * length) : gain < PoorGain ? 0.5 * length : radius;
                jacobian = gain < PoorGain ? null : jacobian;
            }
            else if (fresh)
            {
                radius = 0.25 * length;
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

    /// <summary>The step, by how much the function should fall there, and how far its farthest coordinate goes.</summary>
    private (Question Next, double Promised, double Length) Step(Question here, double radius)
    {
        Vector<double> residuals = Residuals(here);
        double[] move = Within(radius, here, jacobian!.TransposeThisAndMultiply(jacobian), jacobian.TransposeThisAndMultiply(residuals));
        double[] point = [.. move.Select((m, i) => Math.Clamp(here.Point[i] + steps[i] * m, bounds[i].Low, bounds[i].High))];
        double expected = (residuals + jacobian * Vector<double>.Build.Dense(move)).L2Norm();
        return (new(point) { Near = here.Near }, residuals.DotProduct(residuals) - expected * expected, move.Max(Math.Abs));
    }

    /// <summary>
    /// The step to the least of the paraboloid within the radius and the bounds: towards the least of all until a coordinate comes to a side of that box, from there, with that coordinate held, towards the least
    /// of the others, and so on. The paraboloid falls all the way.
    /// </summary>
    private double[] Within(double radius, Question here, Matrix<double> square, Vector<double> gradient)
    {
        double[] move = new double[start.Length];
        List<int> free = [.. Enumerable.Range(0, move.Length).Where(i => square[i, i] > 0)];
        while (free.Count > 0)
        {
            Matrix<double> own = Matrix<double>.Build.Dense(free.Count, free.Count, (a, b) => square[free[a], free[b]] * (a == b ? 1 + Damping : 1));
            Vector<double> slope = gradient + square * Vector<double>.Build.Dense(move);
            Vector<double> wanted = own.Solve(Vector<double>.Build.Dense(free.Count, a => -slope[free[a]]));
            (double part, int? stops) = (1, null);
            for (int a = 0; a < free.Count; a++)
            {
                int i = free[a];
                double bound = ((wanted[a] < 0 ? bounds[i].Low : bounds[i].High) - here.Point[i]) / steps[i], room = Math.Min(radius, Math.Abs(bound)) - Math.CopySign(1, wanted[a]) * move[i];
                if (!double.IsFinite(wanted[a]))
                {
                    (part, stops) = (0, a);
                }
                else if (Math.Abs(wanted[a]) * part > room)
                {
                    (part, stops) = (Math.Max(0, room) / Math.Abs(wanted[a]), a);
                }
            }

            for (int a = 0; a < free.Count && part > 0; a++)
            {
                move[free[a]] += part * wanted[a];
            }

            if (stops is not int stopped)
            {
                break;
            }

            free.RemoveAt(stopped);
        }

        return move;
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
        return new(point) { Near = from.Near };
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
