using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Oort.Tables;

/// <summary>
/// NEMO's binary snapshots: items of filestruct(5NEMO) arranged as in snapshot(5NEMO), little-endian (NEMO reads both). An item is a
/// magic number, a type, a tag (both end with a zero byte), for arrays the dimensions (slowest first, ended by 0), and the data.
/// </summary>
internal static class NemoSnapshot
{
    private const short Single = (9 << 8) + 0x92, Plural = (11 << 8) + 0x92;

    /// <summary>Cartesian coordinates (1 &lt;&lt; 16), three dimensions, two derivatives: positions and velocities.</summary>
    private const int CoordinateSystem = (1 << 16) | (3 << 8) | 2;

    private const int PhaseSpaceBytes = 6 * sizeof(float);

    public static void Write(SnapshotOutput output)
    {
        int count = checked((int)output.Count);
        IReadOnlyList<SnapshotComponent> components = output.Components;
        Text(output, "History", Legend(output));
        Begin(output, "SnapShot");
        Begin(output, "Parameters");
        Scalar(output, "i", "Nobj", count);
        Scalar(output, "d", "Time", output.Options.Time);
        End(output);
        Begin(output, "Particles");
        Scalar(output, "i", "CoordSystem", CoordinateSystem);
        Array(output, "f", "Mass", count);
        foreach (SnapshotComponent c in components)
        {
            Repeat(output, (float)c.ParticleMass, c.Count);
        }

        Array(output, "f", "PhaseSpace", count, 2, 3);
        output.Particles([.. Enumerable.Range(0, components.Count)], PhaseSpaceBytes, Encode);
        Array(output, "i", "Key", count);
        for (int c = 0; c < components.Count; c++)
        {
            Repeat(output, c, components[c].Count);
        }

        End(output);
        End(output);
    }

    private static int Encode(ParticleChunk chunk, int component, Span<byte> bytes)
    {
        Span<float> to = MemoryMarshal.Cast<byte, float>(bytes);
        ReadOnlySpan<double> x = chunk.X, y = chunk.Y, z = chunk.Z, vx = chunk.VX, vy = chunk.VY, vz = chunk.VZ;
        for (int i = 0; i < chunk.Count; i++)
        {
            Span<float> p = to.Slice(6 * i, 6);
            (p[0], p[1], p[2]) = ((float)x[i], (float)y[i], (float)z[i]);
            (p[3], p[4], p[5]) = ((float)vx[i], (float)vy[i], (float)vz[i]);
        }

        return chunk.Count * PhaseSpaceBytes;
    }

    private static string Legend(SnapshotOutput output)
    {
        string names = string.Join("; ", output.Components.Select((c, i) => $"Key {i}: {c.Name}"));
        return $"{output.Options.History}{(output.Options.History.Length > 0 ? "; " : "")}units: kpc, km/s, Msun; {names}";
    }

    private static void Begin(SnapshotOutput output, string tag) => Header(output, Single, "(", tag);

    /// <summary>The end of a set: an item that has no tag.</summary>
    private static void End(SnapshotOutput output) => Header(output, Single, ")", null);

    private static void Header(SnapshotOutput output, short magic, string type, string? tag)
    {
        Span<byte> number = stackalloc byte[sizeof(short)];
        BinaryPrimitives.WriteInt16LittleEndian(number, magic);
        output.Bytes(number);
        output.Text(tag is null ? $"{type}\0" : $"{type}\0{tag}\0");
    }

    private static void Scalar<T>(SnapshotOutput output, string type, string tag, T value)
        where T : unmanaged
    {
        Header(output, Single, type, tag);
        output.Bytes(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
    }

    private static void Array(SnapshotOutput output, string type, string tag, params ReadOnlySpan<int> dimensions)
    {
        Header(output, Plural, type, tag);
        output.Bytes(MemoryMarshal.AsBytes(dimensions));
        output.Bytes(stackalloc byte[sizeof(int)]);
    }

    private static void Repeat<T>(SnapshotOutput output, T value, long count)
        where T : unmanaged
        => output.Repeat(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)), count);

    /// <summary>An array of characters that ends with a zero byte, as all strings do in NEMO.</summary>
    private static void Text(SnapshotOutput output, string tag, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text.ReplaceLineEndings(" ") + "\0");
        Array(output, "c", tag, bytes.Length);
        output.Bytes(bytes);
    }
}
