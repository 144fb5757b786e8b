namespace Oort.Models.Predictions;

/// <summary>A component in the plane: arrays over the radii of <see cref="MidPlane"/>.</summary>
/// <param name="Component">The component.</param>
/// <param name="Rho">Density, Msun/pc^3.</param>
/// <param name="MeanVphi">Mean streaming velocity, km/s; NaN for a static component.</param>
/// <param name="SigmaR">Radial velocity dispersion, km/s; NaN for a static component.</param>
/// <param name="SigmaZ">Vertical velocity dispersion, km/s; NaN for a static component.</param>
/// <param name="SigmaPhi">Azimuthal velocity dispersion about the mean, km/s; NaN for a static component.</param>
public sealed record MidPlaneProfile(GalaxyComponent Component, double[] Rho, double[] MeanVphi, double[] SigmaR, double[] SigmaZ, double[] SigmaPhi);

/// <summary>Densities, streaming and dispersions in the plane (Binney &amp; Vasiliev 2023, Figures 16 and 18).</summary>
/// <param name="R">Distances from the axis, kpc.</param>
/// <param name="Components">Every component, in the model's order.</param>
/// <param name="StarsRho">Density of all stars, Msun/pc^3.</param>
public sealed record MidPlane(double[] R, IReadOnlyList<MidPlaneProfile> Components, double[] StarsRho)
{
    /// <summary>Radii at which it is asked for, kpc.</summary>
    internal static double[] Radii { get; } =
        [0.1, 0.15, .. Enumerable.Range(0, 9).Select(i => Math.Round(0.2 + 0.1 * i, 6)), .. Enumerable.Range(0, 16).Select(i => 1.25 + 0.25 * i), .. Enumerable.Range(0, 30).Select(i => 5.5 + 0.5 * i)];

    /// <summary>From moments at <see cref="Radii"/>, whose rows begin at <paramref name="first"/>.</summary>
    internal static MidPlane Of(Galaxy galaxy, Moments[,] moments, int first)
    {
        double[] R = [.. Radii];
        double[] Column(int component, Func<Moments, double> value) => [.. R.Select((_, i) => value(moments[first + i, component]))];
        MidPlaneProfile[] all = [.. galaxy.Components.Select((c, k) => new MidPlaneProfile(
            c, Column(k, m => m.RhoPerCubicParsec), Column(k, m => m.MeanVphi), Column(k, m => m.SigmaR), Column(k, m => m.SigmaZ), Column(k, m => m.SigmaPhi)))];
        return new(R, all, [.. R.Select((_, i) => all.Where(p => p.Component.Kind == ComponentKind.Stars).Sum(p => p.Rho[i]))]);
    }
}
