using Oort.DistributionFunctions;

namespace Oort.Tests.Support;

/// <summary>
/// The seven distribution functions of Binney &amp; Vasiliev (2023), Table 3, by the names of its rows in lower case.
/// The anisotropies are not in the table; the zetas are those of the published code (coarser than ours would be).
/// </summary>
public static class Bv23
{
    public static IReadOnlyList<string> Names { get; } =
        ["dark halo", "stellar halo", "bulge", "young disk", "middle disk", "old disk", "thick disk"];

    public static IReadOnlyList<string> Discs { get; } = [.. Names.Skip(3)];

    public static IReadOnlyList<string> Spheroids { get; } = [.. Names.Take(3)];

    public static DistributionFunction Create(string name) => Discs.Contains(name)
        ? new NewExponential(Disc(name))
        : new NewDoublePowerLaw(Spheroid(name));

    public static NewExponentialParameters Disc(string name) => name switch
    {
        "young disk" => DiscRow(0.175, 650, 10, 0.65, -0.7, -0.3, 10, 100),
        "middle disk" => DiscRow(0.75, 600, 17, 2.8, -0.35, -0.1, 10, 700),
        "old disk" => DiscRow(1.0, 550, 22, 5, -0.25, -0.1, 10, 700),
        "thick disk" => DiscRow(0.95, 400, 63, 30, 0.13, 0.05, 20, 40),
        _ => throw new ArgumentException($"no disc {name} in Table 3"),
    };

    public static NewDoublePowerLawParameters Spheroid(string name) => name switch
    {
        "dark halo" => SpheroidRow(98, 100, 10000, 20000, 1.6, 2.7, 1.4, 1.2) with { Zeta = 0.1140615 },
        "stellar halo" => SpheroidRow(0.1, 5, 600, 100000, 1, 3.5, 1.8, 1.2) with { Beta = 0.5, Zeta = 0.0476482 },
        "bulge" => SpheroidRow(1.1, 5, 19.5, 200, 0.5, 1.8, 3, 2) with { Beta = 0.6, Zeta = 0.0085731 },
        _ => throw new ArgumentException($"no spheroid {name} in Table 3"),
    };

    private static NewExponentialParameters DiscRow(
        double mass, double Jphi0, double Jr0, double Jz0, double pr, double pz, double Jd0, double Jv0) => new()
        {
            Mass = mass * 1e10,
            Jphi0 = Jphi0,
            Jr0 = Jr0,
            Jz0 = Jz0,
            pr = pr,
            pz = pz,
            AddJden = Jd0,
            AddJvel = Jv0,
        };

    private static NewDoublePowerLawParameters SpheroidRow(
        double mass, double Jc, double J0, double Jcut, double slopeIn, double slopeOut, double Fin, double Fout) => new()
        {
            Mass = mass * 1e10,
            Jcore = Jc,
            J0 = J0,
            Jcutoff = Jcut,
            SlopeIn = slopeIn,
            SlopeOut = slopeOut,
            CutoffStrength = 2,
            Fin = Fin,
            Fout = Fout,
            L0 = 100000,
        };
}
