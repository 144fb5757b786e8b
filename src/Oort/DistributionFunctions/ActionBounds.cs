using System.Numerics;
using System.Runtime.CompilerServices;
using Oort.Numerics;

namespace Oort.DistributionFunctions;

/// <summary>
/// The range within which formulas see actions: products of two stay finite, quotients of sums stay defined.
/// No physical action comes near its ends.
/// </summary>
internal static class ActionBounds
{
    /// <summary>Sums of actions that are divided by are at least this, kpc km/s.</summary>
    public const double Least = 1e-150;

    /// <summary>Larger actions count as this, kpc km/s.</summary>
    public const double Most = 1e150;

    /// <summary>From 0 (rounding may leave an action slightly below) to <see cref="Most"/>; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Clamp(Vector<double> action)
        => VectorMath.AtMost(Most, VectorMath.AtLeast(0, action));

    /// <summary>Absolute value up to <see cref="Most"/>; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Magnitude(Vector<double> action) => VectorMath.AtMost(Most, Vector.Abs(action));

    /// <summary>Within <see cref="Most"/> of 0 on either side; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Signed(Vector<double> action)
        => VectorMath.AtMost(Most, VectorMath.AtLeast(-Most, action));
}
