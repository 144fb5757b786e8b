namespace Oort.Tables;

/// <summary>
/// Writes comma-separated text, a row at a time: numbers as the shortest text that reads back to the same number,
/// text in quotes where it needs them, lines end in a single line feed.
/// </summary>
public sealed class CsvTableWriter
{
    private readonly TextWriter writer;
    private bool inRow;

    /// <summary>Writes to <paramref name="writer"/>, which the caller flushes and closes.</summary>
    public CsvTableWriter(TextWriter writer) => this.writer = writer;

    /// <summary>Adds text that is comma-separated already, such as a row of a <see cref="CsvTable"/>, unchanged.</summary>
    public CsvTableWriter Verbatim(string cells)
    {
        Separate();
        writer.Write(cells);
        return this;
    }

    /// <summary>Adds a cell of text.</summary>
    public CsvTableWriter Text(string cell)
    {
        Separate();
        bool quote = cell.Length > 0 && (cell.AsSpan().ContainsAny(",\"\r\n") || cell[0] is ' ' or '#' || cell[^1] == ' ');
        writer.Write(quote ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell);
        return this;
    }

    /// <summary>Adds a number; NaN is written <c>nan</c>, a negative zero <c>0</c>.</summary>
    public CsvTableWriter Number(double cell)
    {
        Separate();
        Numbers.Write(writer, cell == 0 ? 0 : cell);
        return this;
    }

    /// <summary>Ends the row.</summary>
    public void EndRow()
    {
        writer.Write('\n');
        inRow = false;
    }

    private void Separate()
    {
        if (inRow)
        {
            writer.Write(',');
        }

        inRow = true;
    }
}
