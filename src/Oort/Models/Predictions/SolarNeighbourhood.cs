using Oort.Coordinates;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Models.Predictions;

/// <summary>Densities and forces at the Sun (Binney &amp; Vasiliev 2023, Table 4 and equation 17), in the plane and within 1.1 kpc of it.</summary>
internal sealed class SolarNeighbourhood
{
    /// <summary>Height to which surface densities are quoted, kpc.</summary>
    private const double Height = 1.1;

    // 1 GeV/c^2 = 1.78266192e-24 g, a solar mass 1.98841e33 g, a parsec 3.0856775815e18 cm.
    private const double GevPerCubicCentimetre = 1.78266192e-24 / 1.98841e33 * 3.0856775815e18 * 3.0856775815e18 * 3.0856775815e18;

    private const int Nodes = 24, ForceNodes = 16;
    private const double ThinDisc = 0.1;
    private const string Volume = "Msun/pc^3", Surface = "Msun/pc^2", Table = "Table 4", Text = "section 4.4.2";

    private readonly Galaxy galaxy;
    private readonly double sunRadius;
    private readonly double[] rho, sigma;
    private readonly double thickVphi;

    private SolarNeighbourhood(Galaxy galaxy, double sunRadius, double[] rho, double[] sigma, double thickVphi)
        => (this.galaxy, this.sunRadius, this.rho, this.sigma, this.thickVphi) = (galaxy, sunRadius, rho, sigma, thickVphi);

    /// <summary>Asks for the moments in the plane and at the heights that the integral to 1.1 kpc needs.</summary>
    public static int Add(MomentBatch batch, double sunRadius)
    {
        (double[] z, _) = Rule();
        int first = batch.Add([sunRadius], [0]);
        batch.Add([.. z.Select(_ => sunRadius)], z);
        return first;
    }

    /// <summary>From the moments that <see cref="Add"/> has asked for.</summary>
    public static SolarNeighbourhood Of(Galaxy galaxy, double sunRadius, Moments[,] moments, int first)
    {
        (_, double[] weights) = Rule();
        int count = galaxy.Components.Count, thick = GalaxyNumbers.Find(galaxy, "thick");
        return new(
            galaxy, sunRadius, [.. Enumerable.Range(0, count).Select(c => moments[first, c].RhoPerCubicParsec)],
            [.. Enumerable.Range(0, count).Select(c => Enumerable.Range(0, Nodes).Sum(k => 2 * weights[k] * moments[first + 1 + k, c].Rho) / Units.PerSquareParsec)],
            thick < 0 ? double.NaN : moments[first, thick].MeanVphi);
    }

    /// <summary>Table 4.</summary>
    public IReadOnlyList<ComparedNumber> Table4() =>
    [
        new(Table, "Sigma(R0, 1.1 kpc), gas", Surface, Sum(sigma, ComponentKind.Gas), 13.6),
        new(Table, "Sigma(R0, 1.1 kpc), stars", Surface, Sum(sigma, ComponentKind.Stars), 21.6),
        new(Table, "Sigma(R0, 1.1 kpc), dark matter", Surface, Sum(sigma, ComponentKind.Dark), 26.0),
        new(Table, "Sigma(R0, 1.1 kpc), total", Surface, sigma.Sum(), 61.2),
        new(Table, "rho(R0, 0), gas", Volume, Sum(rho, ComponentKind.Gas), 0.057),
        new(Table, "rho(R0, 0), stars", Volume, Sum(rho, ComponentKind.Stars), 0.0317),
        new(Table, "rho(R0, 0), dark matter", Volume, Sum(rho, ComponentKind.Dark), 0.0121),
        new(Table, "rho(R0, 0), stars and dark matter", Volume, Sum(rho, ComponentKind.Stars) + Sum(rho, ComponentKind.Dark), 0.0436)
            { Note = "the paper's total is without the gas" },
    ];

    /// <summary>The other local numbers.</summary>
    public IEnumerable<ComparedNumber> Quoted()
    {
        double dark = Sum(rho, ComponentKind.Dark), stars = Sum(rho, ComponentKind.Stars);
        double force = galaxy.Potential.At(sunRadius, Height).PhiZ, circular = galaxy.CircularSpeed(sunRadius);
        double perArea = 1 / (2 * Math.PI * Units.G * Units.PerSquareParsec);
        yield return new(Text, "Kz(1.1 kpc)/(2 pi G) at R0", Surface, force * perArea, 64.1);
        yield return new(Text, "equation 17: [Kz + (z/R) dVc^2/dR]/(2 pi G) at 1.1 kpc, Vc averaged from the plane to z", Surface,
            (force + Height / sunRadius * MeanGradient()) * perArea, 61.2)
        { Note = "the surface density by Poisson's equation" };
        yield return new(Text, "equation 17 with Vc of the plane", Surface, (force + Height / sunRadius * Gradient(0)) * perArea, 61.2)
        { Note = "as the paper's text has it; not exact, for Vc changes with height" };
        yield return new(Text, "circular speed at R0", "km/s", circular, double.NaN) { Note = "the paper draws it, Figure 15" };
        yield return new(Text, "dVc/dR at R0", "km/s/kpc", Gradient(0) / (2 * circular), double.NaN) { Note = "\"falling at R0\"" };
        yield return new(Text, "density of dark matter at R0", "GeV/cm^3", dark / GevPerCubicCentimetre, 0.46);
        yield return new(Text, "dark matter over stars at R0", "", dark / stars, 0.0121 / 0.0317) { Note = "\"a third\"; the paper's number is that of its Table 4" };
        int halo = GalaxyNumbers.Find(galaxy, "stellar halo");
        yield return new(Text, "density of the stellar halo at R0", Volume, halo < 0 ? double.NaN : rho[halo], 4.7e-5);
        yield return new("section 5", "stars within 1.1 kpc at R0", Surface, Sum(sigma, ComponentKind.Stars), 22);
        yield return new(Text, "asymmetric drift of the thick disc at R0", "km/s", circular - thickVphi, double.NaN) { Note = "\"in excess of > 10 km/s\"" };
    }

    private double Sum(double[] values, ComponentKind kind)
        => Enumerable.Range(0, values.Length).Where(c => galaxy.Components[c].Kind == kind).Sum(c => values[c]);

    // d(R dPhi/dR)/dR at a height.
    private double Gradient(double z)
    {
        PotentialPoint p = galaxy.Potential.At(sunRadius, z);
        return p.PhiR + sunRadius * p.PhiRR;
    }

    private double MeanGradient()
    {
        double[] z = new double[ForceNodes], weights = new double[ForceNodes];
        SinhMap.Nodes(0, Height, ThinDisc, z, weights);
        return Enumerable.Range(0, ForceNodes).Sum(k => weights[k] * Gradient(z[k])) / Height;
    }

    private static (double[] Z, double[] Weights) Rule()
    {
        double[] z = new double[Nodes], weights = new double[Nodes];
        SinhMap.Nodes(0, Height, ThinDisc, z, weights);
        return (z, weights);
    }
}
