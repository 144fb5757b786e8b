namespace Oort.Inference.Optimisers;

/// <summary>
/// The simplex method of Nelder &amp; Mead (1965) with coefficients that depend on the number of dimensions (Gao &amp; Han 2012, Comput. Optim. Appl. 51, 259; the usual
/// ones in two). It is deterministic: the same answers, the same questions.
/// </summary>
internal sealed class NelderMead : IOptimiser
{
    // The search ends where values differ by less than the tolerance across a simplex smaller than this, in steps, or is too small to matter.
    private const double Small = 0.1, Tiny = 1e-6;

    private readonly double[] start, steps;
    private readonly double tolerance;

    /// <summary>A search.</summary>
    /// <param name="start">First corner of the simplex.</param>
    /// <param name="steps">To the other corners, one a dimension, of either sign.</param>
    /// <param name="tolerance">Difference of values that does not matter.</param>
    public NelderMead(double[] start, double[] steps, double tolerance) => (this.start, this.steps, this.tolerance) = (start, steps, tolerance);

    /// <inheritdoc/>
    public double[] Best { get; private set; } = [];

    /// <inheritdoc/>
    public double BestValue { get; private set; } = double.PositiveInfinity;

    /// <inheritdoc/>
    public bool Converged { get; private set; }

    /// <inheritdoc/>
    public IEnumerable<IReadOnlyList<Question>> Batches()
    {
        int n = start.Length;
        double m = Math.Max(2, n), expansion = 1 + 2 / m, contraction = 0.75 - 0.5 / m, shrinkage = 1 - 1 / m;
        Question[] corners = new Question[n + 1];
        for (int i = 0; i <= n; i++)
        {
            double[] corner = [.. start];
            if (i > 0)
            {
                corner[i - 1] += steps[i - 1];
            }

            corners[i] = new(corner);
        }

        yield return corners;
        Array.ForEach(corners, Note);

        while (true)
        {
            // Stable, so that equal values are in the order in which they came.
            corners = [.. corners.OrderBy(c => c.Answer)];
            if (Finished(corners))
            {
                Converged = true;
                yield break;
            }

            double[] centre = [.. Enumerable.Range(0, n).Select(k => corners[..n].Average(c => c.Point[k]))];
            Question worst = corners[n];
            Question reflected = Along(centre, worst, -1);
            yield return [reflected];
            Note(reflected);
            if (reflected.Answer < corners[0].Answer)
            {
                Question expanded = Along(centre, worst, -expansion);
                yield return [expanded];
                Note(expanded);
                corners[n] = expanded.Answer < reflected.Answer ? expanded : reflected;
                continue;
            }

            if (reflected.Answer < corners[n - 1].Answer)
            {
                corners[n] = reflected;
                continue;
            }

            bool outside = reflected.Answer < worst.Answer;
            Question contracted = Along(centre, worst, outside ? -contraction : contraction);
            yield return [contracted];
            Note(contracted);
            if (outside ? contracted.Answer <= reflected.Answer : contracted.Answer < worst.Answer)
            {
                corners[n] = contracted;
                continue;
            }

            for (int i = 1; i <= n; i++)
            {
                corners[i] = Along(corners[0].Point, corners[i], shrinkage);
            }

            yield return corners[1..];
            Array.ForEach(corners, Note);
        }
    }

    private static Question Along(double[] from, Question to, double factor) => new([.. from.Zip(to.Point, (a, b) => a + factor * (b - a))]);

    private void Note(Question asked)
    {
        if (asked.Answer < BestValue || Best.Length == 0)
        {
            (Best, BestValue) = (asked.Point, asked.Answer);
        }
    }

    private bool Finished(Question[] corners)
    {
        double size = corners.Max(c => c.Point.Select((x, k) => Math.Abs((x - corners[0].Point[k]) / steps[k])).Max());
        return size <= Tiny || (size <= Small && corners[^1].Answer - corners[0].Answer <= tolerance);
    }
}
