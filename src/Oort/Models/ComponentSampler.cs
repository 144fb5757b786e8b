using Oort.Numerics;
using Oort.Tables;

namespace Oort.Models;

/// <summary>Draws stars of one component. Safe to share between threads.</summary>
internal abstract class ComponentSampler
{
    /// <summary>Adds stars to a chunk until it holds <paramref name="count"/>.</summary>
    public abstract void Fill(ParticleChunk chunk, int count, ref Xoshiro256 random);

    /// <summary>
    /// Adds a star at a random azimuth, on a random side of the plane and on its way there or back: f is the same at (z, v_R, v_z),
    /// (-z, v_R, -v_z) and (z, -v_R, -v_z).
    /// </summary>
    protected static void Place(ParticleChunk chunk, double R, double z, double vR, double vz, double vphi, ref Xoshiro256 random)
    {
        // 53 bits for the azimuth, one each for the side and the way.
        ulong bits = random.Next();
        (double sin, double cos) = Math.SinCos((bits >> 11) * (2 * Math.PI / (1UL << 53)));
        double side = (bits & 1) == 0 ? 1 : -1, way = (bits & 2) == 0 ? 1 : -1;
        (z, vR, vz) = (side * z, way * vR, side * way * vz);
        int i = chunk.Count++;
        chunk.X[i] = R * cos;
        chunk.Y[i] = R * sin;
        chunk.Z[i] = z;
        chunk.VX[i] = vR * cos - vphi * sin;
        chunk.VY[i] = vR * sin + vphi * cos;
        chunk.VZ[i] = vz;
    }
}
