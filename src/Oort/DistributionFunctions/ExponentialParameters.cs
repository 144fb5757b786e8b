namespace Oort.DistributionFunctions;

/// <summary>
/// Parameters of <see cref="Exponential"/>, by the names of AGAMA's model files. Exactly one of <see cref="Mass"/> and
/// <see cref="Norm"/> is given.
/// </summary>
public sealed record ExponentialParameters
{
    /// <summary>Total mass, Msun, &gt; 0.</summary>
    public double? Mass { get; init; }

    /// <summary>Factor in front of the formula, Msun, &gt; 0; about the mass.</summary>
    public double? Norm { get; init; }

    /// <summary>Scale of the radial action, kpc km/s, &gt; 0.</summary>
    public required double Jr0 { get; init; }

    /// <summary>Scale of the vertical action, kpc km/s, &gt; 0.</summary>
    public required double Jz0 { get; init; }

    /// <summary>Scale of the angular momentum, kpc km/s, &gt; 0.</summary>
    public required double Jphi0 { get; init; }

    /// <summary>Action added in quadrature in the density factor, kpc km/s, from 0 to 100 Jphi0.</summary>
    public double AddJden { get; init; }

    /// <summary>Action added in quadrature in the velocity factors, kpc km/s, &gt;= 0.</summary>
    public double AddJvel { get; init; }

    /// <summary>Weight of Jr in the sum of the actions, from 0 to 100.</summary>
    public double CoefJr { get; init; } = 1;

    /// <summary>Weight of Jz in the sum of the actions, from 0 to 100.</summary>
    public double CoefJz { get; init; } = 0.25;

    /// <summary>q of the q-exponential of Jr, (1 + q x)^(-1/q), from 0 (exponential) to 0.95.</summary>
    public double qJr { get; init; }

    /// <summary>q of the q-exponential of Jz, (1 + q x)^(-1/q), from 0 (exponential) to 0.95.</summary>
    public double qJz { get; init; }

    internal void Check()
    {
        const string model = nameof(Exponential), scale = "> 0 (kpc km/s)";
        const string q = ">= 0 and <= 0.95, or the mass diverges";
        Normalisation.Check(model, Mass, Norm);
        ParameterException.Check(model, "Jr0", Jr0, Jr0 > 0, scale);
        ParameterException.Check(model, "Jz0", Jz0, Jz0 > 0, scale);
        ParameterException.Check(model, "Jphi0", Jphi0, Jphi0 > 0, scale);
        ParameterException.Check(
            model, "addJden", AddJden, AddJden >= 0 && AddJden <= 100 * Jphi0, ">= 0 and <= 100 Jphi0 (kpc km/s)");
        ParameterException.Check(model, "addJvel", AddJvel, AddJvel >= 0, ">= 0 (kpc km/s)");
        ParameterException.Check(model, "coefJr", CoefJr, CoefJr is >= 0 and <= 100, "from 0 to 100");
        ParameterException.Check(model, "coefJz", CoefJz, CoefJz is >= 0 and <= 100, "from 0 to 100");
        ParameterException.Check(model, "qJr", qJr, qJr is >= 0 and <= 0.95, q);
        ParameterException.Check(model, "qJz", qJz, qJz is >= 0 and <= 0.95, q);
    }
}
