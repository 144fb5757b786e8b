using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Oort.Numerics;

/// <summary>A function of three variables, evaluated lane by lane.</summary>
internal interface IVectorFunction3
{
    /// <summary>The function at a vector of points.</summary>
    Vector<double> Evaluate(Vector<double> x, Vector<double> y, Vector<double> z);
}

internal static partial class VectorMath
{
    /// <summary>
    /// result[i] = function(x[i], y[i], z[i]) over spans of any one length, without allocation. The last, incomplete
    /// vector goes through the same code on a padded copy, so that a value does not depend on its place.
    /// </summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Map<TFunction>(
        in TFunction function, ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> z, Span<double> result)
        where TFunction : struct, IVectorFunction3
    {
        int length = result.Length;
        if (x.Length != length || y.Length != length || z.Length != length)
        {
            throw new ArgumentException(
                $"the spans of a batch must have one length, not {x.Length}, {y.Length}, {z.Length} and {length}");
        }

        TFunction f = function;
        int lanes = Vector<double>.Count;
        int whole = length - length % lanes;
        ref double rx = ref MemoryMarshal.GetReference(x);
        ref double ry = ref MemoryMarshal.GetReference(y);
        ref double rz = ref MemoryMarshal.GetReference(z);
        ref double rf = ref MemoryMarshal.GetReference(result);
        for (int i = 0; i < whole; i += lanes)
        {
            Vector.StoreUnsafe(
                f.Evaluate(
                    Vector.LoadUnsafe(ref rx, (nuint)i),
                    Vector.LoadUnsafe(ref ry, (nuint)i),
                    Vector.LoadUnsafe(ref rz, (nuint)i)),
                ref rf, (nuint)i);
        }

        if (whole < length)
        {
            // Once more through the loop above, rather than a second copy of the function's code.
            Span<double> pad = stackalloc double[4 * lanes];
            pad.Fill(1);
            x[whole..].CopyTo(pad);
            y[whole..].CopyTo(pad[lanes..]);
            z[whole..].CopyTo(pad[(2 * lanes)..]);
            Map(in function, pad[..lanes], pad[lanes..(2 * lanes)], pad[(2 * lanes)..(3 * lanes)], pad[(3 * lanes)..]);
            pad.Slice(3 * lanes, length - whole).CopyTo(result[whole..]);
        }
    }
}
