using Oort.Coordinates;
using Oort.Potentials;

namespace Oort.Tests.Potentials;

/// <summary>
/// One potential under test. <paramref name="Size"/> is a length typical of it (kpc): points are drawn around it.
/// The tolerances are relative to the size of the quantity at the point: 1e-7 of finite differences and 1e-10 of
/// Poisson's equation suit closed forms, expansions give theirs. <paramref name="Mass"/> is the total mass where finite.
/// </summary>
public sealed record PotentialCase(
    Potential Potential, double Size, double Mass = double.NaN, double DerivativeTolerance = 1e-7, double PoissonTolerance = 1e-10)
{
    /// <summary>Length on which the potential varies at radius r: finite differences take steps of a hundredth of it.</summary>
    public Func<double, double> VariationLength { get; init; } = r => Math.Min(r, Size);

    /// <summary>Vertical length on which it varies in the plane; 0 where there is a kink.</summary>
    public double VerticalScale { get; init; } = 0.3 * Size;

    /// <summary>Phi of the textbook formula, by plain scalar arithmetic.</summary>
    public Func<double, double, double>? Phi { get; init; }

    /// <summary>Mass inside a sphere of radius r, from the textbook.</summary>
    public Func<double, double>? EnclosedMass { get; init; }
}

/// <summary>Every potential of the library, by name. Add a line and the whole property suite runs on it.</summary>
public static class PotentialCatalogue
{
    private const double G = Units.G;

    private static readonly Lazy<PotentialCase> MultipoleCase = new(() => new(
        Multipole.FromDensity(new FormulaDensity((R, z) => 3e9 * Math.Pow(1 + R * R / 4 + z * z / 2, -2.5), 0), 10),
        2, 4 * Math.PI / 3 * 3e9 * 4 * Math.Sqrt(2), 3e-5, 1e-9));

    private static readonly Lazy<PotentialCase> SpheroidCase = new(() => new(
        new Spheroid(new(9.8e10, 0, 1.8, 1, 0.075, 0.5, 2.1)), 2, new SpheroidDensity(9.8e10, 0, 1.8, 1, 0.075, 0.5, 2.1).TotalMass, 3e-5, 1e-3));

    private static readonly Lazy<PotentialCase> DiskCase = new(() => new(
        new Disk(new(8.9e8, 2.5, 0.3)), 2.5, new DiskDensity(8.9e8, 2.5, 0.3).TotalMass, 1e-4, 5e-3)
    { VerticalScale = 0 });

    private static readonly Lazy<PotentialCase> MassModelCase = new(() => new(
        new MassModel(MilkyWayModels.Densities("McMillan17")), 2.5, double.NaN, 1e-3, 1e-2)
    {
        VerticalScale = 0,
        VariationLength = r => Math.Min(0.3 * r, 2.5),
    });

    public static readonly IReadOnlyDictionary<string, Func<PotentialCase>> Cases = new Dictionary<string, Func<PotentialCase>>
    {
        ["Plummer"] = () => new(new Plummer(3e10, 1.3), 1.3, 3e10)
        {
            Phi = (R, z) => -G * 3e10 / Math.Sqrt(R * R + z * z + 1.3 * 1.3),
            EnclosedMass = r => 3e10 * Math.Pow(1 + 1.69 / (r * r), -1.5),
        },
        ["Isochrone"] = () => new(new Isochrone(1e11, 2.5), 2.5, 1e11)
        {
            Phi = (R, z) => -G * 1e11 / (2.5 + Math.Sqrt(2.5 * 2.5 + R * R + z * z)),
            EnclosedMass = r => 1e11 * r * r * r / (Math.Sqrt(6.25 + r * r) * Math.Pow(2.5 + Math.Sqrt(6.25 + r * r), 2)),
        },
        ["MiyamotoNagai"] = () => new(new MiyamotoNagai(6.8e10, 3, 0.28), 3, 6.8e10)
        {
            Phi = (R, z) => -G * 6.8e10 / Math.Sqrt(R * R + Math.Pow(3 + Math.Sqrt(z * z + 0.28 * 0.28), 2)),
        },
        ["MiyamotoNagai negative"] = () => new(new MiyamotoNagai(-2e10, 5, 0.4), 5, -2e10)
        {
            Phi = (R, z) => G * 2e10 / Math.Sqrt(R * R + Math.Pow(5 + Math.Sqrt(z * z + 0.16), 2)),
        },
        ["NFW"] = () => new(new NFW(5e11, 16), 16)
        {
            Phi = (R, z) => -G * 5e11 / Math.Sqrt(R * R + z * z) * Math.Log(1 + Math.Sqrt(R * R + z * z) / 16),
            EnclosedMass = r => 5e11 * (Math.Log(1 + r / 16) - r / (r + 16)),
        },
        ["Dehnen 0"] = () => DehnenCase(0),
        ["Dehnen 0.5"] = () => DehnenCase(0.5),
        ["Hernquist"] = () => DehnenCase(1) with
        {
            Phi = (R, z) => -G * 2e10 / (Math.Sqrt(R * R + z * z) + 1.5),
            EnclosedMass = r => 2e10 * Math.Pow(r / (r + 1.5), 2),
        },
        ["Dehnen 1.7"] = () => DehnenCase(1.7),
        ["Jaffe"] = () => DehnenCase(2) with
        {
            Phi = (R, z) => G * 2e10 / 1.5 * Math.Log(Math.Sqrt(R * R + z * z) / (Math.Sqrt(R * R + z * z) + 1.5)),
        },
        ["Logarithmic"] = () => new(new Logarithmic(220, 0.8, 0.85), 5)
        {
            Phi = (R, z) => 0.5 * 220 * 220 * Math.Log(0.64 + R * R + z * z / (0.85 * 0.85)),
        },
        ["DiskAnsatz exponential"] = () => Ansatz(new(8.9e8, 2.5, 0.3)),
        ["DiskAnsatz sech2"] = () => Ansatz(new(8.9e8, 2.5, -0.3)) with { VerticalScale = 0.3 },
        ["DiskAnsatz thin"] = () => Ansatz(new(8.9e8, 2.5, 0)),
        ["DiskAnsatz hole"] = () => Ansatz(new(5.3e7, 7, -0.085, 4)) with { VariationLength = r => Math.Min(r, r * r / 4) },
        ["DiskAnsatz Sersic"] = () => Ansatz(new(8.9e8, 2.5, 0.3, 0, 2)),
        ["Multipole"] = () => MultipoleCase.Value,
        ["Spheroid"] = () => SpheroidCase.Value,
        ["Disk"] = () => DiskCase.Value,
        ["MassModel"] = () => MassModelCase.Value,
        // The third derivatives of splines jump at nodes, which finite differences smear.
        ["CylSpline solved from a density"] = () => new(
            CylSplineTests.ThinDisk.Value, 6, 2 * Math.PI * 2 * 36 * 1e8, DerivativeTolerance: 1e-4)
        { VerticalScale = 0.3 },
        ["CylSpline from coefficients"] = () => new(CylSplineTests.Tabulated.Value, 3, 6e10, DerivativeTolerance: 1e-4) { VerticalScale = 0.3 },
        ["Composite"] = () => new(
            new CompositePotential(
                new Plummer(1e10, 0.4),
                new CompositePotential(new MiyamotoNagai(6.8e10, 3, 0.28), new MiyamotoNagai(-1e10, 6, 0.3)),
                new Dehnen(5e11, 30, 1)),
            4,
            1e10 + 6.8e10 - 1e10 + 5e11),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    public static TheoryData<string> WithClosedForm => [.. Cases.Where(c => c.Value().Phi is not null).Select(c => c.Key)];

    public static TheoryData<string> WithEnclosedMass => [.. Cases.Where(c => c.Value().EnclosedMass is not null).Select(c => c.Key)];

    public static TheoryData<string> WithMass => [.. Cases.Where(c => double.IsFinite(c.Value().Mass)).Select(c => c.Key)];

    private static PotentialCase Ansatz(DiskDensity disk) => new(new DiskAnsatz(disk), 2) { VerticalScale = 0 };

    private static PotentialCase DehnenCase(double gamma) => new(new Dehnen(2e10, 1.5, gamma), 1.5, 2e10)
    {
        Phi = (R, z) => -G * 2e10 / 1.5 / (2 - gamma) * (1 - Math.Pow(1 + 1.5 / Math.Sqrt(R * R + z * z), gamma - 2)),
        EnclosedMass = r => 2e10 * Math.Pow(r / (r + 1.5), 3 - gamma),
    };
}
