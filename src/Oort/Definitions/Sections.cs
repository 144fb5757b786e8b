using Oort.Tables;

namespace Oort.Definitions;

/// <summary>Kinds of sections, and files and builds as sources of them.</summary>
internal static class Sections
{
    public const string Potential = "Potential", Density = "Density", DF = "DF", Component = "Component", Grid = "SelfConsistentModel";

    private static readonly string[] Kinds = [Potential, Density, DF, Component, Grid];

    /// <summary>The sections of a kind and their names. Refuses a file that has sections of no kind we know.</summary>
    public static List<(string Name, IniSection Section)> Of(IniFile file, string kind)
    {
        List<(string, IniSection)> found = [];
        foreach (IniSection section in file.Sections)
        {
            if (!Kinds.Any(k => section.Is(k, out _)))
            {
                string first = section.Header.Split(' ')[0];
                throw new InputException(
                    $"{file.Name}:{section.Line}: [{section.Header}]: unknown section{(Suggestion.Nearest(first, Kinds) is string s ? $"; did you mean {s}?" : ".")} "
                    + $"A section is one of {string.Join(", ", Kinds.Select(k => $"[{k} NAME]"))}");
            }

            if (section.Is(kind, out string name))
            {
                found.Add((name, section));
            }
        }

        return found;
    }

    /// <summary>Reads a file, or the file of that name in a build's directory.</summary>
    /// <param name="path">An INI file or a directory that <c>oort build</c> wrote.</param>
    /// <param name="inBuild">Name of the file in a build.</param>
    public static IniFile Read(string path, string inBuild)
    {
        if (!Directory.Exists(path))
        {
            return IniFile.Read(path);
        }

        string file = Path.Combine(path, inBuild);
        return File.Exists(file)
            ? IniFile.Read(file)
            : throw new InputException($"{path}: is not a model that oort build wrote: it has no {inBuild}");
    }

    /// <summary>Index of the one section of a kind that has the name which a key gives.</summary>
    public static int Find(IniFile file, SectionReader reader, string key, string name, List<(string Name, IniSection Section)> sections, string kind)
    {
        int[] found = [.. Enumerable.Range(0, sections.Count).Where(i => sections[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
        if (found.Length == 1)
        {
            return found[0];
        }

        string[] names = [.. sections.Select(s => s.Name).Where(n => n.Length > 0)];
        throw reader.Error(key, found.Length > 1
            ? $"there are {found.Length} sections [{kind} {name}] in {file.Name}"
            : $"there is no section [{kind} {name}]{(Suggestion.Nearest(name, names) is string s ? $"; did you mean {s}?" : ".")} "
                + (names.Length > 0 ? $"There are: {string.Join(", ", names)}" : "There are none"));
    }
}
