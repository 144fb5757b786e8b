using Oort.Coordinates;
using Oort.Definitions;
using Oort.Models;

namespace Oort.Tests.Support;

/// <summary>The model of models/bv23.ini, solved once for all tests that look at it, and once more as it was published.</summary>
internal static class SolvedBv23
{
    public static ModelSetup Setup { get; } = ModelFile.Read(Path.Combine(Repository.Root, "models", "bv23.ini")).Setup;

    private static readonly Lazy<SelfConsistentResult> Default = new(() => new SelfConsistentModel(Setup).Solve());

    private static readonly Lazy<SelfConsistentResult> AsPublished = new(
        () => new SelfConsistentModel(WithHalo(Setup, h => h with { LMax = 4, Collocation = true })).Solve());

    public static double SunRadius => ModelDefinition.DefaultSunRadius;

    public static SelfConsistentResult Result => Default.Value;

    /// <summary>With the dark halo expanded to degree 4 by collocation: that and nothing else is changed.</summary>
    public static SelfConsistentResult Published => AsPublished.Value;

    public static ModelSetup WithHalo(ModelSetup setup, Func<HaloGrid, HaloGrid> change)
        => setup with { Groups = [.. setup.Groups.Select(g => g.Grid is HaloGrid halo ? g with { Grid = change(halo) } : g)] };

    public static ModelSetup WithDisk(ModelSetup setup, Func<DiskGrid, DiskGrid> change)
        => setup with { Groups = [.. setup.Groups.Select(g => g.Grid is DiskGrid disk ? g with { Grid = change(disk) } : g)] };

    /// <summary>The place of a component in results.</summary>
    public static int Index(Galaxy galaxy, string name) => Enumerable.Range(0, galaxy.Components.Count).Single(i => galaxy.Components[i].Name == name);

    /// <summary>What the paper says of the Sun's neighbourhood: Msun/pc^3 in the plane, Msun/pc^2 within 1.1 kpc of it, K_z(1.1)/2 pi G.</summary>
    public static LocalDensities Local(Galaxy galaxy)
    {
        Moments[] rho = galaxy.Moments(SunRadius, 0);
        double[] sigma = galaxy.SurfaceDensity(SunRadius, 1.1);
        return new(
            Sum(ComponentKind.Stars, i => rho[i].RhoPerCubicParsec), Sum(ComponentKind.Dark, i => rho[i].RhoPerCubicParsec), Sum(ComponentKind.Gas, i => rho[i].RhoPerCubicParsec),
            Sum(ComponentKind.Stars, i => sigma[i] / 1e6), Sum(ComponentKind.Dark, i => sigma[i] / 1e6), Sum(ComponentKind.Gas, i => sigma[i] / 1e6),
            galaxy.Potential.At(SunRadius, 1.1).PhiZ / (2 * Math.PI * Units.G) / 1e6);

        double Sum(ComponentKind kind, Func<int, double> value)
            => Enumerable.Range(0, galaxy.Components.Count).Where(i => galaxy.Components[i].Kind == kind).Sum(value);
    }

    public sealed record LocalDensities(
        double RhoStars, double RhoDark, double RhoGas, double SigmaStars, double SigmaDark, double SigmaGas, double Kz);
}
