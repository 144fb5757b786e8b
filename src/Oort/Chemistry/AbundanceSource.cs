using Oort.Tables;

namespace Oort.Chemistry;

/// <summary>Particles with their abundances: <see cref="GalaxyChemistry.WithAbundances"/>.</summary>
internal sealed class AbundanceSource(GalaxyChemistry chemistry, IParticleSource particles, ulong seed) : IParticleSource
{
    /// <inheritdoc/>
    public IReadOnlyList<SnapshotComponent> Components => particles.Components;

    /// <inheritdoc/>
    public int ChunkSize => particles.ChunkSize;

    /// <summary>The particles' own columns, then the two abundances.</summary>
    public IReadOnlyList<ParticleColumn> ExtraColumns { get; } = [.. particles.ExtraColumns, .. GalaxyChemistry.Columns];

    /// <inheritdoc/>
    public void Fill(int component, long index, ParticleChunk chunk)
    {
        particles.Fill(component, index, chunk);
        chemistry.Draw(component, index * ChunkSize, chunk, seed, chunk.Extra[^2], chunk.Extra[^1]);
    }
}
