using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Oort.Numerics;

/// <content>Square roots.</content>
internal static partial class VectorMath
{
    /// <summary>
    /// sqrt(a / b) for a, b >= 0 and a b below 1e300, to 1e-8: on hardware that has one, from an estimate of the reciprocal root and
    /// one step of Newton's method, which costs neither a division nor a root.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> RootOfRatio(Vector<double> a, Vector<double> b)
    {
        bool narrow = Avx512F.VL.IsSupported && Vector<double>.Count == 4, wide = Avx512F.IsSupported && Vector<double>.Count == 8;
        if (!narrow && !wide)
        {
            return Vector.SquareRoot(a / b);
        }

        // A product of zero would have no reciprocal.
        Vector<double> product = Vector.MaxNative(a * b, new(1e-300));
        Vector<double> r = wide
            ? Avx512F.ReciprocalSqrt14(product.AsVector512()).AsVector()
            : Avx512F.VL.ReciprocalSqrt14(product.AsVector256()).AsVector();
        Vector<double> half = new Vector<double>(0.5) * product * r;
        return a * Vector.FusedMultiplyAdd(-half * r, r, new Vector<double>(1.5) * r);
    }
}
