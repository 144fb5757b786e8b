using Oort.Coordinates;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Tests.Potentials;

public class CylindricalPoissonSolverTests
{
    private const double G = Units.G;

    /// <summary>Largest errors: Phi relative, forces relative to the larger local component.</summary>
    private static (double Phi, double Force) Errors(
        Potential potential, Func<double, double, (double Phi, double PhiR, double PhiZ)> exact, IEnumerable<(double R, double Z)> points)
    {
        double phi = 0, force = 0;
        foreach ((double R, double z) in points)
        {
            PotentialPoint got = potential.At(R, z);
            var (p, pR, pZ) = exact(R, z);
            phi = Math.Max(phi, Math.Abs(got.Phi / p - 1));
            force = Math.Max(force, Math.Max(Math.Abs(got.PhiR - pR), Math.Abs(got.PhiZ - pZ)) / Math.Max(Math.Abs(pR), Math.Abs(pZ)));
        }

        return (phi, force);
    }

    private static IEnumerable<(double, double)> LogPoints(int count, double from, double to, int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < count; i++)
        {
            double R = from * Math.Pow(to / from, random.NextDouble()), z = from * Math.Pow(to / from, random.NextDouble());
            yield return (R, i % 5 == 0 ? 0 : z);
        }
    }

    private static CylSpline Solve(Density density, int cells, double firstR, double firstZ, double last, Potential? outer = null)
        => CylSpline.FromDensity(
            density, CylindricalPoissonSolver.Grid(firstR, last, cells), CylindricalPoissonSolver.Grid(firstZ, last, cells), outer);

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void MiyamotoNagai_discs_converge(double flattening)
    {
        MiyamotoNagai exact = new(6e10, 3, 3 * flattening);
        var coarse = Errors(Solve(new DensityOf(exact), 50, 0.04, 0.01, 80, exact));
        var fine = Errors(Solve(new DensityOf(exact), 100, 0.02, 0.005, 80, exact));
        Assert.True(coarse.Phi < 1e-7 && coarse.Force < 3e-5, $"50 cells: {coarse}");
        Assert.True(fine.Phi < coarse.Phi / 30 && fine.Force < coarse.Force / 5, $"100 cells: {fine} after {coarse}");

        (double Phi, double Force) Errors(Potential p)
            => CylindricalPoissonSolverTests.Errors(p, (R, z) => (exact.At(R, z).Phi, exact.At(R, z).PhiR, exact.At(R, z).PhiZ), LogPoints(2000, 0.01, 79, 1));
    }

    [Fact]
    public void Density_comes_back_as_the_laplacian()
    {
        MiyamotoNagai exact = new(6e10, 3, 0.3);
        CylSpline potential = Solve(new DensityOf(exact), 50, 0.04, 0.02, 80, exact);
        foreach ((double R, double z) in LogPoints(500, 0.01, 10, 2).Where(p => p.Item2 < 1))
        {
            Assert.Equal(1, potential.Density(R, z) / exact.Density(R, z), 1e-4);
        }

        Assert.Equal(1, potential.Density(0, 0) / exact.Density(0, 0), 1e-4);
    }

    [Fact]
    public void A_thin_disc_with_a_hole_has_the_potential_of_its_Hankel_transform()
    {
        // Sigma = Sigma0 (R/s)^2 exp(-R^2/2s^2), 60 pc thick: its transform is (2 - k^2 s^2) exp(-k^2 s^2/2) s^2.
        const double Sigma0 = 1e8, S = 6;
        ThinDiskReference disk = new(
            R => Sigma0 * R * R / (S * S) * Math.Exp(-R * R / (2 * S * S)),
            k => Sigma0 * S * S * (2 - k * k * S * S) * Math.Exp(-k * k * S * S / 2), 0.06, 8.5 / S);
        (double, double)[] points = [(0.1, 0.5), (1, 0.05), (2.5, 0), (4, 0.1), (8.27, 0), (8.27, 0.06), (8.27, 0.5), (8.27, 1.1), (15, 0.02), (25, 3), (40, 10)];
        var errors = Errors(Solve(disk, 50, 0.04, 0.02, 80), disk.Exact, points);
        Assert.True(errors.Phi < 1e-6 && errors.Force < 3e-5, $"50 cells: {errors}");
        var less = Errors(Solve(disk, 100, 0.02, 0.01, 80), disk.Exact, points);
        Assert.True(less.Phi < 1e-7 && less.Force < errors.Force / 10, $"100 cells: {less} after {errors}");
    }

    [Fact]
    public void Thin_exponential_discs_have_the_potential_of_their_Hankel_transforms()
    {
        // One with and one without a hole. The kink of both densities on the axis is rounded off within the first cells.
        (double, double)[] points = [(0.5, 0.1), (1, 0.05), (2.5, 0), (4, 0.1), (8.27, 0), (8.27, 0.3), (8.27, 1.1), (15, 0.02), (20, 3)];
        foreach (double hole in new[] { 0, 1.5 })
        {
            static double Transform(double k, double scale) => scale * scale * Math.Pow(1 + k * k * scale * scale, -1.5);
            ThinDiskReference disk = new(
                R => 1e9 * (Math.Exp(-R / 2.5) - (hole > 0 ? Math.Exp(-R / hole) : 0)),
                k => 1e9 * (Transform(k, 2.5) - (hole > 0 ? Transform(k, hole) : 0)), 0.06, 200);
            var errors = Errors(Solve(disk, 50, 0.04, 0.02, 80), disk.Exact, points);
            Assert.True(errors.Phi < 1e-5 && errors.Force < 1e-4, $"hole {hole}: {errors}");
        }
    }

    [Fact]
    public void The_gas_disc_of_BV23_agrees_with_its_multipole_form()
    {
        // Hole 4 kpc, scale length 7 kpc, 60 pc thick; Disk splits off an analytic part and expands the rest: another method altogether.
        DiskDensity gas = new(5.3e7, 7, -0.06, 4);
        CylSpline potential = Solve(gas, 50, 0.04, 0.02, 120);
        (double, double)[] points = [(2.5, 0), (4, 0.1), (6, 0.02), (8.27, 0), (8.27, 0.06), (8.27, 0.5), (8.27, 1.1), (15, 0.02), (25, 3), (40, 10)];
        var low = Compare(24);
        var high = Compare(64);
        // The expansion, not the spline, limits the agreement: it improves with lmax.
        Assert.True(high.Phi < 1e-5 && high.Force < 5e-4, $"{high}");
        Assert.True(high.Phi < low.Phi / 3 && high.Force < low.Force / 2, $"lmax 64: {high}, 24: {low}");

        (double Phi, double Force) Compare(int lmax)
        {
            Disk disk = new(gas, lmax);
            return Errors(potential, (R, z) => (disk.At(R, z).Phi, disk.At(R, z).PhiR, disk.At(R, z).PhiZ), points);
        }
    }

    [Fact]
    public void A_flattened_bulge_with_core_and_cutoff_has_the_potential_of_its_shells()
    {
        FlattenedBulge bulge = new();
        var points = LogPoints(60, 0.01, 30, 5).ToArray();
        // Vertically the core's scale is 25 pc.
        var errors = Errors(Solve(bulge, 50, 0.015, 0.007, 32), bulge.Exact, points);
        Assert.True(errors.Phi < 1e-5 && errors.Force < 1e-4, $"50 cells: {errors}");
        var less = Errors(Solve(bulge, 100, 0.0075, 0.0035, 32), bulge.Exact, points);
        Assert.True(less.Phi < errors.Phi / 20 && less.Force < errors.Force / 10, $"100 cells: {less} after {errors}");
    }

    [Fact]
    public void Potentials_of_densities_add_up()
    {
        CylindricalPoissonSolver solver = new(CylindricalPoissonSolver.Grid(0.1, 60, 24), CylindricalPoissonSolver.Grid(0.05, 40, 24));
        double[] first = new double[solver.PointsR.Length], second = new double[first.Length];
        new FlattenedBulge().Evaluate(solver.PointsR, solver.PointsZ, first);
        new MiyamotoNagai(1e10, 4, 0.3).Density(solver.PointsR, solver.PointsZ, second);
        CylSpline a = solver.Solve(first), b = solver.Solve(second), sum = solver.Solve([.. first.Zip(second, (u, v) => u + 2 * v)]);
        foreach ((double R, double z) in LogPoints(50, 0.01, 100, 7))
        {
            PotentialPoint p = a.At(R, z), q = b.At(R, z), s = sum.At(R, z);
            Assert.Equal(p.Phi + 2 * q.Phi, s.Phi, 1e-9 * Math.Abs(s.Phi));
            Assert.Equal(p.PhiR + 2 * q.PhiR, s.PhiR, 1e-7 * (Math.Abs(s.PhiR) + Math.Abs(s.PhiZ)));
            Assert.Equal(p.PhiZ + 2 * q.PhiZ, s.PhiZ, 1e-7 * (Math.Abs(s.PhiR) + Math.Abs(s.PhiZ)));
        }
    }

    [Fact]
    public void Beyond_the_grid_the_potential_goes_on_and_decays_with_the_mass()
    {
        FlattenedBulge bulge = new();
        CylindricalPoissonSolver solver = new(CylindricalPoissonSolver.Grid(0.04, 30, 50), CylindricalPoissonSolver.Grid(0.02, 15, 50));
        double[] rho = new double[solver.PointsR.Length];
        bulge.Evaluate(solver.PointsR, solver.PointsZ, rho);
        CylSpline potential = solver.Solve(rho);
        double mass = solver.Mass(rho);
        Assert.Equal(-G * mass / 1e5, potential.Phi(1e5, 0), 1e-8 * G * mass / 1e5);
        foreach ((double R, double z) in new[] { (30.0, 0.0), (30, 7), (29.9, 15), (2, 15), (0, 15) })
        {
            PotentialPoint inside = potential.At(R * (1 - 1e-9), z * (1 - 1e-9)), outside = potential.At(R * (1 + 1e-9), z * (1 + 1e-9));
            var exact = bulge.Exact(R, z);
            double force = Math.Sqrt(exact.PhiR * exact.PhiR + exact.PhiZ * exact.PhiZ);
            Assert.Equal(exact.Phi, outside.Phi, 1e-7 * -exact.Phi);
            Assert.Equal(inside.Phi, outside.Phi, 1e-7 * -exact.Phi);
            Assert.Equal(inside.PhiR, outside.PhiR, 1e-5 * force);
            Assert.Equal(inside.PhiZ, outside.PhiZ, 1e-5 * force);
        }
    }

    [Fact]
    public void Mass_in_the_grids_corner_counts_on_the_boundary()
    {
        // A cluster of rings at R = 28, z = 3 kpc, farther out than the grid's top (20 kpc).
        RingDensity ring = new();
        CylSpline flat = CylSpline.FromDensity(ring, CylindricalPoissonSolver.Grid(0.3, 60, 80), CylindricalPoissonSolver.Grid(0.3, 20, 60));
        CylSpline tall = CylSpline.FromDensity(ring, CylindricalPoissonSolver.Grid(0.3, 60, 80), CylindricalPoissonSolver.Grid(0.3, 60, 80));
        foreach ((double R, double z) in new[] { (1.0, 1.0), (10, 0), (20, 5), (28, 3), (5, 19.9), (40, 10), (59, 1) })
        {
            Assert.Equal(1, flat.Phi(R, z) / tall.Phi(R, z), 1e-3);
        }
    }

    [Fact]
    public void Grids_that_do_not_begin_at_zero_or_ascend_are_refused()
    {
        double[] good = CylindricalPoissonSolver.Grid(0.1, 10, 10);
        Assert.Throws<ParameterException>(() => new CylindricalPoissonSolver([1, 2, 3, 4, 5, 6, 7], good));
        Assert.Throws<ParameterException>(() => new CylindricalPoissonSolver(good, [0, 1, 2, 2, 3, 4, 5]));
        Assert.Throws<ParameterException>(() => new CylindricalPoissonSolver(good, [0, 1, 2, 3, 4, 5, double.NaN]));
        Assert.Throws<ParameterException>(() => new CylindricalPoissonSolver(good, [0, 1, 2]));
        Assert.Throws<ArgumentException>(() => new CylindricalPoissonSolver(good, good).Solve([1.0]));
    }

    private sealed class DensityOf(Potential potential) : Density
    {
        public override double TotalMass => double.NaN;

        public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho) => potential.Density(R, z, rho);
    }

    private sealed class RingDensity : Density
    {
        public override double TotalMass => double.NaN;

        public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
        {
            for (int i = 0; i < R.Length; i++)
            {
                rho[i] = 1e6 * Math.Exp(-((R[i] - 28) * (R[i] - 28) + (Math.Abs(z[i]) - 3) * (Math.Abs(z[i]) - 3)) / 4);
            }
        }
    }

    /// <summary>
    /// rho0 (1 + m^2/a^2)^-0.9 exp(-m^2/c^2), m^2 = R^2 + z^2/q^2; potential by integrals over similar shells
    /// (Binney and Tremaine 2008, eq. 2.140).
    /// </summary>
    private sealed class FlattenedBulge : Density
    {
        private const double Rho0 = 1e11, Core = 0.05, Cutoff = 2, Q = 0.5;

        public override double TotalMass => double.NaN;

        private static double Rho(double mm) => Rho0 * Math.Pow(1 + mm / (Core * Core), -0.9) * Math.Exp(-mm / (Cutoff * Cutoff));

        public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
        {
            for (int i = 0; i < R.Length; i++)
            {
                rho[i] = Rho(R[i] * R[i] + z[i] * z[i] / (Q * Q));
            }
        }

        public (double Phi, double PhiR, double PhiZ) Exact(double R, double z)
        {
            double phi = 0, overR = 0, overZ = 0;
            double[] s = new double[20], w = new double[20];
            for (double lo = -12; lo < 60; lo += 1)
            {
                // tau = exp(s).
                GaussLegendre.Rule(20).Map(lo, lo + 1, s, w);
                for (int i = 0; i < 20; i++)
                {
                    double tau = Math.Exp(s[i]), weight = w[i] * tau / ((tau + 1) * Math.Sqrt(tau + Q * Q));
                    double mm = R * R / (tau + 1) + z * z / (tau + Q * Q), rho = Rho(mm);
                    phi -= Math.PI * G * Q * weight * Outside(mm);
                    overR += 2 * Math.PI * G * Q * weight * rho / (tau + 1);
                    overZ += 2 * Math.PI * G * Q * weight * rho / (tau + Q * Q);
                }
            }

            // The piece from tau = 0 to exp(-12), where the integrands are flat.
            double rest = Math.Exp(-12) / Q, here = R * R + z * z / (Q * Q);
            return (phi - Math.PI * G * Q * rest * Outside(here), R * (overR + 2 * Math.PI * G * Q * rest * Rho(here)),
                z * (overZ + 2 * Math.PI * G * Q * rest * Rho(here) / (Q * Q)));
        }

        /// <summary>Integral of rho d(m^2) from m^2 outwards, in panels even in ln(m^2 + a^2).</summary>
        private static double Outside(double mm)
        {
            double end = Math.Log(40 * Cutoff * Cutoff), start = Math.Log(mm + Core * Core);
            double width = (end - start) / 16;
            return start >= end ? 0 : Enumerable.Range(0, 16).Sum(p => GaussLegendre.Rule(12).Integrate(
                u => Rho(Math.Exp(u) - Core * Core) * Math.Exp(u), start + p * width, start + (p + 1) * width));
        }
    }
}
