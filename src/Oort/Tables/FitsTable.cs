using System.Text;

namespace Oort.Tables;

/// <summary>
/// The first binary table of a FITS file as a <see cref="TableStream"/>, by CFITSIO. A compressed file is uncompressed in memory, which only then grows with it.
/// </summary>
internal sealed class FitsTable : TableStream
{
    private const int TextWidth = 81;

    private readonly IntPtr file;
    private readonly long rows;
    private long row;
    private bool closed;

    private FitsTable(IntPtr file, long rows) => (this.file, this.rows) = (file, rows);

    /// <inheritdoc/>
    protected override double Share => rows > 0 ? (double)row / rows : 1;

    /// <summary>Opens a file and finds its table.</summary>
    public static FitsTable OpenFits(string path)
    {
        Cfitsio.CheckInstalled(path);
        int status = 0;
        Cfitsio.OpenDiskFile(out IntPtr file, path, 0, ref status);
        Check(path, status);
        try
        {
            const int binaryTable = 2;
            int kind = 0;
            while (kind != binaryTable)
            {
                if (Cfitsio.MoveRelative(file, 1, out kind, ref status) != 0)
                {
                    throw new InputException($"{path}: is a FITS file without a binary table");
                }
            }

            Cfitsio.RowCount(file, out long rows, ref status);
            Cfitsio.ColumnCount(file, out int count, ref status);
            Check(path, status);
            return new(file, rows) { Name = path, Columns = [.. Enumerable.Range(1, count).Select(i => Column(path, file, i))] };
        }
        catch
        {
            int ignored = 0;
            Cfitsio.Close(file, ref ignored);
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (!closed)
        {
            int status = 0;
            Cfitsio.Close(file, ref status);
            closed = true;
        }
    }

    /// <inheritdoc/>
    protected override BlockReader Reader(IReadOnlyList<int> columns) => new FitsBlockReader(this, columns);

    private static StreamColumn Column(string path, IntPtr file, int number)
    {
        int status = 0;
        string name = Key(file, $"TTYPE{number}") ?? $"column {number}";
        Cfitsio.ColumnType(file, number, out int type, out long repeat, out _, ref status);
        Check(path, status);
        const int text = 16, logical = 14, bit = 1;
        string? what = Math.Abs(type) switch
        {
            text => "string",
            logical or bit => "bool",
            83 or 163 => "complex",
            _ => repeat == 1 && type > 0 ? null : "array",
        };
        return new(name, Key(file, $"TUNIT{number}"), what);
    }

    private static string? Key(IntPtr file, string key)
    {
        int status = 0;
        byte[] value = new byte[TextWidth];
        return Cfitsio.ReadTextKey(file, key, value, IntPtr.Zero, ref status) == 0 ? Encoding.ASCII.GetString(value, 0, Array.IndexOf(value, (byte)0)).Trim() : null;
    }

    private static void Check(string path, int status)
    {
        if (status != 0)
        {
            throw new InputException($"{path}: cannot be read as FITS: {Cfitsio.Message(status)}");
        }
    }

    private sealed class FitsBlockReader(FitsTable table, IReadOnlyList<int> columns) : BlockReader
    {
        private const int BlockRows = 1 << 14;

        private readonly double[][] numbers = [.. columns.Select(_ => new double[BlockRows])];
        private int count;

        /// <summary>CFITSIO is not for several threads, so all is done here.</summary>
        public override bool Fetch()
        {
            count = (int)Math.Min(BlockRows, table.rows - table.row);
            for (int c = 0; c < columns.Count && count > 0; c++)
            {
                int status = 0;
                Cfitsio.ReadNumbers(table.file, columns[c] + 1, table.row + 1, count, numbers[c], ref status);
                Check(table.Name, status);
            }

            table.row += count;
            return count > 0;
        }

        public override void Parse(TableBlock block)
        {
            block.Count = 0;
            block.Reserve(count);
            block.Count = count;
            for (int c = 0; c < numbers.Length; c++)
            {
                numbers[c].AsSpan(0, count).CopyTo(block.Columns[c]);
            }
        }
    }
}
