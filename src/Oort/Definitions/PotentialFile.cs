using Oort.Potentials;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>
/// Potentials in INI files of AGAMA's dialect: the sum of the sections <c>[Potential NAME]</c>, with coefficient blocks.
/// What is written reads back here and in AGAMA (kpc, km/s, Msun).
/// </summary>
public static class PotentialFile
{
    /// <summary>Name of the potential's file in a build's directory.</summary>
    public const string NameInBuild = "potential.ini";

    /// <summary>Reads the potential of a file, or of the directory that a build wrote.</summary>
    /// <param name="path">An INI file, or a directory that <c>oort build</c> wrote.</param>
    /// <exception cref="InputException">Something in it is not allowed; the message names file, line, section, key and value.</exception>
    public static Potential Read(string path) => Read(Sections.Read(path, NameInBuild));

    /// <summary>Reads a potential from text.</summary>
    /// <param name="text">The text of an INI file.</param>
    /// <param name="name">Name for messages.</param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static Potential Parse(string text, string name = "text") => Read(IniFile.Parse(text, name));

    /// <summary>Writes a potential: a section for each part of a sum.</summary>
    /// <exception cref="InputException">It, or a part of it, has no form in a file.</exception>
    public static void Write(TextWriter writer, Potential potential)
        => IniFile.Write(writer, PotentialSum.Write(potential));

    internal static Potential Read(IniFile file)
    {
        NamedPotentials potentials = new(file);
        return potentials.Count == 0
            ? throw new InputException($"{file.Name}: has no section [Potential NAME], so it defines no potential")
            : potentials.Total;
    }
}
