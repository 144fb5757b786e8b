using Oort.Actions;
using Oort.Coordinates;
using Oort.Orbits;
using Oort.Potentials;
using Oort.Tests.Potentials;

namespace Oort.Tests.Actions;

/// <summary>Pericentres and apocentres from the turning points of the Staeckel fudge.</summary>
public sealed class FudgeShapesTests
{
    [Theory]
    [InlineData(ActionAccuracy.Standard)]
    [InlineData(ActionAccuracy.High)]
    public void In_an_isochrone_they_are_the_roots_of_the_radial_velocity(ActionAccuracy accuracy)
    {
        // Roots of 2 (E - Phi) - L^2/r^2, by bisection.
        Isochrone isochrone = new(1e11, 3);
        StaeckelFudgeFinder finder = new(isochrone, 0, accuracy);
        StarTable stars = StarTable.Random(isochrone, 200, 7);
        OrbitShape[] shapes = new OrbitShape[stars.Count];
        finder.Shapes(stars.Batch, shapes);
        for (int i = 0; i < stars.Count; i++)
        {
            double r = Math.Sqrt(stars.R[i] * stars.R[i] + stars.z[i] * stars.z[i]);
            double v2 = stars.vR[i] * stars.vR[i] + stars.vz[i] * stars.vz[i] + stars.vphi[i] * stars.vphi[i], along = (stars.R[i] * stars.vR[i] + stars.z[i] * stars.vz[i]) / r;
            double E = isochrone.Phi(stars.R[i], stars.z[i]) + 0.5 * v2, L2 = r * r * (v2 - along * along);
            double Radial(double at) => 2 * (E - isochrone.Phi(at, 0)) - L2 / (at * at);
            double pericentre = Turn(Radial, r, 1e-9), apocentre = Turn(Radial, r, 1e5);
            Assert.Equal(pericentre, shapes[i].Pericentre, 1e-5 * r);
            Assert.Equal(apocentre, shapes[i].Apocentre, 1e-5 * apocentre);
        }
    }

    [Fact]
    public void Stars_of_the_disc_have_the_eccentricities_of_their_integrated_orbits()
    {
        Potential potential = MilkyWayModels.Potential("McMillan17");
        StarTable stars = StarTable.Disc(potential, 300, 5);
        OrbitShape[] shapes = new OrbitShape[stars.Count];
        new StaeckelFudgeFinder(potential).Shapes(stars.Batch, shapes);
        OrbitShape[] followed = new OrbitIntegrator(potential, 1e-8, Environment.ProcessorCount)
            .Shapes([.. Enumerable.Range(0, stars.Count).Select(i => OrbitPoint.FromCylindrical(new(stars.R[i], stars.z[i], stars.phi[i], stars.vR[i], stars.vz[i], stars.vphi[i])))], passages: 30);
        double[] errors = [.. shapes.Zip(followed, (a, b) => Math.Abs(a.Eccentricity - b.Eccentricity)).Order()];
        Assert.InRange(errors[errors.Length / 2], 0, 5e-4);
        Assert.InRange(errors[errors.Length * 9 / 10], 0, 5e-3);
        Assert.InRange(errors[errors.Length * 99 / 100], 0, 0.03);
    }

    [Fact]
    public void Stars_that_are_not_bound_have_none()
    {
        Plummer plummer = new(1e11, 1);
        OrbitShape[] shapes = new OrbitShape[3];
        new StaeckelFudgeFinder(plummer, 0.1).Shapes(new() { R = [8, 8, double.NaN], z = [0.1, 0.1, 0], vR = [0, 2000, 0], vz = [0, 0, 0], vphi = [150, 0, 200] }, shapes);
        Assert.True(shapes[0].Pericentre > 0 && shapes[0].Pericentre < shapes[0].Apocentre);
        Assert.True(double.IsNaN(shapes[1].Eccentricity) && double.IsNaN(shapes[2].Pericentre));
    }

    private static double Turn(Func<double, double> square, double inside, double outside)
    {
        for (int i = 0; i < 200; i++)
        {
            double middle = Math.Sqrt(inside * outside);
            (inside, outside) = square(middle) > 0 ? (middle, outside) : (inside, middle);
        }

        return Math.Sqrt(inside * outside);
    }
}
