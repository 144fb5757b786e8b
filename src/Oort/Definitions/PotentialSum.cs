using Oort.Potentials;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>The potential of several sections together, and back.</summary>
internal static class PotentialSum
{
    /// <summary>The sum of the potentials; one expansion serves all densities together.</summary>
    public static Potential Combine(IReadOnlyList<PotentialEntry> entries)
    {
        PotentialEntry[] densities = [.. entries.Where(e => e.IsDensity)];
        List<Potential> parts = [.. entries.Where(e => !e.IsDensity).Select(e => e.Potential)];
        if (densities.Length > 0)
        {
            parts.Add(densities.Length == 1 ? densities[0].Potential : new MassModel(densities.Select(d => d.Density)));
        }

        return parts.Count == 1 ? parts[0] : new CompositePotential(parts);
    }

    /// <summary>Sections whose sum is the potential.</summary>
    public static List<IniSection> Write(Potential potential)
    {
        IReadOnlyList<Potential> parts = potential is CompositePotential sum ? sum.Parts : [potential];
        List<IniSection> sections = [];
        foreach (Potential part in parts)
        {
            if (part is MassModel model)
            {
                sections.AddRange(model.Densities.Select((d, i) => PotentialTypes.Write(Header(sections.Count + i), d)));
            }
            else
            {
                sections.Add(PotentialTypes.Write(Header(sections.Count), part));
            }
        }

        return sections;
    }

    /// <summary>AGAMA's headers: [Potential], [Potential1], [Potential2] ...</summary>
    private static string Header(int i) => i == 0 ? Sections.Potential : $"{Sections.Potential}{i}";
}
