namespace Oort.Tables;

/// <summary>
/// INI text as sections in their order, in AGAMA's dialect: <c>[name]</c>, <c>key = value</c>, comments after
/// <c>#</c> or <c>;</c>, names of sections may repeat, and after a line <c>Coefficients</c> everything up to the next
/// section is a block of lines that is kept as it stands.
/// </summary>
internal sealed class IniFile
{
    private const string CoefficientsMark = "Coefficients";

    private IniFile(string name, string text, List<IniSection> sections) => (Name, Text, Sections) = (name, text, sections);

    /// <summary>Name of the file, for messages.</summary>
    public string Name { get; }

    /// <summary>The text it was read from.</summary>
    public string Text { get; }

    /// <summary>Sections in their order.</summary>
    public IReadOnlyList<IniSection> Sections { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It cannot be read, or is not INI text.</exception>
    public static IniFile Read(string path) => Parse(InputFile.ReadText(path), path);

    /// <summary>Reads text.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="name">Name for messages.</param>
    public static IniFile Parse(string text, string name)
    {
        List<IniSection> sections = [];
        int number = 0;
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            number++;
            IniSection? section = sections.Count > 0 ? sections[^1] : null;
            ReadOnlySpan<char> trimmed = raw.Trim();
            if (trimmed.StartsWith("["))
            {
                sections.Add(new(Header(trimmed, name, number), name, number));
            }
            else if (section?.Coefficients is List<string> block)
            {
                block.Add(raw.ToString());
            }
            else
            {
                ReadOnlySpan<char> line = WithoutComment(trimmed);
                if (line.IsEmpty)
                {
                    continue;
                }

                if (section is null)
                {
                    throw new InputException($"{name}:{number}: '{Short(line)}' stands before the first section; a section starts with [its name]");
                }

                if (line.Equals(CoefficientsMark, StringComparison.OrdinalIgnoreCase))
                {
                    section.Coefficients = [];
                    section.CoefficientsLine = number + 1;
                    continue;
                }

                int equals = line.IndexOf('=');
                if (equals <= 0)
                {
                    throw new InputException($"{name}:{number}: [{section.Header}] '{Short(line)}' is neither 'key = value' nor '[section]'");
                }

                section.Add(line[..equals].TrimEnd().ToString(), line[(equals + 1)..].TrimStart().ToString(), number);
            }
        }

        foreach (IniSection section in sections)
        {
            // The blank lines between a block and the next section belong to neither.
            while (section.Coefficients is [.., var end] && string.IsNullOrWhiteSpace(end))
            {
                section.Coefficients.RemoveAt(section.Coefficients.Count - 1);
            }
        }

        return new(name, text, sections);
    }

    /// <summary>Writes sections as INI text that <see cref="Parse"/> and AGAMA read.</summary>
    public static void Write(TextWriter writer, IEnumerable<IniSection> sections)
    {
        foreach (IniSection section in sections)
        {
            writer.Write($"[{section.Header}]\n");
            foreach (IniEntry e in section.Entries)
            {
                writer.Write($"{e.Key}={e.Value}\n");
            }

            if (section.Coefficients is List<string> block)
            {
                writer.Write(CoefficientsMark + "\n");
                foreach (string line in block)
                {
                    writer.Write(line);
                    writer.Write('\n');
                }
            }

            writer.Write('\n');
        }
    }

    private static string Header(ReadOnlySpan<char> line, string name, int number)
    {
        int close = line.IndexOf(']');
        string header = close > 0 ? line[1..close].Trim().ToString() : "";
        if (header.Length == 0 || !WithoutComment(line[(close + 1)..].TrimStart()).IsEmpty)
        {
            throw new InputException($"{name}:{number}: '{Short(line)}' is not a section: write [its name] on a line of its own");
        }

        return header;
    }

    /// <summary>Cuts a comment off: # or ; at the start, or after a blank.</summary>
    private static ReadOnlySpan<char> WithoutComment(ReadOnlySpan<char> line)
    {
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] is '#' or ';' && (i == 0 || char.IsWhiteSpace(line[i - 1])))
            {
                return line[..i].TrimEnd();
            }
        }

        return line;
    }

    private static string Short(ReadOnlySpan<char> line) => line.Length <= 40 ? line.ToString() : string.Concat(line[..40], "...");
}
