namespace Oort.Models.Predictions;

/// <summary>A stellar disc's parameters in Table 2 of Sun et al. (2025): of its initial density and of its quasi-isothermal distribution function.</summary>
/// <param name="Sigma0">Central surface density, Msun/kpc^2: columns 2 and 5.</param>
/// <param name="Rd">Scale length of the initial density, kpc: columns 3 and 6.</param>
/// <param name="RdDistribution">Scale length in the distribution function, kpc: the same but for Wang17.</param>
/// <param name="Height">Scale height of the initial density, kpc: columns 4 and 7.</param>
/// <param name="SigmaR0">Central radial velocity dispersion, km/s: columns 12 and 15.</param>
/// <param name="SigmaZ0">Central vertical velocity dispersion, km/s: columns 13 and 16.</param>
/// <param name="RSigma">Scale length of both, kpc: columns 14 and 17.</param>
public sealed record Sun25Disc(double Sigma0, double Rd, double RdDistribution, double Height, double SigmaR0, double SigmaZ0, double RSigma)
{
    /// <summary>The parameters, in this record's order.</summary>
    public double[] Values => [Sigma0, Rd, RdDistribution, Height, SigmaR0, SigmaZ0, RSigma];
}

/// <summary>The free parameters of a model of Sun et al. (2025), Table 2; NaN where a model does not have one.</summary>
/// <param name="Thin">The thin disc.</param>
/// <param name="Thick">The thick disc.</param>
/// <param name="HaloDensity">rho0 of the dark halo before contraction, Msun/kpc^3: column 8.</param>
/// <param name="HaloRadius">r0 of the dark halo before contraction, kpc: column 9.</param>
/// <param name="SunRadius">The Sun's distance from the centre, kpc: column 11.</param>
public sealed record Sun25Parameters(Sun25Disc Thin, Sun25Disc Thick, double HaloDensity, double HaloRadius, double SunRadius)
{
    private const double Same = 1e-6;

    /// <summary>The parameters: the thin disc's, the thick disc's, the halo's, the Sun's distance.</summary>
    public double[] Values => [.. Thin.Values, .. Thick.Values, HaloDensity, HaloRadius, SunRadius];

    /// <summary>Whether all parameters are those of others, to a millionth.</summary>
    public bool Agrees(Sun25Parameters other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Values.Zip(other.Values).All(p => Math.Abs(p.First - p.Second) <= Same * Math.Abs(p.Second));
    }
}
