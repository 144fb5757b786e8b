using System.Text;

namespace Oort.Tables;

/// <summary>Turns the particles of a chunk into bytes.</summary>
/// <param name="chunk">The particles.</param>
/// <param name="component">Their component.</param>
/// <param name="bytes">Room for as many bytes as was asked for.</param>
/// <returns>Bytes written.</returns>
internal delegate int ParticleEncoder(ParticleChunk chunk, int component, Span<byte> bytes);

/// <summary>What writers of snapshots have in common: particles drawn and encoded on several threads and written in order.</summary>
internal sealed class SnapshotOutput(Stream stream, IParticleSource source, SnapshotOptions options, CancellationToken cancellation)
{
    private const int BlockSize = 1 << 16;

    private double done;

    /// <summary>The components.</summary>
    public IReadOnlyList<SnapshotComponent> Components => source.Components;

    /// <summary>Columns beyond positions, velocities and masses.</summary>
    public IReadOnlyList<ParticleColumn> ExtraColumns { get; } = source.ExtraColumns;

    /// <summary>All particles.</summary>
    public long Count { get; } = source.Components.Sum(c => c.Count);

    /// <summary>How it is written.</summary>
    public SnapshotOptions Options => options;

    /// <summary>Whether the stream can be written at several places.</summary>
    public bool CanSeek => stream.CanSeek;

    /// <summary>Where the next bytes go; for streams that can seek.</summary>
    public long Position
    {
        get => stream.Position;
        set => stream.Position = value;
    }

    /// <summary>Writes bytes.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes) => stream.Write(bytes);

    /// <summary>Writes text, one byte a character of ASCII.</summary>
    public void Text(string text) => stream.Write(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes the same few bytes <paramref name="count"/> times.</summary>
    public void Repeat(ReadOnlySpan<byte> bytes, long count)
    {
        int perBlock = (int)Math.Min(BlockSize / bytes.Length, count);
        byte[] block = new byte[perBlock * bytes.Length];
        for (int i = 0; i < perBlock; i++)
        {
            bytes.CopyTo(block.AsSpan(i * bytes.Length));
        }

        for (; count > 0; count -= perBlock)
        {
            cancellation.ThrowIfCancellationRequested();
            stream.Write(block.AsSpan(0, (int)Math.Min(perBlock, count) * bytes.Length));
        }
    }

    /// <summary>Writes all particles, component by component.</summary>
    /// <param name="order">The order of the components.</param>
    /// <param name="maxBytes">Most bytes a particle takes.</param>
    /// <param name="encode">Makes the bytes.</param>
    /// <param name="passes">How often this snapshot's particles are drawn.</param>
    public void Particles(IReadOnlyList<int> order, int maxBytes, ParticleEncoder encode, int passes = 1)
        => Particles(order, maxBytes, encode, bytes => stream.Write(bytes), passes);

    /// <summary>Hands the bytes of all particles on, chunk after chunk.</summary>
    public void Particles(IReadOnlyList<int> order, int maxBytes, ParticleEncoder encode, Action<ReadOnlySpan<byte>> write, int passes = 1)
    {
        // The chunks of all components are one sequence: chunk i belongs to order[c] where starts[c] <= i < starts[c + 1].
        long[] starts = new long[order.Count + 1];
        for (int c = 0; c < order.Count; c++)
        {
            long count = Components[order[c]].Count;
            starts[c + 1] = starts[c] + (count / source.ChunkSize) + (count % source.ChunkSize == 0 ? 0 : 1);
        }

        new OrderedPipeline<(ParticleChunk Chunk, byte[] Bytes, int Length)>(options.Threads, () => (new(source.ChunkSize, ExtraColumns.Count), new byte[source.ChunkSize * maxBytes], 0)).Run(
            starts[^1],
            (i, own) =>
            {
                // Components without particles have no chunks: the last one that starts here or before has some.
                int c = Array.FindLastIndex(starts, order.Count - 1, s => s <= i);
                source.Fill(order[c], i - starts[c], own.Chunk);
                return own with { Length = encode(own.Chunk, order[c], own.Bytes) };
            },
            own =>
            {
                write(own.Bytes.AsSpan(0, own.Length));
                done += own.Chunk.Count / (double)passes;
                options.Progress?.Report(done / Count);
            },
            cancellation);
    }
}
