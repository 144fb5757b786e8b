using Oort.Coordinates;
using Oort.Potentials;

namespace Oort.Tests.Potentials;

public sealed class DiskTests
{
    public static TheoryData<double, double, double> Shapes => new()
    {
        { 0.3, 0, 1 }, { -0.3, 0, 1 }, { 0, 0, 1 }, { 0.3, 4, 1 }, { -0.05, 12, 1 }, { 0, 4, 1 }, { 0.2, 0.5, 2 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Ansatz_and_residual_add_up_to_the_disk(double height, double hole, double sersic)
    {
        var disk = new DiskDensity(8.9e8, 2.5, height, hole, sersic);
        (Potential ansatz, Density residual) = (new DiskAnsatz(disk), new DiskResidualDensity(disk));
        foreach (double R in new[] { 0, 0.01, 0.5, 3, 8.2, 20 })
        {
            foreach (double z in new[] { 1e-6, 0.01, 0.2, 1, 5, -0.7 })
            {
                double sum = ansatz.Density(R, z) + residual.At(R, z), expected = disk.At(R, z);
                double scale = Math.Abs(ansatz.Density(R, z)) + Math.Abs(residual.At(R, z));
                Assert.True(Math.Abs(sum - expected) <= 1e-13 * scale, $"({R}, {z}): {sum}, expected {expected}");
            }
        }
    }

    [Fact]
    public void Masses_and_surface_densities_are_those_of_the_closed_forms()
    {
        Assert.Equal(1, new DiskDensity(9e8, 2.5, 0.3).TotalMass / (2 * Math.PI * 9e8 * 6.25), 1e-13);
        // The integral of R exp(-R/Rd - Rin/R) is 2 Rd Rin K_2(2 sqrt(Rin/Rd)); K_2(4) = 0.01740142552... (Abramowitz and Stegun, table 9.8)
        Assert.Equal(1, new DiskDensity(9e8, 2, 0.3, 8).TotalMass / (2 * Math.PI * 9e8 * 2 * 2 * 8 * 0.0174014255294), 1e-9);
        Assert.Equal(3e10, DiskDensity.FromMass(3e10, 2.5, -0.1, 3, 1.3).TotalMass, 1e-3);
        Assert.Equal(9e8 * Math.Exp(-8.0 / 2 - 5.0 / 8), new DiskDensity(9e8, 2, 0.3, 5).SurfaceDensity(8), 1e-6);
        Assert.Equal(0, new DiskDensity(9e8, 2, 0.3, 5).SurfaceDensity(0));
        Assert.Equal(0, new DiskDensity(9e8, 2, 0).At(3, 0.1));
    }

    [Theory, InlineData(0.3), InlineData(-0.3), InlineData(0.0)]
    public void Force_above_the_plane_is_that_of_the_layer(double height)
    {
        // Just above a thin disc the vertical force is 2 pi G times the surface density between -z and z.
        var disk = new DiskDensity(8.9e8, 2.5, height);
        var ansatz = new DiskAnsatz(disk);
        foreach (double z in new[] { 1e-9, 1e-6, 1e-3, 1e-2 })
        {
            double inside = height switch
            {
                > 0 => 2 * Math.Tanh(z / 0.6) / (1 + Math.Tanh(z / 0.6)),
                < 0 => Math.Tanh(z / 0.6),
                _ => 1,
            };
            double expected = 2 * Math.PI * Units.G * disk.SurfaceDensity(8) * inside;
            // The next term is of the order of z/R.
            Assert.Equal(1, ansatz.At(8, z).PhiZ / expected, 1e-13 + 2 * z);
        }
    }
}
