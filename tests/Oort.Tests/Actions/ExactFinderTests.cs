using Oort.Actions;
using Oort.Potentials;

namespace Oort.Tests.Actions;

public class ExactFinderTests
{
    internal static void Agree(StarTable a, StarTable b, double bar)
    {
        for (int i = 0; i < a.Count; i++)
        {
            Assert.Equal(b.Jr[i], a.Jr[i], bar * (1 + b.Jr[i]));
            Assert.Equal(b.Jz[i], a.Jz[i], bar * (1 + b.Jz[i]));
            Assert.Equal(b.Jphi[i], a.Jphi[i], bar * (1 + Math.Abs(b.Jphi[i])));
            Assert.InRange(StarTable.AngleDistance(a.ThetaR[i], b.ThetaR[i]), 0, bar);
            Assert.InRange(StarTable.AngleDistance(a.ThetaZ[i], b.ThetaZ[i]), 0, bar);
            Assert.InRange(StarTable.AngleDistance(a.ThetaPhi[i], b.ThetaPhi[i]), 0, bar);
            Assert.Equal(1, a.OmegaR[i] / b.OmegaR[i], bar);
            Assert.Equal(1, a.OmegaZ[i] / b.OmegaZ[i], bar);
            Assert.Equal(1, a.OmegaPhi[i] / b.OmegaPhi[i], bar);
        }
    }

    [Fact]
    public void Quadrature_and_closed_form_agree_in_the_isochrone()
    {
        Isochrone potential = new(1e11, 2);
        StarTable stars = StarTable.Random(potential, 3000, 2), exact = stars.Copy().Angles(new IsochroneActionFinder(potential));
        Agree(stars.Angles(new SphericalActionFinder(potential)), exact, 1e-8);
    }

    [Fact]
    public void The_energy_of_the_isochrone_follows_from_its_actions()
    {
        // Binney and Tremaine 2008, eq. 3.226.
        Isochrone potential = new(1e11, 2);
        StarTable stars = StarTable.Random(potential, 200, 4).Actions(new SphericalActionFinder(potential));
        double gm = Oort.Coordinates.Units.G * 1e11;
        for (int i = 0; i < stars.Count; i++)
        {
            double L = stars.Jz[i] + Math.Abs(stars.Jphi[i]), d = stars.Jr[i] + 0.5 * (L + Math.Sqrt(L * L + 4 * gm * 2));
            double E = potential.Phi(stars.R[i], stars.z[i]) + 0.5 * (stars.vR[i] * stars.vR[i] + stars.vz[i] * stars.vz[i] + stars.vphi[i] * stars.vphi[i]);
            Assert.Equal(1, -gm * gm / (2 * d * d) / E, 1e-9);
        }
    }

    [Fact]
    public void Circular_orbits_have_an_azimuthal_angle_equal_to_the_azimuth()
    {
        Isochrone potential = new(1e11, 2);
        foreach (ActionFinder finder in new ActionFinder[] { new SphericalActionFinder(potential), new IsochroneActionFinder(potential) })
        {
            foreach (int sign in (int[])[1, -1])
            {
                StarTable stars = new(1);
                stars.Set(0, new(5, 0, 0.7, 0, 0, sign * CircularMotion.Speed(potential, 5)));
                stars.Angles(finder);
                Assert.Equal(0, stars.Jr[0], 1e-8 * stars.Jphi[0] * sign);
                Assert.Equal(0.7, stars.ThetaPhi[0], 1e-6);
                Assert.Equal(sign * CircularMotion.Speed(potential, 5) / 5, stars.OmegaPhi[0], 1e-6);
            }
        }
    }

    [Fact]
    public void Unbound_and_NaN_stars_are_isolated()
    {
        Isochrone potential = new(1e11, 2);
        foreach (ActionFinder finder in new ActionFinder[] { new SphericalActionFinder(potential), new IsochroneActionFinder(potential) })
        {
            StarTable stars = StarTable.Random(potential, 5, 6);
            stars.vphi[1] = 3000;
            stars.z[3] = double.NaN;
            stars.Angles(finder);
            for (int i = 0; i < 5; i++)
            {
                Assert.Equal(i is 1 or 3, double.IsNaN(stars.Jr[i]));
                Assert.Equal(i is 1 or 3, double.IsNaN(stars.Jphi[i]));
                Assert.Equal(i is 1 or 3, double.IsNaN(stars.OmegaR[i]));
            }
        }
    }
}
