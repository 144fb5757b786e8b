using Oort.Coordinates;
using Oort.Models;
using Oort.Potentials;
using Oort.Tables;

namespace Oort.Cli.Output;

/// <summary>The tables of a build: rotation curve, radial and vertical profiles of each component.</summary>
internal sealed class BuildTables
{
    private static readonly double[] CurveRadii = [.. Enumerable.Range(0, 81).Select(i => Rounded(Math.Pow(10, -2 + 0.05 * i)))];

    private static readonly double[] ProfileRadii =
        [0.125, .. Steps(0.25, 1, 0.25), .. Steps(1.5, 16, 0.5), .. Steps(18, 30, 2), 35, 40, 50, 60, 80, 100];

    private static readonly double[] Heights = [.. Steps(0, 0.5, 0.05), .. Steps(0.75, 5, 0.25), 6, 8, 10, 15, 20];

    private readonly SelfConsistentResult result;
    private readonly double sunRadius;
    private readonly string[] names;

    public BuildTables(SelfConsistentResult result, double sunRadius)
    {
        (this.result, this.sunRadius) = (result, sunRadius);
        names = [.. result.Galaxy.Components.Select(c => c.Name)];
    }

    /// <summary>rotation_curve.ecsv: R, vcirc, vcirc_NAME.</summary>
    public EcsvTable RotationCurve()
    {
        const string outwards = "negative where the force points outwards: -sqrt(|R dPhi/dR|)";
        List<EcsvColumn> columns =
        [
            new("R", "kpc", "distance from the axis, in the plane", CurveRadii),
            new("vcirc", "km / s", "circular speed, " + outwards, [.. CurveRadii.Select(result.Galaxy.CircularSpeed)]),
        ];
        foreach (ComponentResult c in result.Components)
        {
            columns.Add(new($"vcirc_{c.Component.Name}", "km / s",
                $"circular speed in the potential of {c.Component.Name} alone, {outwards}", [.. CurveRadii.Select(c.CircularSpeed)]));
        }

        return new(columns);
    }

    /// <summary>radial_profiles.ecsv: component, R, rho, Sigma, meanvphi, sigmaR, sigmaz, sigmaphi in the plane.</summary>
    public EcsvTable RadialProfiles(CancellationToken cancellation)
    {
        Galaxy galaxy = result.Galaxy;
        Moments[,] moments = galaxy.Moments(ProfileRadii, new double[ProfileRadii.Length], cancellation: cancellation);
        cancellation.ThrowIfCancellationRequested();
        double[,] sigma = result.SurfaceDensities(ProfileRadii);
        (int C, int I)[] rows = [.. from c in Enumerable.Range(0, names.Length) from i in Enumerable.Range(0, ProfileRadii.Length) select (c, i)];
        double[] Column(Func<Moments, double> value) => [.. rows.Select(r => value(moments[r.I, r.C]))];
        return new([
            new("component", "name of a [DF NAME] or of a static density", [.. rows.Select(r => names[r.C])]),
            new("R", "kpc", "distance from the axis, in the plane", [.. rows.Select(r => ProfileRadii[r.I])]),
            new("rho", "solMass / pc3", "density in the plane", Column(m => m.RhoPerCubicParsec)),
            new("Sigma", "solMass / pc2", "surface density, all heights", [.. rows.Select(r => sigma[r.I, r.C] / Units.PerSquareParsec)]),
            new("meanvphi", "km / s", "mean azimuthal velocity, positive with Galactic rotation", Column(m => m.MeanVphi)),
            new("sigmaR", "km / s", "radial velocity dispersion", Column(m => m.SigmaR)),
            new("sigmaz", "km / s", "vertical velocity dispersion", Column(m => m.SigmaZ)),
            new("sigmaphi", "km / s", "azimuthal velocity dispersion about the mean", Column(m => m.SigmaPhi))]);
    }

    /// <summary>vertical_profiles.ecsv: component, z, rho at the Sun's radius.</summary>
    public EcsvTable VerticalProfiles(CancellationToken cancellation)
    {
        double[] R = [.. Heights.Select(_ => sunRadius)];
        Moments[,] moments = result.Galaxy.Moments(R, Heights, cancellation: cancellation);
        (int C, int I)[] rows = [.. from c in Enumerable.Range(0, names.Length) from i in Enumerable.Range(0, Heights.Length) select (c, i)];
        return new([
            new("component", "name of a [DF NAME] or of a static density", [.. rows.Select(r => names[r.C])]),
            new("z", "kpc", $"height above the plane at R = {Numbers.Format(sunRadius)} kpc", [.. rows.Select(r => Heights[r.I])]),
            new("rho", "solMass / pc3", "density", [.. rows.Select(r => moments[r.I, r.C].RhoPerCubicParsec)])]);
    }

    private static double Rounded(double x) => Math.Round(x, 6);

    private static IEnumerable<double> Steps(double from, double to, double step)
        => Enumerable.Range(0, (int)Math.Round((to - from) / step) + 1).Select(i => Rounded(from + i * step));
}
