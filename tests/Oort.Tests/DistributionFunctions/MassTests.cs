using Oort.DistributionFunctions;
using Oort.Tests.Support;

namespace Oort.Tests.DistributionFunctions;

public class MassTests
{
    public static TheoryData<string> Names => DistributionFunctionCases.Names;

    // The grid leaves out the actions below its least one, a few times e^-20 of the smallest scale action.
    [Theory]
    [MemberData(nameof(Names))]
    public void The_mass_is_the_integral_over_action_space(string name)
    {
        DistributionFunction df = DistributionFunctionCases.Create(name);
        double high = name switch
        {
            "cusp without cutoff" => 21,
            "Posti, no cutoff" => 25,
            "Vasiliev, q" => 18,
            "stellar halo" or "no inner slope" => 14.5,
            "dark halo" or "Posti" or "Posti, steep, core" => 13,
            _ => 10.2,
        };
        double low = high is > 12 and < 18 ? -15 : -20;
        double mass = ActionGrid.Mass(df, low, high, name == "prograde bulge" ? 0.17 : 0.25);
        Assert.InRange(mass / df.TotalMass - 1, -5e-9, 5e-9);
    }

    [Fact]
    public void The_mass_given_is_the_total_mass()
    {
        foreach (string name in Bv23.Discs)
        {
            Assert.Equal(Bv23.Disc(name).Mass, Bv23.Create(name).TotalMass);
        }

        foreach (string name in Bv23.Spheroids)
        {
            Assert.Equal(Bv23.Spheroid(name).Mass, Bv23.Create(name).TotalMass);
        }
    }

    [Fact]
    public void Masses_of_given_norms_agree_with_the_reference()
    {
        // Comments of df_other.csv. The reference integrates to about 1e-6.
        Assert.InRange(new Exponential(DistributionFunctionCases.Vasiliev).TotalMass / 4.029271e10 - 1, -5e-7, 5e-7);
        Assert.InRange(new DoublePowerLaw(DistributionFunctionCases.Posti).TotalMass / 9.1636908e11 - 1, -5e-8, 5e-8);
    }

    [Theory]
    [InlineData("exponential (Vasiliev 2019)")]
    [InlineData("double power law")]
    public void Values_agree_with_the_reference(string name)
    {
        ReferenceTable rows = ReferenceTable.Read("df_other.csv").Where("df", name);
        DistributionFunction df = name == "double power law"
            ? new DoublePowerLaw(DistributionFunctionCases.Posti)
            : new Exponential(DistributionFunctionCases.Vasiliev);
        double[] f = new double[rows.Count], expected = rows["f"];
        df.Evaluate(rows["Jr"], rows["Jz"], rows["Jphi"], f);
        Assert.True(rows.Count > 20);
        for (int i = 0; i < f.Length; i++)
        {
            Assert.InRange(f[i], expected[i] * (1 - 1e-6), expected[i] * (1 + 1e-6));
        }
    }

    [Fact]
    public void Norm_and_mass_are_two_ways_to_say_the_same()
    {
        ExponentialParameters exponential = DistributionFunctionCases.Vasiliev;
        DoublePowerLawParameters posti = DistributionFunctionCases.Posti;
        NewDoublePowerLawParameters bulge = Bv23.Spheroid("bulge") with { Mass = null, Norm = 2e10 };
        NewExponentialParameters disc = Bv23.Disc("thick disk") with { Mass = null, Norm = 2e10, AddJden = 70 };
        (DistributionFunction, DistributionFunction)[] pairs =
        [
            (new Exponential(exponential), new Exponential(exponential with { Norm = null, Mass = new Exponential(exponential).TotalMass })),
            (new DoublePowerLaw(posti), new DoublePowerLaw(posti with { Norm = null, Mass = new DoublePowerLaw(posti).TotalMass })),
            (new NewDoublePowerLaw(bulge), new NewDoublePowerLaw(bulge with { Norm = null, Mass = new NewDoublePowerLaw(bulge).TotalMass })),
            (new NewExponential(disc), new NewExponential(disc with { Norm = null, Mass = 2e10 * Math.Exp(-70.0 / 400) })),
        ];
        foreach ((DistributionFunction byNorm, DistributionFunction byMass) in pairs)
        {
            Assert.Equal(1, byNorm.TotalMass / byMass.TotalMass, 1e-14);
            Assert.Equal(1, byNorm.At(5, 4, 300) / byMass.At(5, 4, 300), 1e-13);
        }
    }

    // The rule of direction stops at 1e-8 between successive orders: the mass must not show it where the shape is extreme.
    [Fact]
    public void Extreme_shapes_keep_their_accuracy()
    {
        NewDoublePowerLaw df = new(Bv23.Spheroid("bulge") with { Beta = 1.8, Fin = 12, Fout = 0.3, L0 = 40 });
        Assert.InRange(ActionGrid.Mass(df, -18, 11, 0.25) / df.TotalMass - 1, -5e-9, 5e-9);
        DoublePowerLaw thin = new(DistributionFunctionCases.Posti with { CoefJrIn = 0.06, CoefJzIn = 2.8, CoefJrOut = 2.85, CoefJzOut = 0.07 });
        Assert.InRange(ActionGrid.Mass(thin, -15, 16, 0.25) / thin.TotalMass - 1, -5e-9, 5e-9);
    }

    [Fact]
    public void Slopes_close_to_divergence_are_integrated_to_their_ends()
    {
        // With the core left out the mass outside [e^low, e^high] is known: f goes as h^-slopeIn, h^-slopeOut there.
        DoublePowerLawParameters p = DistributionFunctionCases.Posti with
        {
            Norm = 1,
            SlopeIn = 2.9,
            SlopeOut = 3.1,
            Jcutoff = double.PositiveInfinity,
            CoefJrIn = 1,
            CoefJzIn = 1,
            CoefJrOut = 1,
            CoefJzOut = 1,
        };
        // h = g = T: the integral is 2 T^2/2 dT (u/(1+u))^..., u = T/J0, that is the beta function B(0.1, 0.1) J0^3.
        double beta = MathNet.Numerics.SpecialFunctions.Beta(3 - 2.9, 3.1 - 3);
        Assert.Equal(1, new DoublePowerLaw(p).TotalMass / beta, 1e-11);
        Assert.Equal(1, new DoublePowerLaw(p with { SlopeIn = 1, SlopeOut = 4 }).TotalMass
            / MathNet.Numerics.SpecialFunctions.Beta(2, 1), 1e-11);
    }
}
