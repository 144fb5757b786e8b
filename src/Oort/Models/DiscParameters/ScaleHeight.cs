namespace Oort.Models.DiscParameters;

/// <summary>
/// The exponential exp(-z/z0) fitted to a disc's vertical density profile at R0, by least squares in ln rho:
/// a red line of Binney &amp; Vasiliev (2023), Figure 3, and a point of its lower panel, with equation 7.
/// </summary>
/// <param name="Range">What it is fitted to.</param>
/// <param name="Jz0">Scale of the disc's vertical action, kpc km/s.</param>
/// <param name="z0">Scale height, kpc.</param>
/// <param name="Amplitude">The exponential's value at z = 0, in units of rho(0).</param>
/// <param name="Lowest">Lowest height fitted, kpc.</param>
/// <param name="Highest">Highest height fitted, kpc.</param>
/// <param name="Residual">Largest |ln rho - fit| of the heights.</param>
public sealed record ScaleHeight(
    ScaleHeightRange Range, double Jz0, double z0, double Amplitude, double Lowest, double Highest, double Residual)
{
    /// <summary>Equation 7: z0 = 0.012 Jz0, kpc per kpc km/s.</summary>
    public const double PublishedSlope = 0.012;

    /// <summary>z0 over equation 7.</summary>
    public double Ratio => z0 / (PublishedSlope * Jz0);

    /// <summary>The fitted rho(z)/rho(0).</summary>
    /// <param name="z">Height, kpc.</param>
    public double DensityFraction(double z) => Amplitude * Math.Exp(-z / z0);
}
