using Oort.DistributionFunctions;
using Oort.Tests.Support;

namespace Oort.Tests.DistributionFunctions;

public class ParameterTests
{
    private static readonly NewExponentialParameters disc = Bv23.Disc("thick disk");
    private static readonly NewDoublePowerLawParameters halo = Bv23.Spheroid("dark halo");
    private static readonly DoublePowerLawParameters posti = DistributionFunctionCases.Posti;
    private static readonly ExponentialParameters vasiliev = DistributionFunctionCases.Vasiliev;

    private static readonly (string Key, string Allowed, Func<DistributionFunction> Create)[] refused =
    [
        ("mass", "> 0 (Msun)", () => new NewExponential(disc with { Mass = -1 })),
        ("mass", "> 0 (Msun)", () => new NewExponential(disc with { Mass = double.NaN })),
        ("mass", "given", () => new NewExponential(disc with { Mass = null })),
        ("norm", "left out", () => new NewExponential(disc with { Norm = 1 })),
        ("norm", "> 0 (Msun)", () => new NewExponential(disc with { Mass = null, Norm = 0 })),
        ("Jphi0", "> 0", () => new NewExponential(disc with { Jphi0 = 0 })),
        ("Jr0", "> 0", () => new NewExponential(disc with { Jr0 = double.PositiveInfinity })),
        ("Jz0", "> 0", () => new NewExponential(disc with { Jz0 = double.NaN })),
        ("pr", "from -5 to 5", () => new NewExponential(disc with { pr = 7 })),
        ("pz", "from -5 to 5", () => new NewExponential(disc with { pz = double.NaN })),
        ("addJden", ">= 0", () => new NewExponential(disc with { AddJden = -1 })),
        ("addJvel", ">= 0", () => new NewExponential(disc with { AddJvel = -1 })),
        ("mass", "> 0", () => new NewDoublePowerLaw(halo with { Mass = 0 })),
        ("J0", "> 0", () => new NewDoublePowerLaw(halo with { J0 = -3 })),
        ("L0", "> 0", () => new NewDoublePowerLaw(halo with { L0 = 0 })),
        ("slopeIn", "< 3, or the mass diverges", () => new NewDoublePowerLaw(halo with { SlopeIn = 3 })),
        ("slopeIn", ">= 0", () => new NewDoublePowerLaw(halo with { SlopeIn = -0.1 })),
        ("slopeOut", "> 3 and", () => new NewDoublePowerLaw(halo with { Jcutoff = double.PositiveInfinity })),
        ("slopeOut", "> 3 and", () => new NewDoublePowerLaw(halo with { Jcutoff = 0, SlopeOut = 3 })),
        ("slopeOut", ">= 0", () => new NewDoublePowerLaw(halo with { SlopeOut = double.NaN })),
        ("Jcutoff", "no cutoff", () => new NewDoublePowerLaw(halo with { Jcutoff = -5 })),
        ("Jcutoff", "no cutoff", () => new NewDoublePowerLaw(halo with { Jcutoff = double.NaN })),
        ("cutoffStrength", "0.1 to 10", () => new NewDoublePowerLaw(halo with { CutoffStrength = 0 })),
        ("Jcore", ">= 0", () => new NewDoublePowerLaw(halo with { Jcore = -1 })),
        ("Jcore", "much below", () => new NewDoublePowerLaw(halo with { Jcore = 1e6, Zeta = null })),
        ("zeta", "0 to 1.9", () => new NewDoublePowerLaw(halo with { Zeta = 2 })),
        ("alpha", "0.1 to 5", () => new NewDoublePowerLaw(halo with { Alpha = 0 })),
        ("beta", "-2 to 2", () => new NewDoublePowerLaw(halo with { Beta = 2.1 })),
        ("Fin", "> 0 and", () => new NewDoublePowerLaw(halo with { Fin = 0 })),
        ("Fout", "> 0 and", () => new NewDoublePowerLaw(halo with { Fout = double.NaN })),
        ("rotFrac", "f is negative", () => new NewDoublePowerLaw(halo with { RotFrac = -1.01 })),
        ("Jphi0", ">= 0", () => new NewDoublePowerLaw(halo with { Jphi0 = -1 })),
        ("steepness", "0.1 to 10", () => new DoublePowerLaw(posti with { Steepness = 0 })),
        ("coefJrIn", "0.05 to 2.9", () => new DoublePowerLaw(posti with { CoefJrIn = 0 })),
        ("coefJzIn", "together with coefJrIn", () => new DoublePowerLaw(posti with { CoefJzIn = 1.7 })),
        ("coefJrOut", "0.05 to 2.9", () => new DoublePowerLaw(posti with { CoefJrOut = 3 })),
        ("coefJzOut", "together with coefJrOut", () => new DoublePowerLaw(posti with { CoefJzOut = double.NaN })),
        ("norm", "> 0", () => new DoublePowerLaw(posti with { Norm = double.PositiveInfinity })),
        ("Jr0", "> 0", () => new Exponential(vasiliev with { Jr0 = 0 })),
        ("Jz0", "> 0", () => new Exponential(vasiliev with { Jz0 = -1 })),
        ("Jphi0", "> 0", () => new Exponential(vasiliev with { Jphi0 = double.NaN })),
        ("addJden", "<= 100 Jphi0", () => new Exponential(vasiliev with { AddJden = 1e6 })),
        ("addJvel", ">= 0", () => new Exponential(vasiliev with { AddJvel = double.NaN })),
        ("coefJr", "0 to 100", () => new Exponential(vasiliev with { CoefJr = -1 })),
        ("coefJz", "0 to 100", () => new Exponential(vasiliev with { CoefJz = -1 })),
        ("qJr", "the mass diverges", () => new Exponential(vasiliev with { qJr = 1 })),
        ("qJz", "the mass diverges", () => new Exponential(vasiliev with { qJz = -0.1 })),
    ];

    public static TheoryData<int> Refused => [.. Enumerable.Range(0, refused.Length)];

    [Theory]
    [MemberData(nameof(Refused))]
    public void Parameters_out_of_range_are_refused_with_what_is_allowed(int i)
    {
        (string key, string allowed, Func<DistributionFunction> create) = refused[i];
        ParameterException error = Assert.Throws<ParameterException>(create);
        Assert.Equal(key, error.Key);
        Assert.Contains($": {key} = ", error.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
