using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Oort.Numerics;

namespace Oort.Actions;

/// <summary>
/// Radial and vertical actions of the Staeckel fudge as functions of four numbers each: the energy E, the angular momentum Lz, the
/// momentum P that the one-dimensional motion has where it is fastest, and the line along which it goes (v for the radial motion, s for the
/// vertical one; in a Staeckel potential the actions would not depend on it). Quadratic B-splines in the first two and cubic ones in the third, in
/// coordinates in which the actions are smooth, Chebyshev polynomials in the last. Tabulated are the quotients
/// Jr/(Lm - L_u) and Jz/(L_v - Lz), L_u^2 = Lz^2 + (Pm - P)/F, L_v^2 = Lz^2 + P/F, Lm^2 = Lz^2 + Pm/F, Pm the largest P, F = 1 + D2/Rcirc^2:
/// in a sphere L_u = L_v = L. Immutable and safe to share between threads.
/// </summary>
internal sealed partial class ActionTable
{
    /// <summary>
    /// Numbers of Chebyshev polynomials in the fourth variable: halo stars pass where the disc is, and where it is not.
    /// </summary>
    internal const int RadialLines = 8, VerticalLines = 16;

    /// <summary>Polynomials that are stored, and left out, together.</summary>
    internal const int Group = 4;

    /// <summary>Numbers that <see cref="Shape"/> gives, and where in them the scales begin.</summary>
    internal const int ShapeTerms = 24, FirstScale = 20;

    // A separatrix only says where nodes are dense, and is the same where the table is made and where it is read.
    private const int SeparatrixTerms = 4;

    private readonly int energies, momenta, levels;
    private readonly float[] shape, radial, vertical;
    private readonly byte[] radialGroups, verticalGroups;

    /// <summary>ln Rcirc of the first energy.</summary>
    internal double FirstLogRadius { get; }

    /// <summary>Energies in a unit of ln Rcirc.</summary>
    internal double EnergiesPerLog { get; }

    internal int Energies => energies;

    internal int Momenta => momenta;

    internal int Levels => levels;

    /// <summary>The nine weights of a pair of quadratics, at distances from the nearest node.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Weights(float t, float u, Span<float> weights)
    {
        float a = 0.5f * (0.5f - t) * (0.5f - t), b = 0.75f - t * t, c = 0.5f * (0.5f + t) * (0.5f + t);
        Vector128<float> row = Vector128.Create(0.5f * (0.5f - u) * (0.5f - u), 0.75f - u * u, 0.5f * (0.5f + u) * (0.5f + u), 0);
        ref float at = ref MemoryMarshal.GetReference(weights);
        (row * a).StoreUnsafe(ref at);
        (row * b).StoreUnsafe(ref at, 3);
        (row * c).StoreUnsafe(ref at, 6);
    }

    /// <summary>First eight Chebyshev polynomials at x in [-1, 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Polynomials(float x)
    {
        float t2 = 2 * x * x - 1, t3 = x * (2 * t2 - 1), t4 = 2 * t2 * t2 - 1;
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

    /// <summary>
    /// The <see cref="ShapeTerms"/> numbers of an orbit: coefficients of eight polynomials for ln(s*/Rcirc^2), s* the centre of the radial motion, of
    /// eight for the squared separatrix of the radial motion, of four for that of the vertical motion, and its scales, see <see cref="Scale"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Shape(int cell, ReadOnlySpan<float> weights, Span<float> result)
    {
        Vector512<float> a = Vector512<float>.Zero, b = a, c = a;
        Vector256<float> d = Vector256<float>.Zero, e = d, f = d;
        ref float at = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(shape), cell * ShapeTerms);
        ref float weight = ref MemoryMarshal.GetReference(weights);
        for (int i = 0; i < 3; i++)
        {
            float w0 = Unsafe.Add(ref weight, 3 * i), w1 = Unsafe.Add(ref weight, 3 * i + 1), w2 = Unsafe.Add(ref weight, 3 * i + 2);
            a = Vector512.FusedMultiplyAdd(Vector512.Create(w0), Vector512.LoadUnsafe(ref at), a);
            d = Vector256.FusedMultiplyAdd(Vector256.Create(w0), Vector256.LoadUnsafe(ref at, 16), d);
            b = Vector512.FusedMultiplyAdd(Vector512.Create(w1), Vector512.LoadUnsafe(ref at, ShapeTerms), b);
            e = Vector256.FusedMultiplyAdd(Vector256.Create(w1), Vector256.LoadUnsafe(ref at, ShapeTerms + 16), e);
            c = Vector512.FusedMultiplyAdd(Vector512.Create(w2), Vector512.LoadUnsafe(ref at, 2 * ShapeTerms), c);
            f = Vector256.FusedMultiplyAdd(Vector256.Create(w2), Vector256.LoadUnsafe(ref at, 2 * ShapeTerms + 16), f);
            at = ref Unsafe.Add(ref at, (momenta + 2) * ShapeTerms);
        }

        ref float to = ref MemoryMarshal.GetReference(result);
        (a + b + c).StoreUnsafe(ref to);
        (d + e + f).StoreUnsafe(ref to, 16);
    }

    /// <summary>What <see cref="Shape"/> says on two lines, of which the polynomials are given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (float Centre, float Radial, float Vertical) OnLines(ReadOnlySpan<float> shape, Vector256<float> height, Vector256<float> radius)
    {
        ref float at = ref MemoryMarshal.GetReference(shape);
        return (Vector256.Dot(Vector256.LoadUnsafe(ref at), height), Vector256.Dot(Vector256.LoadUnsafe(ref at, 8), height),
            Vector128.Dot(Vector128.LoadUnsafe(ref at, 16), radius.GetLower()));
    }

    /// <summary>Jr/(Lm - L_u).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal float Radial(int cell, int groups, ReadOnlySpan<float> weights, float level, ReadOnlySpan<float> polynomials)
        => Quotient(radial, cell, groups, weights, level, polynomials);

    /// <summary>Jz/(L_v - Lz).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal float Vertical(int cell, int groups, ReadOnlySpan<float> weights, float level, ReadOnlySpan<float> polynomials)
        => Quotient(vertical, cell, groups, weights, level, polynomials);

    /// <summary>Number of a cell of energies and momenta among those of the coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Cell(int energy, int momentum) => energy * (momenta + 2) + momentum;

    /// <summary>Groups of polynomials that the radial actions of a cell need; 0 where the table is known to be inaccurate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int RadialGroups(int energy, int momentum, float level) => radialGroups[(energy * (momenta - 1) + momentum) * (levels - 1) + Level(level)];

    /// <summary>As <see cref="RadialGroups"/>, for the vertical actions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int VerticalGroups(int energy, int momentum, float level) => verticalGroups[(energy * (momenta - 1) + momentum) * (levels - 1) + Level(level)];

    /// <summary>
    /// The sum over a stencil of 3 x 3 x 4 coefficients of each polynomial. Four polynomials at four levels lie one behind the other, so that a
    /// star whose action hardly depends on the line reads one vector for each pair of energy and angular momentum.
    /// </summary>
    private float Quotient(float[] table, int cell, int groups, ReadOnlySpan<float> weights, float level, ReadOnlySpan<float> polynomials)
    {
        int k = Level(level), stride = (levels + 2) * Group;
        nuint row = (nuint)((momenta + 2) * stride), column = (nuint)stride;
        UniformSplines.Weights(level - k, out float w0, out float w1, out float w2, out float w3);
        Vector512<float> total = Vector512<float>.Zero;
        ref float weight = ref MemoryMarshal.GetReference(weights);
        ref float polynomial = ref MemoryMarshal.GetReference(polynomials);
        ref float first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(table), cell * stride + k * Group);
        for (int g = 0; g < groups; g++)
        {
            Vector512<float> a = Vector512<float>.Zero, b = a, c = a;
            ref float at = ref first;
            for (int i = 0; i < 3; i++)
            {
                a = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref weight, 3 * i)), Vector512.LoadUnsafe(ref at), a);
                b = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref weight, 3 * i + 1)), Vector512.LoadUnsafe(ref at, column), b);
                c = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref weight, 3 * i + 2)), Vector512.LoadUnsafe(ref at, 2 * column), c);
                at = ref Unsafe.Add(ref at, row);
            }

            Vector128<float> four = Vector128.LoadUnsafe(ref polynomial, (nuint)(g * Group));
            Vector256<float> eight = Vector256.Create(four, four);
            total = Vector512.FusedMultiplyAdd(a + b + c, Vector512.Create(eight, eight), total);
            first = ref Unsafe.Add(ref first, (energies + 2) * (momenta + 2) * stride);
        }

        Vector128<float> sum = (total.GetLower().GetLower() * w0) + (total.GetLower().GetUpper() * w1)
            + ((total.GetUpper().GetLower() * w2) + (total.GetUpper().GetUpper() * w3));
        return Vector128.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Level(float level) => Math.Clamp(float.ConvertToIntegerNative<int>(level), 0, levels - 2);
}
