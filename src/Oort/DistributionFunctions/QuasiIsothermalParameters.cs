namespace Oort.DistributionFunctions;

/// <summary>Parameters of <see cref="QuasiIsothermal"/>, by the names of AGAMA's model files.</summary>
public sealed record QuasiIsothermalParameters
{
    /// <summary>Central surface density, Msun/kpc^2, &gt; 0.</summary>
    public required double Sigma0 { get; init; }

    /// <summary>Scale length of the surface density, kpc, &gt; 0.</summary>
    public required double Rdisk { get; init; }

    /// <summary>Central radial velocity dispersion, km/s, &gt; 0.</summary>
    public required double Sigmar0 { get; init; }

    /// <summary>Central vertical velocity dispersion, km/s, &gt; 0.</summary>
    public required double Sigmaz0 { get; init; }

    /// <summary>Scale length of the radial dispersion, kpc, &gt; 0.</summary>
    public required double Rsigmar { get; init; }

    /// <summary>Scale length of the vertical dispersion, kpc, &gt; 0.</summary>
    public required double Rsigmaz { get; init; }

    /// <summary>Dispersion added in quadrature to both, km/s, &gt;= 0.</summary>
    public double Sigmamin { get; init; }

    /// <summary>Weight of Jr in the angular momentum of the circular orbit that stands for an orbit, from 0 to 100.</summary>
    public double CoefJr { get; init; } = 1;

    /// <summary>Weight of Jz in it, from 0 to 100.</summary>
    public double CoefJz { get; init; } = 0.25;

    /// <summary>The radial dispersion that stands in f at a circular orbit's radius (kpc), km/s: sqrt(sigmar0^2 exp(-2 R/Rsigmar) + sigmamin^2).</summary>
    public double RadialDispersion(double R) => Dispersion(Sigmar0, Rsigmar, R);

    /// <summary>The vertical dispersion that stands in f at a circular orbit's radius (kpc), km/s: sqrt(sigmaz0^2 exp(-2 R/Rsigmaz) + sigmamin^2).</summary>
    public double VerticalDispersion(double R) => Dispersion(Sigmaz0, Rsigmaz, R);

    private double Dispersion(double central, double scale, double R) => Math.Sqrt(central * central * Math.Exp(-2 * R / scale) + Sigmamin * Sigmamin);

    internal void Check()
    {
        const string model = nameof(QuasiIsothermal);
        ParameterException.Check(model, "Sigma0", Sigma0, Sigma0 > 0, "> 0 (Msun/kpc^2)");
        ParameterException.Check(model, "Rdisk", Rdisk, Rdisk > 0, "> 0 (kpc)");
        ParameterException.Check(model, "sigmar0", Sigmar0, Sigmar0 > 0, "> 0 (km/s)");
        ParameterException.Check(model, "sigmaz0", Sigmaz0, Sigmaz0 > 0, "> 0 (km/s)");
        ParameterException.Check(model, "Rsigmar", Rsigmar, Rsigmar > 0, "> 0 (kpc)");
        ParameterException.Check(model, "Rsigmaz", Rsigmaz, Rsigmaz > 0, "> 0 (kpc)");
        ParameterException.Check(model, "sigmamin", Sigmamin, Sigmamin >= 0, ">= 0 (km/s)");
        ParameterException.Check(model, "coefJr", CoefJr, CoefJr is >= 0 and <= 100, "from 0 to 100");
        ParameterException.Check(model, "coefJz", CoefJz, CoefJz is >= 0 and <= 100, "from 0 to 100");
    }
}
