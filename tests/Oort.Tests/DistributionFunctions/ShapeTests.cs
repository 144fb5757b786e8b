using FsCheck;
using FsCheck.Fluent;
using Oort.DistributionFunctions;
using Oort.Tests.Support;

namespace Oort.Tests.DistributionFunctions;

public class ShapeTests
{
    private static readonly Gen<double[]> units = Gen.Choose(0, 1_000_000).Select(i => i * 1e-6).ArrayOf(24);

    [Fact]
    public void No_parameters_and_actions_give_negative_values_or_NaN()
        => Prop.ForAll(units.ToArbitrary(), Positive).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(DistributionFunctionCases.Names), MemberType = typeof(DistributionFunctionCases))]
    public void What_is_said_of_retrograde_orbits_holds(string name)
    {
        DistributionFunction df = DistributionFunctionCases.Create(name);
        double[] actions = [0.3, 7, 90, 1500];
        bool even = true, vanishes = true;
        foreach ((double Jr, double Jz, double Jphi) in from a in actions from b in actions from c in actions select (a, b, c))
        {
            double forwards = df.At(Jr, Jz, Jphi), backwards = df.At(Jr, Jz, -Jphi);
            even &= Math.Abs(forwards - backwards) <= 1e-14 * forwards;
            vanishes &= backwards == 0;
        }

        Assert.Equal(even, df.IsEvenInJphi);
        Assert.Equal(vanishes, df.VanishesForRetrograde);
    }

    private static bool Positive(double[] u)
    {
        double J0 = Scale(u[0]), core = J0 * 1e-3 * u[1], Jphi0 = u[2] < 0.3 ? 0 : Scale(u[2]);
        DistributionFunction[] all =
        [
            new NewExponential(new()
            {
                Mass = 1, Jphi0 = J0, Jr0 = Scale(u[3]), Jz0 = Scale(u[4]), pr = 2 * u[5] - 1, pz = 2 * u[6] - 1,
                AddJvel = u[7] < 0.3 ? 0 : J0 * u[7],
            }),
            new NewDoublePowerLaw(new()
            {
                Mass = 1, J0 = J0, L0 = Scale(u[8]), SlopeIn = 2.9 * u[9], SlopeOut = 3.1 + 4 * u[10], Alpha = 0.2 + u[11],
                Beta = 2 * u[12] - 1, Fin = 0.2 + 4 * u[13], Fout = 0.2 + 4 * u[14], Jcutoff = u[15] < 0.5 ? 0 : 2 * J0,
                CutoffStrength = 1 + 2 * u[15], Jcore = core, Zeta = u[1], RotFrac = 2 * u[16] - 1, Jphi0 = Jphi0,
            }),
            new DoublePowerLaw(new()
            {
                Norm = 1, J0 = J0, SlopeIn = 2.9 * u[9], SlopeOut = 3.1 + 4 * u[10], Steepness = 0.4 + 3 * u[11],
                CoefJrIn = 0.1 + u[12], CoefJzIn = 0.1 + u[13], CoefJrOut = 0.1 + u[14], CoefJzOut = 0.1 + u[3],
                Jcutoff = u[15] < 0.5 ? 0 : 2 * J0, Jcore = core, Zeta = u[1], RotFrac = 2 * u[16] - 1, Jphi0 = Jphi0,
            }),
            new Exponential(new()
            {
                Norm = 1, Jphi0 = J0, Jr0 = Scale(u[3]), Jz0 = Scale(u[4]), AddJden = J0 * u[5], AddJvel = J0 * u[6],
                CoefJr = 2 * u[7], CoefJz = u[8], qJr = 0.9 * u[17], qJz = u[17] < 0.5 ? 0 : 0.9 * u[18],
            }),
        ];
        double Jr = Action(u[19]), Jz = Action(u[20]), Jphi = u[21] < 0.5 ? Action(u[22]) : -Action(u[22]);
        return all.All(df => df.At(Jr, Jz, Jphi) >= 0 && df.TotalMass > 0 && double.IsFinite(df.TotalMass));

        static double Scale(double u) => Math.Pow(10, 1 + 3 * u);

        static double Action(double u) => u < 0.1 ? 0 : Math.Pow(10, 12 * u - 6);
    }

    [Fact]
    public void Found_cores_conserve_the_integral()
    {
        NewDoublePowerLawParameters[] cases =
        [
            .. Bv23.Spheroids.Select(Bv23.Spheroid),
            Bv23.Spheroid("bulge") with { Jcore = 25 },
            Bv23.Spheroid("stellar halo") with { Jcutoff = 0, SlopeIn = 2.5 },
            Bv23.Spheroid("dark halo") with { CutoffStrength = 0.7, SlopeIn = 0.2 },
        ];
        foreach (NewDoublePowerLawParameters p in cases)
        {
            double zeta = new NewDoublePowerLaw(p with { Zeta = null }).Zeta;
            Assert.InRange(zeta, 1e-3, 1.9);
            Assert.Equal(1, CoreIntegral(p, p.Jcore, zeta) / CoreIntegral(p, 0, 0), 1e-11);
        }
    }

    // Integral of D(h) core(h) h^2 dh by the midpoint rule in ln h, on a grid of its own.
    private static double CoreIntegral(NewDoublePowerLawParameters p, double Jcore, double zeta)
    {
        const double step = 0.02;
        double sum = 0;
        for (double x = -61.13; x < 71; x += step)
        {
            double h = p.J0 * Math.Exp(x);
            double cutoff = p.Jcutoff > 0 ? Math.Exp(-Math.Pow(h / p.Jcutoff, p.CutoffStrength)) : 1;
            double slopes = Math.Exp((p.SlopeIn - p.SlopeOut) * Math.Log(1 + Math.Exp(x)) - p.SlopeIn * x);
            sum += Math.Exp(3 * x) * slopes * cutoff * Math.Pow(1 + Jcore / h * (Jcore / h - zeta), -p.SlopeIn / 2);
        }

        return sum * step;
    }

    [Fact]
    public void Round_isotropic_spheroids_do_not_tell_Jz_from_Jphi()
    {
        NewDoublePowerLaw df = new(Bv23.Spheroid("dark halo") with { Fin = 1, Fout = 1 });
        foreach ((double Jz, double Jphi) in ((double, double)[])[(10, 3000), (400, 20), (1e4, 5)])
        {
            Assert.Equal(1, df.At(70, Jz, Jphi) / df.At(70, Jphi, -Jz), 1e-13);
            // With Fin = Fout = 1 only Jz + |Jphi| counts.
            Assert.Equal(1, df.At(70, Jz, Jphi) / df.At(70, 0, Jz + Jphi), 1e-13);
        }
    }

    [Fact]
    public void Spheroids_have_their_slopes()
    {
        NewDoublePowerLaw df = new(Bv23.Spheroid("stellar halo") with
        { Jcore = 0, Zeta = null, Jcutoff = 0, SlopeIn = 1.7, SlopeOut = 5, RotFrac = 0.5, Jphi0 = 0 });
        Assert.Equal(1.7, Math.Log(df.At(1e-12, 1e-12, 2e-12) / df.At(1e-11, 1e-11, 2e-11), 10), 1e-6);
        Assert.Equal(5, Math.Log(df.At(1e14, 1e14, 2e14) / df.At(1e15, 1e15, 2e15), 10), 1e-4);
        Assert.Equal(3, df.At(30, 20, 50) / df.At(30, 20, -50), 1e-12);
        double previous = double.PositiveInfinity;
        for (double T = 1e-3; T < 1e6; T *= 1.7)
        {
            double f = df.At(T, 0.4 * T, 2 * T);
            Assert.True(f < previous);
            previous = f;
        }
    }

    [Fact]
    public void Anisotropy_favours_radial_orbits()
    {
        // At one h-like total, beta > 0 raises f at Jr and lowers it at Jphi.
        NewDoublePowerLawParameters p = Bv23.Spheroid("stellar halo") with { Beta = 0 };
        NewDoublePowerLaw isotropic = new(p), radial = new(p with { Beta = 0.5 });
        double onRadial = radial.At(500, 5, 5) / isotropic.At(500, 5, 5);
        double onCircular = radial.At(5, 5, 500) / isotropic.At(5, 5, 500);
        Assert.True(onRadial > 1.5 * onCircular, $"{onRadial} {onCircular}");
    }

    [Fact]
    public void Discs_have_the_mean_actions_of_their_equations()
    {
        // Equation 3: at fixed Jphi the mean Ji is Ji0 (Jv/Jphi0)^-pi, the slope of ln f.
        NewExponentialParameters p = Bv23.Disc("middle disk");
        NewExponential df = new(p);
        double scale = p.Jr0 * Math.Pow((1500 + p.AddJvel) / p.Jphi0, -p.pr);
        Assert.Equal(scale, 20 / Math.Log(df.At(10, 4, 1500) / df.At(30, 4, 1500)), 1e-9);
        scale = p.Jz0 * Math.Pow((1500 + p.AddJvel) / p.Jphi0, -p.pz);
        Assert.Equal(scale, 5 / Math.Log(df.At(10, 4, 1500) / df.At(10, 9, 1500)), 1e-9);
    }

    [Fact]
    public void Small_q_tends_to_the_exponential()
    {
        ExponentialParameters p = DistributionFunctionCases.Vasiliev;
        Exponential limit = new(p), near = new(p with { qJr = 1e-9, qJz = 1e-9 });
        Assert.Equal(1, near.TotalMass / limit.TotalMass, 1e-8);
        Assert.Equal(1, near.At(80, 30, 900) / limit.At(80, 30, 900), 1e-6);
        Exponential wide = new(p with { qJr = 0.5 });
        Assert.True(wide.At(2000, 0, 900) > 1e3 * limit.At(2000, 0, 900));
    }
}
