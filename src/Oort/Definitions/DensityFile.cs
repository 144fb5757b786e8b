using Oort.Potentials;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>
/// Densities in INI files of AGAMA's dialect: the sum of the sections <c>[Density NAME]</c> and <c>[Potential NAME]</c>.
/// </summary>
public static class DensityFile
{
    /// <summary>Reads the density of a file.</summary>
    /// <exception cref="InputException">Something in it is not allowed; the message names file, line, section, key and value.</exception>
    public static Density Read(string path) => Read(IniFile.Read(path));

    /// <summary>Reads a density from text.</summary>
    /// <param name="text">The text of an INI file.</param>
    /// <param name="name">Name for messages.</param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static Density Parse(string text, string name = "text") => Read(IniFile.Parse(text, name));

    /// <summary>Writes a density: a section for each part of a sum.</summary>
    /// <exception cref="InputException">It, or a part of it, has no form in a file.</exception>
    public static void Write(TextWriter writer, Density density)
    {
        IReadOnlyList<Density> parts = density is CompositeDensity sum ? sum.Parts : [density];
        IniFile.Write(writer, parts.Select((p, i) => PotentialTypes.Write(i == 0 ? Sections.Density : $"{Sections.Density}{i}", p)));
    }

    private static Density Read(IniFile file)
    {
        Density[] parts =
        [
            .. Sections.Of(file, Sections.Density).Select(s => PotentialTypes.Read(s.Section).Density),
            .. new NamedPotentials(file).Entries.Select(e => e.Density),
        ];
        return parts.Length switch
        {
            0 => throw new InputException($"{file.Name}: has no section [Density NAME] or [Potential NAME], so it defines no density"),
            1 => parts[0],
            _ => new CompositeDensity(parts),
        };
    }
}
