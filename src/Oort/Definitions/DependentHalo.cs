using Oort.Potentials;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>
/// The types of sections whose density depends on other sections of the file: <c>ContractedHalo</c>, on the baryons it names, and
/// <c>CircumgalacticMedium</c>, on R200 of all mass together, itself included. Since R200 is the radius of a sphere whose mass
/// can be written down for any R200, one root gives it: nothing is iterated.
/// </summary>
internal sealed class DependentHalo
{
    /// <summary>Names of the types.</summary>
    public static readonly string[] Types = ["ContractedHalo", "CircumgalacticMedium"];

    private readonly SectionReader reader;
    private readonly NamedPotentials potentials;
    private readonly CircumgalacticMedium? gas;
    private readonly Potential? halo;
    private readonly int[] baryons = [];
    private readonly double baryonFraction, virialRadius;
    private readonly Lazy<Func<double, double>> plainBaryons;

    private DependentHalo(SectionReader reader, NamedPotentials potentials)
    {
        (this.reader, this.potentials) = (reader, potentials);
        plainBaryons = new(() => potentials.PlainMass(baryons));
        baryonFraction = reader.Number("baryonFraction", ContractedHalo.PlanckBaryonFraction);
        if (reader.Text("type").Equals(Types[1], StringComparison.OrdinalIgnoreCase))
        {
            gas = new()
            {
                Amplitude = reader.Number("amplitude", 0.190),
                Slope = reader.Number("slope", -1.46),
                BaryonFraction = baryonFraction,
                HubbleConstant = reader.Number("H0", VirialSphere.PlanckHubbleConstant),
                Extent = reader.Number("extent", 2),
            };
            gas.Check();
            virialRadius = reader.Number("virialRadius", 0);
        }
        else
        {
            ContractedHalo.CheckFraction(baryonFraction);
            halo = NFW.FromDensityNorm(reader.Number("densityNorm"), reader.Number("scaleRadius"));
            baryons = [.. reader.List("baryons").Select(name => potentials.Find(reader, "baryons", name))];
        }
    }

    /// <summary>Reads a section of one of these types.</summary>
    public static DependentHalo Read(IniSection section, NamedPotentials potentials)
    {
        SectionReader r = new(section, PotentialKeys.Aliases);
        DependentHalo result = r.Make(() => new DependentHalo(r, potentials));
        r.Done();
        return result;
    }

    /// <summary>Whether a section is of one of these types.</summary>
    public static bool IsType(IniSection section)
        => Types.Contains(new SectionReader(section).Text("type", ""), StringComparer.OrdinalIgnoreCase);

    /// <summary>The entry of the section; its density is made when it is asked for.</summary>
    public PotentialEntry Entry() => PotentialEntry.OfDensity(Density);

    /// <summary>H0 of the gas, km/s/Mpc; null if it is none or its R200 is given.</summary>
    public double? HubbleConstant => virialRadius > 0 ? null : gas?.HubbleConstant;

    /// <summary>The mass inside r where R200 is <paramref name="virial"/>, Msun.</summary>
    public double Mass(double r, double virial)
        => gas is not null
            ? gas.Mass(r, virialRadius > 0 ? virialRadius : virial)
            : ContractedHalo.Mass(EnclosedMass.Within(halo!, r), Baryons(r, virial), baryonFraction);

    private Density Density()
    {
        if (gas is not null)
        {
            return gas.Density(virialRadius > 0 ? virialRadius : potentials.VirialRadius(gas.HubbleConstant));
        }

        DependentHalo? others = baryons.Select(potentials.Dependent).FirstOrDefault(d => d is { gas: null });
        return others is not null
            ? throw reader.Error("baryons", "a contracted halo is not made of baryons")
            : new ContractedHalo(r => EnclosedMass.Within(halo!, r), BaryonsInside(), baryonFraction);
    }

    private Func<double, double> BaryonsInside()
    {
        double? H0 = baryons.Select(potentials.Dependent).FirstOrDefault(d => d?.HubbleConstant is not null)?.HubbleConstant;
        double virial = H0 is double h ? potentials.VirialRadius(h) : 0;
        return r => Baryons(r, virial);
    }

    private double Baryons(double r, double virial)
        => plainBaryons.Value(r) + baryons.Select(potentials.Dependent).Sum(d => d is { gas: not null } ? d.Mass(r, virial) : 0);
}
