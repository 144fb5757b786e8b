using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Oort.Tables;

/// <summary>
/// Format 1 of Gadget-2 (Springel 2005; the users' guide, section 6): blocks of Fortran's unformatted files, each between two
/// markers of 4 bytes with its length. Masses are in the MASS block, in units of 1e10 Msun. Little-endian.
/// </summary>
internal static class GadgetSnapshot
{
    /// <summary>Positions take 12 bytes a particle, and a block's length must fit into 4 bytes.</summary>
    public const long MaxCount = uint.MaxValue / VectorBytes;

    private const int VectorBytes = 3 * sizeof(float), HeaderBytes = 256, Types = 6;

    private const double MassUnit = 1e10;

    public static void Write(SnapshotOutput output)
    {
        IReadOnlyList<SnapshotComponent> components = output.Components;
        int[] order = [.. Enumerable.Range(0, components.Count).OrderBy(c => components[c].Type)];
        long count = output.Count;
        Marker(output, HeaderBytes);
        output.Bytes(Header(output));
        Marker(output, HeaderBytes);

        if (output.CanSeek)
        {
            Marker(output, count * VectorBytes);
            long positions = output.Position, velocities = positions + count * VectorBytes + 2 * sizeof(uint);
            output.Particles(order, 2 * VectorBytes, (chunk, _, bytes) => Vectors(chunk.X, chunk.Y, chunk.Z, chunk.Count, bytes)
                + Vectors(chunk.VX, chunk.VY, chunk.VZ, chunk.Count, bytes[(chunk.Count * VectorBytes)..]), bytes =>
            {
                int half = bytes.Length / 2;
                output.Position = positions;
                output.Bytes(bytes[..half]);
                output.Position = velocities;
                output.Bytes(bytes[half..]);
                positions += half;
                velocities += half;
            });
            output.Position = positions;
            Marker(output, count * VectorBytes);
            Marker(output, count * VectorBytes);
            output.Position = velocities;
            Marker(output, count * VectorBytes);
        }
        else
        {
            Marker(output, count * VectorBytes);
            output.Particles(order, VectorBytes, (chunk, _, bytes) => Vectors(chunk.X, chunk.Y, chunk.Z, chunk.Count, bytes), passes: 2);
            Marker(output, count * VectorBytes);
            Marker(output, count * VectorBytes);
            output.Particles(order, VectorBytes, (chunk, _, bytes) => Vectors(chunk.VX, chunk.VY, chunk.VZ, chunk.Count, bytes), passes: 2);
            Marker(output, count * VectorBytes);
        }

        Identifiers(output, count);
        Marker(output, count * sizeof(float));
        foreach (int c in order)
        {
            float mass = (float)(components[c].ParticleMass / MassUnit);
            output.Repeat(MemoryMarshal.AsBytes(new ReadOnlySpan<float>(in mass)), components[c].Count);
        }

        Marker(output, count * sizeof(float));
        long gas = components.Where(c => c.Type == ParticleType.Gas).Sum(c => c.Count);
        if (gas > 0)
        {
            // Gadget wants the gas's specific energy after the masses; where it is 0 its parameter InitGasTemp sets it.
            Marker(output, gas * sizeof(float));
            output.Repeat(stackalloc byte[sizeof(float)], gas);
            Marker(output, gas * sizeof(float));
        }
    }

    /// <summary>Numbers by type, masses by type (0: they are in the block MASS), time, flags and cosmology (all 0 but h = 1), one file.</summary>
    private static byte[] Header(SnapshotOutput output)
    {
        byte[] header = new byte[HeaderBytes];
        Span<byte> h = header;
        foreach (SnapshotComponent c in output.Components)
        {
            foreach (int start in new[] { 0, 96 })
            {
                Span<byte> number = h[(start + sizeof(int) * (int)c.Type)..];
                BinaryPrimitives.WriteUInt32LittleEndian(number, BinaryPrimitives.ReadUInt32LittleEndian(number) + (uint)c.Count);
            }
        }

        BinaryPrimitives.WriteDoubleLittleEndian(h[(4 * Types + 8 * Types)..], output.Options.Time);
        BinaryPrimitives.WriteInt32LittleEndian(h[124..], 1);
        BinaryPrimitives.WriteDoubleLittleEndian(h[152..], 1);
        return header;
    }

    private static int Vectors(double[] x, double[] y, double[] z, int count, Span<byte> bytes)
    {
        Span<float> to = MemoryMarshal.Cast<byte, float>(bytes);
        for (int i = 0; i < count; i++)
        {
            Span<float> p = to.Slice(3 * i, 3);
            (p[0], p[1], p[2]) = ((float)x[i], (float)y[i], (float)z[i]);
        }

        return count * VectorBytes;
    }

    /// <summary>Particles are numbered from 1, in the order of the file.</summary>
    private static void Identifiers(SnapshotOutput output, long count)
    {
        const int PerBlock = 1 << 14;
        uint[] numbers = new uint[PerBlock];
        Marker(output, count * sizeof(uint));
        for (long first = 0; first < count; first += PerBlock)
        {
            int n = (int)Math.Min(PerBlock, count - first);
            for (int i = 0; i < n; i++)
            {
                numbers[i] = (uint)(first + i + 1);
            }

            output.Bytes(MemoryMarshal.AsBytes(numbers.AsSpan(0, n)));
        }

        Marker(output, count * sizeof(uint));
    }

    private static void Marker(SnapshotOutput output, long bytes)
    {
        Span<byte> marker = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(marker, checked((uint)bytes));
        output.Bytes(marker);
    }
}
