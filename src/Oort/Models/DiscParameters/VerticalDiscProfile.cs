namespace Oort.Models.DiscParameters;

/// <summary>
/// A disc at R0 as a function of height, as far as its density is above 1e-10 of that in the plane:
/// a curve of Binney &amp; Vasiliev (2023), Figures 3 (upper panel), 4 and 5. One entry a height in every list.
/// </summary>
/// <param name="Jr0">Scale of the radial action, kpc km/s.</param>
/// <param name="Jz0">Scale of the vertical action, kpc km/s.</param>
/// <param name="z">Heights, kpc, from 0 on.</param>
/// <param name="DensityFraction">rho(z)/rho(0).</param>
/// <param name="SigmaR">Radial velocity dispersion, km/s.</param>
/// <param name="SigmaZ">Vertical velocity dispersion, km/s.</param>
/// <param name="MeanVphi">Mean azimuthal velocity, km/s.</param>
public sealed record VerticalDiscProfile(
    double Jr0, double Jz0, IReadOnlyList<double> z, IReadOnlyList<double> DensityFraction,
    IReadOnlyList<double> SigmaR, IReadOnlyList<double> SigmaZ, IReadOnlyList<double> MeanVphi);
