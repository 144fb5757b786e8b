using System.Globalization;
using System.Text;
using CsvHelper;

namespace Oort.Tables;

/// <summary>
/// A table read from comma-separated text: a header line, then rows; empty lines and lines that start with
/// <c>#</c> are passed over. Names of columns are case-sensitive (R is not r). A row's text is kept as it stands.
/// </summary>
public sealed class CsvTable
{
    private readonly string[] rows;
    private readonly double[][] numbers;
    private readonly (long Line, string Text)?[] firstText;

    private CsvTable(string name, string header, string[] columns, string[] rows, double[][] numbers, (long, string)?[] firstText)
        => (Name, Header, Columns, this.rows, this.numbers, this.firstText) = (name, header, columns, rows, numbers, firstText);

    /// <summary>Name of the file, for messages.</summary>
    public string Name { get; }

    /// <summary>The header line as it stands.</summary>
    public string Header { get; }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount => rows.Length;

    /// <summary>A row's text as it stands, without the line break.</summary>
    public string Row(int index) => rows[index];

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It cannot be read, is empty, has no rows, or a row has too many or too few cells.</exception>
    public static CsvTable Read(string path)
    {
        using StreamReader reader = new(InputFile.Open(path));
        return Read(reader, path);
    }

    /// <summary>Reads text.</summary>
    /// <param name="text">The whole table.</param>
    /// <param name="name">Name for messages.</param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static CsvTable Read(TextReader text, string name)
    {
        CsvReaderOptions options = new()
        {
            Separator = ',',
            HasHeader = false,
            CommentPrefix = '#',
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        };
        try
        {
            using CsvReader csv = CsvReader.Create(text, options, leaveOpen: true);
            return Read(csv, name);
        }
        catch (CsvFormatException e)
        {
            throw new InputException($"{name}:{e.LineNumber}: not comma-separated values: {OneLine(e.Message)}", e);
        }
        catch (IOException e)
        {
            throw new InputException($"{name}: cannot be read: {OneLine(e.Message)}", e);
        }
    }

    /// <summary>Whether there is a column called <paramref name="column"/>.</summary>
    public bool Has(string column) => Columns.Contains(column);

    /// <summary>
    /// A column of numbers. The literal <c>nan</c> and an empty cell are NaN, <c>inf</c> is infinity.
    /// </summary>
    /// <exception cref="InputException">There is no such column, there are two, or a cell is not a number.</exception>
    public double[] Numbers(string column)
    {
        int i = Index(column);
        return firstText[i] is var (line, text)
            ? throw new InputException($"{Name}:{line}: {column} = {text}: must be a number, or empty or nan where unknown")
            : numbers[i];
    }

    /// <summary>A column as text, surrounding blanks and quotes taken off.</summary>
    /// <exception cref="InputException">There is no such column, or there are two.</exception>
    public string[] Text(string column)
    {
        int i = Index(column);
        using StringReader all = new(string.Join('\n', rows));
        using CsvReader csv = CsvReader.Create(all, new() { Separator = ',', HasHeader = false, TrimWhitespace = true });
        string[] cells = new string[rows.Length];
        for (int row = 0; row < cells.Length && csv.Read(); row++)
        {
            cells[row] = csv.GetString(i);
        }

        return cells;
    }

    private static CsvTable Read(CsvReader csv, string name)
    {
        if (!csv.Read())
        {
            throw new InputException($"{name}: is empty; a header line with the names of the columns is needed");
        }

        string header = Encoding.UTF8.GetString(csv.RawRecord);
        string[] columns = new string[csv.FieldCount];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = csv.GetString(i);
        }

        List<string> rows = [];
        List<double>[] numbers = [.. columns.Select(_ => new List<double>())];
        (long, string)?[] firstText = new (long, string)?[columns.Length];
        while (csv.Read())
        {
            if (csv.FieldCount != columns.Length)
            {
                throw new InputException($"{name}:{csv.LineNumber}: has {Cells(csv.FieldCount)}, the header {columns.Length}");
            }

            for (int i = 0; i < columns.Length; i++)
            {
                if (!TryParse(csv.GetSpan(i), out double value))
                {
                    firstText[i] ??= (csv.LineNumber, Short(csv.GetString(i)));
                }

                numbers[i].Add(value);
            }

            rows.Add(Encoding.UTF8.GetString(csv.RawRecord));
        }

        return rows.Count == 0
            ? throw new InputException($"{name}: has a header but no rows")
            : new(name, header, columns, [.. rows], [.. numbers.Select(n => n.ToArray())], firstText);
    }

    private int Index(string column)
    {
        int[] found = [.. Enumerable.Range(0, Columns.Count).Where(i => Columns[i] == column)];
        return found.Length switch
        {
            1 => found[0],
            0 when Columns.Count == 1 && Header.AsSpan().Trim().IndexOfAny("; \t") >= 0
                => throw new InputException($"{Name}: no column {column}: its one column is called '{Short(Columns[0])}'; cells must be separated by commas"),
            0 => throw new InputException($"{Name}: no column {column}{(Suggestion.Nearest(column, Columns) is string s ? $"; did you mean {s}?" : ".")} It has: {string.Join(", ", Columns)}"),
            _ => throw new InputException($"{Name}: {found.Length} columns are called {column}"),
        };
    }

    private static bool TryParse(ReadOnlySpan<byte> cell, out double value)
    {
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        value = double.NaN;
        if (cell.IsEmpty || Ascii.EqualsIgnoreCase(cell, "nan"))
        {
            return true;
        }

        if (Ascii.EqualsIgnoreCase(cell.TrimStart("+-"u8), "inf"))
        {
            value = cell[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        return false;
    }

    private static string Cells(int n) => n == 1 ? "1 cell" : $"{n} cells";

    private static string Short(string text) => OneLine(text.Length <= 40 ? text : text[..40] + "...");

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
