using System.IO.Compression;

namespace Oort.Tables;

/// <summary>
/// Text compressed by gzip, in one or more members, that is known to be whole. <see cref="GZipStream"/> takes a file that was cut off for one that ends
/// there; so a member of our own is appended, which comes out at the end if and only if what is before it was complete.
/// </summary>
internal sealed class GzipInput(Stream compressed) : ForwardStream
{
    private const int BufferSize = 1 << 16;

    private static ReadOnlySpan<byte> Mark => "\0oort:whole\0"u8;

    private static readonly byte[] MarkMember = Compressed(Mark);

    private readonly GZipStream text = new(new Continued(compressed), CompressionMode.Decompress);
    private readonly byte[] buffer = new byte[BufferSize];
    private int start, end;

    /// <inheritdoc/>
    public override int Read(Span<byte> destination)
    {
        // What may be the mark is held back.
        while (end - start <= Mark.Length)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            int n = text.Read(buffer, end, buffer.Length - end);
            end += n;
            if (n == 0)
            {
                return buffer.AsSpan(0, end).SequenceEqual(Mark) ? 0
                    : throw new InvalidDataException("the compressed data end before they are complete, or something else follows them");
            }
        }

        int count = Math.Min(destination.Length, end - start - Mark.Length);
        buffer.AsSpan(start, count).CopyTo(destination);
        start += count;
        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            text.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] Compressed(ReadOnlySpan<byte> bytes)
    {
        using MemoryStream member = new();
        using (GZipStream gzip = new(member, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return member.ToArray();
    }

    /// <summary>The file, then the member with the mark.</summary>
    private sealed class Continued(Stream file) : ForwardStream
    {
        private int given;

        public override int Read(Span<byte> destination)
        {
            int n = given > 0 ? 0 : file.Read(destination);
            if (n == 0)
            {
                n = Math.Min(destination.Length, MarkMember.Length - given);
                MarkMember.AsSpan(given, n).CopyTo(destination);
                given += n;
            }

            return n;
        }
    }
}
