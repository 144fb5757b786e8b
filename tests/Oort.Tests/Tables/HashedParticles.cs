using Oort.Tables;

namespace Oort.Tests.Tables;

/// <summary>Particles whose coordinates follow from their number alone, for tests of the writers.</summary>
public sealed class HashedParticles(int chunkSize, params SnapshotComponent[] components) : IParticleSource
{
    private int fills;

    public static SnapshotComponent[] Several { get; } =
    [
        new("thin disk", ParticleType.Disk, 1003, 2.5e6),
        new("none here", ParticleType.Stars, 0, 1),
        new("halo, dark", ParticleType.Halo, 257, 1.25e8),
        new("gas", ParticleType.Gas, 64, 1e5 / 3),
        new("bulge \"X\"", ParticleType.Bulge, 1, 7e6),
    ];

    public IReadOnlyList<SnapshotComponent> Components => components;

    public int ChunkSize => chunkSize;

    /// <summary>None, or the two whose numbers are 1 + x and minus x.</summary>
    public IReadOnlyList<ParticleColumn> ExtraColumns { get; init; } = [];

    public static ParticleColumn[] TwoColumns { get; } = [new("above", "", "one more than x"), new("below", "kpc", "minus x")];

    /// <summary>How many chunks were asked for.</summary>
    public int Fills => fills;

    public void Fill(int component, long index, ParticleChunk chunk)
    {
        Interlocked.Increment(ref fills);
        long first = index * chunkSize;
        chunk.Count = (int)Math.Min(chunkSize, components[component].Count - first);
        for (int i = 0; i < chunk.Count; i++)
        {
            double[] p = Particle(component, first + i);
            (chunk.X[i], chunk.Y[i], chunk.Z[i], chunk.VX[i], chunk.VY[i], chunk.VZ[i]) = (p[0], p[1], p[2], p[3], p[4], p[5]);
            for (int k = 0; k < chunk.Extra.Count; k++)
            {
                chunk.Extra[k][i] = k == 0 ? 1 + p[0] : -p[0];
            }
        }
    }

    /// <summary>x, y, z, vx, vy, vz of a particle: of all sizes from 1e-3 to 1e3, of both signs.</summary>
    public static double[] Particle(int component, long number)
    {
        double[] p = new double[6];
        for (int k = 0; k < 6; k++)
        {
            ulong h = (ulong)(((component * 1_000_003L) + number) * 6 + k + 1) * 0x9E3779B97F4A7C15;
            h = (h ^ (h >> 29)) * 0xBF58476D1CE4E5B9;
            h ^= h >> 32;
            p[k] = (h % 2 == 0 ? 1 : -1) * Math.Pow(10, 6 * (h >> 11) / (double)(1L << 53) - 3);
        }

        return p;
    }

    /// <summary>All particles in the order of the components, or in the one given: coordinates, mass, component.</summary>
    public IEnumerable<(double[] P, double Mass, int Component)> All(IEnumerable<int>? order = null)
        => from c in order ?? Enumerable.Range(0, components.Length)
           from i in Enumerable.Range(0, (int)components[c].Count)
           select (Particle(c, i), components[c].ParticleMass, c);
}

/// <summary>What is written into a pipe: bytes in order, no way back.</summary>
public sealed class Pipe : MemoryStream
{
    public override bool CanSeek => false;

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override long Seek(long offset, SeekOrigin loc) => throw new NotSupportedException();
}
