namespace Oort.Tables;

/// <summary>A key of an INI section, its text and the line it stands on (0 where it was not read from a file).</summary>
internal readonly record struct IniEntry(string Key, string Value, int Line);

/// <summary>
/// A section of an INI file: keys in their order, and the lines of its block of coefficients, if it has one.
/// Keys are case-insensitive and given once.
/// </summary>
internal sealed class IniSection
{
    private readonly List<IniEntry> entries = [];

    /// <summary>A section called <paramref name="header"/>, without the brackets.</summary>
    /// <param name="header">Text between the brackets.</param>
    /// <param name="source">Name of the file, for messages.</param>
    /// <param name="line">Line of the header.</param>
    public IniSection(string header, string source = "", int line = 0) => (Header, Source, Line) = (header, source, line);

    /// <summary>Text between the brackets, for instance <c>Potential thin disk</c>.</summary>
    public string Header { get; }

    /// <summary>Name of the file it comes from, for messages.</summary>
    public string Source { get; }

    /// <summary>Line of the header, from 1.</summary>
    public int Line { get; }

    /// <summary>Keys and values in their order.</summary>
    public IReadOnlyList<IniEntry> Entries => entries;

    /// <summary>Lines after the line <c>Coefficients</c>, as they stand; null without such a block.</summary>
    public List<string>? Coefficients { get; set; }

    /// <summary>Line of the first line of <see cref="Coefficients"/>.</summary>
    public int CoefficientsLine { get; set; }

    /// <summary>Adds a key.</summary>
    /// <exception cref="InputException">It is there already.</exception>
    public void Add(string key, string value, int line = 0)
    {
        if (Find(key) is IniEntry other)
        {
            throw new InputException($"{Source}:{line}: [{Header}] {key}: given twice, first on line {other.Line}");
        }

        entries.Add(new(key, value, line));
    }

    /// <summary>The entry of a key, or null.</summary>
    public IniEntry? Find(string key)
    {
        foreach (IniEntry e in entries)
        {
            if (e.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                return e;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether the header is <paramref name="kind"/>, alone or followed by a name: <c>[Potential]</c>,
    /// <c>[Potential1]</c>, <c>[Potential thin disk]</c>. The case of the kind is ignored.
    /// </summary>
    /// <param name="kind">First part of the header.</param>
    /// <param name="name">The rest without surrounding blanks; empty where there is none.</param>
    public bool Is(string kind, out string name)
    {
        name = "";
        if (!Header.StartsWith(kind, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        name = Header[kind.Length..].Trim();
        return true;
    }
}
