using Oort.Numerics;
using Oort.Tables;

namespace Oort.Models;

/// <summary>Draws stars of one component. Safe to share between threads.</summary>
internal abstract class ComponentSampler
{
    /// <summary>Adds stars to a chunk until it holds <paramref name="count"/>.</summary>
    public abstract void Fill(ParticleChunk chunk, int count, ref Xoshiro256 random);

    /// <summary>A sampler of the velocities at one place: its stars are at azimuth 0.</summary>
    /// <param name="R">Radius, kpc.</param>
    /// <param name="z">Height, kpc, not negative.</param>
    /// <param name="threads">Threads to use.</param>
    public abstract ComponentSampler At(double R, double z, int threads);

    /// <summary>
    /// Adds a star at a random azimuth, on a random side of the plane and on its way there or back: f is the same at (z, v_R, v_z),
    /// (-z, v_R, -v_z) and (z, -v_R, -v_z). If <paramref name="here"/>, at azimuth 0 and on this side.
    /// </summary>
    protected static void Place(
        ParticleChunk chunk, double R, double z, double vR, double vz, double vphi, double Jr, double Jz, bool here, ref Xoshiro256 random)
    {
        // 53 bits for the azimuth, one each for the side and the way.
        ulong bits = random.Next();
        (double sin, double cos) = Math.SinCos((bits >> 11) * (2 * Math.PI / (1UL << 53)));
        (sin, cos) = here ? (0, 1) : (sin, cos);
        double side = here || (bits & 1) == 0 ? 1 : -1, way = (bits & 2) == 0 ? 1 : -1;
        (z, vR, vz) = (side * z, way * vR, side * way * vz);
        int i = chunk.Count++;
        chunk.X[i] = R * cos;
        chunk.Y[i] = R * sin;
        chunk.Z[i] = z;
        chunk.VX[i] = vR * cos - vphi * sin;
        chunk.VY[i] = vR * sin + vphi * cos;
        chunk.VZ[i] = vz;
        (chunk.Jr[i], chunk.Jz[i]) = (Jr, Jz);
    }
}
