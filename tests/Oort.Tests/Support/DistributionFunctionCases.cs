using Oort.DistributionFunctions;

namespace Oort.Tests.Support;

/// <summary>
/// Distribution functions that between them take every branch of their formulas, by name, each with a scalar
/// function of (Jr, Jz, Jphi) that gives the same.
/// </summary>
public static class DistributionFunctionCases
{
    private static readonly DoublePowerLawParameters posti = new()
    {
        // The double power law and the exponential disc of df_other.csv.
        Norm = 1.7e12,
        J0 = 10000,
        SlopeIn = 1.35,
        SlopeOut = 3.2,
        CoefJrIn = 1.4,
        CoefJzIn = 0.8,
        CoefJrOut = 1.2,
        CoefJzOut = 0.9,
        Jcutoff = 25000,
        CutoffStrength = 2,
    };

    private static readonly ExponentialParameters disc = new()
    {
        Norm = 4e10,
        Jr0 = 90,
        Jz0 = 50,
        Jphi0 = 600,
        AddJden = 50,
        AddJvel = 150,
    };

    private static readonly Dictionary<string, object> parameters = new()
    {
        ["thick disk"] = Bv23.Disc("thick disk"),
        ["young disk"] = Bv23.Disc("young disk"),
        ["disc, equal powers, by norm"] =
            Bv23.Disc("old disk") with { Mass = null, Norm = 3e9, pr = -0.5, pz = -0.5, AddJvel = 0, AddJden = 300 },
        ["dark halo"] = Bv23.Spheroid("dark halo"),
        ["stellar halo"] = Bv23.Spheroid("stellar halo"),
        ["bulge"] = Bv23.Spheroid("bulge"),
        ["rotating bulge"] = Bv23.Spheroid("bulge") with { RotFrac = 0.8, Jphi0 = 30, CutoffStrength = 1, Zeta = null },
        ["prograde bulge"] = Bv23.Spheroid("bulge") with { RotFrac = 1, Jphi0 = 0, CutoffStrength = 2.6, Alpha = 1.3 },
        ["cusp without cutoff"] = Bv23.Spheroid("stellar halo") with
        {
            Jcore = 0,
            Zeta = null,
            Jcutoff = double.PositiveInfinity,
            SlopeOut = 5,
            SlopeIn = 1.7,
            Beta = -0.4,
            Fin = 0.8,
        },
        ["no inner slope"] = Bv23.Spheroid("stellar halo") with { SlopeIn = 0, Jcore = 0, Zeta = null, L0 = 300 },
        ["Posti"] = posti,
        ["Posti, steep, core"] = posti with { Steepness = 2.5, Jcore = 50, CutoffStrength = 1.3, RotFrac = -0.6, Jphi0 = 500 },
        ["Posti, no cutoff"] = posti with { Jcutoff = 0, SlopeOut = 5, SlopeIn = 0, Steepness = 0.7 },
        ["Vasiliev"] = disc,
        ["Vasiliev, flat"] = disc with { CoefJz = 0, CoefJr = 0.3 },
        ["Vasiliev, q"] = disc with { CoefJr = 0, qJr = 0.3, qJz = 0.2, Norm = null, Mass = 5e9 },
        ["Vasiliev, no floors"] = disc with { CoefJr = 2, AddJvel = 0, AddJden = 0 },
    };

    public static IReadOnlyCollection<string> List => parameters.Keys;

    public static TheoryData<string> Names => [.. parameters.Keys];

    public static DistributionFunction Create(string name) => parameters[name] switch
    {
        NewExponentialParameters p => new NewExponential(p),
        NewDoublePowerLawParameters p => new NewDoublePowerLaw(p),
        DoublePowerLawParameters p => new DoublePowerLaw(p),
        ExponentialParameters p => new Exponential(p),
        object other => throw new ArgumentException($"{name}: no function for {other}"),
    };

    /// <summary>The scalar formula with the amplitude of <paramref name="df"/>, a function of this name.</summary>
    public static Func<double, double, double, double> Scalar(string name, DistributionFunction df)
    {
        object chosen = parameters[name];
        double? given = chosen switch
        {
            NewExponentialParameters p => p.Norm,
            NewDoublePowerLawParameters p => p.Norm,
            DoublePowerLawParameters p => p.Norm,
            ExponentialParameters p => p.Norm,
            _ => null,
        };
        // Where the mass was given the amplitude is tested elsewhere: here one value fixes it.
        double norm = given ?? df.At(7, 3, 11) / Formula(1)(7, 3, 11);
        return Formula(norm);

        Func<double, double, double, double> Formula(double norm) => (Jr, Jz, Jphi) => chosen switch
        {
            NewExponentialParameters p => ScalarDistributionFunctions.NewExponential(p, norm, Jr, Jz, Jphi),
            NewDoublePowerLawParameters p => ScalarDistributionFunctions.NewDoublePowerLaw(
                p, norm, ((NewDoublePowerLaw)df).Zeta, Jr, Jz, Jphi),
            DoublePowerLawParameters p => ScalarDistributionFunctions.DoublePowerLaw(
                p, norm, ((DoublePowerLaw)df).Zeta, Jr, Jz, Jphi),
            ExponentialParameters p => ScalarDistributionFunctions.Exponential(p, norm, Jr, Jz, Jphi),
            _ => double.NaN,
        };
    }

    public static DoublePowerLawParameters Posti => posti;

    public static ExponentialParameters Vasiliev => disc;
}
