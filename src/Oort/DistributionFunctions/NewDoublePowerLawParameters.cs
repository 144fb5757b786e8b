namespace Oort.DistributionFunctions;

/// <summary>
/// Parameters of <see cref="NewDoublePowerLaw"/>, by the names of Binney &amp; Vasiliev (2023), section 3, and of
/// AGAMA's model files. Exactly one of <see cref="Mass"/> and <see cref="Norm"/> is given. The columns alpha, beta,
/// delta of the paper's Table 3 are <see cref="SlopeIn"/>, <see cref="SlopeOut"/>, <see cref="CutoffStrength"/>.
/// </summary>
public sealed record NewDoublePowerLawParameters
{
    /// <summary>Total mass, Msun, &gt; 0.</summary>
    public double? Mass { get; init; }

    /// <summary>The M of equation 8, Msun, &gt; 0; the total mass follows.</summary>
    public double? Norm { get; init; }

    /// <summary>Action of the break between the two slopes, kpc km/s, &gt; 0 (equation 8).</summary>
    public required double J0 { get; init; }

    /// <summary>Scale of j_t (equation 15), kpc km/s, &gt; 0: where Fin gives way to Fout.</summary>
    public required double L0 { get; init; }

    /// <summary>Inner slope (alpha of equation 8), from 0 to below 3, where the mass diverges.</summary>
    public required double SlopeIn { get; init; }

    /// <summary>Outer slope (beta of equation 8): above 3 unless <see cref="Jcutoff"/> is finite, then from 0 to 20.</summary>
    public required double SlopeOut { get; init; }

    /// <summary>Exponent alpha of equation 14, from 0.1 to 5.</summary>
    public double Alpha { get; init; } = 0.6;

    /// <summary>Velocity anisotropy (beta of equation 9), from -2 to 2: 0 nearly isotropic, positive radial.</summary>
    public double Beta { get; init; }

    /// <summary>Flattening in the inner part (equation 13), above 0 to 20; 1 is round in a round potential.</summary>
    public double Fin { get; init; } = 1;

    /// <summary>Flattening in the outer part (equation 13), above 0 to 20; 1 is round in a round potential.</summary>
    public double Fout { get; init; } = 1;

    /// <summary>Action of the exponential cutoff (equation 8), kpc km/s, &gt; 0; infinity, or 0 as in AGAMA, for none.</summary>
    public double Jcutoff { get; init; } = double.PositiveInfinity;

    /// <summary>Steepness of the cutoff (delta of equation 8), from 0.1 to 10.</summary>
    public double CutoffStrength { get; init; } = 2;

    /// <summary>Action of the core (Cole &amp; Binney 2017), kpc km/s, &gt;= 0; 0 for none: f then diverges at J = 0.</summary>
    public double Jcore { get; init; }

    /// <summary>
    /// Coefficient of the core, from 0 to 1.9; null to find the one for which the core leaves the integral of
    /// f(h) h^2 dh unchanged.
    /// </summary>
    public double? Zeta { get; init; }

    /// <summary>Rotation: f times 1 + rotFrac tanh(Jphi/Jphi0); from -1 to 1.</summary>
    public double RotFrac { get; init; }

    /// <summary>Angular momentum over which rotation sets in, kpc km/s, &gt;= 0; 0 for a step at Jphi = 0.</summary>
    public double Jphi0 { get; init; }

    internal void Check()
    {
        const string model = nameof(NewDoublePowerLaw), scale = "> 0 (kpc km/s)", ratio = "> 0 and <= 20";
        Normalisation.Check(model, Mass, Norm);
        SpheroidProfile.Check(model, Profile);
        ParameterException.Check(model, "L0", L0, L0 > 0, scale);
        ParameterException.Check(model, "alpha", Alpha, Alpha is >= 0.1 and <= 5, "from 0.1 to 5");
        ParameterException.Check(model, "beta", Beta, Math.Abs(Beta) <= 2, "from -2 to 2");
        ParameterException.Check(model, "Fin", Fin, Fin is > 0 and <= 20, ratio);
        ParameterException.Check(model, "Fout", Fout, Fout is > 0 and <= 20, ratio);
        SpheroidProfile.CheckRotation(model, RotFrac, Jphi0);
    }

    internal SpheroidProfile Profile => new(J0, SlopeIn, SlopeOut, 1, Jcutoff, CutoffStrength, Jcore, Zeta);
}
