using System.Buffers.Binary;
using System.Text;

namespace Oort.Tables;

/// <summary>
/// Writes an array of 64-bit floating-point numbers as NumPy does (format 1.0 of its file .npy: numpy.lib.format), number by number in C order, so that the whole need not be in memory.
/// </summary>
internal sealed class NpyWriter
{
    private const int Alignment = 64;
    private static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    private readonly Stream stream;
    private readonly byte[] buffer = new byte[1 << 16];
    private readonly long length;
    private long written;
    private int used;

    /// <summary>Begins an array.</summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="shape">Its lengths, the last one running fastest.</param>
    public NpyWriter(Stream stream, params ReadOnlySpan<long> shape)
    {
        this.stream = stream;
        length = 1;
        StringBuilder header = new("{'descr': '<f8', 'fortran_order': False, 'shape': (");
        foreach (long n in shape)
        {
            length *= n;
            header.Append(System.Globalization.CultureInfo.InvariantCulture, $"{n}, ");
        }

        header.Append("), }");
        header.Replace(", )", shape.Length == 1 ? ",)" : ")");
        int prefix = Magic.Length + sizeof(ushort), padded = (prefix + header.Length + 1 + Alignment - 1) / Alignment * Alignment - prefix;
        header.Append(' ', padded - header.Length - 1).Append('\n');
        stream.Write(Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(buffer, (ushort)padded);
        stream.Write(buffer, 0, sizeof(ushort));
        stream.Write(Encoding.ASCII.GetBytes(header.ToString()));
    }

    /// <summary>The next number.</summary>
    public void Write(double x)
    {
        if (used == buffer.Length)
        {
            Flush();
        }

        BinaryPrimitives.WriteDoubleLittleEndian(buffer.AsSpan(used), x);
        used += sizeof(double);
        written++;
    }

    /// <summary>Ends the array.</summary>
    /// <exception cref="InvalidOperationException">More or fewer numbers were written than its shape has.</exception>
    public void Complete()
    {
        Flush();
        if (written != length)
        {
            throw new InvalidOperationException($"an array of {length} numbers got {written}");
        }
    }

    private void Flush()
    {
        stream.Write(buffer, 0, used);
        used = 0;
    }
}
