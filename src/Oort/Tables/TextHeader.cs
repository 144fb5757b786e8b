using System.Text;

namespace Oort.Tables;

/// <summary>Columns and separator of a text table, from its first lines.</summary>
internal static class TextHeader
{
    /// <summary>Reads a header.</summary>
    /// <param name="name">Name of the file, for messages.</param>
    /// <param name="comments">Lines before the first that is no comment.</param>
    /// <param name="first">The first line that is no comment.</param>
    /// <returns>The separator; a blank stands for any number of blanks. Whether the first line is a row already.</returns>
    public static (byte Separator, StreamColumn[] Columns, bool IsRow) Read(string name, string comments, string first)
    {
        char separator = first.Contains(',', StringComparison.Ordinal) ? ',' : first.Contains('\t', StringComparison.Ordinal) ? '\t' : ' ';
        bool isEcsv = comments.StartsWith("# %ECSV", StringComparison.Ordinal);
        if (isEcsv)
        {
            separator = EcsvReader.Delimiter(comments);
        }

        string[] cells = Cells(first, separator);
        bool isRow = cells.All(c => NumberText.TryParse(Encoding.UTF8.GetBytes(c), out _));
        if (isRow && comments.Split('\n', StringSplitOptions.RemoveEmptyEntries) is [.., string last] && Cells(last.TrimStart('#', ' '), separator) is var names && names.Length == cells.Length)
        {
            cells = names;
        }
        else if (isRow)
        {
            throw new InputException($"{name}: has no header line with the names of the columns: its first line is '{(first.Length <= 40 ? first : first[..40] + "...")}'");
        }

        if (!isEcsv)
        {
            return ((byte)separator, [.. cells.Select(c => new StreamColumn(c, null, null))], isRow);
        }

        List<Dictionary<string, string>> columns = EcsvReader.Header(comments, name);
        return cells.SequenceEqual(columns.Select(c => c.GetValueOrDefault("name", "")))
            ? ((byte)separator, [.. columns.Select(Column)], isRow)
            : throw new InputException($"{name}: the columns of the YAML header ({string.Join(", ", columns.Select(c => c.GetValueOrDefault("name", "")))}) are not those of the header line ({first})");
    }

    private static StreamColumn Column(Dictionary<string, string> keys)
    {
        string type = keys.GetValueOrDefault("datatype", "");
        bool isNumber = type.StartsWith("float", StringComparison.Ordinal) || type.StartsWith("int", StringComparison.Ordinal) || type.StartsWith("uint", StringComparison.Ordinal);
        return new(keys["name"], keys.GetValueOrDefault("unit", ""), isNumber ? null : type);
    }

    private static string[] Cells(string line, char separator)
        => [.. line.Split(separator, separator == ' ' ? StringSplitOptions.RemoveEmptyEntries : StringSplitOptions.None).Select(c => c.Trim().Trim('"'))];
}
