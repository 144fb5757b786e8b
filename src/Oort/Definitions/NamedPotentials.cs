using Oort.Potentials;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>The sections [Potential NAME] of a file, for what refers to them by name.</summary>
internal sealed class NamedPotentials
{
    private readonly IniFile file;
    private readonly List<(string Name, IniSection Section)> sections;
    private readonly PotentialEntry[] entries;
    private readonly Lazy<Potential> total;

    public NamedPotentials(IniFile file)
    {
        this.file = file;
        sections = Sections.Of(file, Sections.Potential);
        entries = [.. sections.Select(s => PotentialTypes.Read(s.Section))];
        total = new(() => PotentialSum.Combine(entries));
    }

    /// <summary>Number of sections.</summary>
    public int Count => entries.Length;

    /// <summary>What the sections define, in their order.</summary>
    public IReadOnlyList<PotentialEntry> Entries => entries;

    /// <summary>The potential of all sections together.</summary>
    public Potential Total => total.Value;

    /// <summary>A section's name.</summary>
    public string Name(int i) => sections[i].Name;

    /// <summary>A section.</summary>
    public IniSection Section(int i) => sections[i].Section;

    /// <summary>The potential of the sections that a key names; that of all where it is absent.</summary>
    public Potential Potential(SectionReader r, string key)
    {
        if (!r.Has(key))
        {
            return Total;
        }

        PotentialEntry[] chosen = [.. r.List(key).Select(name => entries[Find(r, key, name)])];
        return PotentialSum.Combine(chosen);
    }

    /// <summary>Index of the section that a key names.</summary>
    public int Find(SectionReader r, string key, string name) => Sections.Find(file, r, key, name, sections, Sections.Potential);
}
