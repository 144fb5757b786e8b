using Oort.Numerics;

namespace Oort.Surveys;

/// <summary>The cumulative distribution of a quantity at the edges of a histogram's cells, or of equal pieces of them, and of wider and wider cells beyond.</summary>
internal sealed class CumulativeDistribution
{
    private const int Beyond = 10, ErrorNodes = 24;
    private const double ErrorReach = 5;

    private readonly int pieces, cells;
    private readonly double[] edges, values;

    /// <summary>A distribution, zero to begin with.</summary>
    /// <param name="axis">The cells.</param>
    /// <param name="pieces">Pieces of each: between their ends the distribution is interpolated.</param>
    public CumulativeDistribution(HistogramAxis axis, int pieces)
    {
        (this.pieces, cells) = (pieces, axis.Count);
        double width = axis.Width / pieces;
        edges =
        [
            .. Enumerable.Range(1, Beyond).Reverse().Select(k => axis.Low - width * (Math.Pow(2, k) - 1)),
            .. Enumerable.Range(0, cells * pieces).Select(i => axis.Edges[i / pieces] + i % pieces * width),
            .. Enumerable.Range(0, Beyond + 1).Select(k => axis.High + width * (Math.Pow(2, k) - 1)),
        ];
        values = new double[edges.Length];
    }

    /// <summary>The edges, ascending.</summary>
    public ReadOnlySpan<double> Edges => edges;

    /// <summary>Mass below each.</summary>
    public Span<double> Values => values;

    /// <summary>Adds another.</summary>
    public void Add(CumulativeDistribution other)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] += other.values[i];
        }
    }

    /// <summary>Convolves it with a normal distribution.</summary>
    /// <param name="deviation">Its standard deviation.</param>
    /// <param name="total">Mass in all.</param>
    public void Convolve(double deviation, double total)
    {
        if (!(deviation > 0) || !(total > 0))
        {
            return;
        }

        CubicSpline spline = CubicSpline.Fitted(edges, values);
        GaussLegendre rule = GaussLegendre.Rule(ErrorNodes);
        Span<double> weight = stackalloc double[ErrorNodes];
        double norm = 0;
        for (int k = 0; k < weight.Length; k++)
        {
            double u = ErrorReach * rule.Nodes[k];
            weight[k] = rule.Weights[k] * Math.Exp(-0.5 * u * u);
            norm += weight[k];
        }

        double[] result = new double[values.Length];
        for (int i = 0; i < result.Length; i++)
        {
            double sum = 0;
            for (int k = 0; k < weight.Length; k++)
            {
                double at = edges[i] - ErrorReach * rule.Nodes[k] * deviation;
                sum += weight[k] * (at <= edges[0] ? 0 : at >= edges[^1] ? total : spline.Value(at));
            }

            result[i] = sum / norm;
        }

        result.CopyTo(values, 0);
    }

    /// <summary>Probabilities of the histogram's cells.</summary>
    /// <param name="total">Mass in all.</param>
    public double[] Cells(double total) => [.. Enumerable.Range(0, cells).Select(i => Math.Max(0, values[Beyond + (i + 1) * pieces] - values[Beyond + i * pieces]) / total)];

    /// <summary>The values below which given fractions of the mass are; NaN beyond the edges.</summary>
    public double[] Quantiles(double total, params ReadOnlySpan<double> fractions)
    {
        CubicSpline spline = CubicSpline.Fitted(edges, values);
        double[] result = new double[fractions.Length];
        for (int q = 0; q < result.Length; q++)
        {
            double wanted = fractions[q] * total;
            int cell = Array.FindIndex(values, v => v >= wanted);
            if (cell <= 0)
            {
                result[q] = double.NaN;
                continue;
            }

            (double low, double high) = (edges[cell - 1], edges[cell]);
            for (int i = 0; i < 60; i++)
            {
                double middle = 0.5 * (low + high);
                (low, high) = spline.Value(middle) < wanted ? (middle, high) : (low, middle);
            }

            result[q] = 0.5 * (low + high);
        }

        return result;
    }
}
