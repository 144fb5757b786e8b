using System.Text;

namespace Oort.Tables;

/// <summary>Makes numbers of lines of text, of the columns asked for alone. For one thread.</summary>
internal sealed class RowParser
{
    private readonly string name;
    private readonly IReadOnlyList<StreamColumn> columns;
    private readonly byte separator;

    /// <summary>Column of the file -> column of the block, -1 where it is not asked for.</summary>
    private readonly int[] target;

    public RowParser(string name, IReadOnlyList<StreamColumn> columns, IReadOnlyList<int> asked, byte separator)
    {
        (this.name, this.columns, this.separator) = (name, columns, separator);
        target = new int[columns.Count];
        Array.Fill(target, -1);
        for (int i = 0; i < asked.Count; i++)
        {
            target[asked[i]] = i;
        }
    }

    /// <summary>Parses whole lines.</summary>
    /// <param name="text">Lines; the last may lack its line feed.</param>
    /// <param name="linesBefore">Lines of the file before these, for messages.</param>
    /// <param name="block">The rows found.</param>
    public void Parse(ReadOnlySpan<byte> text, long linesBefore, TableBlock block)
    {
        block.Count = 0;
        for (long line = linesBefore + 1; !text.IsEmpty; line++)
        {
            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> row = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            if (!row.IsEmpty && row[^1] == '\r')
            {
                row = row[..^1];
            }

            if (row.IsEmpty || row[0] == '#' || row.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0)
            {
                continue;
            }

            block.Reserve(block.Count + 1);
            Row(row, line, block);
            block.Count++;
        }
    }

    private void Row(ReadOnlySpan<byte> row, long line, TableBlock block)
    {
        int column = 0;
        bool more = true;
        while (more)
        {
            if (separator == ' ' && row.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0)
            {
                // Blanks at the end of the line.
                break;
            }

            more = Next(ref row, out ReadOnlySpan<byte> cell);
            if (column < target.Length && target[column] is int to and >= 0)
            {
                if (!NumberText.TryParse(cell, out block.Columns[to][block.Count]))
                {
                    string text = Encoding.UTF8.GetString(cell.Length <= 40 ? cell : cell[..40]) + (cell.Length <= 40 ? "" : "...");
                    throw new InputException($"{name}:{line}: {columns[column].Name} = {text}: must be a number, or empty, null or nan where unknown");
                }
            }

            column++;
        }

        if (column != target.Length)
        {
            throw new InputException($"{name}:{line}: has {column} cell{(column == 1 ? "" : "s")}, the header {target.Length}");
        }
    }

    /// <summary>Takes the next cell off a row; false where it was the last one.</summary>
    private bool Next(ref ReadOnlySpan<byte> row, out ReadOnlySpan<byte> cell)
    {
        row = separator == '\t' ? row.TrimStart((byte)' ') : row.TrimStart(" \t"u8);
        int end;
        if (!row.IsEmpty && row[0] == '"')
        {
            // Quotes within are doubled; separators within do not separate.
            end = 1;
            while (end < row.Length && (row[end] != '"' || (end + 1 < row.Length && row[end + 1] == '"')))
            {
                end += row[end] == '"' ? 2 : 1;
            }

            cell = row[1..Math.Min(end, row.Length)];
            row = row[Math.Min(end + 1, row.Length)..];
            end = End(row);
            row = end < 0 ? [] : row[(end + 1)..];
            return end >= 0;
        }

        end = End(row);
        cell = end < 0 ? row : row[..end];
        cell = cell.TrimEnd(" \t"u8);
        row = end < 0 ? [] : row[(end + 1)..];
        return end >= 0;
    }

    private int End(ReadOnlySpan<byte> row) => separator == ' ' ? row.IndexOfAny((byte)' ', (byte)'\t') : row.IndexOf(separator);
}
