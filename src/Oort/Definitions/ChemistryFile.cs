using System.Reflection;
using Oort.Chemistry;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>
/// Chemistry files: INI text with a section [Chemistry NAME] for each component of stars, whose keys are the columns of Binney &amp;
/// Vasiliev (2023), Table 6.
/// </summary>
public static class ChemistryFile
{
    private const string Kind = "Chemistry", Resource = "bv23-chemistry.ini";

    private static readonly Lazy<ChemistrySetup> Published = new(() =>
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        using StreamReader reader = new(stream);
        return Parse(reader.ReadToEnd(), Resource);
    });

    /// <summary>Table 6 of Binney &amp; Vasiliev (2023): models/bv23-chemistry.ini.</summary>
    public static ChemistrySetup BinneyVasiliev2023 => Published.Value;

    /// <summary>Reads a chemistry file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">Something in it is not allowed; the message names file, line, section, key and value.</exception>
    public static ChemistrySetup Read(string path) => Read(IniFile.Read(path));

    /// <summary>Reads chemistry from text.</summary>
    /// <param name="text">The text of an INI file.</param>
    /// <param name="name">Name for messages.</param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static ChemistrySetup Parse(string text, string name = "text") => Read(IniFile.Parse(text, name));

    private static ChemistrySetup Read(IniFile file)
    {
        List<(PopulationChemistry Row, SectionReader Reader)> rows = [];
        foreach (IniSection section in file.Sections)
        {
            SectionReader r = new(section);
            if (!section.Is(Kind, out string name))
            {
                throw r.Error($"unknown section; a chemistry file has sections [{Kind} NAME], one for each component of stars");
            }

            if (name.Length == 0 || rows.Exists(other => Same(other.Row.Component, name)))
            {
                throw r.Error(name.Length == 0 ? $"has no name: write [{Kind} NAME] with the name of a component" : "there is another section of this name");
            }

            rows.Add((Population(name, r), r));
            r.Done();
        }

        if (rows.Count == 0)
        {
            throw new InputException($"{file.Name}: has no section [{Kind} NAME], so it says nothing of any component's chemistry");
        }

        foreach ((PopulationChemistry row, SectionReader r) in rows)
        {
            CheckOthers(row, r, [.. rows.Select(other => other.Row)]);
        }

        return new(file.Name, [.. rows.Select(row => row.Row)]);
    }

    private static PopulationChemistry Population(string name, SectionReader r)
    {
        ChemicalParameters parameters = new(
            r.Number("x"), r.Number("gradient"), r.Number("y"), r.Number("sigmax"), r.Number("sigmay"), r.Number("theta") * (Math.PI / 180));
        r.Make(() =>
        {
            parameters.Check();
            return parameters;
        });
        if (!r.Has("split"))
        {
            return new(name, parameters);
        }

        SplitAction action = r.Choice("split", ("Jz", SplitAction.Jz), ("Jphi", SplitAction.Jphi));
        HighAlphaSplit split = action == SplitAction.Jz
            ? new(action, r.Number("Jz0"), r.Number("Deltaz"))
            : new(action, r.Number("Jphi0"), r.Number("Deltaphi"));
        r.Make(() =>
        {
            split.Check();
            return split;
        });
        return new(name, parameters, split, r.Text("others"));
    }

    /// <summary>The chemistry that the others take must be there, and be of one kind itself.</summary>
    private static void CheckOthers(PopulationChemistry row, SectionReader r, PopulationChemistry[] rows)
    {
        if (row.Others is not string name)
        {
            return;
        }

        PopulationChemistry? others = Array.Find(rows, other => Same(other.Component, name));
        if (others is null)
        {
            string[] names = [.. rows.Select(other => other.Component).Where(n => !Same(n, row.Component))];
            throw r.Error("others", $"there is no section [{Kind} {name}]{(Suggestion.Nearest(name, names) is string s ? $"; did you mean {s}?" : ".")} There are: {string.Join(", ", names)}");
        }

        if (others.Split is not null)
        {
            throw r.Error("others", "is split itself; name a component whose stars all have its chemistry");
        }
    }

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
