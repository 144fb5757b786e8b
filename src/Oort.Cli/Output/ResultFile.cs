using Oort.Tables;

namespace Oort.Cli.Output;

/// <summary>Where a command's table goes: standard output, or a file that appears when it is complete.</summary>
internal static class ResultFile
{
    /// <summary>Finds out before the work whether the file could be written.</summary>
    public static void Check(string? path)
    {
        if (path is not null)
        {
            OutputFile.CheckWritable(path, isDirectory: false);
        }
    }

    /// <summary>Writes the table.</summary>
    public static void Write(string? path, Streams streams, Action<CsvTableWriter> write) => WriteText(path, streams, w => write(new(w)));

    /// <summary>Writes text.</summary>
    public static void WriteText(string? path, Streams streams, Action<TextWriter> write)
    {
        if (path is null)
        {
            write(streams.Out);
        }
        else
        {
            OutputFile.Write(path, write);
        }
    }

    /// <summary>
    /// Writes the rows of a table with new columns appended. Columns that the input has by the same name stay, and a
    /// warning says so.
    /// </summary>
    public static void Append(string? path, Streams streams, CsvTable input, params (string Name, double[] Values)[] columns)
    {
        string[] repeated = [.. columns.Select(c => c.Name).Where(input.Has)];
        if (repeated.Length > 0)
        {
            streams.Warn($"{input.Name} has columns {string.Join(", ", repeated)} already; the new ones of these names come last");
        }

        Write(path, streams, csv =>
        {
            csv.Verbatim(input.Header);
            foreach ((string name, _) in columns)
            {
                csv.Text(name);
            }

            csv.EndRow();
            for (int row = 0; row < input.RowCount; row++)
            {
                csv.Verbatim(input.Row(row));
                foreach ((_, double[] values) in columns)
                {
                    csv.Number(values[row]);
                }

                csv.EndRow();
            }
        });
    }
}
