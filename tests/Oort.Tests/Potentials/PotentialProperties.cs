using Oort.Coordinates;
using Oort.Potentials;

namespace Oort.Tests.Potentials;

/// <summary>What holds for every potential, run on each entry of <see cref="PotentialCatalogue"/>.</summary>
public sealed class PotentialProperties
{
    public static TheoryData<string> All => PotentialCatalogue.Names;

    public static TheoryData<string> WithClosedForm => PotentialCatalogue.WithClosedForm;

    public static TheoryData<string> WithEnclosedMass => PotentialCatalogue.WithEnclosedMass;

    public static TheoryData<string> WithMass => PotentialCatalogue.WithMass;

    [Theory, MemberData(nameof(All))]
    public void Derivatives_are_those_of_finite_differences(string name)
    {
        PotentialCase c = Case(name);
        foreach ((double R, double z) in Points(c, 200))
        {
            PotentialPoint p = c.Potential.At(R, z);
            // Steps small beside the scales on which the potential varies: vertically, a disc's thickness.
            double h = 1e-2 * c.VariationLength(Math.Sqrt(R * R + z * z)), hz = Math.Min(h, 1e-2 * (Math.Abs(z) + c.VerticalScale));
            double force = Largest(p.PhiR, p.PhiZ), curvature = Largest(p.PhiRR, p.PhiRZ, p.PhiZZ);
            double tolerance = c.DerivativeTolerance;
            Near(p.PhiR, Derivative(t => c.Potential.Phi(Math.Abs(t), z), R, h), tolerance * force, name, R, z, "PhiR");
            Near(p.PhiZ, Derivative(t => c.Potential.Phi(R, t), z, hz), tolerance * force, name, R, z, "PhiZ");
            Near(p.PhiRR, Derivative(t => Math.Sign(t) * c.Potential.At(Math.Abs(t), z).PhiR, R, h), tolerance * curvature, name, R, z, "PhiRR");
            Near(p.PhiZZ, Derivative(t => c.Potential.At(R, t).PhiZ, z, hz), tolerance * curvature, name, R, z, "PhiZZ");
            Near(p.PhiRZ, Derivative(t => c.Potential.At(R, t).PhiR, z, hz), tolerance * curvature, name, R, z, "PhiRZ from PhiR");
            Near(p.PhiRZ, Derivative(t => c.Potential.At(Math.Abs(t), z).PhiZ, R, h), tolerance * curvature, name, R, z, "PhiRZ from PhiZ");
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Laplacian_is_the_density(string name)
    {
        PotentialCase c = Case(name);
        foreach ((double R, double z) in Points(c, 200))
        {
            PotentialPoint p = c.Potential.At(R, z);
            double laplacian = p.PhiRR + (R > 0 ? p.PhiR / R : p.PhiRR) + p.PhiZZ;
            double scale = Math.Abs(p.PhiRR) + Math.Abs(R > 0 ? p.PhiR / R : p.PhiRR) + Math.Abs(p.PhiZZ);
            Near(4 * Math.PI * Units.G * c.Potential.Density(R, z), laplacian, c.PoissonTolerance * scale, name, R, z, "Poisson");
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Plane_is_a_mirror(string name)
    {
        PotentialCase c = Case(name);
        foreach ((double R, double z) in Points(c, 50))
        {
            PotentialPoint up = c.Potential.At(R, z), down = c.Potential.At(R, -z);
            Assert.Equal(up, down with { PhiZ = -down.PhiZ, PhiRZ = -down.PhiRZ });
            Assert.Equal(c.Potential.Density(R, z), c.Potential.Density(R, -z));
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Centre_axis_and_plane_are_regular(string name)
    {
        PotentialCase c = Case(name);
        PotentialPoint centre = c.Potential.At(0, 0), axis = c.Potential.At(0, c.Size), plane = c.Potential.At(c.Size, 0);
        Assert.Equal((0, 0, 0), (centre.PhiR, centre.PhiZ, centre.PhiRZ));
        Assert.Equal((0, 0), (axis.PhiR, axis.PhiRZ));
        Assert.Equal((0, 0), (plane.PhiZ, plane.PhiRZ));
        foreach (PotentialPoint p in new[] { centre, axis, plane })
        {
            Assert.True(double.IsFinite(p.Phi) && double.IsFinite(p.PhiRR) && double.IsFinite(p.PhiZZ), $"{name}: {p}");
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Batch_of_any_length_equals_single_points_and_writes_only_what_is_asked(string name)
    {
        PotentialCase c = Case(name);
        (double R, double z)[] points = [.. Points(c, 131)];
        double[] allR = [.. points.Select(p => p.R)], allz = [.. points.Select(p => p.z)];
        foreach (int n in new[] { 0, 1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 65, 131 })
        {
            double[][] v = [.. Enumerable.Range(0, 6).Select(_ => new double[n])];
            double[] phiOnly = new double[n], phiZOnly = new double[n], phiRZOnly = new double[n], rho = new double[n];
            ReadOnlySpan<double> R = allR.AsSpan(0, n), z = allz.AsSpan(0, n);
            c.Potential.Evaluate(R, z, new() { Phi = v[0], PhiR = v[1], PhiZ = v[2], PhiRR = v[3], PhiRZ = v[4], PhiZZ = v[5] });
            c.Potential.Evaluate(R, z, new() { Phi = phiOnly });
            c.Potential.Evaluate(R, z, new() { PhiZ = phiZOnly });
            c.Potential.Evaluate(R, z, new() { PhiRZ = phiRZOnly });
            c.Potential.Density(R, z, rho);
            for (int i = 0; i < n; i++)
            {
                Assert.Equal(c.Potential.At(R[i], z[i]), new(v[0][i], v[1][i], v[2][i], v[3][i], v[4][i], v[5][i]));
                Assert.Equal((v[0][i], v[2][i], v[4][i]), (phiOnly[i], phiZOnly[i], phiRZOnly[i]));
                Assert.Equal(c.Potential.Density(R[i], z[i]), rho[i]);
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    public void NaN_stays_at_its_point(string name)
    {
        PotentialCase c = Case(name);
        double[] R = [1, double.NaN, 2, 3, 4], z = [0.5, 0.5, 0.5, double.NaN, 0.5];
        double[][] v = [.. Enumerable.Range(0, 7).Select(_ => new double[5])];
        c.Potential.Evaluate(R, z, new() { Phi = v[0], PhiR = v[1], PhiZ = v[2], PhiRR = v[3], PhiRZ = v[4], PhiZZ = v[5] });
        c.Potential.Density(R, z, v[6]);
        foreach (double[] quantity in v)
        {
            Assert.Equal([false, true, false, true, false], quantity.Select(double.IsNaN));
        }
    }

    [Theory, MemberData(nameof(WithClosedForm))]
    public void Vector_code_equals_the_textbook_formula(string name)
    {
        PotentialCase c = Case(name);
        foreach ((double R, double z) in Points(c, 300))
        {
            double phi = c.Phi!(R, z);
            // The scalar formulae subtract nearly equal numbers far out (1 - x^(2-gamma)), hence not 1e-15.
            Near(c.Potential.Phi(R, z), phi, 3e-12 * Math.Abs(phi), name, R, z, "Phi");
        }
    }

    [Theory, MemberData(nameof(WithEnclosedMass))]
    public void Force_is_that_of_the_enclosed_mass(string name)
    {
        PotentialCase c = Case(name);
        for (double x = 1e-3; x < 1e4; x *= 3)
        {
            double r = x * c.Size, expected = c.EnclosedMass!(r);
            foreach (double angle in new[] { 0, 0.4, 1.2, Math.PI / 2 })
            {
                PotentialPoint p = c.Potential.At(r * Math.Cos(angle), r * Math.Sin(angle));
                double radial = Math.Cos(angle) * p.PhiR + Math.Sin(angle) * p.PhiZ;
                // The textbook mass itself cancels in the centre (NFW), by about the rounding unit over x^2.
                Near(radial * r * r / Units.G, expected, Math.Max(1e-12, 1e-15 / (x * x)) * expected, name, r, angle, "M(<r)");
            }
        }
    }

    [Theory, MemberData(nameof(WithMass))]
    public void Force_far_out_is_that_of_the_total_mass(string name)
    {
        PotentialCase c = Case(name);
        double r = 1e7 * c.Size;
        foreach (double angle in new[] { 0, 0.7, Math.PI / 2 })
        {
            PotentialPoint p = c.Potential.At(r * Math.Cos(angle), r * Math.Sin(angle));
            Near((Math.Cos(angle) * p.PhiR + Math.Sin(angle) * p.PhiZ) * r * r / Units.G, c.Mass, 1e-5 * Math.Abs(c.Mass), name, r, angle, "mass");
            Near(-p.Phi * r / Units.G, c.Mass, 1e-5 * Math.Abs(c.Mass), name, r, angle, "mass from Phi");
        }
    }

    private static PotentialCase Case(string name) => PotentialCatalogue.Cases[name]();

    // Radii over five decades about the size, all inclinations, some close to the plane and to the axis.
    private static IEnumerable<(double R, double z)> Points(PotentialCase c, int count)
    {
        var random = new Random(7);
        for (int i = 0; i < count; i++)
        {
            double r = c.Size * Math.Pow(10, -2.5 + 5 * random.NextDouble()), u = random.NextDouble();
            double sine = (i % 4) switch { 0 => 0.02 * u, 1 => 1 - 0.02 * u, _ => 2 * u - 1 };
            yield return (r * Math.Sqrt(1 - sine * sine), r * sine);
        }
    }

    // Central differences with three Richardson steps: error of order h^8 beside rounding.
    private static double Derivative(Func<double, double> f, double x, double h)
    {
        double[] d = [.. Enumerable.Range(0, 4).Select(k => h / (1 << k)).Select(s => (f(x + s) - f(x - s)) / (2 * s))];
        for (int level = 1; level < 4; level++)
        {
            double factor = Math.Pow(4, level);
            for (int i = 3; i >= level; i--)
            {
                d[i] = (factor * d[i] - d[i - 1]) / (factor - 1);
            }
        }

        return d[3];
    }

    private static double Largest(params double[] v) => v.Max(Math.Abs);

    private static void Near(double value, double expected, double tolerance, string name, double R, double z, string what)
        => Assert.True(Math.Abs(value - expected) <= tolerance, $"{name} at ({R:R}, {z:R}): {what} {value:R}, expected {expected:R} within {tolerance:E1}");
}
