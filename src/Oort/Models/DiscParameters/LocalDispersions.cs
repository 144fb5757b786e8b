namespace Oort.Models.DiscParameters;

/// <summary>
/// A disc's velocity dispersions at (R0, 0) and the mean frequencies of its stars there:
/// a point of Binney &amp; Vasiliev (2023), Figure 2, with equation 6, sigma_i = sqrt(&lt;Omega_i&gt; J_i0).
/// </summary>
/// <param name="Jr0">Scale of the radial action, kpc km/s.</param>
/// <param name="Jz0">Scale of the vertical action, kpc km/s.</param>
/// <param name="SigmaR">Radial velocity dispersion, km/s.</param>
/// <param name="SigmaZ">Vertical velocity dispersion, km/s.</param>
/// <param name="MeanOmegaR">Mean radial frequency, km/s/kpc.</param>
/// <param name="MeanOmegaZ">Mean vertical frequency, km/s/kpc.</param>
public sealed record LocalDispersions(double Jr0, double Jz0, double SigmaR, double SigmaZ, double MeanOmegaR, double MeanOmegaZ)
{
    /// <summary>sigma_R by equation 6, km/s.</summary>
    public double PredictedSigmaR => Math.Sqrt(MeanOmegaR * Jr0);

    /// <summary>sigma_z by equation 6, km/s.</summary>
    public double PredictedSigmaZ => Math.Sqrt(MeanOmegaZ * Jz0);

    /// <summary>sigma_R over equation 6.</summary>
    public double RatioR => SigmaR / PredictedSigmaR;

    /// <summary>sigma_z over equation 6.</summary>
    public double RatioZ => SigmaZ / PredictedSigmaZ;
}
