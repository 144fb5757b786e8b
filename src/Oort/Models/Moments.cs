using Oort.Coordinates;

namespace Oort.Models;

/// <summary>
/// Density and velocity moments of one component at one point. Moments about zero, not the mean;
/// mean v_R and v_z vanish by symmetry.
/// </summary>
/// <param name="Rho">Density, Msun/kpc^3.</param>
/// <param name="MeanVphi">Mean azimuthal velocity, km/s, positive with Galactic rotation.</param>
/// <param name="VR2">&lt;v_R^2&gt;, (km/s)^2.</param>
/// <param name="Vz2">&lt;v_z^2&gt;, (km/s)^2.</param>
/// <param name="Vphi2">&lt;v_phi^2&gt;, (km/s)^2.</param>
/// <param name="VRvz">&lt;v_R v_z&gt;, (km/s)^2; odd in z.</param>
public readonly record struct Moments(double Rho, double MeanVphi, double VR2, double Vz2, double Vphi2, double VRvz)
{
    /// <summary>Density, Msun/pc^3.</summary>
    public double RhoPerCubicParsec => Rho / Units.PerCubicParsec;

    /// <summary>Radial velocity dispersion, km/s.</summary>
    public double SigmaR => Math.Sqrt(VR2);

    /// <summary>Vertical velocity dispersion, km/s.</summary>
    public double SigmaZ => Math.Sqrt(Vz2);

    /// <summary>Azimuthal velocity dispersion about the mean, km/s.</summary>
    public double SigmaPhi => Math.Sqrt(Math.Max(0, Vphi2 - MeanVphi * MeanVphi));
}
