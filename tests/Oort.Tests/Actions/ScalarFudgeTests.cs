using Oort.Actions;
using Oort.Models;
using Oort.Potentials;

namespace Oort.Tests.Actions;

/// <summary>The yardstick itself in step with the library's other fudge.</summary>
public class ScalarFudgeTests
{
    [Fact]
    public void Agrees_with_the_finder_for_stars()
    {
        CompositePotential potential = new(new MiyamotoNagai(5e10, 3, 0.3), new NFW(9e11, 20));
        FocalDistances focal = new(potential);
        StarTable stars = StarTable.Random(potential, 60, 3).Actions(new StaeckelFudgeFinder(potential, focal, ActionAccuracy.High));
        for (int i = 0; i < stars.Count; i++)
        {
            double R = stars.R[i], z = stars.z[i], vm2 = stars.vR[i] * stars.vR[i] + stars.vz[i] * stars.vz[i];
            double E = potential.Phi(R, z) + 0.5 * (vm2 + stars.vphi[i] * stars.vphi[i]), delta = focal.At(E, R * stars.vphi[i]);
            (double cos, double sin) = VelocityNodes.Tilt(R, Math.Abs(z), delta * delta);
            double along = stars.vR[i] * cos + Math.Sign(z) * stars.vz[i] * sin;
            (double Jr, double Jz) = ScalarFudge.Actions(potential, R, Math.Abs(z), E, R * stars.vphi[i], delta, vm2, along * along / vm2);
            Assert.Equal(stars.Jr[i], Jr, 1e-6 * (1 + Jr));
            Assert.Equal(stars.Jz[i], Jz, 1e-6 * (1 + Jz));
        }
    }
}
