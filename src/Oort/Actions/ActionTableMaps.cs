using System.Numerics;
using Oort.Numerics;

namespace Oort.Actions;

/// <summary>
/// The coordinates of <see cref="ActionTable"/>, for one value where the table is made and for vectors where it is read.
/// </summary>
internal static class ActionTableMaps
{
    /// <summary>Heights beyond the shell orbit's top, and radii beyond the turning points in the plane, that the table still holds: the fudge's orbits are not quite closed.</summary>
    internal const double HeightMargin = 1.05, RadiusMargin = 1.1;

    private const double HeightStretch = 2, RadiusStretch = 3, VerticalScale = 0.1;
    private const double Crowding = 0.3, Width = 0.02, WidthByMomentum = 1;
    private static readonly double SinhHeight = Math.Sinh(HeightStretch), SinhRadius = Math.Sinh(RadiusStretch), VerticalRange = Math.Asinh(1 / VerticalScale);

    /// <summary>x = Lz/Lcirc from the coordinate m = t/(t + x^(1/2)), t = (1 - x)^(1/2), dense at circular orbits and at Lz = 0.</summary>
    internal static double Momentum(double m) => (1 - m) * (1 - m) / (m * m + (1 - m) * (1 - m));

    /// <summary>|cos v| in units of the shell orbit's largest.</summary>
    internal static double Height(double t) => HeightMargin * Math.Sinh(HeightStretch * t) / SinhHeight;

    /// <summary>s^(1/2) from -1 to 1 between the turning points in the plane, dense at the inner one.</summary>
    internal static double Radius(double t) => RadiusMargin * (2 * Math.Sinh(RadiusStretch * t) / SinhRadius - 1);

    /// <summary>Square of the shell orbit's momentum ratio from the coordinate of vertical motion.</summary>
    internal static double FromVertical(double tau)
    {
        double root = VerticalScale * Math.Sinh(VerticalRange * tau);
        return root * root;
    }

    internal static double Vertical(double l) => Math.Asinh(Math.Sqrt(l) / VerticalScale) / VerticalRange;

    /// <summary>
    /// Where the actions' slope would be infinite if Lz were zero, in units of the largest L - Lz.
    /// </summary>
    internal static double Separatrix(double squared, double smallest)
        => Math.Max(0, (Math.Sqrt(0.5 * (squared + Math.Sqrt(squared * squared + 4e-6))) - smallest) / (1 - smallest));

    /// <summary>A map of [0, 1] on itself that is steep around a point: at low Lz the actions have a logarithm there, of width Lz.</summary>
    internal static double Crowded(double t, double at, double x)
    {
        double b = Width + WidthByMomentum * x, a = Crowding * (1 - x), zero = Asinh(at / b);
        return (t + a * (Asinh((t - at) / b) + zero)) / (1 + a * (Asinh((1 - at) / b) + zero));
    }

    /// <summary>Inverse of <see cref="Crowded(double, double, double)"/>, from a guess.</summary>
    internal static double Spread(double u, double at, double x, double guess)
    {
        double b = Width + WidthByMomentum * x, a = Crowding * (1 - x), zero = Asinh(at / b);
        double norm = 1 + a * (Asinh((1 - at) / b) + zero), low = 0, high = 1, t = guess;
        for (int i = 0; i < 40; i++)
        {
            double d = t - at, value = t + a * (Asinh(d / b) + zero) - u * norm;
            (low, high) = value > 0 ? (low, t) : (t, high);
            double next = t - value / (1 + a / Math.Sqrt(d * d + b * b));
            if (next <= low || next >= high)
            {
                next = 0.5 * (low + high);
            }

            if (Math.Abs(next - t) < 1e-7) // the step after would be of its square
            {
                return next;
            }

            t = next;
        }

        return t;
    }

    // Absolute precision is all that is wanted here; the runtime's takes four times as long.
    private static double Asinh(double x) => Math.CopySign(Math.Log(Math.Abs(x) + Math.Sqrt(x * x + 1)), x);

    internal static Vector<float> HeightCoordinate(Vector<float> height)
        => SingleMath.Asinh(height * new Vector<float>((float)(SinhHeight / HeightMargin))) * new Vector<float>((float)(1 / HeightStretch));

    internal static Vector<float> RadiusCoordinate(Vector<float> radius)
        => SingleMath.Asinh(Vector.FusedMultiplyAdd(radius, new((float)(1 / RadiusMargin)), Vector<float>.One) * new Vector<float>((float)(0.5 * SinhRadius)))
            * new Vector<float>((float)(1 / RadiusStretch));

    internal static Vector<float> Vertical(Vector<float> l)
        => SingleMath.Asinh(Vector.SquareRoot(l) * new Vector<float>((float)(1 / VerticalScale))) * new Vector<float>((float)(1 / VerticalRange));

    internal static Vector<float> Separatrix(Vector<float> squared, Vector<float> smallest)
    {
        Vector<float> root = Vector.SquareRoot(new Vector<float>(0.5f) * (squared + Vector.SquareRoot(Vector.FusedMultiplyAdd(squared, squared, new(4e-6f)))));
        return Vector.Max(Vector<float>.Zero, (root - smallest) / (Vector<float>.One - smallest));
    }

    internal static Vector<float> Crowded(Vector<float> t, Vector<float> at, Vector<float> x)
    {
        Vector<float> one = Vector<float>.One, inverse = one / Vector.FusedMultiplyAdd(new((float)WidthByMomentum), x, new((float)Width));
        Vector<float> a = new Vector<float>((float)Crowding) * (one - x), zero = SingleMath.Asinh(at * inverse);
        return Vector.FusedMultiplyAdd(a, SingleMath.Asinh((t - at) * inverse) + zero, t)
            / Vector.FusedMultiplyAdd(a, SingleMath.Asinh((one - at) * inverse) + zero, one);
    }
}
