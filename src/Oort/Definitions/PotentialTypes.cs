using Oort.Potentials;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>Types of potentials and densities: how a section of each is read, with AGAMA's names of keys and their defaults.</summary>
internal static partial class PotentialTypes
{
    private delegate PotentialEntry Reading(SectionReader r);

    private static readonly Dictionary<string, Reading> Readings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Disk"] = r => PotentialEntry.Of(Disk(r), d => new Disk(d)),
        ["DiskAnsatz"] = r => PotentialEntry.Of(new DiskAnsatz(Disk(r)), 0),
        ["Spheroid"] = r => PotentialEntry.Of(Spheroid(r), d => new Spheroid(d)),
        ["Dehnen"] = r =>
        {
            (double mass, double a, double gamma) = (r.Number("mass"), r.Number("scaleRadius"), r.Number("gamma", 1));
            return PotentialEntry.Of(new Dehnen(mass, a, gamma), mass);
        },
        ["Plummer"] = r => PotentialEntry.Of(new Plummer(r.Number("mass"), r.Number("scaleRadius")), r.Number("mass")),
        ["Isochrone"] = r => PotentialEntry.Of(new Isochrone(r.Number("mass"), r.Number("scaleRadius")), r.Number("mass")),
        ["NFW"] = r => PotentialEntry.Of(Either(r, "mass", "densityNorm") == "mass"
            ? new NFW(r.Number("mass"), r.Number("scaleRadius"))
            : NFW.FromDensityNorm(r.Number("densityNorm"), r.Number("scaleRadius"))),
        ["MiyamotoNagai"] = r => PotentialEntry.Of(new MiyamotoNagai(r.Number("mass"), r.Number("scaleRadius"), r.Number("scaleHeight")), r.Number("mass")),
        ["Logarithmic"] = r => PotentialEntry.Of(new Logarithmic(r.Number("v0"), r.Number("scaleRadius", 0), r.Number("axisRatioZ", 1))),
        ["Multipole"] = Multipole,
        ["CylSpline"] = CylSpline,
        ["DensitySphericalHarmonic"] = SphericalDensity,
        ["DensityAzimuthalHarmonic"] = CylindricalDensity,
    };

    /// <summary>Names of the types.</summary>
    public static IEnumerable<string> Names => Readings.Keys;

    /// <summary>Reads a section.</summary>
    /// <exception cref="InputException">Its type, a key or a value is not allowed.</exception>
    public static PotentialEntry Read(IniSection section)
    {
        SectionReader r = new(section, PotentialKeys.Aliases, PotentialKeys.Foreign);
        string type = r.Text("type");
        if (!Readings.TryGetValue(type, out Reading? read))
        {
            string what = PotentialKeys.ForeignTypes.Contains(type, StringComparer.OrdinalIgnoreCase)
                ? "a type of AGAMA's that Oort does not have" : $"unknown type{(Suggestion.Nearest(type, Names.Concat(DependentHalo.Types)) is string s ? $"; did you mean {s}?" : "")}";
            throw r.Error("type", $"{what}. It must be one of {string.Join(", ", Names.Concat(DependentHalo.Types))}");
        }

        PotentialEntry entry = r.Make(() => read(r));
        Axisymmetric(r);
        if (section.Coefficients is not null && !TakesCoefficients(type))
        {
            throw r.Error($"{type} takes no block of coefficients");
        }

        r.Done();
        return entry;
    }

    private static DiskDensity Disk(SectionReader r)
    {
        bool byMass = Either(r, "surfaceDensity", "mass") == "mass";
        (double a, double h, double hole, double n) =
            (r.Number("scaleRadius"), r.Number("scaleHeight"), r.Number("innerCutoffRadius", 0), r.Number("sersicIndex", 1));
        return byMass ? DiskDensity.FromMass(r.Number("mass"), a, h, hole, n) : new DiskDensity(r.Number("surfaceDensity"), a, h, hole, n);
    }

    private static SpheroidDensity Spheroid(SectionReader r)
    {
        bool byMass = Either(r, "densityNorm", "mass") == "mass";
        (double gamma, double beta, double alpha) = (r.Number("gamma", 1), r.Number("beta", 4), r.Number("alpha", 1));
        (double a, double q, double strength) = (r.Number("scaleRadius"), r.Number("axisRatioZ", 1), r.Number("cutoffStrength", 2));
        // AGAMA writes 0 where there is no cutoff.
        double cutoff = r.Number("outerCutoffRadius", 0) is double c and not 0 ? c : double.PositiveInfinity;
        return byMass
            ? SpheroidDensity.FromMass(r.Number("mass"), gamma, beta, alpha, a, q, cutoff, strength)
            : new SpheroidDensity(r.Number("densityNorm"), gamma, beta, alpha, a, q, cutoff, strength);
    }

    /// <summary>Which of two keys is given, one of which must be.</summary>
    private static string Either(SectionReader r, string a, string b) => (r.Has(a), r.Has(b)) switch
    {
        (true, false) => a,
        (false, true) => b,
        (true, true) => throw r.Error(b, $"give {a} or {b}, not both"),
        _ => throw r.Error($"{a} or {b}: missing; one of them must be given"),
    };

    /// <summary>Accepts the keys that say the model is axisymmetric, and refuses others.</summary>
    private static void Axisymmetric(SectionReader r)
    {
        if (r.Number("axisRatioY", 1) != 1)
        {
            throw r.Error("axisRatioY", "must be 1: Oort's models are axisymmetric");
        }

        if (r.Has("symmetry"))
        {
            r.Choice("symmetry", ("Axisymmetric", true), ("Spherical", true), ("a", true), ("s", true));
        }
    }

    private static bool TakesCoefficients(string type)
        => ExpansionTypes.Contains(type, StringComparer.OrdinalIgnoreCase);
}
