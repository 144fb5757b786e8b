using System.Numerics;
using System.Runtime.CompilerServices;

namespace Oort.Numerics;

/// <summary>
/// Functions of vectors in single precision, for coordinates of tables: polynomials that interpolate at Chebyshev nodes.
/// </summary>
internal static class SingleMath
{
    /// <summary>ln x of positive normal numbers, to 1e-7 of the larger of 1 and |ln x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log(Vector<float> x)
    {
        // x = 2^e m, 2/3 <= m < 4/3
        Vector<int> bits = Vector.AsVectorInt32(x), e = (bits - new Vector<int>(0x3f2aaaab)) & new Vector<int>(unchecked((int)0xff800000));
        Vector<float> f = Vector.AsVectorSingle(bits - e) - Vector<float>.One, exponent = Vector.ConvertToSingle(e) * new Vector<float>(1.1920928955078125e-7f);
        Vector<float> p = new(-0.121255808f);
        p = Vector.FusedMultiplyAdd(p, f, new(0.134257495f));
        p = Vector.FusedMultiplyAdd(p, f, new(-0.123461902f));
        p = Vector.FusedMultiplyAdd(p, f, new(0.141183093f));
        p = Vector.FusedMultiplyAdd(p, f, new(-0.166701406f));
        p = Vector.FusedMultiplyAdd(p, f, new(0.200037807f));
        p = Vector.FusedMultiplyAdd(p, f, new(-0.249999881f));
        p = Vector.FusedMultiplyAdd(p, f, new(0.333333194f));
        p = Vector.FusedMultiplyAdd(p, f, new(-0.5f));
        return Vector.FusedMultiplyAdd(exponent, new(0.693147182f), Vector.FusedMultiplyAdd(p, f * f, f));
    }

    /// <summary>exp(x), |x| up to 87, to 2e-7 relative for |x| up to 1 and 1e-7 |x| beyond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x)
    {
        Vector<float> y = Vector.MinNative(Vector.MaxNative(x, new(-87f)), new(87f)) * new Vector<float>(1.44269502f);
        // Adding 1.5 2^23 leaves the nearest integer in the last bits.
        Vector<float> shift = new(12582912f), shifted = y + shift, t = y - (shifted - shift);
        Vector<float> p = new(0.000154614449f);
        p = Vector.FusedMultiplyAdd(p, t, new(0.0013400428f));
        p = Vector.FusedMultiplyAdd(p, t, new(0.00961805694f));
        p = Vector.FusedMultiplyAdd(p, t, new(0.0555032715f));
        p = Vector.FusedMultiplyAdd(p, t, new(0.240226507f));
        p = Vector.FusedMultiplyAdd(p, t, new(0.693147182f));
        p = Vector.FusedMultiplyAdd(p, t, Vector<float>.One);
        return Vector.AsVectorSingle(Vector.AsVectorInt32(p) + Vector.ShiftLeft(Vector.AsVectorInt32(shifted), 23));
    }

    /// <summary>asinh(x), to 2e-7 of the larger of 1 and its size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Asinh(Vector<float> x)
    {
        Vector<float> size = Vector.Abs(x);
        return Vector.CopySign(Log(size + Vector.SquareRoot(Vector.FusedMultiplyAdd(x, x, Vector<float>.One))), x);
    }
}
