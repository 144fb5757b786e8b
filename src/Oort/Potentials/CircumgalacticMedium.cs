using MathNet.Numerics;

namespace Oort.Potentials;

/// <summary>
/// The hot gas around a galaxy (Cautun et al. 2020; Sun et al. 2025, equation 12): rho = 200 rho_crit A f_bar (r/R200)^slope, here
/// times exp(-(r/2 R200)^2), without which its mass would be infinite. R200 is that of all mass together.
/// </summary>
public sealed record CircumgalacticMedium
{
    private const string Model = nameof(CircumgalacticMedium);

    /// <summary>A, the density at R200 in units of the mean density of baryons within it.</summary>
    public double Amplitude { get; init; } = 0.190;

    /// <summary>The power of r, above -3.</summary>
    public double Slope { get; init; } = -1.46;

    /// <summary>f_bar, the cosmic baryon fraction.</summary>
    public double BaryonFraction { get; init; } = ContractedHalo.PlanckBaryonFraction;

    /// <summary>H0, km/s/Mpc.</summary>
    public double HubbleConstant { get; init; } = VirialSphere.PlanckHubbleConstant;

    /// <summary>The cutoff's radius in units of R200.</summary>
    public double Extent { get; init; } = 2;

    /// <summary>The density around a galaxy of this R200 (kpc).</summary>
    /// <exception cref="ParameterException">A parameter is out of its range.</exception>
    public SpheroidDensity Density(double virialRadius)
    {
        Check();
        ParameterException.Check(Model, "virialRadius", virialRadius, virialRadius > 0, "> 0 (kpc)");
        return new(
            VirialSphere.Overdensity * VirialSphere.CriticalDensity(HubbleConstant) * Amplitude * BaryonFraction,
            -Slope, -Slope, 1, virialRadius, 1, Extent * virialRadius);
    }

    /// <summary>The mass inside r (kpc) around a galaxy of this R200 (kpc), Msun; without the cutoff equation 13.</summary>
    public double Mass(double r, double virialRadius)
    {
        double power = 3 + Slope, scaled = r / (Extent * virialRadius);
        return 2 * Math.PI * VirialSphere.Overdensity * VirialSphere.CriticalDensity(HubbleConstant) * Amplitude * BaryonFraction
            * virialRadius * virialRadius * virialRadius * Math.Pow(Extent, power)
            * SpecialFunctions.GammaLowerIncomplete(power / 2, scaled * scaled);
    }

    /// <summary>Throws unless all parameters are in range.</summary>
    internal void Check()
    {
        ParameterException.Check(Model, "amplitude", Amplitude, Amplitude >= 0, ">= 0");
        ParameterException.Check(Model, "slope", Slope, Slope is > -3 and <= 0, "above -3 and not positive");
        ParameterException.Check(Model, "baryonFraction", BaryonFraction, BaryonFraction is > 0 and < 1, "between 0 and 1");
        ParameterException.Check(Model, "extent", Extent, Extent > 0, "> 0");
        _ = VirialSphere.CriticalDensity(HubbleConstant);
    }
}
