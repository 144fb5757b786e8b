using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Oort.Numerics;

namespace Oort.Actions;

/// <summary>
/// Radial and vertical actions of the Staeckel fudge as functions of four numbers each: the energy E, the angular momentum Lz, the
/// momentum P that the one-dimensional motion has where it is fastest, and the line along which it goes (v for the radial motion, s for the
/// vertical one; in a Staeckel potential the actions would not depend on it). Cubic B-splines in the first three, in
/// coordinates in which the actions are smooth, Chebyshev polynomials in the last. Tabulated are the quotients
/// Jr/(Lm - L_u) and Jz/(L_v - Lz), L_u^2 = Lz^2 + (Pm - P)/F, L_v^2 = Lz^2 + P/F, Lm^2 = Lz^2 + Pm/F, Pm the largest P, F = 1 + D2/Rcirc^2:
/// in a sphere L_u = L_v = L. Immutable and safe to share between threads.
/// </summary>
internal sealed partial class ActionTable
{
    /// <summary>
    /// Numbers of Chebyshev polynomials in the fourth variable, one and two vectors full: halo stars pass where the disc is, and where it is not.
    /// </summary>
    internal const int RadialLines = 8, VerticalLines = 16;

    private readonly int energies, momenta, levels;
    private readonly float[] scales, radialShape, verticalShape, radial, vertical;
    private readonly byte[] radialBad, verticalBad;

    /// <summary>ln Rcirc of the first energy.</summary>
    internal double FirstLogRadius { get; }

    /// <summary>Energies in a unit of ln Rcirc.</summary>
    internal double EnergiesPerLog { get; }

    internal int Energies => energies;

    internal int Momenta => momenta;

    internal int Levels => levels;

    /// <summary>The sixteen weights of a pair of cubics.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Weights(double t, double u, Span<float> weights)
    {
        UniformSplines.Weights(t, out float a, out float b, out float c, out float d);
        UniformSplines.Weights(u, out float e, out float f, out float g, out float h);
        Vector128<float> row = Vector128.Create(e, f, g, h);
        ref float at = ref MemoryMarshal.GetReference(weights);
        (row * a).StoreUnsafe(ref at);
        (row * b).StoreUnsafe(ref at, 4);
        (row * c).StoreUnsafe(ref at, 8);
        (row * d).StoreUnsafe(ref at, 12);
    }

    /// <summary>First eight Chebyshev polynomials at x in [-1, 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Polynomials(double at)
    {
        float x = (float)at, t2 = 2 * x * x - 1, t3 = x * (2 * t2 - 1), t4 = 2 * t2 * t2 - 1;
        return Vector256.Create(1, x, t2, t3, t4, 2 * t2 * t3 - x, 2 * t3 * t3 - 1, 2 * t3 * t4 - x);
    }

    /// <summary>The next eight, from the first at the same x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> NextPolynomials(Vector256<float> first)
    {
        // T(8 + k) = 2 T(4 + k/2) T(4 + (k + 1)/2) - T(k mod 2)
        Vector256<float> a = Vector256.Shuffle(first, Vector256.Create(4, 4, 5, 5, 6, 6, 7, 7)), b = Vector256.Shuffle(first, Vector256.Create(4, 5, 5, 6, 6, 7, 7, 7));
        Vector256<float> c = Vector256.Shuffle(first, Vector256.Create(0, 1, 0, 1, 0, 1, 0, 1)), d = a * b;
        float last = 2 * (2 * first[4] * first[4] - 1) * first[7] - first[1];
        return (d + d - c).WithElement(7, last);
    }

    /// <summary>Scales of an orbit, see <see cref="Scale"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector256<float> Scales(int cell, ReadOnlySpan<float> weights) => Rows(scales, cell * 8, 8, weights);

    /// <summary>ln(s*/Rcirc^2) and the squared separatrix of the radial motion.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal (float Centre, float Separatrix) RadialShape(int cell, ReadOnlySpan<float> weights, Vector256<float> polynomials)
        => (Vector256.Dot(Rows(radialShape, cell * 16, 16, weights), polynomials), Vector256.Dot(Rows(radialShape, cell * 16 + 8, 16, weights), polynomials));

    /// <summary>The squared separatrix of the vertical motion.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal float VerticalShape(int cell, ReadOnlySpan<float> weights, Vector256<float> polynomials, Vector256<float> next)
        => Vector256.Sum(Rows(verticalShape, cell * 16, 16, weights) * polynomials + Rows(verticalShape, cell * 16 + 8, 16, weights) * next);

    /// <summary>Jr/(Lm - L_u).</summary>
    internal float Radial(int cell, ReadOnlySpan<float> weights, double level, Vector256<float> polynomials)
    {
        int k = Level(level), stride = (levels + 2) * RadialLines;
        UniformSplines.Weights(level - k, out float w0, out float w1, out float w2, out float w3);
        Vector256<float> a = Vector256<float>.Zero, b = a, c = a, d = a;
        ref float first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(radial), cell * stride + k * RadialLines);
        ref float weight = ref MemoryMarshal.GetReference(weights);
        for (int i = 0; i < 4; i++)
        {
            ref float row = ref Unsafe.Add(ref first, i * (momenta + 2) * stride);
            for (int j = 0; j < 4; j++)
            {
                Vector256<float> w = Vector256.Create(Unsafe.Add(ref weight, 4 * i + j));
                a = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref row), a);
                b = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref row, 8), b);
                c = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref row, 16), c);
                d = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref row, 24), d);
                row = ref Unsafe.Add(ref row, stride);
            }
        }

        return Vector256.Dot(a * w0 + b * w1 + (c * w2 + d * w3), polynomials);
    }

    /// <summary>Jz/(L_v - Lz).</summary>
    internal float Vertical(int cell, ReadOnlySpan<float> weights, double level, Vector256<float> polynomials, Vector256<float> next)
    {
        int k = Level(level), stride = (levels + 2) * VerticalLines;
        UniformSplines.Weights(level - k, out float w0, out float w1, out float w2, out float w3);
        Vector256<float> a = Vector256<float>.Zero, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        ref float first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(vertical), cell * stride + k * VerticalLines);
        ref float weight = ref MemoryMarshal.GetReference(weights);
        for (int i = 0; i < 4; i++)
        {
            ref float row = ref Unsafe.Add(ref first, i * (momenta + 2) * stride);
            for (int j = 0; j < 4; j++)
            {
                Vector256<float> w = Vector256.Create(Unsafe.Add(ref weight, 4 * i + j));
                a = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref row), a);
                b = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref row, 8), b);
                c = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref row, 16), c);
                d = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref row, 24), d);
                e = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref row, 32), e);
                f = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref row, 40), f);
                g = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref row, 48), g);
                h = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref row, 56), h);
                row = ref Unsafe.Add(ref row, stride);
            }
        }

        return Vector256.Sum((a * w0 + c * w1 + (e * w2 + g * w3)) * polynomials + (b * w0 + d * w1 + (f * w2 + h * w3)) * next);
    }

    /// <summary>Number of a cell of energies and momenta among those of the coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Cell(int energy, int momentum) => energy * (momenta + 2) + momentum;

    /// <summary>Whether the table is known to be inaccurate in a cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsBad(int energy, int momentum, double radialLevel, double verticalLevel)
    {
        int corner = (energy * (momenta - 1) + momentum) * (levels - 1);
        return (radialBad[corner + Level(radialLevel)] | verticalBad[corner + Level(verticalLevel)]) != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Level(double level) => Math.Clamp((int)level, 0, levels - 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Rows(float[] table, int start, int width, ReadOnlySpan<float> weights)
    {
        Vector256<float> a = Vector256<float>.Zero, b = a;
        ref float first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(table), start);
        ref float weight = ref MemoryMarshal.GetReference(weights);
        int stride = (momenta + 2) * width;
        for (int i = 0; i < 4; i++)
        {
            ref float row = ref Unsafe.Add(ref first, i * stride);
            a = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref weight, 4 * i)), Vector256.LoadUnsafe(ref row), a);
            b = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref weight, 4 * i + 1)), Vector256.LoadUnsafe(ref row, (nuint)width), b);
            a = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref weight, 4 * i + 2)), Vector256.LoadUnsafe(ref row, (nuint)(2 * width)), a);
            b = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref weight, 4 * i + 3)), Vector256.LoadUnsafe(ref row, (nuint)(3 * width)), b);
        }

        return a + b;
    }
}
