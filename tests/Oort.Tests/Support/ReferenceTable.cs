using System.Globalization;

namespace Oort.Tests.Support;

/// <summary>A reference CSV of the folder Data: comment lines start with #, then a header line.</summary>
public sealed class ReferenceTable
{
    private readonly string[] header;
    private readonly string[][] rows;

    private ReferenceTable(string[] header, string[][] rows) => (this.header, this.rows) = (header, rows);

    public int Count => rows.Length;

    public static ReferenceTable Read(string name)
    {
        string[][] lines = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", name))
            .Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(','))];
        return new(lines[0], lines[1..]);
    }

    public ReferenceTable Where(string column, string value)
        => new(header, [.. rows.Where(r => r[Index(column)] == value)]);

    public string[] Text(string column) => [.. rows.Select(r => r[Index(column)])];

    public double[] this[string column]
        => [.. rows.Select(r => double.Parse(r[Index(column)], CultureInfo.InvariantCulture))];

    private int Index(string column)
        => Array.IndexOf(header, column) is int i and >= 0 ? i : throw new ArgumentException($"no column {column}");
}
