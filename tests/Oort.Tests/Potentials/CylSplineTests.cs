using System.Globalization;
using Oort.Coordinates;
using Oort.Potentials;
using Oort.Tests.Support;

namespace Oort.Tests.Potentials;

public class CylSplineTests
{
    /// <summary>The values of a potential at the nodes of a grid, as coefficients.</summary>
    internal static CylSpline Tabulate(Potential potential, double[] gridR, double[] gridZ, Potential? outer = null)
    {
        double[,] phi = new double[gridR.Length, gridZ.Length], phiR = new double[gridR.Length, gridZ.Length], phiZ = new double[gridR.Length, gridZ.Length];
        for (int i = 0; i < gridR.Length; i++)
        {
            for (int j = 0; j < gridZ.Length; j++)
            {
                PotentialPoint p = potential.At(gridR[i], gridZ[j]);
                (phi[i, j], phiR[i, j], phiZ[i, j]) = (p.Phi, p.PhiR, p.PhiZ);
            }
        }

        return new(gridR, gridZ, phi, phiR, phiZ, outer);
    }

    private static readonly MiyamotoNagai Disk = new(6e10, 3, 0.3);

    /// <summary>A disc 0.3 kpc thick with a hole, solved from its density; all its mass is inside the grid.</summary>
    internal static readonly Lazy<CylSpline> ThinDisk = new(() => CylSpline.FromDensity(
        new ThinDiskReference(R => 1e8 * R * R / 36 * Math.Exp(-R * R / 72), k => 36e8 * (2 - 36 * k * k) * Math.Exp(-18 * k * k), 0.3, 1.5),
        CylindricalPoissonSolver.Grid(0.04, 80, 50), CylindricalPoissonSolver.Grid(0.02, 80, 50)));

    /// <summary>A Miyamoto-Nagai disc from its values at the nodes, and itself beyond.</summary>
    internal static readonly Lazy<CylSpline> Tabulated = new(() => Tabulate(Disk, Grid(0.04, 60, 50), Grid(0.02, 40, 50), Disk));

    private static double[] Grid(double first, double last, int cells) => CylindricalPoissonSolver.Grid(first, last, cells);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Coefficients_converge_on_the_potential_they_come_from(bool bothSigns)
    {
        double[] errors = new double[3], finer = new double[3];
        Measure(30, errors);
        Measure(60, finer);
        Assert.True(finer[0] < 1e-7 && finer[1] < 3e-6 && finer[2] < 1e-3, string.Join(" ", finer));
        Assert.True(errors[0] / finer[0] > 20 && errors[1] / finer[1] > 12 && errors[2] / finer[2] > 6, string.Join(" ", errors) + " -> " + string.Join(" ", finer));

        void Measure(int cells, double[] error)
        {
            double[] half = Grid(0.6 / cells, 40, cells), gridZ = bothSigns ? [.. half[1..].Reverse().Select(z => -z), .. half] : half;
            CylSpline spline = Tabulate(Disk, Grid(1.5 / cells, 60, cells), gridZ);
            Random random = new(8);
            for (int i = 0; i < 2000; i++)
            {
                double R = 0.01 * Math.Pow(5900, random.NextDouble()), z = 0.01 * Math.Pow(3900, random.NextDouble()) * (i % 2 == 0 ? 1 : -1);
                PotentialPoint got = spline.At(R, z), exact = Disk.At(R, z);
                double force = Math.Max(Math.Abs(exact.PhiR), Math.Abs(exact.PhiZ)), curvature = Math.Abs(exact.PhiRR) + Math.Abs(exact.PhiZZ) + Math.Abs(exact.PhiRZ);
                error[0] = Math.Max(error[0], Math.Abs(got.Phi / exact.Phi - 1));
                error[1] = Math.Max(error[1], Math.Max(Math.Abs(got.PhiR - exact.PhiR), Math.Abs(got.PhiZ - exact.PhiZ)) / force);
                error[2] = Math.Max(error[2], Math.Max(Math.Abs(got.PhiRR - exact.PhiRR), Math.Max(Math.Abs(got.PhiRZ - exact.PhiRZ), Math.Abs(got.PhiZZ - exact.PhiZZ))) / curvature);
            }
        }
    }

    [Fact]
    public void Nodes_are_reproduced_and_exported_unchanged()
    {
        double[] gridR = [0, 0.1, 0.5, 2, 5, 11, 30], gridZ = [0, 0.05, 0.3, 1, 4, 20];
        CylSpline spline = Tabulate(Disk, gridR, gridZ);
        double[,] phi = spline.NodePhi, phiR = spline.NodePhiR, phiZ = spline.NodePhiZ;
        for (int i = 0; i < gridR.Length; i++)
        {
            for (int j = 0; j < gridZ.Length; j++)
            {
                PotentialPoint exact = Disk.At(gridR[i], gridZ[j]), got = spline.At(gridR[i], gridZ[j]);
                Assert.Equal((exact.Phi, exact.PhiR, exact.PhiZ), (phi[i, j], phiR[i, j], phiZ[i, j]));
                Assert.Equal(exact.Phi, got.Phi, 1e-12 * -exact.Phi);
                Assert.Equal(exact.PhiR, got.PhiR, 1e-10 * (Math.Abs(exact.PhiR) + Math.Abs(exact.PhiZ)) + 1e-8);
                Assert.Equal(exact.PhiZ, got.PhiZ, 1e-10 * (Math.Abs(exact.PhiR) + Math.Abs(exact.PhiZ)) + 1e-8);
            }
        }
    }

    [Fact]
    public void A_solved_potential_survives_its_export()
    {
        double[] gridR = Grid(0.04, 80, 50), gridZ = Grid(0.02, 80, 50);
        CylindricalPoissonSolver solver = new(gridR, gridZ);
        double[] rho = new double[solver.PointsR.Length];
        Disk.Density(solver.PointsR, solver.PointsZ, rho);
        CylSpline solved = solver.Solve(rho, Disk), read = new(gridR, gridZ, solved.NodePhi, solved.NodePhiR, solved.NodePhiZ, Disk);
        Random random = new(3);
        for (int i = 0; i < 1000; i++)
        {
            double R = 0.01 * Math.Pow(7900, random.NextDouble()), z = 0.01 * Math.Pow(7900, random.NextDouble());
            PotentialPoint a = solved.At(R, z), b = read.At(R, z);
            Assert.Equal(1, b.Phi / a.Phi, 1e-7);
            Assert.Equal(0, Math.Max(Math.Abs(b.PhiR - a.PhiR), Math.Abs(b.PhiZ - a.PhiZ)) / Math.Max(Math.Abs(a.PhiR), Math.Abs(a.PhiZ)), 1e-5);
        }
    }

    [Fact]
    public void Positive_potentials_are_interpolated_too()
    {
        Logarithmic halo = new(220, 1.5, 0.9);
        CylSpline spline = Tabulate(halo, Grid(0.1, 60, 60), Grid(0.1, 60, 60), halo);
        foreach ((double R, double z) in new[] { (0.05, 0.0), (0.7, 0.3), (8, 1), (30, 20), (70, 1) })
        {
            PotentialPoint got = spline.At(R, z), exact = halo.At(R, z);
            Assert.Equal(exact.Phi, got.Phi, 1e-2);
            Assert.Equal(exact.PhiR, got.PhiR, 1e-4 * (Math.Abs(exact.PhiR) + Math.Abs(exact.PhiZ)));
        }
    }

    [Fact]
    public void Points_beyond_the_grid_and_NaN_do_not_disturb_their_neighbours()
    {
        CylSpline spline = Tabulate(Disk, Grid(0.1, 30, 20), Grid(0.05, 20, 20));
        double[] R = [.. Enumerable.Range(0, 131).Select(i => i % 7 == 3 ? 50.0 + i : i % 11 == 5 ? double.NaN : 0.2 * i)];
        double[] z = [.. Enumerable.Range(0, 131).Select(i => i % 5 == 2 ? -25.0 - i : 0.1 * i - 3)];
        double[] phi = new double[131], phiZZ = new double[131];
        spline.Evaluate(R, z, new() { Phi = phi, PhiZZ = phiZZ });
        for (int i = 0; i < 131; i++)
        {
            PotentialPoint p = spline.At(R[i], z[i]);
            Assert.Equal(p.Phi, phi[i], double.IsNaN(R[i]) ? 0 : 1e-9);
            Assert.Equal(p.PhiZZ, phiZZ[i], double.IsNaN(R[i]) ? 0 : 1e-7);
            Assert.Equal(double.IsNaN(R[i]), double.IsNaN(phi[i]));
        }
    }

    [Fact]
    public void A_points_results_do_not_depend_on_its_batch()
    {
        CylSpline even = CylSpline.FromDensity(new DiskDensity(1e9, 2.5, 0.3), Grid(0.1, 30, 20), Grid(0.05, 20, 20));
        CylSpline uneven = Tabulate(Disk, [0, 0.1, 0.3, 1, 1.5, 4, 9, 20, 30], [0, 0.05, 0.3, 1, 1.5, 4, 9, 20]);
        foreach (Potential potential in new Potential[] { even, uneven, new CompositePotential(even, uneven, new NFW(1e12, 20)) })
        {
            BatchCheck.PointsAreIndependent(potential, 1e-3, 60);
        }
    }

    [Fact]
    public void Wrong_grids_and_values_are_refused()
    {
        double[] good = [0, 1, 2, 3];
        double[,] values = new double[4, 4];
        Assert.Throws<ParameterException>(() => new CylSpline([0.1, 1, 2, 3], good, values, values, values));
        Assert.Throws<ParameterException>(() => new CylSpline(good, [0, 1, 1, 3], values, values, values));
        Assert.Throws<ParameterException>(() => new CylSpline(good, [0.5, 1, 2, 3], values, values, values));
        Assert.Throws<ParameterException>(() => new CylSpline(good, [-4, -3, -2, -1], values, values, values));
        Assert.Throws<InputException>(() => new CylSpline(good, good, new double[4, 3], values, values));
        values = new double[4, 4];
        values[2, 1] = double.NaN;
        Assert.Throws<ParameterException>(() => new CylSpline(good, good, values, new double[4, 4], new double[4, 4]));
    }

    [SharedFileFact("reference/potentials/bv23_fixed.ini")]
    public void The_discs_of_a_converged_galaxy_are_read()
    {
        CylSpline discs = ReadCoefficients(SharedFile.Path("reference/potentials/bv23_fixed.ini"));
        Assert.Equal(30, discs.GridR.Length);
        Assert.Equal(50, discs.GridR[^1]);
        Assert.Equal(20, discs.GridZ[^1]);
        Assert.Equal(-133386.0748931, discs.Phi(0, 0), 1e-6);

        // Beyond the grid: continuous as far as a harmonic function can follow the halo stars that go on there.
        foreach ((double R, double z) in new[] { (50.0, 0.0), (50, 10), (50, 20), (20, 20), (0, 20) })
        {
            PotentialPoint inside = discs.At(R * (1 - 1e-9), z * (1 - 1e-9)), outside = discs.At(R * (1 + 1e-9), z * (1 + 1e-9));
            Assert.Equal(1, outside.Phi / inside.Phi, 1e-3);
            Assert.Equal(0, Math.Abs(outside.PhiR - inside.PhiR) + Math.Abs(outside.PhiZ - inside.PhiZ), 2e-2 * (Math.Abs(inside.PhiR) + Math.Abs(inside.PhiZ)));
        }

        // Above the gas disc its Laplacian is the density of the stars in the reference's tables, which belong to a finer grid.
        ReferenceTable vertical = ReferenceTable.Read("bv23_vertical.csv");
        string[] component = vertical.Text("component");
        double[] height = vertical["z"], rho = vertical["rho"];
        foreach (double h in height.Distinct().Where(h => h is > 0.7 and < 3))
        {
            double expected = Enumerable.Range(0, height.Length).Where(i => height[i] == h && component[i] != "dark halo").Sum(i => rho[i]);
            Assert.Equal(1, discs.Density(8.27, h) / 1e9 / expected, 0.05);
        }
    }

    /// <summary>The coefficients of the file's CylSpline, read by a few lines of the test's own.</summary>
    internal static CylSpline ReadCoefficients(string path)
    {
        string[] lines = File.ReadAllLines(path);
        int section = Array.IndexOf(lines, "type=CylSpline");
        double[] gridR = [], gridZ = [];
        double[][,] blocks = new double[3][,];
        string[] names = ["#Phi", "#dPhi/dR", "#dPhi/dz"];
        for (int b = 0; b < 3; b++)
        {
            int head = Array.IndexOf(lines, names[b], section);
            gridZ = Numbers(lines[head + 2].Split('\t', StringSplitOptions.RemoveEmptyEntries)[1..]);
            double[][] rows = [.. lines[(head + 3)..].TakeWhile(l => l.Length > 0 && char.IsAsciiDigit(l[0]))
                .Select(l => Numbers(l.Split('\t', StringSplitOptions.RemoveEmptyEntries)))];
            gridR = [.. rows.Select(r => r[0])];
            blocks[b] = new double[gridR.Length, gridZ.Length];
            for (int i = 0; i < gridR.Length; i++)
            {
                for (int j = 0; j < gridZ.Length; j++)
                {
                    blocks[b][i, j] = rows[i][j + 1];
                }
            }
        }

        return new(gridR, gridZ, blocks[0], blocks[1], blocks[2]);

        static double[] Numbers(IEnumerable<string> words) => [.. words.Where(w => w.Trim().Length > 0).Select(w => double.Parse(w, CultureInfo.InvariantCulture))];
    }
}
