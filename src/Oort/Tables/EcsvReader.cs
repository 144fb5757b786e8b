using System.Text;

namespace Oort.Tables;

/// <summary>
/// Reads the part of ECSV 1.0 that <see cref="EcsvTable"/> writes and astropy writes for plain columns: the
/// columns' names, units, types and descriptions in YAML flow mappings, then comma-separated rows.
/// </summary>
internal static class EcsvReader
{
    public static EcsvTable Read(string text, string name)
    {
        List<Dictionary<string, string>> columns = Header(text, name);
        if (Delimiter(text) != ',')
        {
            throw new InputException($"{name}: only ECSV with delimiter: ',' is read");
        }

        CsvTable csv = CsvTable.Read(new StringReader(text), name);
        string[] names = [.. columns.Select(c => c.GetValueOrDefault("name", ""))];
        return !names.SequenceEqual(csv.Columns)
            ? throw new InputException($"{name}: the columns of the YAML header ({string.Join(", ", names)}) are not those of the header line ({csv.Header})")
            : new([.. columns.Select(c => Column(c, csv, name))]);
    }

    private static EcsvColumn Column(Dictionary<string, string> keys, CsvTable csv, string name)
    {
        string column = keys["name"], description = keys.GetValueOrDefault("description", "");
        return keys.GetValueOrDefault("datatype", "") switch
        {
            "string" => new(column, description, csv.Text(column)),
            "float64" or "float32" or "int64" or "int32" => new(column, keys.GetValueOrDefault("unit", ""), description, csv.Numbers(column)),
            string other => throw new InputException($"{name}: column {column} has the type '{other}'; float64, int64 and string are read"),
        };
    }

    /// <summary>What separates cells: a blank unless the header says otherwise.</summary>
    public static char Delimiter(string text)
    {
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            if (!line.StartsWith("#"))
            {
                break;
            }

            if (line.TrimStart("# ") is "delimiter: ','" or "delimiter: \",\"")
            {
                return ',';
            }
        }

        return ' ';
    }

    /// <summary>Keys and values of each column: name, unit, datatype, description.</summary>
    /// <param name="text">The table, or its lines that start with #.</param>
    /// <param name="name">Name for messages.</param>
    public static List<Dictionary<string, string>> Header(string text, string name)
    {
        StringReader reader = new(text);
        if (reader.ReadLine() is not string first || !first.StartsWith("# %ECSV", StringComparison.Ordinal))
        {
            throw new InputException($"{name}:1: not an ECSV table: its first line must be '# %ECSV 1.0'");
        }

        List<Dictionary<string, string>> columns = [];
        StringBuilder? open = null;
        bool inColumns = false;
        while (reader.ReadLine() is string line && line.StartsWith('#'))
        {
            string yaml = line.TrimStart('#').Trim();
            inColumns = yaml switch
            {
                "datatype:" => true,
                _ when open is null && !yaml.StartsWith("- ", StringComparison.Ordinal) => false,
                _ => inColumns,
            };
            if (inColumns && yaml.StartsWith("- {", StringComparison.Ordinal))
            {
                open = new();
                yaml = yaml[3..];
            }

            if (open is null)
            {
                continue;
            }

            open.Append(yaml).Append(' ');
            if (yaml.EndsWith('}'))
            {
                columns.Add(Mapping(open.ToString().TrimEnd()[..^1], name));
                open = null;
            }
        }

        return columns.Count > 0 ? columns : throw new InputException($"{name}: the ECSV header names no columns");
    }

    /// <summary>Keys and values of a flow mapping of scalars: plain, 'single' or "double" quoted.</summary>
    private static Dictionary<string, string> Mapping(string text, string name)
    {
        Dictionary<string, string> keys = [];
        int i = 0;
        while (i < text.Length)
        {
            int colon = text.IndexOf(':', i);
            if (colon < 0)
            {
                throw new InputException($"{name}: '{text}' in the ECSV header is not 'key: value' pairs");
            }

            string key = text[i..colon].Trim();
            i = colon + 1;
            while (i < text.Length && text[i] == ' ')
            {
                i++;
            }

            StringBuilder value = new();
            if (i < text.Length && text[i] is '\'' or '"')
            {
                char quote = text[i++];
                for (; i < text.Length; i++)
                {
                    if (text[i] == quote)
                    {
                        if (quote != '\'' || i + 1 >= text.Length || text[i + 1] != '\'')
                        {
                            break;
                        }

                        i++;
                    }

                    value.Append(text[i]);
                }
            }

            int comma = text.IndexOf(',', Math.Min(i, text.Length));
            int end = comma < 0 ? text.Length : comma;
            keys[key] = value.Length > 0 ? value.ToString() : text[i..end].Trim().Trim('\'', '"');
            i = end + 1;
        }

        return keys;
    }
}
