using Oort.DistributionFunctions;
using Oort.Models;
using Oort.Potentials;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>The sections of a model file by their names, each read once, when a component asks for it.</summary>
internal sealed class ModelSections
{
    private readonly IniFile file;
    private readonly List<(string Name, IniSection Section)> functions, grids;
    private readonly NamedPotentials potentials;
    private readonly GridSections common;
    private readonly KnownParts known;
    private readonly Dictionary<string, DistributionFunction> seen = [];
    private readonly HashSet<string> used = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The sections of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="known">What is known from other readings of it; null where there were none.</param>
    public ModelSections(IniFile file, KnownParts? known = null)
    {
        this.file = file;
        functions = Sections.Of(file, Sections.DF);
        grids = Sections.Of(file, Sections.Grid);
        if (Sections.Of(file, Sections.Potential).Count == 0)
        {
            throw new InputException($"{file.Name}: has no section [Potential NAME]; a model needs a potential to begin with, any sensible one");
        }

        IniSection[] unnamed = [.. grids.Where(g => g.Name.Length == 0).Select(g => g.Section)];
        common = unnamed.Length <= 1
            ? new(unnamed.FirstOrDefault())
            : throw new InputException($"{file.Name}:{unnamed[1].Line}: [{unnamed[1].Header}]: given twice, first on line {unnamed[0].Line}");
        this.known = known ?? new();
        potentials = this.known.Potentials(file);
    }

    /// <summary>The Sun's distance from the centre, kpc.</summary>
    public double SunRadius => common.SunRadius;

    /// <summary>The static component of a section [Potential NAME] that the key density of a component names.</summary>
    public GalaxyComponent Static(SectionReader component, string name, ComponentKind kind)
    {
        int i = potentials.Find(component, "density", name);
        PotentialEntry entry = potentials.Entries[i];
        if (entry.Density is DiskDensity { ScaleHeight: 0 })
        {
            throw component.Error("density", "is razor-thin (scaleHeight = 0); a component's density must be finite, so give it a small scaleHeight");
        }

        return used.Add("density " + name)
            ? new(potentials.Name(i), kind, entry.Density, PotentialOf(entry.Density))
            : throw component.Error("density", "is that of another component already");
    }

    // Discs share the solver of the stars' potential; what has a good potential of its own keeps that.
    private static Potential? PotentialOf(Density density) => density switch
    {
        PotentialDensity p => p.Potential,
        SpheroidDensity spheroid => new Spheroid(spheroid),
        ContractedHalo halo => Multipole.FromDensity(halo, 0),
        _ => null,
    };

    /// <summary>The component of a section [DF NAME] that the key df of a component names.</summary>
    public GalaxyComponent Dynamic(SectionReader component, string name, ComponentKind kind)
    {
        (string ownName, IniSection section) = functions[Sections.Find(file, component, "df", name, functions, Sections.DF)];
        return used.Add("df " + name)
            ? new(ownName, kind, known.Function(section, potentials, seen))
            : throw component.Error("df", $"{name} is given twice; each distribution function belongs to one component");
    }

    /// <summary>The grid of a section [SelfConsistentModel NAME] that the key grid of a component names.</summary>
    public DensityGrid Grid(SectionReader component, string name)
    {
        IniSection section = grids[Sections.Find(file, component, "grid", name, grids, Sections.Grid)].Section;
        used.Add("grid " + name);
        return common.Read(section);
    }

    /// <summary>Refuses distribution functions and grids that no component names: they would silently have no effect.</summary>
    public void CheckEachUsedOnce()
    {
        known.Done(potentials, seen);
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
        int endless = potentials.Entries.ToList().FindIndex(e => !e.IsDensity && !e.Potential.HasEscapeSpeed);
        return endless >= 0
            ? throw new InputException($"{file.Name}:{potentials.Section(endless).Line}: [{potentials.Section(endless).Header}]: "
                + "has no escape speed; a model needs a potential from which stars can escape")
            : new(file.Name, new(potentials.Total, groups, statics)) { SunRadius = common.SunRadius, Text = file.Text };
    }
}
