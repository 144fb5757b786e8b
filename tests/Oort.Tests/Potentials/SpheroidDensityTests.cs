using MathNet.Numerics;
using Oort.Potentials;

namespace Oort.Tests.Potentials;

public sealed class SpheroidDensityTests
{
    [Fact]
    public void Special_cases_are_the_textbook_spheres()
    {
        (Density Density, Potential Potential, double Mass)[] pairs =
        [
            (SpheroidDensity.FromMass(3e10, 1, 4, 1, 1.5), new Dehnen(3e10, 1.5, 1), 3e10),
            (SpheroidDensity.FromMass(3e10, 2, 4, 1, 1.5), new Dehnen(3e10, 1.5, 2), 3e10),
            (SpheroidDensity.FromMass(3e10, 0.4, 4, 1, 1.5), new Dehnen(3e10, 1.5, 0.4), 3e10),
            (SpheroidDensity.FromMass(3e10, 0, 5, 2, 1.5), new Plummer(3e10, 1.5), 3e10),
            (new SpheroidDensity(8.5e6, 1, 3, 1, 19), NFW.FromDensityNorm(8.5e6, 19), double.PositiveInfinity),
        ];
        foreach ((Density density, Potential potential, double mass) in pairs)
        {
            Assert.Equal(1, double.IsInfinity(mass) ? density.TotalMass / mass is double.NaN ? 1 : 0 : density.TotalMass / mass, 1e-12);
            for (double r = 1e-4; r < 1e5; r *= 3.7)
            {
                Assert.Equal(1, density.At(0.6 * r, 0.8 * r) / potential.Density(0.6 * r, 0.8 * r), 1e-12);
            }
        }
    }

    [Fact]
    public void Flattening_stretches_the_heights_and_scales_the_mass()
    {
        var round = new SpheroidDensity(1e9, 0.5, 2.5, 1, 2, 1, 10);
        var flat = new SpheroidDensity(1e9, 0.5, 2.5, 1, 2, 0.4, 10);
        Assert.Equal(round.At(3, 2), flat.At(3, 0.8), 1e-6);
        Assert.Equal(0.4, flat.TotalMass / round.TotalMass, 1e-14);
    }

    [Theory, InlineData(1.8, 1.9, 2.0), InlineData(2.9, 0.3, 1.0), InlineData(0.0, 8.682e-6, 0.1704), InlineData(-1.0, 5.0, 4.0)]
    public void Mass_of_a_pure_power_law_with_cutoff_is_a_gamma_function(double gamma, double cutoff, double strength)
    {
        var density = new SpheroidDensity(2e8, gamma, gamma, 1, 1.3, 1, cutoff, strength);
        double expected = 4 * Math.PI * 2e8 * Math.Pow(1.3, gamma) * Math.Pow(cutoff, 3 - gamma)
            * SpecialFunctions.Gamma((3 - gamma) / strength) / strength;
        Assert.Equal(1, density.TotalMass / expected, 1e-11);
    }

    [Fact]
    public void Masses_agree_with_the_reference()
    {
        // AGAMA's masses of the distribution functions made from these two densities, see the header of df_other.csv.
        Assert.Equal(1, new SpheroidDensity(9.8351e10, 0, 1.8, 1, 0.075, 0.5, 2.1).TotalMass / 8.8731521e9, 1e-3);
        Assert.Equal(1, new SpheroidDensity(8.52e6, 1, 3, 1, 19.25, 1, 300).TotalMass / 1.2613758e12, 1e-3);
    }

    [Fact]
    public void Parameters_out_of_range_are_refused_by_name()
    {
        (string Key, Func<object> Make)[] bad =
        [
            ("gamma", () => new SpheroidDensity(1, 3, 4)),
            ("beta", () => SpheroidDensity.FromMass(1, 1, 3)),
            ("densityNorm", () => new SpheroidDensity(-1, 1, 3)),
            ("scaleRadius", () => new SpheroidDensity(1, 1, 3, 1, 0)),
            ("outerCutoffRadius", () => new SpheroidDensity(1, 1, 3, 1, 1, 1, double.NaN)),
            ("axisRatioZ", () => new SpheroidDensity(1, 1, 3, 1, 1, -1)),
            ("mass", () => new Plummer(-1, 1)),
            ("mass", () => new MiyamotoNagai(double.NaN, 1, 1)),
            ("scaleHeight", () => new MiyamotoNagai(1, 1, 0)),
            ("gamma", () => new Dehnen(1, 1, 2.5)),
            ("v0", () => new Logarithmic(double.NaN, 1)),
            ("innerCutoffRadius", () => new DiskDensity(1, 1, 1, -1)),
            ("sersicIndex", () => new DiskDensity(1, 1, 1, 0, 0)),
        ];
        foreach ((string key, Func<object> make) in bad)
        {
            Assert.Equal(key, Assert.Throws<ParameterException>(make).Key);
        }
    }
}
