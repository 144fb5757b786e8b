using Oort.DistributionFunctions;
using Oort.Models;
using Oort.Models.Predictions;
using Oort.Potentials;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>What figures and tables of Sun et al. (2025) need of a model file besides the model: the parameters of Table 2, and parts of the initial potential.</summary>
public static class Sun25ModelFile
{
    private const string Thin = "thin disk", Thick = "thick disk", Halo = "dark halo";

    /// <summary>
    /// The parameters of Table 2, from the sections [Potential NAME] and quasi-isothermal [DF NAME] of the names thin disk, thick disk and dark halo that
    /// models/sun25-*.ini have. What a model does not have, or gives by other keys, is NaN; null if it has no quasi-isothermal disc of these names.
    /// </summary>
    /// <param name="model">The model, read from a file.</param>
    public static Sun25Parameters? Parameters(ModelDefinition model)
    {
        ArgumentNullException.ThrowIfNull(model);
        QuasiIsothermalParameters? thin = Disc(model, Thin), thick = Disc(model, Thick);
        if (thin is null && thick is null)
        {
            return null;
        }

        List<(string Name, IniSection Section)> sections = Sections.Of(IniFile.Parse(model.Text, model.Source), Sections.Potential);
        double Value(string name, string key) => sections.Where(s => IsNamed(s.Name, name)).Select(s => s.Section.Find(key)).FirstOrDefault() is IniEntry entry
            && Numbers.TryParseFinite(entry.Value, out double value) ? value : double.NaN;
        Sun25Disc Both(string name, QuasiIsothermalParameters? p) => new(
            p?.Sigma0 ?? double.NaN, Value(name, "scaleRadius"), p?.Rdisk ?? double.NaN, Value(name, "scaleHeight"),
            p?.Sigmar0 ?? double.NaN, p?.Sigmaz0 ?? double.NaN, p is not null && p.Rsigmar.Equals(p.Rsigmaz) ? p.Rsigmar : double.NaN);
        return new(Both(Thin, thin), Both(Thick, thick), Value(Halo, "densityNorm"), Value(Halo, "scaleRadius"), model.SunRadius);
    }

    /// <summary>The initial potentials of those components for which the file has a section [Potential NAME] of their name.</summary>
    /// <param name="model">The model, read from a file.</param>
    public static IReadOnlyDictionary<string, Potential> InitialParts(ModelDefinition model)
    {
        ArgumentNullException.ThrowIfNull(model);
        NamedPotentials potentials = new(IniFile.Parse(model.Text, model.Source));
        Dictionary<string, Potential> parts = [];
        foreach (string name in model.Setup.Components.Select(c => c.Name))
        {
            int[] found = [.. Enumerable.Range(0, potentials.Count).Where(i => IsNamed(potentials.Name(i), name))];
            if (found.Length == 1)
            {
                parts.Add(name, potentials.Entries[found[0]].Potential);
            }
        }

        return parts;
    }

    private static QuasiIsothermalParameters? Disc(ModelDefinition model, string name)
        => (model.Setup.Components.FirstOrDefault(c => IsNamed(c.Name, name))?.DistributionFunction as QuasiIsothermal)?.Parameters;

    private static bool IsNamed(string name, string wanted) => name.Equals(wanted, StringComparison.OrdinalIgnoreCase);
}
