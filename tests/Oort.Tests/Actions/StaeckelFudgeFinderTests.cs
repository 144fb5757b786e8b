using Oort.Actions;
using Oort.Coordinates;
using Oort.Orbits;
using Oort.Potentials;
using Oort.Tests.Potentials;

namespace Oort.Tests.Actions;

public class StaeckelFudgeFinderTests
{
    private static readonly Potential Galaxy = new CompositePotential([new MiyamotoNagai(6.8e10, 3, 0.28), new NFW(8e11, 16), new Plummer(5e9, 0.3)]);
    private static readonly FocalDistances Focal = new(Galaxy);

    private static double Quantile(double q, double[] a, double[] b, Func<double, double, double> error)
    {
        double[] e = [.. a.Select((x, i) => error(x, b[i])).Select(x => double.IsNaN(x) ? double.PositiveInfinity : x).Order()];
        return e[Math.Min((int)(q * e.Length), e.Length - 1)];
    }

    private static double Action(double a, double b) => Math.Abs(a - b) / (b + 1);

    private static double Relative(double a, double b) => Math.Abs(a / b - 1);

    [Theory]
    [InlineData("made up", ActionAccuracy.Standard, 1e-6, 2e-5)]
    [InlineData("made up", ActionAccuracy.Fast, 2e-4, 2e-3)]
    [InlineData("logarithmic", ActionAccuracy.Standard, 1e-6, 2e-5)]
    [InlineData("logarithmic", ActionAccuracy.Fast, 2e-4, 2e-3)]
    [InlineData("MWPotential2014", ActionAccuracy.Standard, 1e-6, 2e-5)]
    [InlineData("MWPotential2014", ActionAccuracy.Fast, 2e-4, 2e-3)]
    [InlineData("McMillan17", ActionAccuracy.Standard, 1e-6, 2e-5)]
    [InlineData("McMillan17", ActionAccuracy.Fast, 2e-4, 2e-3)]
    public void Quadratures_are_as_accurate_as_stated(string name, ActionAccuracy accuracy, double most, double nearlyAll)
    {
        Potential potential = name switch
        {
            "made up" => Galaxy,
            "logarithmic" => new Logarithmic(220, 0.1, 0.8),
            _ => MilkyWayModels.Potential(name),
        };
        FocalDistances focal = name == "made up" ? Focal : new(potential);
        foreach (StarTable stars in new[] { StarTable.Random(potential, 4000, 11), StarTable.Disc(potential, 2000, 12) })
        {
            StarTable exact = stars.Copy().Actions(new StaeckelFudgeFinder(potential, focal, ActionAccuracy.High));
            stars.Actions(new StaeckelFudgeFinder(potential, focal, accuracy));
            foreach ((double[] J, double[] J0) in new[] { (stars.Jr, exact.Jr), (stars.Jz, exact.Jz) })
            {
                Assert.InRange(Quantile(0.99, J, J0, Action), 0, most);
                Assert.InRange(Quantile(0.999, J, J0, Action), 0, nearlyAll);
                Assert.InRange(Quantile(1, J, J0, Action), 0, 30 * nearlyAll);
            }
        }
    }

    [Theory]
    [InlineData(ActionAccuracy.Standard, 1e-5)]
    [InlineData(ActionAccuracy.Fast, 1e-3)]
    public void Orbits_that_are_hard_to_bracket_are_as_accurate(ActionAccuracy accuracy, double bar)
    {
        double escape = Math.Sqrt(-2 * Galaxy.Phi(8, 1)), circular = CircularMotion.Speed(Galaxy, 8);
        CylindricalPoint[] hard =
        [
            new(8, 0, 0, 0, 0, 0.6 * circular), new(8, 0, 0, 0, 0, 1.3 * circular), // at a turning point, in the plane
            new(8, 1e-9, 0, 0, 20, circular), new(8, -1e-3, 0, 1e-3, -1e-3, circular), // all but circular
            new(8, 2, 0, 0, 0, 150), new(3, -5, 0, 0, 0, 40), // at rest in the meridional plane: at two turning points
            new(8, 1, 0, 0.999 * escape, 0, 0.02 * escape), new(8, 1, 0, 0, 0, 0.9995 * escape), new(8, 1, 0, 0, -0.999 * escape, 1), // all but unbound
            new(8, 0, 0, 150, 0, 0), new(5, 1, 0, 100, 50, 0), new(0.5, 0.2, 0, -40, 90, 1e-3), // through the axis, or nearly so
            new(0.3, 0.1, 0, 20, 60, 2), new(0.2, 0, 0, 300, 10, 8), new(1, 0.05, 0, -250, -200, 0.5), // within the focal distance, little Lz
            new(0.01, 0, 0, 10, 1, 30), new(0.02, 5, 0, 3, 30, 10), new(1e-3, 30, 0, 0, 100, 50), // at the centre and beside the axis
            new(200, 0.1, 0, 5, 0, 100), new(40, 40, 0, -30, 30, 60),
        ];
        StarTable stars = new(hard.Length);
        for (int i = 0; i < hard.Length; i++)
        {
            stars.Set(i, hard[i]);
        }

        StarTable exact = stars.Copy().Actions(new StaeckelFudgeFinder(Galaxy, Focal, ActionAccuracy.High));
        stars.Actions(new StaeckelFudgeFinder(Galaxy, Focal, accuracy));
        for (int i = 0; i < hard.Length; i++)
        {
            Assert.True(Action(stars.Jr[i], exact.Jr[i]) < bar, FormattableString.Invariant($"Jr {stars.Jr[i]} is not {exact.Jr[i]}: {hard[i]}"));
            Assert.True(Action(stars.Jz[i], exact.Jz[i]) < bar, FormattableString.Invariant($"Jz {stars.Jz[i]} is not {exact.Jz[i]}: {hard[i]}"));
        }
    }

    [Theory]
    [InlineData(ActionAccuracy.Standard)]
    [InlineData(ActionAccuracy.Fast)]
    public void A_star_does_not_depend_on_its_neighbours(ActionAccuracy accuracy)
    {
        StaeckelFudgeFinder finder = new(Galaxy, Focal, accuracy);
        StarTable all = StarTable.Random(Galaxy, 200, 4).Angles(finder);
        for (int i = 0; i < all.Count; i++)
        {
            StarTable one = new(1);
            one.Set(0, new(all.R[i], all.z[i], all.phi[i], all.vR[i], all.vz[i], all.vphi[i]));
            one.Angles(finder);
            Assert.Equal(all.Jr[i], one.Jr[0]);
            Assert.Equal(all.Jz[i], one.Jz[0]);
            Assert.Equal(all.ThetaR[i], one.ThetaR[0]);
            Assert.Equal(all.OmegaZ[i], one.OmegaZ[0]);
        }
    }

    [Fact]
    public void Quadratures_agree_with_brute_force()
    {
        // The defining integrals, in other variables and by Gauss-Legendre rules of many nodes between turning points found by bisection.
        StarTable stars = StarTable.Random(Galaxy, 40, 5);
        StaeckelFudgeFinder finder = new(Galaxy, Focal);
        stars.Actions(finder);
        for (int i = 0; i < stars.Count; i++)
        {
            (double Jr, double Jz) = BruteForceFudge.Actions(Galaxy, Focal, stars.R[i], stars.z[i], stars.vR[i], stars.vz[i], stars.vphi[i]);
            Assert.Equal(Jr, stars.Jr[i], 2e-6 * (Jr + 1));
            Assert.Equal(Jz, stars.Jz[i], 2e-6 * (Jz + 1));
        }
    }

    [Fact]
    public void In_a_spherical_potential_the_fudge_is_exact()
    {
        Isochrone potential = new(1e11, 2);
        StarTable stars = StarTable.Random(potential, 1000, 1), exact = stars.Copy().Angles(new IsochroneActionFinder(potential));
        stars.Angles(new StaeckelFudgeFinder(potential, 0, ActionAccuracy.High));
        ExactFinderTests.Agree(stars, exact, 1e-8);
        stars.Angles(new StaeckelFudgeFinder(potential, 0));
        ExactFinderTests.Agree(stars, exact, 2e-5);
    }

    [Fact]
    public void In_a_Staeckel_potential_actions_are_conserved_and_angles_grow_linearly()
    {
        KuzminKutuzov potential = new(1e11, 4, 1.5);
        StaeckelFudgeFinder finder = new(potential, potential.Delta, ActionAccuracy.High);
        StarTable starts = StarTable.Random(potential, 25, 3);
        double[] times = [.. Enumerable.Range(0, 30).Select(k => 0.013 * k)];
        for (int i = 0; i < starts.Count; i++)
        {
            OrbitPoint[] path = new OrbitIntegrator(potential).Trajectory(
                OrbitPoint.FromCylindrical(new(starts.R[i], starts.z[i], starts.phi[i], starts.vR[i], starts.vz[i], starts.vphi[i])), times);
            StarTable stars = new(times.Length);
            for (int k = 0; k < times.Length; k++)
            {
                stars.Set(k, path[k].Cylindrical);
            }

            stars.Angles(finder);
            for (int k = 1; k < times.Length; k++)
            {
                Assert.Equal(stars.Jr[0], stars.Jr[k], 1e-7 * (1 + stars.Jr[0]));
                Assert.Equal(stars.Jz[0], stars.Jz[k], 1e-7 * (1 + stars.Jz[0]));
                Assert.InRange(StarTable.AngleDistance(stars.ThetaR[0] + stars.OmegaR[0] * times[k], stars.ThetaR[k]), 0, 1e-5);
                Assert.InRange(StarTable.AngleDistance(stars.ThetaZ[0] + stars.OmegaZ[0] * times[k], stars.ThetaZ[k]), 0, 1e-5);
                Assert.InRange(StarTable.AngleDistance(stars.ThetaPhi[0] + stars.OmegaPhi[0] * times[k], stars.ThetaPhi[k]), 0, 1e-5);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_circular_orbit_has_no_actions_but_the_third_and_the_epicycle_frequencies(int sign)
    {
        StarTable stars = new(1);
        EpicycleFrequencies expected = CircularMotion.Frequencies(Galaxy, 8);
        stars.Set(0, new(8, 0, 1.2, 0, 0, sign * CircularMotion.Speed(Galaxy, 8)));
        stars.Angles(new StaeckelFudgeFinder(Galaxy, Focal));
        Assert.Equal(0, stars.Jr[0], 1e-9);
        Assert.Equal(0, stars.Jz[0]);
        Assert.Equal(1.2, stars.ThetaPhi[0], 1e-7);
        Assert.Equal(1, stars.OmegaPhi[0] * sign / expected.Omega, 1e-4);
        Assert.Equal(1, stars.OmegaR[0] / expected.Kappa, 1e-2);
        Assert.Equal(1, stars.OmegaZ[0] / expected.Nu, 1e-2);
    }

    [Fact]
    public void Frequencies_are_those_of_the_orbit()
    {
        // An orbit of a thick disc: its angles from the fudge turn as fast as its frequencies say, on average.
        StaeckelFudgeFinder finder = new(Galaxy, Focal);
        OrbitPoint start = new(8, 0, 0.2, 30, 215, 25);
        double[] times = [.. Enumerable.Range(0, 4001).Select(k => 0.005 * k)];
        OrbitPoint[] path = new OrbitIntegrator(Galaxy).Trajectory(start, times);
        int upward = Enumerable.Range(1, 4000).Count(k => path[k - 1].z <= 0 && path[k].z > 0);
        int pericentres = Enumerable.Range(1, 4000).Count(k => path[k - 1].Cylindrical.vR <= 0 && path[k].Cylindrical.vR > 0);
        StarTable stars = new(1);
        stars.Set(0, start.Cylindrical);
        stars.Angles(finder);
        // The fudge is an approximation: here its frequencies are good to a part in fifty.
        Assert.Equal(1, stars.OmegaZ[0] * 20 / (2 * Math.PI) / upward, 2e-2);
        Assert.Equal(1, stars.OmegaR[0] * 20 / (2 * Math.PI) / pericentres, 2e-2);
    }

    [Fact]
    public void Angles_are_where_the_conventions_put_them()
    {
        StarTable stars = new(3);
        double speed = CircularMotion.Speed(Galaxy, 8);
        stars.Set(0, new(8, 0, 0, 0, 30, 1.1 * speed)); // pericentre, upwards through the plane
        stars.Set(1, new(8, 0, 0, 0, -30, 0.9 * speed)); // apocentre, downwards
        stars.Set(2, new(8, 0.5, 0, 0, 0, 220)); // top
        stars.Angles(new StaeckelFudgeFinder(Galaxy, Focal));
        Assert.Equal(0, StarTable.AngleDistance(0, stars.ThetaZ[0]), 1e-2);
        Assert.Equal(0, StarTable.AngleDistance(0, stars.ThetaR[0]), 1e-2);
        Assert.Equal(Math.PI, stars.ThetaZ[1], 1e-2);
        Assert.Equal(Math.PI, stars.ThetaR[1], 1e-2);
        Assert.Equal(Math.PI / 2, stars.ThetaZ[2], 0.15);
    }

    [Fact]
    public void Orbits_through_the_axis_are_the_limit_of_those_beside_it()
    {
        StaeckelFudgeFinder finder = new(Galaxy, Focal);
        foreach ((double R, double z, double vR, double vz) in new[] { (5.0, 1.0, 100.0, 50.0), (0.5, 2.0, 30.0, 10.0), (3.0, 0.0, 0.0, 250.0), (0.01, 4.0, 50.0, 80.0) })
        {
            ActionTriple on = finder.Actions(new(R, z, 0, vR, vz, 0)), beside = finder.Actions(new(R, z, 0, vR, vz, 1e-4));
            Assert.Equal(on.Jr, beside.Jr, 1e-2);
            Assert.Equal(on.Jz, beside.Jz, 1e-2);
            Assert.Equal(0, on.Jphi);
        }

        ActionTriple axis = finder.Actions(new(0, 4, 0, 50, 80, 0));
        Assert.True(double.IsFinite(axis.Jr) && double.IsFinite(axis.Jz) && axis.Jr > 0 && axis.Jz > 0);
    }

    [Fact]
    public void Unbound_and_NaN_stars_are_isolated_in_batches_of_any_length()
    {
        StaeckelFudgeFinder finder = new(Galaxy, Focal);
        StarTable clean = StarTable.Random(Galaxy, 150, 8).Angles(finder);
        foreach (int n in (int[])[1, 2, 3, 5, 8, 63, 64, 65, 130, 150])
        {
            StarTable stars = new(n);
            for (int i = 0; i < n; i++)
            {
                stars.Set(i, new(clean.R[i], clean.z[i], clean.phi[i], clean.vR[i], clean.vz[i], i % 50 == 7 ? 5000 : clean.vphi[i]));
            }

            stars.z[n / 2] = double.NaN;
            stars.Angles(finder);
            for (int i = 0; i < n; i++)
            {
                bool bad = i == n / 2 || i % 50 == 7;
                Assert.Equal(bad, double.IsNaN(stars.Jr[i]));
                Assert.Equal(bad, double.IsNaN(stars.Jz[i]));
                Assert.Equal(bad, double.IsNaN(stars.Jphi[i]));
                Assert.Equal(bad, double.IsNaN(stars.ThetaPhi[i]));
                if (!bad)
                {
                    // Vector.Exp may round differently beside a NaN.
                    Assert.Equal(clean.Jr[i], stars.Jr[i], 1e-9 * (1 + clean.Jr[i]));
                    Assert.Equal(clean.Jz[i], stars.Jz[i], 1e-9 * (1 + clean.Jz[i]));
                }
            }
        }
    }

    [Fact]
    public void Threads_do_not_change_results()
    {
        StarTable one = StarTable.Random(Galaxy, 3000, 9), three = one.Copy();
        one.Angles(new ParallelActionFinder(new StaeckelFudgeFinder(Galaxy, Focal), 1));
        three.Angles(new ParallelActionFinder(new StaeckelFudgeFinder(Galaxy, Focal), 3));
        Assert.Equal(one.Jr, three.Jr);
        Assert.Equal(one.ThetaPhi, three.ThetaPhi);
        Assert.Equal(one.OmegaZ, three.OmegaZ);
    }
}
