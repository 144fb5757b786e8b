namespace Oort.DistributionFunctions;

/// <summary>
/// Parameters of <see cref="NewExponential"/>, by the names of Binney &amp; Vasiliev (2023), section 2.
/// Exactly one of <see cref="Mass"/> and <see cref="Norm"/> is given.
/// </summary>
public sealed record NewExponentialParameters
{
    /// <summary>Total mass, Msun, &gt; 0.</summary>
    public double? Mass { get; init; }

    /// <summary>The M of equation 4, Msun, &gt; 0: the total mass is M exp(-addJden/Jphi0).</summary>
    public double? Norm { get; init; }

    /// <summary>Scale of the angular momentum, kpc km/s, &gt; 0: sets the disc's scale length (equation 4).</summary>
    public required double Jphi0 { get; init; }

    /// <summary>Scale of the radial action, kpc km/s, &gt; 0: sets the radial velocity dispersion (equation 3).</summary>
    public required double Jr0 { get; init; }

    /// <summary>Scale of the vertical action, kpc km/s, &gt; 0: sets the thickness (equation 3).</summary>
    public required double Jz0 { get; init; }

    /// <summary>Exponent p_r of equation 3, from -5 to 5: the larger, the faster sigma_R falls outwards.</summary>
    public double pr { get; init; }

    /// <summary>Exponent p_z of equation 3, from -5 to 5: the larger, the faster sigma_z falls outwards.</summary>
    public double pz { get; init; }

    /// <summary>
    /// J_d0 of equation 1, kpc km/s, &gt;= 0. In equation 4 it only scales f, so that it has no effect when
    /// <see cref="Mass"/> is given.
    /// </summary>
    public double AddJden { get; init; }

    /// <summary>J_v0 of equation 1, kpc km/s, &gt;= 0: keeps the dispersions finite at the centre.</summary>
    public double AddJvel { get; init; }

    internal void Check()
    {
        const string model = nameof(NewExponential), scale = "> 0 (kpc km/s)", added = ">= 0 (kpc km/s)";
        Normalisation.Check(model, Mass, Norm);
        ParameterException.Check(model, "Jphi0", Jphi0, Jphi0 > 0, scale);
        ParameterException.Check(model, "Jr0", Jr0, Jr0 > 0, scale);
        ParameterException.Check(model, "Jz0", Jz0, Jz0 > 0, scale);
        ParameterException.Check(model, "pr", pr, Math.Abs(pr) <= 5, "from -5 to 5");
        ParameterException.Check(model, "pz", pz, Math.Abs(pz) <= 5, "from -5 to 5");
        ParameterException.Check(model, "addJden", AddJden, AddJden >= 0, added);
        ParameterException.Check(model, "addJvel", AddJvel, AddJvel >= 0, added);
    }
}
