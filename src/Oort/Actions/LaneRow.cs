using System.Numerics;
using System.Runtime.CompilerServices;

namespace Oort.Actions;

/// <summary>
/// How a kernel reads rows of numbers that belong to several orbits, one in each lane: its own lanes are either directions of one
/// orbit or the orbits.
/// </summary>
internal interface ILaneRow
{
    /// <summary>The numbers at place <paramref name="k"/> of the rows that start at <paramref name="row"/>.</summary>
    static abstract Vector<double> At(ref double row, int k);
}

/// <summary>Lanes are directions of the orbit at whose lane the row starts: one number, the same in all.</summary>
internal readonly struct OneOrbit : ILaneRow
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> At(ref double row, int k) => new(Unsafe.Add(ref row, k * Vector<double>.Count));
}

/// <summary>Lanes are orbits: a number each.</summary>
internal readonly struct ManyOrbits : ILaneRow
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> At(ref double row, int k) => Vector.LoadUnsafe(ref row, (nuint)(k * Vector<double>.Count));
}
