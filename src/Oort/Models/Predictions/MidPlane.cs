namespace Oort.Models.Predictions;

/// <summary>A component in the plane: arrays over the radii of <see cref="MidPlane"/>.</summary>
/// <param name="Component">The component.</param>
/// <param name="Rho">Density, Msun/pc^3.</param>
/// <param name="MeanVphi">Mean streaming velocity, km/s; NaN for a static component.</param>
/// <param name="SigmaR">Radial velocity dispersion, km/s; NaN for a static component.</param>
/// <param name="SigmaZ">Vertical velocity dispersion, km/s; NaN for a static component.</param>
/// <param name="SigmaPhi">Azimuthal velocity dispersion about the mean, km/s; NaN for a static component.</param>
public sealed record MidPlaneProfile(GalaxyComponent Component, double[] Rho, double[] MeanVphi, double[] SigmaR, double[] SigmaZ, double[] SigmaPhi);

/// <summary>Components in the plane together: arrays over the radii of <see cref="MidPlane"/>.</summary>
/// <param name="Rho">Density, Msun/pc^3.</param>
/// <param name="MeanVphi">Mean streaming velocity, km/s.</param>
/// <param name="SigmaR">Radial velocity dispersion, km/s.</param>
/// <param name="SigmaZ">Vertical velocity dispersion, km/s.</param>
/// <param name="SigmaPhi">Azimuthal velocity dispersion about the mean of all, km/s.</param>
public sealed record MixedProfile(double[] Rho, double[] MeanVphi, double[] SigmaR, double[] SigmaZ, double[] SigmaPhi);

/// <summary>
/// Densities, streaming and dispersions in the plane (Binney &amp; Vasiliev 2023, Figures 16 and 18; Sun et al. 2025, Figures 7, 13, 15 and 18).
/// </summary>
/// <param name="R">Distances from the axis, kpc.</param>
/// <param name="Components">Every component, in the model's order.</param>
/// <param name="StarsRho">Density of all stars, Msun/pc^3.</param>
public sealed record MidPlane(double[] R, IReadOnlyList<MidPlaneProfile> Components, double[] StarsRho)
{
    /// <summary>Radii at which it is asked for, kpc.</summary>
    internal static double[] Radii { get; } =
        [0.1, 0.15, .. Enumerable.Range(0, 9).Select(i => Math.Round(0.2 + 0.1 * i, 6)), .. Enumerable.Range(0, 16).Select(i => 1.25 + 0.25 * i), .. Enumerable.Range(0, 30).Select(i => 5.5 + 0.5 * i), .. Enumerable.Range(0, 10).Select(i => 21.0 + i)];

    /// <summary>Finds the moments at once.</summary>
    /// <param name="galaxy">The galaxy.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static MidPlane Of(Galaxy galaxy, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        return Of(galaxy, galaxy.Moments(Radii, new double[Radii.Length], cancellation: cancellation), 0);
    }

    /// <summary>
    /// Some components with distribution functions together: means of first and second moments, each with the weight of its density, and from these the dispersions.
    /// NaN where there is none.
    /// </summary>
    /// <param name="which">Chooses among the components; static ones do not count.</param>
    public MixedProfile Together(Func<GalaxyComponent, bool> which)
    {
        ArgumentNullException.ThrowIfNull(which);
        MidPlaneProfile[] chosen = [.. Components.Where(p => p.Component.DistributionFunction is not null && which(p.Component))];
        double[] rho = new double[R.Length], mean = new double[R.Length], radial = new double[R.Length], vertical = new double[R.Length], azimuthal = new double[R.Length];
        for (int i = 0; i < R.Length; i++)
        {
            // Where a component has no density it has no velocities either.
            MidPlaneProfile[] there = [.. chosen.Where(p => p.Rho[i] > 0)];
            double total = there.Sum(p => p.Rho[i]);
            double Mean(Func<MidPlaneProfile, double> value) => there.Sum(p => p.Rho[i] * value(p)) / total;
            double Second(Func<MidPlaneProfile, double> dispersion) => Mean(p => dispersion(p) * dispersion(p));
            (rho[i], mean[i]) = (total, Mean(p => p.MeanVphi[i]));
            (radial[i], vertical[i]) = (Math.Sqrt(Second(p => p.SigmaR[i])), Math.Sqrt(Second(p => p.SigmaZ[i])));
            azimuthal[i] = Math.Sqrt(Second(p => p.SigmaPhi[i]) + Second(p => p.MeanVphi[i] - mean[i]));
        }

        return new(rho, mean, radial, vertical, azimuthal);
    }

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
