using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using static Oort.Tables.FitsHeader;

namespace Oort.Tables;

/// <summary>Formats of a table that is written while its rows are made.</summary>
public enum StreamedFormat
{
    /// <summary>Comma-separated, with a header line.</summary>
    Csv,

    /// <summary>Comma-separated with names, units and types in a header that astropy reads.</summary>
    Ecsv,

    /// <summary>A FITS file with one binary table.</summary>
    Fits,
}

/// <summary>
/// Writes a table of any length from front to back while its rows are made on several threads, chunk after chunk: numbers with nine significant
/// digits in text, in double precision in FITS.
/// </summary>
/// <typeparam name="T">A chunk of rows: its buffers are used again.</typeparam>
internal sealed class StreamedTable<T>
{
    private readonly IReadOnlyList<StreamedColumn<T>> columns;
    private readonly byte[][][] words;

    /// <summary>A table of columns.</summary>
    public StreamedTable(IReadOnlyList<StreamedColumn<T>> columns)
    {
        this.columns = columns;
        words = [.. columns.Select(c => c.Words.Select(Quoted).ToArray())];
    }

    /// <summary>Number of rows.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows of a chunk: all are full but the last, unless <see cref="Sizes"/> says otherwise.</summary>
    public required int ChunkSize { get; init; }

    /// <summary>Rows of each chunk, at most <see cref="ChunkSize"/>, adding up to <see cref="Rows"/>; null where all are full but the last.</summary>
    public IReadOnlyList<int>? Sizes { get; init; }

    /// <summary>Makes the buffers of a chunk.</summary>
    public required Func<T> Create { get; init; }

    /// <summary>Makes so many rows of a chunk, given its number, in its buffers, on any thread.</summary>
    public required Action<long, int, T> Fill { get; init; }

    /// <summary>Threads on which rows are made; the bytes do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>One line on where the rows come from, kept where the format has a place for it.</summary>
    public string History { get; init; } = "";

    /// <summary>Told the share of rows that is written, now and then, from any thread.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Writes the table; the caller closes the stream.</summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="format">The format.</param>
    /// <param name="gzip">Whether it is compressed by gzip.</param>
    /// <param name="cancellation">Stops the work.</param>
    public void Write(Stream stream, StreamedFormat format, bool gzip, CancellationToken cancellation = default)
    {
        if (!gzip)
        {
            Write(stream, format, cancellation);
            return;
        }

        using GZipStream compressed = new(stream, CompressionLevel.Fastest, leaveOpen: true);
        Write(compressed, format, cancellation);
    }

    private void Write(Stream stream, StreamedFormat format, CancellationToken cancellation)
    {
        bool fits = format == StreamedFormat.Fits;
        int rowBytes = fits ? columns.Sum(FitsWidth) : columns.Select((c, k) => c.Word is null ? ShortNumber.MaxLength + 1 : words[k].Max(w => w.Length) + 1).Sum();
        stream.Write(Encoding.UTF8.GetBytes(format switch
        {
            StreamedFormat.Fits => NoPrimaryArray + Header(Cards(rowBytes)),
            StreamedFormat.Ecsv => EcsvHead() + Names(),
            _ => Names(),
        }));
        long done = 0;
        new OrderedPipeline<(T Chunk, byte[] Bytes, int Length, int Count)>(Threads, () => (Create(), new byte[ChunkSize * rowBytes], 0, 0)).Run(
            Sizes?.Count ?? Rows / ChunkSize + (Rows % ChunkSize == 0 ? 0 : 1),
            (index, own) =>
            {
                int count = Sizes?[(int)index] ?? (int)Math.Min(ChunkSize, Rows - index * ChunkSize);
                Fill(index, count, own.Chunk);
                return own with { Length = fits ? EncodeFits(own.Chunk, count, own.Bytes) : EncodeText(own.Chunk, count, own.Bytes), Count = count };
            },
            own =>
            {
                stream.Write(own.Bytes.AsSpan(0, own.Length));
                done += own.Count;
                Progress?.Report((double)done / Rows);
            },
            cancellation);
        if (fits)
        {
            long over = Rows % Block * rowBytes % Block;
            stream.Write(new byte[over == 0 ? 0 : Block - over]);
        }
    }

    private string Names() => string.Join(',', columns.Select(c => c.Name)) + "\n";

    private string EcsvHead()
    {
        StringBuilder head = new("# %ECSV 1.0\n# ---\n# delimiter: ','\n# datatype:\n");
        foreach (StreamedColumn<T> c in columns)
        {
            string unit = c.Unit.Length > 0 ? $", unit: {c.Unit}" : "", type = c.Word is not null ? "string" : c.Whole is not null ? "int64" : "float64";
            head.Append(CultureInfo.InvariantCulture, $"# - {{name: {c.Name}{unit}, datatype: {type}, description: '{c.Meaning.Replace("'", "''", StringComparison.Ordinal)}'}}\n");
        }

        return head.Append("# schema: astropy-2.0\n").ToString();
    }

    private int EncodeText(T chunk, int count, Span<byte> bytes)
    {
        int n = 0;
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < columns.Count; k++)
            {
                StreamedColumn<T> c = columns[k];
                if (c.Number is not null)
                {
                    n += ShortNumber.Write(bytes[n..], c.Number(chunk, i));
                }
                else if (c.Whole is not null)
                {
                    c.Whole(chunk, i).TryFormat(bytes[n..], out int written, default, CultureInfo.InvariantCulture);
                    n += written;
                }
                else
                {
                    byte[] word = words[k][c.Word!(chunk, i)];
                    word.CopyTo(bytes[n..]);
                    n += word.Length;
                }

                bytes[n++] = (byte)(k < columns.Count - 1 ? ',' : '\n');
            }
        }

        return n;
    }

    private int EncodeFits(T chunk, int count, Span<byte> bytes)
    {
        int n = 0;
        for (int i = 0; i < count; i++)
        {
            foreach (StreamedColumn<T> c in columns)
            {
                Span<byte> cell = bytes.Slice(n, FitsWidth(c));
                if (c.Number is not null)
                {
                    BinaryPrimitives.WriteDoubleBigEndian(cell, c.Number(chunk, i));
                }
                else if (c.Whole is not null)
                {
                    BinaryPrimitives.WriteInt64BigEndian(cell, c.Whole(chunk, i));
                }
                else
                {
                    cell.Fill((byte)' ');
                    Encoding.ASCII.GetBytes(c.Words[c.Word!(chunk, i)], cell);
                }

                n += cell.Length;
            }
        }

        return n;
    }

    private List<string> Cards(int rowBytes)
    {
        List<string> cards =
        [
            Card("XTENSION", FitsHeader.Text("BINTABLE"), "binary table"),
            Card("BITPIX", "8", ""),
            Card("NAXIS", "2", ""),
            Card("NAXIS1", Integer(rowBytes), "bytes in a row"),
            Card("NAXIS2", Integer(Rows), "rows"),
            Card("PCOUNT", "0", ""),
            Card("GCOUNT", "1", ""),
            Card("TFIELDS", Integer(columns.Count), "columns"),
        ];
        for (int i = 0; i < columns.Count; i++)
        {
            StreamedColumn<T> c = columns[i];
            cards.Add(Card($"TTYPE{i + 1}", FitsHeader.Text(c.Name), c.Meaning));
            cards.Add(Card($"TFORM{i + 1}", FitsHeader.Text(c.Word is not null ? $"{FitsWidth(c)}A" : c.Whole is not null ? "K" : "D"), ""));
            if (c.Unit.Length > 0)
            {
                cards.Add(Card($"TUNIT{i + 1}", FitsHeader.Text(c.Unit.Replace(" ", "", StringComparison.Ordinal)), ""));
            }
        }

        cards.AddRange(FitsHeader.History(History));
        return cards;
    }

    private static int FitsWidth(StreamedColumn<T> c) => c.Word is null ? sizeof(double) : Math.Max(1, c.Words.Max(w => w.Length));

    private static byte[] Quoted(string word)
    {
        using StringWriter cell = new();
        new CsvTableWriter(cell).Text(word);
        return Encoding.UTF8.GetBytes(cell.ToString());
    }
}
