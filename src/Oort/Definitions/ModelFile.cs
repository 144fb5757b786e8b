using System.Buffers;
using Oort.Models;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>
/// Model files: sections [Potential NAME], [DF NAME], [SelfConsistentModel], [SelfConsistentModel NAME] and [Component NAME].
/// </summary>
public static class ModelFile
{
    /// <summary>Name of the model's file in a build's directory.</summary>
    public const string NameInBuild = "model.ini";

    private static readonly SearchValues<char> Forbidden = SearchValues.Create(",/\\:\"*?<>|");

    /// <summary>Reads a model file, or the copy of it in the directory that a build wrote.</summary>
    /// <param name="path">An INI file, or a directory that <c>oort build</c> wrote.</param>
    /// <exception cref="InputException">Something in it is not allowed; the message names file, line, section, key and value.</exception>
    public static ModelDefinition Read(string path) => Read(Sections.Read(path, NameInBuild));

    /// <summary>Reads a model from text.</summary>
    /// <param name="text">The text of an INI file.</param>
    /// <param name="name">Name for messages.</param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static ModelDefinition Parse(string text, string name = "text") => Read(IniFile.Parse(text, name));

    /// <summary>Names of a model's components, in their order; quicker than reading all of it.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static IReadOnlyList<string> ComponentNames(string path)
    {
        (_, List<ComponentGroup> groups, List<GalaxyComponent> statics) = ReadComponents(Sections.Read(path, NameInBuild));
        return [.. groups.SelectMany(g => g.Members).Concat(statics).Select(c => c.Name)];
    }

    /// <summary>A component's name as part of a file's name: blanks become <c>_</c>.</summary>
    public static string FileNameOf(string component) => component.Replace(' ', '_');

    private static ModelDefinition Read(IniFile file)
    {
        (ModelSections sections, List<ComponentGroup> groups, List<GalaxyComponent> statics) = ReadComponents(file);
        return sections.Model(groups, statics);
    }

    /// <summary>Components without the potential to begin with, which takes time to make and a solved model does not need.</summary>
    /// <param name="file">The file.</param>
    /// <param name="known">What is known from other readings of it; null where there were none.</param>
    internal static (ModelSections Sections, List<ComponentGroup> Groups, List<GalaxyComponent> Statics) ReadComponents(IniFile file, KnownParts? known = null)
    {
        List<(string Name, IniSection Section)> components = Sections.Of(file, Sections.Component);
        if (components.Count == 0)
        {
            throw new InputException($"{file.Name}: has no section [Component NAME], so it defines no model; a component names its df or density, grid and kind");
        }

        ModelSections sections = new(file, known);
        List<ComponentGroup> groups = [];
        List<GalaxyComponent> statics = [];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, IniSection section) in components)
        {
            SectionReader r = new(section);
            if (name.Length == 0 || !names.Add(name))
            {
                throw r.Error(name.Length == 0 ? "has no name: write [Component NAME]" : "there is another component of this name");
            }

            Component(name, r, sections, groups, statics);
            r.Done();
        }

        sections.CheckEachUsedOnce();
        CheckNames(file, groups.SelectMany(g => g.Members).Concat(statics));
        return (sections, groups, statics);
    }

    private static void Component(string name, SectionReader r, ModelSections sections, List<ComponentGroup> groups, List<GalaxyComponent> statics)
    {
        ComponentKind kind = r.Choice("kind", ("stars", ComponentKind.Stars), ("dark", ComponentKind.Dark), ("gas", ComponentKind.Gas));
        if (r.Has("df") == r.Has("density"))
        {
            throw r.Error(r.Has("df") ? "has both df and density: give df for a component to be solved for, density for a static one"
                : "df: missing; give df (names of sections [DF NAME]) or density (the name of a section [Potential NAME], static)");
        }

        if (r.Has("df"))
        {
            DensityGrid grid = sections.Grid(r, r.Text("grid"));
            groups.Add(new(name, [.. r.List("df").Select(df => sections.Dynamic(r, df, kind))], grid));
        }
        else
        {
            statics.Add(sections.Static(r, r.Text("density"), kind));
            if (r.Has("grid"))
            {
                throw r.Error("grid", "a static component has no grid; leave it out");
            }
        }
    }

    /// <summary>Names appear in tables and, with _ for blanks, in file names: they must differ there too.</summary>
    private static void CheckNames(IniFile file, IEnumerable<GalaxyComponent> components)
    {
        Dictionary<string, string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (string name in components.Select(c => c.Name))
        {
            if (name.AsSpan().IndexOfAny(Forbidden) is int i and >= 0)
            {
                throw new InputException($"{file.Name}: the name '{name}' holds {name[i]}, which names of files cannot");
            }

            if (!seen.TryAdd(FileNameOf(name), name))
            {
                throw new InputException($"{file.Name}: the names '{seen[FileNameOf(name)]}' and '{name}' would be one in the names of files; rename one");
            }
        }
    }
}
