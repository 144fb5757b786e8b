using Oort.Definitions;
using Oort.Potentials;

namespace Oort.Tests.Definitions;

public class DensityFileTests
{
    [Fact]
    public void Densities_and_their_sums_round_trip()
    {
        Density one = DensityFile.Parse("""
            [Density]
            type = Disk
            surfaceDensity = 1.3e8
            scaleRadius = 5
            scaleHeight = -0.06
            innerCutoffRadius = 5
            [Density1]
            type = Spheroid
            densityNorm = 1e8
            gamma = 1
            beta = 3
            scaleRadius = 20
            [Density2]
            type = Plummer
            mass = 1e9
            scaleRadius = 1
            """);
        StringWriter text = new();
        DensityFile.Write(text, one);
        Density two = DensityFile.Parse(text.ToString());
        Assert.Equal(3, Assert.IsType<CompositeDensity>(two).Parts.Count);
        foreach ((double R, double z) in new[] { (0.1, 0.0), (8.27, 0.05), (3, 2), (50, 10) })
        {
            Assert.Equal(one.At(R, z), two.At(R, z), 1e-14 * one.At(R, z));
        }
    }

    [Theory]
    [InlineData(
        "type=DensitySphericalHarmonic\ndensity=Spheroid\nmass=1e12\ngamma=1\nbeta=4\nscaleRadius=20\nq=0.7\nlmax=8",
        "Coefficients\n#rho\n#radius\tl=0,m=0\tl=1,m=-1\t")]
    [InlineData(
        "type=DensityAzimuthalHarmonic\ndensity=Disk\nmass=4e10\nscaleRadius=2.5\nscaleHeight=0.3\nrmin=0.1\nrmax=600\nzmin=0.05\nzmax=40",
        "Coefficients\n#rho\n0\t#m\n#R(row)\\z(col)\t0\t0.0")]
    public void Expansions_round_trip(string section, string table)
    {
        Density one = DensityFile.Parse("[Density]\n" + section);
        StringWriter text = new();
        DensityFile.Write(text, one);
        Assert.Contains(table, text.ToString());
        Density two = DensityFile.Parse(text.ToString());
        Assert.Equal(one.TotalMass, two.TotalMass, 1e-10 * one.TotalMass);
        foreach ((double R, double z) in new[] { (0.1, 0.0), (8.27, 0.05), (3, 20), (500, 10) })
        {
            Assert.Equal(one.At(R, z), two.At(R, z), 1e-11 * one.At(R, z));
        }
    }

    [Fact]
    public void The_gas_of_BV23_has_the_mass_and_local_densities_of_the_paper()
    {
        DiskDensity gas = Assert.IsType<DiskDensity>(DensityFile.Parse(
            "[Potential]\ntype=Disk\nsurfaceDensity=1.3e8\nscaleRadius=5\nscaleHeight=-0.06\ninnerCutoffRadius=5"));
        // Binney & Vasiliev (2023), section 4.3: 1.04e10 Msun, 13.6 Msun/pc^2 and 0.057 Msun/pc^3 at 8.27 kpc.
        Assert.Equal(1.04e10, gas.TotalMass, 0.005e10);
        Assert.Equal(13.6e6, gas.SurfaceDensity(8.27), 0.05e6);
        Assert.Equal(0.057e9, gas.At(8.27, 0), 0.0005e9);
    }

    [Fact]
    public void A_potential_in_a_file_of_densities_is_the_density_that_generates_it()
        => Assert.Equal(new MiyamotoNagai(1e10, 3, 0.3).Density(2, 1), DensityFile.Parse("[Potential]\ntype=MiyamotoNagai\nmass=1e10\nscaleRadius=3\nscaleHeight=0.3").At(2, 1), 1e-6);

    [Fact]
    public void A_file_without_a_density_is_refused()
        => Assert.Contains("defines no density", Assert.Throws<InputException>(() => DensityFile.Parse("[DF a]\ntype=x")).Message);
}
