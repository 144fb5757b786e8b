using Oort.Coordinates;
using Oort.Potentials;

namespace Oort.Tests.Potentials;

public sealed class CircularMotionTests
{
    // Force in the plane points outwards inside about 1.2 kpc.
    private static readonly CompositePotential Hole = new(new Plummer(1e10, 3), new MiyamotoNagai(-2e9, 0, 0.5));

    public static TheoryData<string> Attractive => new([.. PotentialCatalogue.Cases
        .Where(c => !c.Key.Contains("negative", StringComparison.Ordinal) && c.Value().Potential is not DiskAnsatz)
        .Select(c => c.Key)]);

    public static TheoryData<string> WithEnclosedMass => PotentialCatalogue.WithEnclosedMass;

    [Theory, MemberData(nameof(Attractive))]
    public void Radius_comes_back_from_its_energy_and_angular_momentum(string name)
    {
        PotentialCase c = PotentialCatalogue.Cases[name]();
        Potential potential = c.Potential;
        // Expansions have a force of rounding only in their innermost part; closed forms are good down to any radius.
        double first = c.DerivativeTolerance > 1e-7 || c.PoissonTolerance > 1e-10 ? -1.5 : -3;
        double[] R = [.. Enumerable.Range(0, 131).Select(i => c.Size * Math.Pow(10, first + i * (3.5 - first) / 130))];
        bool hole = potential.At(R[0], 0).PhiR < 0;
        R = [.. R.Where(r => potential.At(r, 0).PhiR > 0)];
        Assert.InRange(R.Length, hole ? 60 : 131, 131);
        double[] E = new double[R.Length], L = new double[R.Length], rest = new double[R.Length], tolerance = new double[R.Length];
        for (int i = 0; i < R.Length; i++)
        {
            PotentialPoint p = potential.At(R[i], 0);
            (E[i], L[i], rest[i]) = (p.Phi + 0.5 * R[i] * p.PhiR, (i % 2 == 0 ? 1 : -1) * Math.Sqrt(R[i] * R[i] * R[i] * p.PhiR), p.Phi);
            // What rounding of the energy leaves of the radius deep in a core.
            tolerance[i] = 1e-11 + 4e-15 * Math.Abs(p.Phi) / (R[i] * p.PhiR);
        }

        double[] fromE = new double[R.Length], fromL = new double[R.Length], largest = new double[R.Length];
        CircularMotion.RadiusOfEnergy(potential, E, fromE);
        CircularMotion.RadiusOfAngularMomentum(potential, L, fromL);
        CircularMotion.LargestRadius(potential, rest, largest);
        for (int i = 0; i < R.Length; i++)
        {
            Assert.Equal(1, fromE[i] / R[i], tolerance[i]);
            Assert.Equal(1, fromL[i] / R[i], 1e-11);
            Assert.Equal(1, largest[i] / R[i], tolerance[i]);
        }

        Assert.Equal(fromE[50], CircularMotion.RadiusOfEnergy(potential, E[50]), 1e-11 * R[50]);
        Assert.Equal(fromL[50], CircularMotion.RadiusOfAngularMomentum(potential, L[50]), 1e-11 * R[50]);
        double atRest = CircularMotion.RadiusOfAngularMomentum(potential, 0);
        Assert.True(hole ? Math.Abs(CircularMotion.Speed(potential, atRest * (1 + 1e-9))) < 1 : atRest < 1e-12);
    }

    [Fact]
    public void Frequencies_are_those_of_the_closed_forms()
    {
        var plummer = new Plummer(1e10, 2);
        var flat = new Logarithmic(220, 0.001, 0.8);
        foreach (double R in new[] { 0, 0.1, 1, 3, 30 })
        {
            (double kappa, double nu, double omega) = CircularMotion.Frequencies(plummer, R);
            double gm = Units.G * 1e10, u = R * R + 4;
            Assert.Equal(1, omega / Math.Sqrt(gm / Math.Pow(u, 1.5)), 1e-14);
            Assert.Equal(1, nu / omega, 1e-14);
            Assert.Equal(1, kappa / Math.Sqrt(gm * (R * R + 16) / Math.Pow(u, 2.5)), 1e-14);
        }

        (double k, double n, double o) = CircularMotion.Frequencies(flat, 8);
        Assert.Equal(Math.Sqrt(2), k / o, 1e-7);
        Assert.Equal(1.25, n / o, 1e-7);
        Assert.Equal(220 / 8.0, o, 1e-6);
        Assert.Equal(220, CircularMotion.Speed(flat, 8), 1e-5);
    }

    [Fact]
    public void Force_outwards_in_the_centre_leaves_orbits_outside_only()
    {
        // The ring on which the force vanishes: M1 (r^2 + b2^2)^1.5 = M2 (r^2 + b1^2)^1.5.
        double ratio = Math.Pow(0.2, 2.0 / 3), ring = Math.Sqrt((9 * ratio - 0.25) / (1 - ratio)), lowest = Hole.Phi(ring, 0);
        Assert.True(double.IsNaN(CircularMotion.Speed(Hole, 0.5 * ring)));
        Assert.Equal(ring, CircularMotion.RadiusOfAngularMomentum(Hole, 0), 1e-10);
        Assert.True(Hole.Phi(0, 0) > lowest);
        double E = 0.5 * (Hole.Phi(0, 0) + lowest), R = CircularMotion.RadiusOfEnergy(Hole, E), largest = CircularMotion.LargestRadius(Hole, E);
        Assert.True(ring < R && R < largest);
        Assert.Equal(1, Hole.Phi(largest, 0) / E, 1e-12);
        Assert.Equal(1, (Hole.Phi(R, 0) + 0.5 * R * Hole.At(R, 0).PhiR) / E, 1e-12);
        Assert.Throws<NumericalException>(() => CircularMotion.RadiusOfEnergy(Hole, 1.01 * lowest));
        Assert.Throws<NumericalException>(() => CircularMotion.LargestRadius(Hole, 1.01 * lowest));
        foreach (double r in new[] { 1.01 * ring, 2 * ring, 40 * ring })
        {
            double L = r * CircularMotion.Speed(Hole, r);
            Assert.Equal(1, CircularMotion.RadiusOfAngularMomentum(Hole, L) / r, 1e-11);
        }
    }

    [Fact]
    public void What_has_no_answer_is_NaN_in_a_batch_and_an_exception_alone()
    {
        var sphere = new Isochrone(1e11, 2);
        double[] E = [double.NaN, 10, 0, 2 * sphere.Phi(0, 0), 0.5 * sphere.Phi(0, 0)], R = new double[5];
        CircularMotion.RadiusOfEnergy(sphere, E, R);
        Assert.Equal([true, true, true, true, false], R.Select(double.IsNaN));
        CircularMotion.LargestRadius(sphere, E, R);
        Assert.Equal([true, true, true, true, false], R.Select(double.IsNaN));
        Assert.Contains("energy 10 ", Assert.Throws<NumericalException>(() => CircularMotion.RadiusOfEnergy(sphere, 10)).Message, StringComparison.Ordinal);
        Assert.Throws<NumericalException>(() => CircularMotion.RadiusOfAngularMomentum(sphere, double.NaN));
        Assert.Equal(0, CircularMotion.RadiusOfEnergy(sphere, sphere.Phi(0, 0)), 1e-6);
    }

    [Fact]
    public void Escape_speed_is_refused_where_nothing_escapes()
    {
        Assert.Equal(Math.Sqrt(2 * Units.G * 1e10 / 5), EnclosedMass.EscapeSpeed(new Plummer(1e10, 3), 0, 4), 1e-10);
        Assert.Throws<InputException>(() => EnclosedMass.EscapeSpeed(new CompositePotential(new Plummer(1e10, 3), new Logarithmic(200, 1)), 8, 0));
    }

    [Theory, MemberData(nameof(WithEnclosedMass))]
    public void Enclosed_mass_is_that_of_the_closed_form(string name)
    {
        PotentialCase c = PotentialCatalogue.Cases[name]();
        foreach (double x in new[] { 0.01, 0.3, 1, 20, 1e4 })
        {
            Assert.Equal(1, EnclosedMass.Within(c.Potential, x * c.Size) / c.EnclosedMass!(x * c.Size), Math.Max(1e-12, 1e-15 / (x * x)));
        }
    }

    [Fact]
    public void Enclosed_mass_of_a_density_is_that_of_its_potential()
    {
        foreach (double gamma in new[] { 0, 1, 1.8 })
        {
            var density = SpheroidDensity.FromMass(2e10, gamma, 4, 1, 1.5);
            foreach (double r in new[] { 0.01, 1, 100 })
            {
                Assert.Equal(1, EnclosedMass.Within(density, r) / (2e10 * Math.Pow(r / (r + 1.5), 3 - gamma)), 1e-9);
            }
        }

        // A thin disc: thickness about r/100 and r/30.
        var disk = new MiyamotoNagai(5e10, 3, 0.1);
        Density sameDisk = new PotentialDensity(disk);
        foreach ((double r, double error) in new[] { (10.0, 1e-6), (3.0, 1e-6), (0.5, 1e-6) })
        {
            Assert.Equal(1, EnclosedMass.Within(disk, r) / EnclosedMass.Within(sameDisk, r), error);
        }
    }

    private sealed class PotentialDensity(Potential potential) : Density
    {
        public override double TotalMass => throw new NotSupportedException();

        public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho) => potential.Density(R, z, rho);
    }
}
