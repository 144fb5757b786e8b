using Oort.Models;
using Oort.Potentials;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>The sections of a model file by their names, each read once, when a component asks for it.</summary>
internal sealed class ModelSections
{
    private readonly IniFile file;
    private readonly List<(string Name, IniSection Section)> potentials, functions, grids;
    private readonly List<PotentialEntry> entries;
    private readonly GridSections common;
    private readonly HashSet<string> used = new(StringComparer.OrdinalIgnoreCase);

    public ModelSections(IniFile file)
    {
        this.file = file;
        potentials = Sections.Of(file, Sections.Potential);
        functions = Sections.Of(file, Sections.DF);
        grids = Sections.Of(file, Sections.Grid);
        if (potentials.Count == 0)
        {
            throw new InputException($"{file.Name}: has no section [Potential NAME]; a model needs a potential to begin with, any sensible one");
        }

        IniSection[] unnamed = [.. grids.Where(g => g.Name.Length == 0).Select(g => g.Section)];
        common = unnamed.Length <= 1
            ? new(unnamed.FirstOrDefault())
            : throw new InputException($"{file.Name}:{unnamed[1].Line}: [{unnamed[1].Header}]: given twice, first on line {unnamed[0].Line}");
        entries = [.. potentials.Select(p => PotentialTypes.Read(p.Section))];
    }

    /// <summary>The Sun's distance from the centre, kpc.</summary>
    public double SunRadius => common.SunRadius;

    /// <summary>The static component of a section [Potential NAME] that the key density of a component names.</summary>
    public GalaxyComponent Static(SectionReader component, string name, ComponentKind kind)
    {
        int i = Find(component, "density", name, potentials, Sections.Potential);
        if (entries[i].Density is DiskDensity { ScaleHeight: 0 })
        {
            throw component.Error("density", "is razor-thin (scaleHeight = 0); a component's density must be finite, so give it a small scaleHeight");
        }

        return used.Add("density " + name)
            ? new(potentials[i].Name, kind, entries[i].Density, PotentialOf(entries[i].Density))
            : throw component.Error("density", "is that of another component already");
    }

    // Discs share the solver of the stars' potential; what has a good potential of its own keeps that.
    private static Potential? PotentialOf(Density density) => density switch
    {
        PotentialDensity p => p.Potential,
        SpheroidDensity spheroid => new Spheroid(spheroid),
        _ => null,
    };

    /// <summary>The component of a section [DF NAME] that the key df of a component names.</summary>
    public GalaxyComponent Dynamic(SectionReader component, string name, ComponentKind kind)
    {
        (string ownName, IniSection section) = functions[Find(component, "df", name, functions, Sections.DF)];
        return used.Add("df " + name)
            ? new(ownName, kind, DistributionFunctionTypes.Read(section))
            : throw component.Error("df", $"{name} is given twice; each distribution function belongs to one component");
    }

    /// <summary>The grid of a section [SelfConsistentModel NAME] that the key grid of a component names.</summary>
    public DensityGrid Grid(SectionReader component, string name)
    {
        IniSection section = grids[Find(component, "grid", name, grids, Sections.Grid)].Section;
        used.Add("grid " + name);
        return common.Read(section);
    }

    /// <summary>Refuses distribution functions and grids that no component names: they would silently have no effect.</summary>
    public void CheckEachUsedOnce()
    {
        foreach ((string name, IniSection section) in functions)
        {
            if (!used.Contains("df " + name))
            {
                throw new InputException($"{file.Name}:{section.Line}: [{section.Header}]: no component names it; add it to the df of one, or take it out");
            }
        }

        foreach ((string name, IniSection section) in grids)
        {
            if (name.Length > 0 && !used.Contains("grid " + name))
            {
                throw new InputException($"{file.Name}:{section.Line}: [{section.Header}]: no component names it; set grid = {name} in one, or take it out");
            }
        }
    }

    /// <summary>The whole model.</summary>
    public ModelDefinition Model(IReadOnlyList<ComponentGroup> groups, IReadOnlyList<GalaxyComponent> statics)
    {
        int endless = entries.FindIndex(e => !e.Potential.HasEscapeSpeed);
        return endless >= 0
            ? throw new InputException($"{file.Name}:{potentials[endless].Section.Line}: [{potentials[endless].Section.Header}]: "
                + "has no escape speed; a model needs a potential from which stars can escape")
            : new(file.Name, new(PotentialSum.Combine(entries), groups, statics)) { SunRadius = common.SunRadius, Text = file.Text };
    }

    private int Find(SectionReader component, string key, string name, List<(string Name, IniSection Section)> sections, string kind)
    {
        int[] found = [.. Enumerable.Range(0, sections.Count).Where(i => sections[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
        if (found.Length == 1)
        {
            return found[0];
        }

        string[] names = [.. sections.Select(s => s.Name).Where(n => n.Length > 0)];
        throw component.Error(key, found.Length > 1
            ? $"there are {found.Length} sections [{kind} {name}] in {file.Name}"
            : $"there is no section [{kind} {name}]{(Suggestion.Nearest(name, names) is string s ? $"; did you mean {s}?" : ".")} "
                + (names.Length > 0 ? $"There are: {string.Join(", ", names)}" : "There are none"));
    }
}
