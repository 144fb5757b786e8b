namespace Oort.DistributionFunctions;

/// <summary>
/// Parameters of <see cref="DoublePowerLaw"/>, by the names of AGAMA's model files. Exactly one of
/// <see cref="Mass"/> and <see cref="Norm"/> is given.
/// </summary>
public sealed record DoublePowerLawParameters
{
    /// <summary>Total mass, Msun, &gt; 0.</summary>
    public double? Mass { get; init; }

    /// <summary>Factor in front of the formula, Msun, &gt; 0; the total mass follows.</summary>
    public double? Norm { get; init; }

    /// <summary>Action of the break between the two slopes, kpc km/s, &gt; 0.</summary>
    public required double J0 { get; init; }

    /// <summary>Inner slope, from 0 to below 3, where the mass diverges.</summary>
    public required double SlopeIn { get; init; }

    /// <summary>Outer slope: above 3 unless <see cref="Jcutoff"/> is finite, then from 0 to 20.</summary>
    public required double SlopeOut { get; init; }

    /// <summary>Steepness eta of the transition between the slopes, from 0.1 to 10.</summary>
    public double Steepness { get; init; } = 1;

    /// <summary>Coefficient of Jr in h, &gt; 0; the three coefficients add up to 3, each at least 0.05.</summary>
    public double CoefJrIn { get; init; } = 1;

    /// <summary>Coefficient of Jz in h, &gt; 0.</summary>
    public double CoefJzIn { get; init; } = 1;

    /// <summary>Coefficient of Jr in g, &gt; 0; the three coefficients add up to 3, each at least 0.05.</summary>
    public double CoefJrOut { get; init; } = 1;

    /// <summary>Coefficient of Jz in g, &gt; 0.</summary>
    public double CoefJzOut { get; init; } = 1;

    /// <summary>Action of the exponential cutoff, kpc km/s, &gt; 0; infinity, or 0 as in AGAMA, for none.</summary>
    public double Jcutoff { get; init; } = double.PositiveInfinity;

    /// <summary>Steepness of the cutoff, from 0.1 to 10.</summary>
    public double CutoffStrength { get; init; } = 2;

    /// <summary>Action of the core (Cole &amp; Binney 2017), kpc km/s, &gt;= 0; 0 for none: f then diverges at J = 0.</summary>
    public double Jcore { get; init; }

    /// <summary>
    /// Coefficient of the core, from 0 to 1.9; null to find the one for which the core leaves the integral of
    /// f h^2 dh with g = h unchanged.
    /// </summary>
    public double? Zeta { get; init; }

    /// <summary>Rotation: f times 1 + rotFrac tanh(Jphi/Jphi0); from -1 to 1.</summary>
    public double RotFrac { get; init; }

    /// <summary>Angular momentum over which rotation sets in, kpc km/s, &gt;= 0; 0 for a step at Jphi = 0.</summary>
    public double Jphi0 { get; init; }

    internal SpheroidProfile Profile => new(J0, SlopeIn, SlopeOut, Steepness, Jcutoff, CutoffStrength, Jcore, Zeta);

    internal void Check()
    {
        const string model = nameof(DoublePowerLaw);
        Normalisation.Check(model, Mass, Norm);
        SpheroidProfile.Check(model, Profile);
        CheckCoefficients("coefJrIn", CoefJrIn, "coefJzIn", CoefJzIn);
        CheckCoefficients("coefJrOut", CoefJrOut, "coefJzOut", CoefJzOut);
        SpheroidProfile.CheckRotation(model, RotFrac, Jphi0);

        static void CheckCoefficients(string keyJr, double Jr, string keyJz, double Jz)
        {
            ParameterException.Check(model, keyJr, Jr, Jr is >= 0.05 and <= 2.9, "from 0.05 to 2.9");
            ParameterException.Check(model, keyJz, Jz, Jz is >= 0.05 && Jr + Jz <= 2.95,
                $">= 0.05, and <= 2.95 together with {keyJr}: the coefficient of |Jphi| is what they leave of 3");
        }
    }
}
