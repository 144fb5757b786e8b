using Oort.Numerics;

namespace Oort.Models;

/// <summary>Draws stars of one component. Safe to share between threads.</summary>
internal abstract class ComponentSampler
{
    /// <summary>Adds stars to a chunk until it holds <paramref name="count"/>.</summary>
    public abstract void Fill(StarChunk chunk, int count, ref Xoshiro256 random);

    /// <summary>Adds a star at a random azimuth, on a random side of the plane.</summary>
    protected static void Place(StarChunk chunk, double R, double z, double vR, double vz, double vphi, ref Xoshiro256 random)
    {
        // 53 bits for the azimuth, one for the side.
        ulong bits = random.Next();
        (double sin, double cos) = Math.SinCos((bits >> 11) * (2 * Math.PI / (1UL << 53)));
        double side = (bits & 1) == 0 ? 1 : -1;
        chunk.Add(R, side * z, vR, side * vz, vphi, cos, sin);
    }
}
