using System.Collections.Concurrent;
using Oort.Potentials;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>The sections [Potential NAME] of a file, for what refers to them by name.</summary>
internal sealed class NamedPotentials
{
    private readonly IniFile file;
    private readonly List<(string Name, IniSection Section)> sections;
    private readonly PotentialEntry[] entries;
    private readonly DependentHalo?[] dependents;
    private readonly Lazy<Func<double, double>> plainMass;
    private readonly ConcurrentDictionary<double, double> virialRadii = [];
    private readonly Lazy<Potential> total;

    public NamedPotentials(IniFile file)
    {
        this.file = file;
        sections = Sections.Of(file, Sections.Potential);
        dependents = [.. sections.Select(s => DependentHalo.IsType(s.Section) ? DependentHalo.Read(s.Section, this) : null)];
        entries = [.. sections.Select((s, i) => dependents[i]?.Entry() ?? PotentialTypes.Read(s.Section))];
        plainMass = new(() => PlainMass(Enumerable.Range(0, entries.Length)));
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

    /// <summary>A section that depends on others; null for all other sections.</summary>
    public DependentHalo? Dependent(int i) => dependents[i];

    /// <summary>Mass (Msun) inside a radius (kpc) of those of the sections that depend on no other.</summary>
    public Func<double, double> PlainMass(IEnumerable<int> chosen)
    {
        PotentialEntry[] plain = [.. chosen.Where(i => dependents[i] is null).Select(i => entries[i])];
        if (plain.Length == 0)
        {
            return _ => 0;
        }

        Potential potential = PotentialSum.Combine(plain);
        return r => EnclosedMass.Within(potential, r);
    }

    /// <summary>R200 of all mass together, kpc.</summary>
    /// <param name="hubbleConstant">H0, km/s/Mpc.</param>
    public double VirialRadius(double hubbleConstant)
    {
        return virialRadii.GetOrAdd(hubbleConstant, h => VirialSphere.Radius(r => plainMass.Value(r) + dependents.Sum(d => d?.Mass(r, r) ?? 0), h));
    }

    /// <summary>Index of the section that a key names.</summary>
    public int Find(SectionReader r, string key, string name) => Sections.Find(file, r, key, name, sections, Sections.Potential);
}
