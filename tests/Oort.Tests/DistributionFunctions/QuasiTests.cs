using Oort.DistributionFunctions;
using Oort.Numerics;
using Oort.Potentials;
using Oort.Tests.Potentials;
using Oort.Tests.Support;

namespace Oort.Tests.DistributionFunctions;

/// <summary>The distribution functions that are defined in a potential, in that of McMillan (2017).</summary>
public class QuasiTests
{
    private static readonly Lazy<MassModel> Galaxy = new(() => new(MilkyWayModels.Densities("McMillan17")));

    private static readonly QuasiIsothermalParameters Thin = new()
    {
        Sigma0 = 8.95e8,
        Rdisk = 2.48,
        Sigmar0 = 63.99,
        Sigmaz0 = 30.22,
        Rsigmar = 12.52,
        Rsigmaz = 12.52,
        Sigmamin = 0.47105,
    };

    private static readonly QuasiIsothermalParameters Thick = new()
    {
        Sigma0 = 1.87e8,
        Rdisk = 3.05,
        Sigmar0 = 82.82,
        Sigmaz0 = 132.99,
        Rsigmar = 18.73,
        Rsigmaz = 18.73,
        Sigmamin = 1.07905,
    };

    private static readonly SpheroidDensity Halo = new(8.52e6, 1, 3, 1, 19.25);
    private static readonly SpheroidDensity Bulge = new(9.8351e10, 0, 1.8, 1, 0.075, 0.5, 2.1);

    public static DistributionFunction Create(string name) => name switch
    {
        "Mc17a thin" => new QuasiIsothermal(Thin, Galaxy.Value),
        "Mc17a thick" => new QuasiIsothermal(Thick, Galaxy.Value),
        "quasi-spherical NFW" => new QuasiSpherical(Halo, Galaxy.Value, 300),
        _ => new QuasiSpherical(Bulge, Galaxy.Value),
    };

    // Of the exponent the reference's frequencies and energies, which it interpolates, leave some 1e-4, and up to 2e-3 forty decades down: in the tails, where the exponent
    // is 15 or f a millionth of its largest value, that is more than 1e-3 of f. Ours are held to closed forms below.
    [Theory]
    [InlineData("Mc17a thin", 3.4595725e+10, 1e-6)]
    [InlineData("Mc17a thick", 1.093239e+10, 0)]
    [InlineData("quasi-spherical NFW", 1.2613758e+12, 0)]
    [InlineData("quasi-spherical bulge", 8.8731521e+09, 1e-6)]
    public void Values_and_masses_agree_with_the_reference(string name, double mass, double least)
    {
        ReferenceTable rows = ReferenceTable.Read("df_other.csv").Where("df", name);
        DistributionFunction df = Create(name);
        double[] f = new double[rows.Count], expected = rows["f"];
        df.Evaluate(rows["Jr"], rows["Jz"], rows["Jphi"], f);
        double worst = f.Zip(expected).Where(p => p.Second > least * expected.Max()).Max(p => Math.Abs(p.First / p.Second - 1));
        // Tails: the difference of the logarithm against the logarithm itself.
        double tails = f.Zip(expected).Max(p => Math.Abs(Math.Log(p.First / p.Second)) / Math.Log(1e3 * expected.Max() / p.Second));
        Assert.Equal(30, rows.Count);
        Assert.True(worst < 1e-3 && tails < 2e-3, $"{name}: f {worst:E2}, tails {tails:E2}");
        Assert.InRange(df.TotalMass / mass, 1 - 1e-5, 1 + 1e-5);
    }

    [Theory]
    [InlineData(1, 0.25)]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(0.4, 0.4)]
    public void A_disc_is_its_formula(double coefJr, double coefJz)
    {
        QuasiIsothermalParameters p = Thin with { CoefJr = coefJr, CoefJz = coefJz };
        QuasiIsothermal df = new(p, Galaxy.Value);
        Random random = new(3);
        double[] Jr = new double[203], Jz = new double[203], Jphi = new double[203], f = new double[203];
        for (int i = 0; i < f.Length; i++)
        {
            Jr[i] = 60 * random.NextDouble() * random.NextDouble();
            Jz[i] = 20 * random.NextDouble() * random.NextDouble();
            Jphi[i] = i % 5 == 0 ? -20 * random.NextDouble() : 4000 * random.NextDouble() * random.NextDouble();
        }

        df.Evaluate(Jr, Jz, Jphi, f);
        double peak = df.At(0, 0, 10);
        for (int i = 0; i < f.Length; i++)
        {
            double expected = Formula(p, Jr[i], Jz[i], Jphi[i]);
            Assert.Equal(f[i], df.At(Jr[i], Jz[i], Jphi[i]));
            Assert.True(Math.Abs(f[i] / expected - 1) < 5e-6 || expected < 1e-12 * peak, $"{f[i]} not {expected} at {Jr[i]}, {Jz[i]}, {Jphi[i]}");
        }
    }

    [Theory]
    [InlineData(1, 0.25)]
    [InlineData(0, 0)]
    public void A_discs_mass_is_the_integral_over_action_space(double coefJr, double coefJz)
    {
        QuasiIsothermal df = new(Thick with { CoefJr = coefJr, CoefJz = coefJz }, Galaxy.Value);
        Assert.InRange(ActionGrid.Mass(df, -9, 9.5, 0.25) / df.TotalMass - 1, -1e-4, 1e-4);
    }

    [Fact]
    public void The_isochrones_distribution_function_is_found()
    {
        // Binney & Tremaine 2008, equation 4.54, with H(J) of equation 3.226; G M = b = 1 in the formula's units.
        const double mass = 1e11, b = 1;
        Isochrone potential = new(mass, b);
        double gm = Oort.Coordinates.Units.G * mass;
        QuasiSpherical df = new(new FormulaDensity((R, z) => potential.Density(R, z), mass), potential);
        Assert.InRange(df.TotalMass / mass - 1, -1e-5, 1e-5);
        double top = df.At(1, 0, 0);
        int compared = 0;
        foreach (double T in Enumerable.Range(0, 60).Select(i => Math.Exp(-2 + 0.237 * i)))
        {
            foreach (double part in new[] { 0, 0.003, 0.1, 0.35, 0.7, 0.98, 1 })
            {
                double L = part * T, n = T - L + 0.5 * (L + Math.Sqrt(L * L + 4 * gm * b)), e = 0.5 * gm * b / (n * n);
                double series = 27 - 66 * e + 320 * e * e - 240 * e * e * e + 64 * e * e * e * e
                    + 3 * (16 * e * e + 28 * e - 9) * Math.Asin(Math.Sqrt(e)) / Math.Sqrt(e * (1 - e));
                double expected = mass / (Math.Sqrt(2) * Math.Pow(2 * Math.PI, 3) * Math.Pow(gm * b, 1.5)) * Math.Sqrt(e)
                    / Math.Pow(2 * (1 - e), 4) * series;
                if (e > 1e-3)
                {
                    double f = df.At(T - L, 0.3 * L, -0.7 * L);
                    Assert.True(Math.Abs(f / expected - 1) < 3e-4, $"{f / expected - 1:E2} at T = {T}, L = {L}");
                    compared++;
                }
            }
        }

        Assert.True(compared > 200 && top > 0);
    }

    [Theory]
    [InlineData("quasi-spherical NFW", 0.1)]
    [InlineData("quasi-spherical NFW", 30)]
    [InlineData("quasi-spherical NFW", 500)]
    [InlineData("quasi-spherical bulge", 0.01)]
    [InlineData("quasi-spherical bulge", 1)]
    [InlineData("quasi-spherical bulge", 6)]
    public void The_density_comes_back(string name, double r)
    {
        DistributionFunction df = Create(name);
        SphericalPotential potential = new(Galaxy.Value);
        SphericalOrbits orbits = new(potential);
        double x = Math.Log(r), phi = potential.Phi(x), escape = Math.Sqrt(2 * (potential.Phi(Math.Log(1e5)) - phi));
        double rho = GaussLegendre.Rule(48).Integrate(
            s => 2 * s * escape * GaussLegendre.Rule(10).Integrate(
                u =>
                {
                    double v = escape * s * s, energy = phi + 0.5 * v * v, L = r * v * Math.Sqrt(1 - u * u);
                    double top = Top(energy);
                    return 4 * Math.PI * v * v * df.At(orbits.Radial(energy, L, top).Action, L, 0);
                },
                0,
                1),
            0,
            1);
        Density density = name.EndsWith("NFW", StringComparison.Ordinal) ? Halo : Bulge;
        double expected = EnclosedMass.MeanDensity(density, r) * (density == Halo ? Math.Exp(-r * r / 9e4) : 1);
        Assert.InRange(rho / expected - 1, -3e-4, 3e-4);

        double Top(double energy)
        {
            double low = x, high = potential.Nodes[^1];
            for (int i = 0; i < 60; i++)
            {
                double middle = 0.5 * (low + high);
                (low, high) = potential.Phi(middle) < energy ? (middle, high) : (low, middle);
            }

            return low;
        }
    }

    [Theory]
    [InlineData("Mc17a thin")]
    [InlineData("quasi-spherical NFW")]
    public void Odd_actions_are_taken_as_elsewhere(string name)
    {
        DistributionFunction df = Create(name);
        Assert.Equal(double.NaN, df.At(double.NaN, 1, 1));
        Assert.Equal(double.NaN, df.At(1, double.NaN, -1));
        Assert.Equal(double.NaN, df.At(1, 1, double.NaN));
        Assert.True(df.At(-1e-18, 0, 5) > 0);
        foreach (double J in new[] { 1e20, 1e155, double.PositiveInfinity })
        {
            Assert.Equal(0, df.At(J, 1, 1), 1e-40);
            Assert.Equal(0, df.At(1, J, 1), 1e-40);
            Assert.Equal(0, df.At(1, 1, J), 1e-40);
            Assert.Equal(0, df.At(1, 1, -J), 1e-40);
        }
    }

    [Fact]
    public void What_has_no_distribution_function_is_refused()
    {
        Assert.Throws<InputException>(() => new QuasiSpherical(Halo, Galaxy.Value));
        Assert.Throws<ParameterException>(() => new QuasiSpherical(Halo, Galaxy.Value, -3));
        Assert.Throws<NumericalException>(() => new QuasiSpherical(new SpheroidDensity(1e8, -1.5, 5), Galaxy.Value));
        Assert.Throws<ParameterException>(() => new QuasiIsothermal(Thin with { Rdisk = 0 }, Galaxy.Value));
    }

    // Binney & McMillan 2011 with the frequencies at the orbit itself, nothing interpolated.
    private static double Formula(QuasiIsothermalParameters p, double Jr, double Jz, double Jphi)
    {
        double R = CircularMotion.RadiusOfAngularMomentum(Galaxy.Value, Math.Abs(Jphi) + p.CoefJr * Jr + p.CoefJz * Jz);
        EpicycleFrequencies w = CircularMotion.Frequencies(Galaxy.Value, R);
        double sr = Math.Pow(p.Sigmar0 * Math.Exp(-R / p.Rsigmar), 2) + p.Sigmamin * p.Sigmamin;
        double sz = Math.Pow(p.Sigmaz0 * Math.Exp(-R / p.Rsigmaz), 2) + p.Sigmamin * p.Sigmamin;
        double f = p.Sigma0 * Math.Exp(-R / p.Rdisk) * w.Omega / (2 * Math.Pow(Math.PI * w.Kappa, 2))
            * w.Kappa / sr * Math.Exp(-w.Kappa * Jr / sr) * w.Nu / sz * Math.Exp(-w.Nu * Jz / sz);
        return Jphi < 0 ? f * Math.Exp(2 * w.Omega * Jphi / sr) : f;
    }
}
