using Oort.DistributionFunctions;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>Types of distribution functions: how a section [DF NAME] of each is read.</summary>
internal static class DistributionFunctionTypes
{
    private static readonly Dictionary<string, Func<SectionReader, NamedPotentials, DistributionFunction>> Readings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["NewExponential"] = (r, _) => new NewExponential(new()
        {
            Mass = r.NumberOrNull("mass"),
            Norm = r.NumberOrNull("norm"),
            Jphi0 = r.Number("Jphi0"),
            Jr0 = r.Number("Jr0"),
            Jz0 = r.Number("Jz0"),
            pr = r.Number("pr", 0),
            pz = r.Number("pz", 0),
            AddJden = r.Number("addJden", 0),
            AddJvel = r.Number("addJvel", 0),
        }),
        ["NewDoublePowerLaw"] = (r, _) => new NewDoublePowerLaw(new()
        {
            Mass = r.NumberOrNull("mass"),
            Norm = r.NumberOrNull("norm"),
            J0 = r.Number("J0"),
            L0 = r.Number("L0"),
            SlopeIn = r.Number("slopeIn"),
            SlopeOut = r.Number("slopeOut"),
            Alpha = r.Number("alpha", 0.6),
            Beta = r.Number("beta", 0),
            Fin = r.Number("Fin", 1),
            Fout = r.Number("Fout", 1),
            Jcutoff = r.Number("Jcutoff", double.PositiveInfinity),
            CutoffStrength = r.Number("cutoffStrength", 2),
            Jcore = r.Number("Jcore", 0),
            Zeta = r.NumberOrNull("zeta"),
            RotFrac = r.Number("rotFrac", 0),
            Jphi0 = r.Number("Jphi0", 0),
        }),
        ["DoublePowerLaw"] = (r, _) => new DoublePowerLaw(new()
        {
            Mass = r.NumberOrNull("mass"),
            Norm = r.NumberOrNull("norm"),
            J0 = r.Number("J0"),
            SlopeIn = r.Number("slopeIn"),
            SlopeOut = r.Number("slopeOut"),
            Steepness = r.Number("steepness", 1),
            CoefJrIn = r.Number("coefJrIn", 1),
            CoefJzIn = r.Number("coefJzIn", 1),
            CoefJrOut = r.Number("coefJrOut", 1),
            CoefJzOut = r.Number("coefJzOut", 1),
            Jcutoff = r.Number("Jcutoff", double.PositiveInfinity),
            CutoffStrength = r.Number("cutoffStrength", 2),
            Jcore = r.Number("Jcore", 0),
            Zeta = r.NumberOrNull("zeta"),
            RotFrac = r.Number("rotFrac", 0),
            Jphi0 = r.Number("Jphi0", 0),
        }),
        ["Exponential"] = (r, _) => new Exponential(new()
        {
            Mass = r.NumberOrNull("mass"),
            Norm = r.NumberOrNull("norm"),
            Jr0 = r.Number("Jr0"),
            Jz0 = r.Number("Jz0"),
            Jphi0 = r.Number("Jphi0"),
            AddJden = r.Number("addJden", 0),
            AddJvel = r.Number("addJvel", 0),
            CoefJr = r.Number("coefJr", 1),
            CoefJz = r.Number("coefJz", 0.25),
            qJr = r.Number("qJr", 0),
            qJz = r.Number("qJz", 0),
        }),
        ["QuasiIsothermal"] = (r, potentials) => new QuasiIsothermal(
            new()
            {
                Sigma0 = r.Number("Sigma0"),
                Rdisk = r.Number("Rdisk"),
                Sigmar0 = r.Number("sigmar0"),
                Sigmaz0 = r.Number("sigmaz0"),
                Rsigmar = r.Number("Rsigmar"),
                Rsigmaz = r.Number("Rsigmaz"),
                Sigmamin = r.Number("sigmamin", 0),
                CoefJr = r.Number("coefJr", 1),
                CoefJz = r.Number("coefJz", 0.25),
            },
            potentials.Potential(r, "potential")),
        ["QuasiSpherical"] = (r, potentials) => new QuasiSpherical(
            potentials.Entries[potentials.Find(r, "density", r.Text("density"))].Density,
            potentials.Potential(r, "potential"),
            r.Number("outerCutoffRadius", double.PositiveInfinity),
            r.Number("cutoffStrength", 2)),
    };

    /// <summary>Reads a section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="potentials">The potentials of the same file, in which some distribution functions are defined.</param>
    /// <exception cref="InputException">Its type, a key or a value is not allowed.</exception>
    public static DistributionFunction Read(IniSection section, NamedPotentials potentials)
    {
        SectionReader r = new(section);
        string type = r.Text("type");
        if (!Readings.TryGetValue(type, out Func<SectionReader, NamedPotentials, DistributionFunction>? read))
        {
            throw r.Error("type", $"unknown type of distribution function{(Suggestion.Nearest(type, Readings.Keys) is string s ? $"; did you mean {s}?" : ".")} "
                + $"It must be one of {string.Join(", ", Readings.Keys)}");
        }

        DistributionFunction function = r.Make(() => read(r, potentials));
        r.Done();
        return function;
    }
}
