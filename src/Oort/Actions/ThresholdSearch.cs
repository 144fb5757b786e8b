using System.Numerics;
using System.Runtime.CompilerServices;

namespace Oort.Actions;

/// <summary>
/// First guess of a turning point. An orbit with constant x passes the place y while x is above the threshold g(y), g = 0 at the star;
/// thresholds are known at nodes.
/// </summary>
internal static class ThresholdSearch
{
    /// <summary>The node next to y0.</summary>
    /// <param name="nodes">Nodes, ascending.</param>
    /// <param name="y0">Place of the star.</param>
    /// <param name="upwards">Whether to go up from the star, or down.</param>
    public static int FirstBeyond(double[] nodes, double y0, bool upwards)
    {
        int last = nodes.Length - 1, k = 0;
        while (k < last && (upwards ? nodes[last - k - 1] > y0 : nodes[k + 1] < y0))
        {
            k++;
        }

        return upwards ? last - k : k;
    }

    /// <summary>Brackets the turning point between the last node that the orbit passes, going away from the star, and the next.</summary>
    /// <param name="x">Constants of the orbits.</param>
    /// <param name="y0">Place of the star.</param>
    /// <param name="slope0">Slope of g at y0.</param>
    /// <param name="nodes">Nodes, ascending.</param>
    /// <param name="thresholds">Thresholds at the nodes.</param>
    /// <param name="first">The first node to look at, from <see cref="FirstBeyond"/>; for lanes that differ, the end behind them.</param>
    /// <param name="upwards">Whether to go up from the star, or down.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bracket Find<TRow>(
        Vector<double> x, Vector<double> y0, Vector<double> slope0, double[] nodes, ref double thresholds, int first, bool upwards)
        where TRow : struct, ILaneRow
    {
        // Of one orbit's directions, every second node brackets well enough; what is done orbit by orbit may hide behind a narrow barrier.
        int end = upwards ? nodes.Length - 1 : 0, stride = typeof(TRow) == typeof(OneOrbit) ? 2 : 1;
        Vector<double> near = y0, gNear = Vector<double>.Zero, far = new(nodes[first]), gFar = TRow.At(ref thresholds, first);
        Vector<long> open = Vector<long>.AllBitsSet;
        for (int k = first; k != end;)
        {
            Vector<double> y = new(nodes[k]), g = TRow.At(ref thresholds, k);
            Vector<long> passed = Vector.GreaterThan(x, g);
            if (typeof(TRow) == typeof(ManyOrbits))
            {
                // The star may lie farther on.
                Vector<long> before = upwards ? Vector.LessThanOrEqual(y, y0) : Vector.GreaterThanOrEqual(y, y0);
                passed |= before;
                y = Vector.ConditionalSelect(before, y0, y);
                g = Vector.ConditionalSelect(before, Vector<double>.Zero, g);
            }

            open &= passed;
            k = upwards ? Math.Min(k + stride, end) : Math.Max(k - stride, end);
            near = Vector.ConditionalSelect(open, y, near);
            gNear = Vector.ConditionalSelect(open, g, gNear);
            far = Vector.ConditionalSelect(open, new(nodes[k]), far);
            gFar = Vector.ConditionalSelect(open, TRow.At(ref thresholds, k), gFar);
        }

        // Where the curve dips below the star's threshold, or the bracket starts there, the parabola through the star: with its slope,
        // or with the last node passed. Else the chord.
        Vector<double> width = Vector.Abs(far - y0), passedWidth = Vector.Abs(near - y0), along = upwards ? slope0 : -slope0;
        Vector<long> atStar = Vector.Equals(near, y0), dips = atStar | Vector.LessThan(gNear, Vector<double>.Zero);
        Vector<double> mean = gFar / width, meanNear = Vector.ConditionalSelect(atStar, along, gNear / passedWidth);
        Vector<double> curvature = (mean - meanNear) / (width - passedWidth), linear = meanNear - curvature * passedWidth;
        Vector<double> root = Vector.SquareRoot(Vector.MaxNative(Vector.FusedMultiplyAdd(linear, linear, 4 * curvature * x), Vector<double>.Zero));
        Vector<long> rising = Vector.GreaterThan(linear, Vector<double>.Zero);

        // Of the two forms of the parabola's root the one without cancellation.
        Vector<double> numerator = Vector.ConditionalSelect(dips, Vector.ConditionalSelect(rising, 2 * x, root - linear), (x - gNear) * (width - passedWidth));
        Vector<double> denominator = Vector.ConditionalSelect(dips, Vector.ConditionalSelect(rising, linear + root, 2 * curvature), gFar - gNear);
        Vector<double> ahead = numerator / denominator - Vector.ConditionalSelect(dips, passedWidth, Vector<double>.Zero);
        ahead = Vector.MinNative(Vector.MaxNative(ahead, Vector<double>.Zero), width - passedWidth);

        // The loosest orbit's own end may lie a little beyond the last node.
        const double Slack = 0.05;
        Vector<double> beyond = new(upwards ? nodes[end] + Slack : nodes[end] - Slack);
        far = Vector.ConditionalSelect(Vector.Equals(far, new(nodes[end])), beyond, far);
        return upwards ? new(near + ahead, near, far) : new(near - ahead, far, near);
    }

    /// <summary>A guess of a turning point's place and the least and the largest place where it can be.</summary>
    public readonly record struct Bracket(Vector<double> Guess, Vector<double> Low, Vector<double> High)
    {
        /// <summary>The bracket with a better guess, which is kept within it.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Bracket With(Vector<double> guess) => this with { Guess = Vector.MinNative(Vector.MaxNative(guess, Low), High) };
    }
}
