using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Oort.Surveys;

/// <summary>
/// One quantity of some stars, each perturbed by its normal error infinitely often: the sum of normal distributions that resamples are drawn from. Results do not depend on the order
/// in which stars are given.
/// </summary>
internal sealed class StarPool
{
    // A normal distribution is 0 to rounding at so many standard deviations.
    private const double Reach = 8.3;

    private readonly double[] values, errors;
    private readonly double largest;

    /// <summary>A pool.</summary>
    /// <param name="stars">Values and their standard errors, 0 for exact ones; sorted in place.</param>
    public StarPool((double Value, double Error)[] stars)
    {
        Array.Sort(stars);
        (values, errors) = ([.. stars.Select(s => s.Value)], [.. stars.Select(s => s.Error)]);
        largest = errors.Length > 0 ? errors.Max() : 0;
    }

    /// <summary>Number of stars.</summary>
    public int Count => values.Length;

    /// <summary>Share of the pool in each cell.</summary>
    public double[] CellProbabilities(IReadOnlyList<double> edges)
    {
        double[] sum = new double[edges.Count - 1];
        for (int i = 0; i < values.Length; i++)
        {
            // Cells are of one width: the first that the star may reach.
            double width = (edges[^1] - edges[0]) / sum.Length, low = values[i] - Reach * errors[i], high = values[i] + Reach * errors[i];
            int cell = (int)Math.Clamp(Math.Floor((low - edges[0]) / width) - 1, 0, sum.Length);
            double below = cell < sum.Length ? Below(i, edges[cell]) : 0;
            for (; cell < sum.Length && edges[cell] <= high; cell++)
            {
                double next = Below(i, edges[cell + 1]);
                sum[cell] += next - below;
                below = next;
            }
        }

        return [.. sum.Select(s => s / values.Length)];
    }

    /// <summary>
    /// Median and standard error of the median of samples of as many stars as there are, drawn from the pool: a sample's median is below x if half of its stars are,
    /// so with F the distribution of the pool, F(median) follows the beta distribution of a = b = (N + 1)/2 (for even N, where the median is the mean of two stars, in good approximation).
    /// The error is half the range that holds the central 68.27 per cent. NaN without stars.
    /// </summary>
    public (double Median, double Error) Median()
    {
        if (Count == 0)
        {
            return (double.NaN, double.NaN);
        }

        double a = 0.5 * (Count + 1), upper = Beta.InvCDF(a, a, 0.841344746068543);
        return (Quantile(0.5), 0.5 * (Quantile(upper) - Quantile(1 - upper)));
    }

    /// <summary>Share of the pool below x; of exact stars at x half.</summary>
    public double Cumulative(double x)
    {
        // Stars are sorted by value: those far below count as they are.
        int first = LowerBound(x - Reach * largest), last = LowerBound(x + Reach * largest);
        double sum = first;
        for (int i = first; i < values.Length && (i < last || values[i] == x); i++)
        {
            sum += Centred(values[i], errors[i], x);
        }

        return sum / values.Length;
    }

    private static double Centred(double value, double error, double x)
        => error > 0 ? 0.5 * SpecialFunctions.Erfc((value - x) / (Math.Sqrt(2) * error)) : x > value ? 1 : x == value ? 0.5 : 0;

    /// <summary>Where the pool's distribution passes u, by bisection and then the secant's rule within the bracket.</summary>
    private double Quantile(double u)
    {
        if (largest == 0)
        {
            // The stars themselves, between which it is linear.
            double at = Math.Clamp(u * values.Length - 0.5, 0, values.Length - 1);
            int i = Math.Min((int)at, Math.Max(0, values.Length - 2));
            return values.Length == 1 ? values[0] : values[i] + (at - i) * (values[i + 1] - values[i]);
        }

        double low = values[0] - Reach * largest, high = values[^1] + Reach * largest, scale = Math.Max(1e-300, 1e-13 * Math.Max(Math.Abs(low), Math.Abs(high)));
        double fLow = -u, fHigh = 1 - u;
        for (int step = 0; step < 200 && high - low > scale; step++)
        {
            // Every third step halves, so that jumps at exact stars do no harm.
            double t = step % 3 == 2 ? 0.5 : Math.Clamp(fLow / (fLow - fHigh), 0.02, 0.98), x = low + t * (high - low), f = Cumulative(x) - u;
            if (f == 0)
            {
                return x;
            }

            (low, fLow, high, fHigh) = f < 0 ? (x, f, high, fHigh) : (low, fLow, x, f);
        }

        return 0.5 * (low + high);
    }

    /// <summary>A star's share below an edge; one without error belongs to the cell that begins at it.</summary>
    private double Below(int i, double edge) => errors[i] > 0 ? Centred(values[i], errors[i], edge) : values[i] < edge ? 1 : 0;

    private int LowerBound(double x)
    {
        int i = Array.BinarySearch(values, x);
        if (i < 0)
        {
            return ~i;
        }

        while (i > 0 && values[i - 1] == x)
        {
            i--;
        }

        return i;
    }
}
