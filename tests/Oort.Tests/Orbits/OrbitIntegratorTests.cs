using Oort.Coordinates;
using Oort.Orbits;
using Oort.Potentials;

namespace Oort.Tests.Orbits;

public class OrbitIntegratorTests
{
    private static readonly Potential Galaxy = new CompositePotential([new MiyamotoNagai(6.8e10, 3, 0.28), new NFW(8e11, 16), new Plummer(5e9, 0.3)]);

    private static double Energy(Potential potential, OrbitPoint p)
        => potential.Phi(Math.Sqrt(p.x * p.x + p.y * p.y), p.z) + 0.5 * (p.vx * p.vx + p.vy * p.vy + p.vz * p.vz);

    private static double Lz(OrbitPoint p) => p.x * p.vy - p.y * p.vx;

    private static readonly OrbitPoint[] Stars =
    [
        new(8, 0, 0.02, 10, 230, 5),
        new(-3, 5, 0.5, 60, 150, 40),
        new(1, -2, 6, 120, 80, -30),
        new(0.3, 0.1, 0.2, 50, -90, 40),
        new(6, 0, 0, 100, 0, 60), // through the axis
        new(10, 0, 0, 0, 0, 0), // through the centre
        new(0, 0, 4, 0, 0, 100), // along the axis
        new(20, 10, 10, -50, -80, -60),
    ];

    [Fact]
    public void Energy_and_angular_momentum_are_kept_over_100_orbits()
    {
        double[] times = [.. Enumerable.Range(0, 201).Select(i => i * 100 * 2 * Math.PI * 8 / 230 / 200)];
        OrbitPoint[][] orbits = new OrbitIntegrator(Galaxy).Trajectories(Stars, times);
        for (int i = 0; i < Stars.Length; i++)
        {
            double E = Energy(Galaxy, Stars[i]), L = Lz(Stars[i]);
            foreach (OrbitPoint p in orbits[i])
            {
                Assert.Equal(1, Energy(Galaxy, p) / E, 1e-10);
                Assert.Equal(L, Lz(p), 1e-10 * Math.Max(Math.Abs(L), 1000));
            }
        }
    }

    [Fact]
    public void A_tighter_tolerance_gives_a_proportionally_better_orbit()
    {
        double[] times = [2 * Math.PI * 8 / 230 * 5];
        OrbitPoint exact = new OrbitIntegrator(Galaxy, 1e-14).Trajectory(Stars[1], times)[0];
        double Error(double tolerance)
        {
            OrbitPoint p = new OrbitIntegrator(Galaxy, tolerance).Trajectory(Stars[1], times)[0];
            return Math.Sqrt(Math.Pow(p.x - exact.x, 2) + Math.Pow(p.y - exact.y, 2) + Math.Pow(p.z - exact.z, 2));
        }

        double coarse = Error(1e-5), medium = Error(1e-8), fine = Error(1e-11);
        Assert.InRange(medium, 0, coarse / 50);
        Assert.InRange(fine, 0, medium / 50);
        Assert.InRange(fine, 0, 1e-7);
    }

    [Fact]
    public void A_Kepler_like_orbit_closes()
    {
        // The radial period of the isochrone depends on the energy alone (Binney and Tremaine 2008, eq. 3.226).
        Isochrone potential = new(1e11, 1e-3);
        OrbitPoint start = new(4, 0, 0, 0, 150, 60);
        double E = Energy(potential, start), period = 2 * Math.PI * Units.G * 1e11 / Math.Pow(-2 * E, 1.5);
        OrbitPoint[] p = new OrbitIntegrator(potential).Trajectory(start, [0, period / 3, period]);
        double r = Math.Sqrt(p[2].x * p[2].x + p[2].y * p[2].y + p[2].z * p[2].z), vr = (p[2].x * p[2].vx + p[2].y * p[2].vy + p[2].z * p[2].vz) / r;
        Assert.Equal(start, p[0]);
        Assert.Equal(4, r, 1e-9);
        Assert.Equal(0, vr, 1e-6);
    }

    [Fact]
    public void Dense_output_does_not_depend_on_the_times_asked_for()
    {
        double[] many = [.. Enumerable.Range(0, 500).Select(i => i * 0.001)];
        OrbitIntegrator integrator = new(Galaxy);
        OrbitPoint[] all = integrator.Trajectory(Stars[2], many);
        Assert.Equal(all[499], integrator.Trajectory(Stars[2], [many[499]])[0]);
        Assert.Equal(Energy(Galaxy, Stars[2]), Energy(Galaxy, all[123]), 1e-6);
    }

    [Fact]
    public void Backwards_undoes_forwards()
    {
        OrbitIntegrator integrator = new(Galaxy);
        OrbitPoint there = integrator.Trajectory(Stars[1], [0.5])[0], back = integrator.Trajectory(there, [-0.2, -0.5])[1];
        Assert.Equal(Stars[1].x, back.x, 1e-8);
        Assert.Equal(Stars[1].vz, back.vz, 1e-6);
        Assert.Throws<InputException>(() => integrator.Trajectory(there, [0, 1, 0.5]));
        Assert.Throws<InputException>(() => integrator.Trajectory(there, [0, double.NaN]));
    }

    [Fact]
    public void Shapes_in_a_spherical_potential_are_the_roots_of_the_radial_velocity()
    {
        Isochrone potential = new(1e11, 2);
        OrbitPoint start = new(5, 0, 1, 70, 90, 40);
        OrbitShape shape = new OrbitIntegrator(potential).Shapes([start])[0];
        double E = Energy(potential, start), Lx = 0 * 40 - 1 * 90, Ly = 1 * 70 - 5 * 40, L2 = Lx * Lx + Ly * Ly + 450 * 450;
        foreach (double r in (double[])[shape.Pericentre, shape.Apocentre])
        {
            Assert.Equal(0, (2 * (E - potential.Phi(r, 0)) * r * r - L2) / L2, 1e-8);
        }

        Assert.InRange(shape.Pericentre, 0, shape.Apocentre - 1);
        // The plane of the orbit is inclined by arccos(Lz/L).
        Assert.InRange(shape.ZMax, 0.97 * shape.Apocentre * Math.Sqrt(1 - 450 * 450 / L2), shape.Apocentre * Math.Sqrt(1 - 450 * 450 / L2) * (1 + 1e-9));
        Assert.Equal((shape.Apocentre - shape.Pericentre) / (shape.Apocentre + shape.Pericentre), shape.Eccentricity, 1e-15);
    }

    [Fact]
    public void Circular_radial_and_axial_orbits_have_shapes()
    {
        double speed = CircularMotion.Speed(Galaxy, 8);
        OrbitShape[] shapes = new OrbitIntegrator(Galaxy).Shapes([new(8, 0, 0, 0, speed, 0), Stars[5], Stars[6]]);
        Assert.Equal(0, shapes[0].Eccentricity, 1e-9);
        Assert.Equal(0, shapes[0].ZMax);
        Assert.Equal(10, shapes[1].Apocentre, 1e-7);
        Assert.Equal(1, shapes[1].Eccentricity, 1e-6);
        Assert.Equal(shapes[2].Apocentre, shapes[2].ZMax, 1e-9);
    }

    [Fact]
    public void Unbound_and_NaN_stars_do_not_disturb_others_nor_do_threads()
    {
        OrbitPoint[] stars = new OrbitPoint[300];
        for (int i = 0; i < stars.Length; i++)
        {
            stars[i] = Stars[i % Stars.Length] with { vx = 0.2 * i };
        }

        stars[3] = stars[3] with { vx = 2000 };
        stars[5] = stars[5] with { z = double.NaN };
        OrbitShape[] alone = new OrbitIntegrator(Galaxy, 1e-9).Shapes(stars, 3), shared = new OrbitIntegrator(Galaxy, 1e-9, 3).Shapes(stars, 3);
        Assert.Equal(alone, shared);
        Assert.Equal(alone[17], new OrbitIntegrator(Galaxy, 1e-9).Shapes([stars[17]], 3)[0]);
        for (int i = 0; i < stars.Length; i++)
        {
            Assert.Equal(i is 3 or 5, double.IsNaN(alone[i].Apocentre));
        }

        OrbitPoint[][] paths = new OrbitIntegrator(Galaxy).Trajectories([stars[3], stars[5]], [0, 0.01]);
        Assert.InRange(paths[0][1].x, 10, 1000); // unbound orbits can be followed
        Assert.True(double.IsNaN(paths[1][1].x));
    }
}
