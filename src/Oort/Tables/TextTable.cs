using System.Text;

namespace Oort.Tables;

/// <summary>
/// The text formats of a <see cref="TableStream"/>: a header line, then rows of cells between commas, tabs or blanks; lines that start with
/// <c>#</c> and empty ones are passed over. In text between blanks the header may be the last such line. An empty cell (in CSV), <c>null</c>, <c>nan</c> and <c>--</c> are missing.
/// </summary>
internal sealed class TextTable : TableStream
{
    /// <summary>Bytes read at a time: large beside a line, small beside memory.</summary>
    private const int PieceSize = 1 << 20;

    private readonly FileStream file;
    private readonly Stream text;
    private readonly byte separator;
    private byte[] rest = [];
    private long line;
    private bool ended;

    private TextTable(FileStream file, Stream text, byte separator) => (this.file, this.text, this.separator) = (file, text, separator);

    /// <summary>
    /// Share of the file's bytes, compressed ones where it is: known without reading it all. A pipe has no length.
    /// </summary>
    protected override double Share => file.CanSeek && file.Length > 0 ? (double)file.Position / file.Length : 0;

    /// <summary>Reads the header.</summary>
    public static TextTable Open(string path, FileStream file, bool gzip)
    {
        Stream text = gzip ? new GzipInput(file) : file;
        byte[] bytes = new byte[PieceSize];
        int length = Fill(path, text, bytes, 0);
        if (OtherFormat(bytes.AsSpan(0, length)) is string other)
        {
            throw new InputException($"{path}: is {other}, which is not read; save the table as CSV, ECSV or FITS");
        }

        StringBuilder comments = new();
        int at = bytes.AsSpan(0, length).StartsWith("\uFEFF"u8) ? 3 : 0;
        long lines = 0;
        while (true)
        {
            int end = bytes.AsSpan(at, length - at).IndexOf((byte)'\n');
            if (end < 0 && length == bytes.Length)
            {
                // Headers with histories can be long; the rest of the file is not read for them.
                Array.Resize(ref bytes, 2 * bytes.Length);
                length = Fill(path, text, bytes, length);
                continue;
            }

            if (end < 0 && at == length)
            {
                throw new InputException(lines == 0 ? $"{path}: is empty; a header line with the names of the columns is needed" : $"{path}: has no header line with the names of the columns, or no rows: there are only comments");
            }

            string current = Encoding.UTF8.GetString(bytes, at, end < 0 ? length - at : end).TrimEnd('\r');
            int next = end < 0 ? length : at + end + 1;
            lines++;
            if (current.Length == 0 || current[0] == '#')
            {
                comments.Append(current).Append('\n');
                at = next;
                continue;
            }

            (byte separator, StreamColumn[] columns, bool isRow) = TextHeader.Read(path, comments.ToString(), current);
            return new(file, text, separator)
            {
                Name = path,
                Columns = columns,
                rest = bytes[(isRow ? at : next)..length],
                line = isRow ? lines - 1 : lines,
                ended = length < bytes.Length,
            };
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        text.Dispose();
        file.Dispose();
    }

    /// <inheritdoc/>
    protected override BlockReader Reader(IReadOnlyList<int> columns) => new TextBlockReader(this, columns);

    /// <summary>What a file is that begins so and is no text table; null where it may be one.</summary>
    private static string? OtherFormat(ReadOnlySpan<byte> start)
        => start.TrimStart("\uFEFF \t\r\n"u8).StartsWith("<"u8) ? (start[..Math.Min(start.Length, 4096)].IndexOf("<VOTABLE"u8) >= 0 ? "a VOTable" : "XML or HTML")
            : start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F']) ? "HDF5"
            : start.StartsWith("PAR1"u8) ? "Parquet"
            : start[..Math.Min(start.Length, 4096)].Contains((byte)0) ? "a binary file"
            : null;

    /// <summary>Reads until the buffer is full or the text ends.</summary>
    /// <returns>Bytes in the buffer.</returns>
    private static int Fill(string path, Stream text, byte[] bytes, int length)
    {
        try
        {
            return length + text.ReadAtLeast(bytes.AsSpan(length), bytes.Length - length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{path}: its gzip compression is damaged or it was cut off: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        catch (IOException e)
        {
            throw new InputException($"{path}: cannot be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private sealed class TextBlockReader(TextTable table, IReadOnlyList<int> columns) : BlockReader
    {
        private readonly RowParser parser = new(table.Name, table.Columns, columns, table.separator);
        private byte[] bytes = [];
        private int length;
        private long firstLine;

        /// <summary>Whole lines.</summary>
        public override bool Fetch()
        {
            if (bytes.Length < Math.Max(PieceSize, table.rest.Length))
            {
                bytes = new byte[Math.Max(PieceSize, table.rest.Length)];
            }

            table.rest.CopyTo(bytes, 0);
            length = table.rest.Length;
            int lastBreak;
            while (true)
            {
                if (!table.ended)
                {
                    length = Fill(table.Name, table.text, bytes, length);
                    table.ended = length < bytes.Length;
                }

                lastBreak = table.ended ? length : bytes.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
                if (lastBreak > 0 || table.ended)
                {
                    break;
                }

                // A line longer than the buffer.
                Array.Resize(ref bytes, 2 * bytes.Length);
            }

            table.rest = bytes[lastBreak..length];
            length = lastBreak;
            firstLine = table.line;
            table.line += bytes.AsSpan(0, length).Count((byte)'\n');
            return length > 0;
        }

        public override void Parse(TableBlock block) => parser.Parse(bytes.AsSpan(0, length), firstLine, block);
    }
}
