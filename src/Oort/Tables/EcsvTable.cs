using System.Globalization;
using CsvHelper;

namespace Oort.Tables;

/// <summary>A column of an <see cref="EcsvTable"/>: numbers or text, with a unit and a description.</summary>
public sealed class EcsvColumn
{
    private readonly double[]? numbers;
    private readonly string[]? text;

    /// <summary>A column of numbers.</summary>
    /// <param name="name">Name, as in the header line.</param>
    /// <param name="unit">Unit as astropy spells it (<c>kpc</c>, <c>km / s</c>, <c>solMass / pc3</c>); empty for none.</param>
    /// <param name="description">What the numbers are, one line.</param>
    /// <param name="values">A number a row.</param>
    public EcsvColumn(string name, string unit, string description, double[] values)
        => (Name, Unit, Description, numbers) = (name, unit, description, values);

    /// <summary>A column of text.</summary>
    /// <param name="name">Name, as in the header line.</param>
    /// <param name="description">What the text is, one line.</param>
    /// <param name="values">A text a row.</param>
    public EcsvColumn(string name, string description, string[] values)
        => (Name, Unit, Description, text) = (name, "", description, values);

    /// <summary>Name.</summary>
    public string Name { get; }

    /// <summary>Unit; empty for none.</summary>
    public string Unit { get; }

    /// <summary>Description; may be empty.</summary>
    public string Description { get; }

    /// <summary>Whether it holds text.</summary>
    public bool IsText => text is not null;

    /// <summary>Number of rows.</summary>
    public int Count => text?.Length ?? numbers!.Length;

    /// <summary>The numbers.</summary>
    /// <exception cref="InputException">The column holds text.</exception>
    public double[] Numbers => numbers ?? throw new InputException($"column {Name} holds text, not numbers");

    /// <summary>The text.</summary>
    /// <exception cref="InputException">The column holds numbers.</exception>
    public string[] Text => text ?? throw new InputException($"column {Name} holds numbers, not text");
}

/// <summary>
/// A table with units: ECSV 1.0 (astropy's APE 6), which astropy reads with its units and pandas with
/// <c>read_csv(..., comment="#")</c>. Comma-separated; types are float64 and string.
/// </summary>
public sealed class EcsvTable
{
    /// <summary>A table of columns of one length.</summary>
    /// <exception cref="ArgumentException">Their lengths differ.</exception>
    public EcsvTable(IReadOnlyList<EcsvColumn> columns)
    {
        if (columns.Any(c => c.Count != columns[0].Count))
        {
            throw new ArgumentException("the columns differ in length", nameof(columns));
        }

        Columns = columns;
    }

    /// <summary>Columns in their order.</summary>
    public IReadOnlyList<EcsvColumn> Columns { get; }

    /// <summary>The column called <paramref name="name"/>.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public EcsvColumn this[string name]
        => Columns.FirstOrDefault(c => c.Name == name)
            ?? throw new InputException($"no column {name}; there are: {string.Join(", ", Columns.Select(c => c.Name))}");

    /// <summary>Writes the table.</summary>
    public void Write(TextWriter writer) => Write(writer, units: true);

    /// <summary>Writes the table, or its rows and the line of the columns' names alone, which is CSV.</summary>
    internal void Write(TextWriter writer, bool units)
    {
        if (units)
        {
            WriteUnits(writer);
        }

        CsvTableWriter csv = new(writer);
        foreach (EcsvColumn c in Columns)
        {
            csv.Text(c.Name);
        }

        csv.EndRow();
        for (int row = 0; row < (Columns.Count > 0 ? Columns[0].Count : 0); row++)
        {
            foreach (EcsvColumn c in Columns)
            {
                _ = c.IsText ? csv.Text(c.Text[row]) : csv.Number(c.Numbers[row]);
            }

            csv.EndRow();
        }
    }

    private void WriteUnits(TextWriter writer)
    {
        writer.Write("# %ECSV 1.0\n# ---\n# delimiter: ','\n# datatype:\n");
        foreach (EcsvColumn c in Columns)
        {
            writer.Write($"# - {{name: {Scalar(c.Name)}");
            if (c.Unit.Length > 0)
            {
                writer.Write($", unit: {c.Unit}");
            }

            writer.Write(c.IsText ? ", datatype: string" : ", datatype: float64");
            if (c.Description.Length > 0)
            {
                writer.Write($", description: {Quoted(c.Description)}");
            }

            writer.Write("}\n");
        }

        writer.Write("# schema: astropy-2.0\n");
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It cannot be read or is not comma-separated ECSV with float64 and string columns.</exception>
    public static EcsvTable Read(string path)
    {
        using StreamReader reader = new(InputFile.Open(path));
        return EcsvReader.Read(reader.ReadToEnd(), path);
    }

    /// <summary>A YAML scalar of a flow mapping: plain where that is safe, else quoted.</summary>
    private static string Scalar(string text)
        => text.All(ch => char.IsAsciiLetterOrDigit(ch) || ch is '_' or '.') && text is not ("y" or "n") ? text : Quoted(text);

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
