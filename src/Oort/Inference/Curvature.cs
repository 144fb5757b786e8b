using MathNet.Numerics.LinearAlgebra;
using Oort.Numerics;

namespace Oort.Inference;

/// <summary>
/// The second derivatives of chi-squared at its least, by central differences, and the covariance they imply: twice the inverse of their matrix, as chi-squared
/// rises by 1 at one standard error (Press et al. 2007, section 15.6). Differences are taken over distances at which chi-squared rises by about 1: there it is
/// well above what iterations and quadratures leave, and where the standard error is defined. Of a sum of squares they are 2 J^T J, with the derivatives J of what is squared: 2 n points; that
/// cannot be indefinite, and is right where correlations are so strong that differences of chi-squared tell nothing. Else n (n + 1) points; some more where a first guess of the distance is far off.
/// </summary>
internal sealed class Curvature
{
    private const int MostTries = 8;
    private const double LeastRise = 0.3, MostRise = 3, LeastDistance = 1e-9;

    private readonly double[] centre, distances, most;
    private double value;

    /// <summary>Prepares the differences.</summary>
    /// <param name="centre">The point with the least value.</param>
    /// <param name="guesses">How far in each coordinate the value should rise by about 1.</param>
    /// <param name="most">How far is allowed in each coordinate, both ways; 0 at a bound.</param>
    public Curvature(double[] centre, double[] guesses, double[] most)
    {
        (this.centre, this.most) = (centre, most);
        distances = [.. guesses.Select((g, i) => Math.Min(Math.Abs(g), most[i]))];
    }

    /// <summary>Which coordinates have a standard error: those that are not at a bound, where chi-squared rises both ways.</summary>
    public IReadOnlyList<int> Free { get; private set; } = [];

    /// <summary>Covariance of <see cref="Free"/>; null where the matrix of second derivatives is not positive definite.</summary>
    public double[,]? Covariance { get; private set; }

    /// <summary>The points at which it wants the function; those of a batch do not depend on each other's answers.</summary>
    public IEnumerable<IReadOnlyList<Question>> Batches()
    {
        int n = centre.Length;

        // Solved from the same model as those about it.
        Question middle = new(centre) { Near = centre };
        yield return [middle];
        value = middle.Answer;
        Question[] above = new Question[n], below = new Question[n];
        SortedSet<int> found = [];
        int[] open = [.. Enumerable.Range(0, n).Where(i => most[i] > LeastDistance * (1 + Math.Abs(centre[i])))];
        for (int attempt = 0; attempt < MostTries && open.Length > 0; attempt++)
        {
            Array.ForEach(open, i => (above[i], below[i]) = (Moved((i, distances[i])), Moved((i, -distances[i]))));
            yield return [.. open.SelectMany(i => new[] { above[i], below[i] })];
            List<int> again = [];
            foreach (int i in open)
            {
                double rise = 0.5 * (above[i].Answer + below[i].Answer) - value;
                bool farthest = distances[i] >= most[i];
                if (rise is >= LeastRise and <= MostRise || (farthest && rise > 0 && rise < LeastRise))
                {
                    found.Add(i);
                }
                else if (!farthest || !(rise <= 0))
                {
                    again.Add(i);
                    distances[i] = Math.Min(most[i], distances[i] * (double.IsFinite(rise) ? Math.Clamp(rise > 0 ? 1 / Math.Sqrt(rise) : 10, 0.03, 10) : 0.25));
                }
            }

            open = [.. again];
        }

        int[] free = [.. found];
        if (free.Length > 0 && free.All(i => above[i].Residuals.Count > 0 && below[i].Residuals.Count > 0))
        {
            (Free, Covariance) = (free, Invert(OfSquares([.. free.Select(i => Slopes(above[i], below[i], distances[i]))])));
            yield break;
        }

        (int A, int B)[] pairs = [.. from a in Enumerable.Range(0, free.Length) from b in Enumerable.Range(0, a) select (a, b)];
        Question Both((int A, int B) pair, int sign) => Moved((free[pair.A], sign * distances[free[pair.A]]), (free[pair.B], sign * distances[free[pair.B]]));
        (Question Plus, Question Minus)[] mixed = [.. pairs.Select(p => (Both(p, 1), Both(p, -1)))];
        if (mixed.Length > 0)
        {
            yield return [.. mixed.SelectMany(m => new[] { m.Plus, m.Minus })];
        }

        double[,] second = new double[free.Length, free.Length];
        for (int a = 0; a < free.Length; a++)
        {
            int i = free[a];
            second[a, a] = (above[i].Answer + below[i].Answer - 2 * value) / (distances[i] * distances[i]);
        }

        for (int k = 0; k < pairs.Length; k++)
        {
            ((int a, int b), (Question plus, Question minus)) = (pairs[k], mixed[k]);
            (int i, int j) = (free[a], free[b]);
            second[a, b] = second[b, a] = (plus.Answer + minus.Answer + 2 * value - above[i].Answer - below[i].Answer - above[j].Answer - below[j].Answer)
                / (2 * distances[i] * distances[j]);
        }

        (Free, Covariance) = (free, free.Length > 0 ? Invert(second) : null);
    }

    /// <summary>Derivatives of residuals, central differences.</summary>
    private static double[] Slopes(Question above, Question below, double distance)
    {
        double[] slopes = new double[above.Residuals.Count];
        for (int k = 0; k < slopes.Length; k++)
        {
            slopes[k] = (above.Residuals[k] - below.Residuals[k]) / (2 * distance);
        }

        return slopes;
    }

    /// <summary>2 J^T J.</summary>
    private static double[,] OfSquares(double[][] slopes)
    {
        double[,] second = new double[slopes.Length, slopes.Length];
        for (int a = 0; a < slopes.Length; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                second[a, b] = second[b, a] = 2 * ScalarProduct.Of(slopes[a], slopes[b]);
            }
        }

        return second;
    }

    private Question Moved(params ReadOnlySpan<(int Coordinate, double By)> moves)
    {
        double[] point = [.. centre];
        foreach ((int i, double by) in moves)
        {
            point[i] += by;
        }

        return new(point) { Near = centre };
    }

    private static double[,]? Invert(double[,] second)
    {
        // Scaled to a unit diagonal: the coordinates have different units.
        int n = second.GetLength(0);
        double[] scale = [.. Enumerable.Range(0, n).Select(i => Math.Sqrt(second[i, i]))];
        Matrix<double> scaled = Matrix<double>.Build.Dense(n, n, (i, j) => second[i, j] / (scale[i] * scale[j]));
        if (scaled.Enumerate().Any(x => !double.IsFinite(x)) || scaled.Evd(Symmetricity.Symmetric).EigenValues.Any(e => !(e.Real > 1e-10)))
        {
            return null;
        }

        Matrix<double> inverse = scaled.Inverse();
        double[,] result = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                result[i, j] = (inverse[i, j] + inverse[j, i]) / (scale[i] * scale[j]);
            }
        }

        return result;
    }
}
