namespace Oort.Numerics;

/// <summary>
/// The cubic splines through given nodes of which each is 1 at one node and 0 at the others: the weights with which values at the nodes make the spline
/// through them. The last end is free; the first is free or a place of symmetry. Immutable and safe to share between threads.
/// </summary>
internal sealed class CardinalSplines
{
    private readonly CubicSpline[] splines;

    /// <summary>The splines of some nodes, ascending.</summary>
    public CardinalSplines(ReadOnlySpan<double> nodes, bool symmetricStart)
    {
        splines = new CubicSpline[nodes.Length];
        double[] unit = new double[nodes.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            unit[i] = 1;
            CubicSpline free = CubicSpline.Fitted(nodes, unit);
            splines[i] = symmetricStart ? CubicSpline.Clamped(nodes, unit, 0, free.Derivative(nodes[^1])) : free;
            unit[i] = 0;
        }
    }

    /// <summary>Number of nodes.</summary>
    public int Count => splines.Length;

    /// <summary>The value of each spline at a point.</summary>
    public void Evaluate(double x, Span<double> values)
    {
        for (int i = 0; i < splines.Length; i++)
        {
            values[i] = splines[i].Value(x);
        }
    }
}
