using System.Numerics;
using System.Runtime.CompilerServices;

namespace Oort.Actions;

/// <summary>
/// A curve that an orbit follows, in a variable of its own in each lane: the orbit with constant X passes a place while X is above the
/// threshold there.
/// </summary>
internal interface ILaneCurve
{
    /// <summary>The threshold at a place.</summary>
    Vector<double> Threshold(Vector<double> place);

    /// <summary>A function with the sign of X minus the threshold, scaled to be nearly linear about its zero.</summary>
    Vector<double> Value(Vector<double> place, Vector<double> threshold);
}

/// <summary>
/// How far orbits reach on one side of the star, first bracketed on nodes, then placed: to a few percent, and rather too far than
/// too near, which is all that the range of a polynomial needs.
/// </summary>
internal struct RangeEnd
{
    private Vector<double> near, nearThreshold, far, farThreshold;

    /// <summary>Starts at the star; if no node stops the orbit, it ends at <paramref name="last"/>.</summary>
    public RangeEnd(Vector<double> star, Vector<double> last)
    {
        (near, nearThreshold, far, farThreshold, Open) = (star, Vector<double>.Zero, last, new(double.NegativeInfinity), Vector<long>.AllBitsSet);
    }

    /// <summary>Lanes that have not met a threshold above their constant yet.</summary>
    public Vector<long> Open { get; private set; }

    /// <summary>The next node away from the star, in the lanes in which it lies on this side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Visit(Vector<double> node, Vector<double> threshold, Vector<double> x, Vector<long> onThisSide)
    {
        Vector<long> here = Open & onThisSide, passes = here & Vector.GreaterThan(x, threshold), stops = Vector.AndNot(here, passes);
        near = Vector.ConditionalSelect(passes, node, near);
        nearThreshold = Vector.ConditionalSelect(passes, threshold, nearThreshold);
        far = Vector.ConditionalSelect(stops, node, far);
        farThreshold = Vector.ConditionalSelect(stops, threshold, farThreshold);
        Open = Vector.AndNot(Open, stops);
    }

    /// <summary>The end, by inverse quadratic interpolation.</summary>
    public readonly Vector<double> Find<TCurve>(in TCurve curve, Vector<double> star)
        where TCurve : struct, ILaneCurve, allows ref struct
    {
        // Inverse interpolation through three points is wrong by about the square of its step: a fifth of a fifth.
        Vector<double> fifth = new(0.2);
        const int MostSteps = 40;
        Vector<double> a = near, fa = curve.Value(near, nearThreshold), b = far, fb = curve.Value(far, farThreshold);
        Vector<long> done = Open | Vector.LessThanOrEqual(fa, Vector<double>.Zero);
        Vector<double> result = Vector.ConditionalSelect(Open, far, near), x = a + (b - a) * (fa / (fa - fb));
        for (int i = 0; i < MostSteps && done != Vector<long>.AllBitsSet; i++)
        {
            x = Vector.ConditionalSelect(done, star, x);
            Vector<double> value = curve.Value(x, curve.Threshold(x));

            // Between ends where the function is small it may rise high: then the chord said nothing about the root.
            Vector<long> misled = Vector.GreaterThan(Vector.Abs(value), Vector.MaxNative(fa, -fb));
            Vector<double> d = fa - fb, e = fa - value, f = value - fb;
            Vector<double> next = (a * fb * value * f + b * fa * value * e - x * fa * fb * d) / (d * e * f);
            Vector<long> passes = Vector.GreaterThan(value, Vector<double>.Zero);
            a = Vector.ConditionalSelect(passes, x, a);
            fa = Vector.ConditionalSelect(passes, value, fa);
            b = Vector.ConditionalSelect(passes, b, x);
            fb = Vector.ConditionalSelect(passes, fb, value);
            Vector<long> inside = Vector.AndNot(Vector.LessThan((next - a) * (next - b), Vector<double>.Zero), misled);
            Vector<double> step = next - x, distance = Vector.MinNative(Vector.Abs(next - star), Vector.Abs(next));
            Vector<long> close = Vector.AndNot(inside & Vector.LessThan(Vector.Abs(step), fifth * distance), done);
            Vector<double> beyond = next + fifth * Vector.ConditionalSelect(Vector.GreaterThan(b, a), Vector.Abs(step), -Vector.Abs(step));
            x = Vector.ConditionalSelect(inside, next, 0.5 * (a + b));
            result = Vector.ConditionalSelect(done, result, Vector.ConditionalSelect(close, beyond, x));
            done |= close;
        }

        return result;
    }
}
