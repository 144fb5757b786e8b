using Oort.Potentials;

namespace Oort.Tests.Potentials;

public sealed class DensitySphericalHarmonicTests
{
    private static readonly SpheroidDensity Flattened = new(1e8, 1, 4.5, 1, 3, 0.7);

    [Fact]
    public void Expansion_is_the_density_and_keeps_its_mass()
    {
        DensitySphericalHarmonic expansion = DensitySphericalHarmonic.FromDensity(Flattened, 16);
        double worst = 0;
        for (int i = 0; i < 300; i++)
        {
            double r = Math.Exp(-9 + 18 * i / 300.0), u = i * 0.618 % 1, R = r * Math.Sqrt(1 - u * u);
            worst = Math.Max(worst, Math.Abs(expansion.At(R, r * u) / Flattened.At(R, r * u) - 1));
        }

        Assert.True(worst < 2e-4, $"{worst:E1}");
        Assert.Equal(1, expansion.TotalMass / Flattened.TotalMass, 1e-6);
        Assert.Equal(double.PositiveInfinity, DensitySphericalHarmonic.FromDensity(new SpheroidDensity(1, 1, 2.9), 0).TotalMass);
    }

    [Theory]
    [InlineData(24, 48)]
    [InlineData(48, 96)]
    public void Interpolation_error_falls_with_the_fourth_power_of_the_step(int coarse, int fine)
    {
        Assert.InRange(Error(coarse) / Error(fine), 11, 26);

        static double Error(int cells)
        {
            DensitySphericalHarmonic expansion = DensitySphericalHarmonic.FromDensity(Flattened, 24, 1e-2, 1e3, cells + 1);
            return Enumerable.Range(0, 2000).Max(i =>
            {
                double r = Math.Exp(-2 + 5 * i / 2000.0);
                return Math.Abs(expansion.At(0.8 * r, 0.6 * r) / Flattened.At(0.8 * r, 0.6 * r) - 1);
            });
        }
    }

    [Fact]
    public void Samples_at_the_angles_give_the_same_expansion()
    {
        DensitySphericalHarmonic expected = DensitySphericalHarmonic.FromDensity(Flattened, 8, 0.01, 100, 40);
        double[] u = DensitySphericalHarmonic.Angles(24), radii = expected.Radii;
        double[,] rho = new double[radii.Length, u.Length];
        for (int i = 0; i < radii.Length; i++)
        {
            for (int k = 0; k < u.Length; k++)
            {
                rho[i, k] = Flattened.At(radii[i] * Math.Sqrt(1 - u[k] * u[k]), radii[i] * u[k]);
            }
        }

        double[,] found = DensitySphericalHarmonic.FromSamples(radii, rho, 8).Coefficients(), wanted = expected.Coefficients();
        for (int i = 0; i < radii.Length; i++)
        {
            for (int l = 0; l <= 8; l++)
            {
                Assert.Equal(wanted[i, l], found[i, l], 1e-9 * wanted[i, 0]);
            }
        }

        Assert.Throws<InputException>(() => DensitySphericalHarmonic.FromSamples(radii, rho, 48));
    }

    [Fact]
    public void Its_potential_is_that_of_the_density()
    {
        Multipole direct = Multipole.FromDensity(Flattened, 8), through = Multipole.FromDensity(DensitySphericalHarmonic.FromDensity(Flattened, 8), 8);
        for (double r = 1e-4; r < 1e4; r *= 2)
        {
            PotentialPoint p = direct.At(0.9 * r, 0.4 * r), q = through.At(0.9 * r, 0.4 * r);
            Assert.Equal(1, q.Phi / p.Phi, 2e-6);
            Assert.Equal(1, q.PhiR / p.PhiR, 2e-5);
            Assert.Equal(1, q.PhiZ / p.PhiZ, 2e-5);
        }
    }

    [Fact]
    public void Never_negative_regular_in_the_centre_and_NaN_for_NaN()
    {
        // More elongated than lmax = 2 can follow: the bare sum is negative on the axis.
        DensitySphericalHarmonic disc = DensitySphericalHarmonic.FromDensity(new FormulaDensity(
            (R, z) => Math.Exp(-Math.Sqrt(R * R + 100 * z * z)), 0), 2, 0.01, 10, 40);
        Assert.Equal(0, disc.At(0, 1));
        Assert.True(disc.At(1, 0) > 0);
        Assert.True(double.IsFinite(disc.At(0, 0)) && disc.At(0, 0) > 0);
        double[] rho = new double[2];
        disc.Evaluate([double.NaN, 1], [1, 0], rho);
        Assert.Equal([true, false], rho.Select(double.IsNaN));
    }

    [Fact]
    public void Wrong_input_is_refused()
    {
        Assert.Throws<InputException>(() => new DensitySphericalHarmonic([1, 2, 2], new double[3, 1]));
        Assert.Throws<InputException>(() => new DensitySphericalHarmonic([1, 2, 3], new double[2, 1]));
        Assert.Throws<InputException>(() => new DensitySphericalHarmonic([1, 2, 3], new double[3, 2] { { 1, 0 }, { 1, 1 }, { 1, 0 } }));
        Assert.Throws<ParameterException>(() => DensitySphericalHarmonic.FromDensity(Flattened, -2));
    }
}
