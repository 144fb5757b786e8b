namespace Oort.Tables;

/// <summary>
/// Particles of several components, in chunks that can be asked for in any order, from any thread, and more than once, always
/// with the same result: so that a snapshot of any size is written as it is drawn, whatever a format's layout.
/// </summary>
public interface IParticleSource
{
    /// <summary>The components, with the number of particles of each.</summary>
    IReadOnlyList<SnapshotComponent> Components { get; }

    /// <summary>Particles of a chunk: all chunks of a component are full but its last.</summary>
    int ChunkSize { get; }

    /// <summary>Columns that its particles have beyond positions, velocities and masses; none by default.</summary>
    IReadOnlyList<ParticleColumn> ExtraColumns => [];

    /// <summary>Fills a chunk.</summary>
    /// <param name="component">Position in <see cref="Components"/>.</param>
    /// <param name="index">Which chunk of the component, from 0: it begins with particle <paramref name="index"/> times <see cref="ChunkSize"/>.</param>
    /// <param name="chunk">Has room for <see cref="ChunkSize"/>; its columns, those of <see cref="ExtraColumns"/> included, and its count are set.</param>
    void Fill(int component, long index, ParticleChunk chunk);
}
