using Oort.Actions;
using Oort.Potentials;

namespace Oort.Tests.Actions;

public class PlanarProfileTests
{
    [Fact]
    public void In_a_sphere_the_vertical_force_is_the_radial_one()
    {
        Plummer potential = new(1e11, 1);
        PlanarProfile profile = new(potential);
        foreach (double R in new[] { 0.013, 0.3, 1.7, 9, 230 })
        {
            profile.At(Math.Log(R), out _, out double phi, out double pull, out double spring);
            PotentialPoint at = potential.At(R, 0);
            Assert.Equal(1, phi / at.Phi, 5e-3);
            Assert.Equal(1, pull / (R * at.PhiR), 5e-3);
            Assert.Equal(1, spring / pull, 1e-6);
        }
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(8.0)]
    public void The_force_of_a_thin_disc_saturates_at_its_height(double R)
    {
        // Close to the plane of a Miyamoto-Nagai disc Phi_z ~ z (a + s)/s, s = (b^2 + z^2)^(1/2).
        const double Height = 0.05;
        new PlanarProfile(new MiyamotoNagai(1e11, 3, Height)).At(Math.Log(R), out double height, out _, out _, out _);
        Assert.Equal(1, height * R / Height, 5e-2);
    }

    [Fact]
    public void Beyond_its_ends_it_stays_what_it_is_there()
    {
        PlanarProfile profile = new(new Plummer(1e11, 1));
        profile.At(-100, out double height, out double phi, out _, out _);
        Assert.Equal(new Plummer(1e11, 1).Phi(0, 0), phi, 1e-5 * -phi);
        Assert.True(height > 0);
    }
}
