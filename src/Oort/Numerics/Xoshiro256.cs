using System.Numerics;
using System.Runtime.CompilerServices;

namespace Oort.Numerics;

/// <summary>
/// The generator xoshiro256++ of Blackman and Vigna (2021, ACM Trans. Math. Softw. 47, 36): 64 random bits a call, period 2^256 - 1.
/// Its state is filled by splitmix64 from words that name a stream, so that streams need no common history: with 2^20 streams of 2^40 numbers
/// the chance that any two overlap is below 1e-50. Mutable: pass by reference.
/// </summary>
internal struct Xoshiro256
{
    private ulong s0, s1, s2, s3;

    /// <summary>The stream named by words.</summary>
    public Xoshiro256(params ReadOnlySpan<ulong> name)
    {
        ulong key = (ulong)name.Length;
        foreach (ulong word in name)
        {
            key = Mix(key + word);
        }

        s0 = Next(ref key);
        s1 = Next(ref key);
        s2 = Next(ref key);
        s3 = Next(ref key);
    }

    /// <summary>The generator in a given state, not all zero.</summary>
    public Xoshiro256((ulong, ulong, ulong, ulong) state) => (s0, s1, s2, s3) = state;

    /// <summary>64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        ulong result = BitOperations.RotateLeft(s0 + s3, 23) + s0, t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>A number even in [0, 1), a multiple of 2^-53.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Two independent normal deviates of mean 0 and variance 1, by Box and Muller's method.</summary>
    public (double X, double Y) Normal()
    {
        double length = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
        (double sin, double cos) = Math.SinCos(2 * Math.PI * Uniform());
        return (length * cos, length * sin);
    }

    /// <summary>Fills a span with random bits.</summary>
    public void Fill(Span<ulong> bits)
    {
        // The state in registers.
        Xoshiro256 own = this;
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = own.Next();
        }

        this = own;
    }

    private static ulong Next(ref ulong key)
    {
        key += 0x9e3779b97f4a7c15;
        return Mix(key);
    }

    /// <summary>The output function of splitmix64, a bijection.</summary>
    private static ulong Mix(ulong x)
    {
        x += 0x9e3779b97f4a7c15;
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
        x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
        return x ^ (x >> 31);
    }
}
