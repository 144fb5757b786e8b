using Oort.DistributionFunctions;

namespace Oort.Models.DiscParameters;

/// <summary>
/// A disc in the plane as a function of radius: a curve of each panel of Binney &amp; Vasiliev (2023), Figures 6 to 8.
/// One entry a radius in every list.
/// </summary>
/// <param name="Disc">The disc's parameters.</param>
/// <param name="R">Radii, kpc.</param>
/// <param name="DensityFraction">rho(R)/rho(R0) at z = 0.</param>
/// <param name="SigmaR">Radial velocity dispersion, km/s.</param>
/// <param name="SigmaZ">Vertical velocity dispersion, km/s.</param>
/// <param name="ScaleLength">Scale length of the exponential fitted to ln rho from R0 to 2 R0, kpc.</param>
public sealed record RadialDiscProfile(
    NewExponentialParameters Disc, IReadOnlyList<double> R, IReadOnlyList<double> DensityFraction,
    IReadOnlyList<double> SigmaR, IReadOnlyList<double> SigmaZ, double ScaleLength)
{
    /// <summary>Scale length of the dashed line of Figure 6, kpc; here it passes through 1 at R0.</summary>
    public const double PublishedScaleLength = 2.72;
}
