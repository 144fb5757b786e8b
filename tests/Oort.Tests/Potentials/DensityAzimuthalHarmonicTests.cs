using Oort.Potentials;

namespace Oort.Tests.Potentials;

public class DensityAzimuthalHarmonicTests
{
    private static double[] Grid(double first, double last, int cells) => CylindricalPoissonSolver.Grid(first, last, cells);

    private static DensityAzimuthalHarmonic Table(Func<double, double, double> rho, double[] gridR, double[] gridZ)
    {
        double[,] values = new double[gridR.Length, gridZ.Length];
        for (int i = 0; i < gridR.Length; i++)
        {
            for (int j = 0; j < gridZ.Length; j++)
            {
                values[i, j] = rho(gridR[i], gridZ[j]);
            }
        }

        return new(gridR, gridZ, values);
    }

    private static double Sech2(double R, double z) => 1e9 * Math.Exp(-R / 2.5) / Math.Pow(Math.Cosh(z / 0.6), 2);

    [Fact]
    public void Interpolation_is_of_fourth_order()
    {
        double coarse = Error(20), fine = Error(40), finest = Error(80);
        Assert.True(fine < coarse / 8 && finest < fine / 10, $"{coarse:E2} {fine:E2} {finest:E2}");
        Assert.True(finest < 1e-4, $"{finest:E2}");

        static double Error(int cells)
        {
            DensityAzimuthalHarmonic table = Table(Sech2, Grid(6.0 / cells, 40, cells), Grid(1.2 / cells, 10, cells));
            Random random = new(6);
            double worst = 0;
            for (int i = 0; i < 2000; i++)
            {
                double R = 30 * random.NextDouble(), z = 6 * random.NextDouble() - 3;
                worst = Math.Max(worst, Math.Abs(table.At(R, z) / Sech2(R, z) - 1));
            }

            return worst;
        }
    }

    [Fact]
    public void Mass_is_that_of_the_density()
    {
        // 2 pi Rd^2 Sigma0, Sigma0 = 1e9 * 2 * 0.6.
        double exact = 2 * Math.PI * 2.5 * 2.5 * 1.2e9;
        Assert.Equal(exact, Table(Sech2, Grid(0.1, 60, 50), Grid(0.04, 12, 40)).TotalMass, 1e-5 * exact);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Densities_that_vanish_like_R_go_on_as_that_power(bool nodeOnTheAxis)
    {
        static double Rho(double R, double z) => 1e8 * R * Math.Exp(-R / 3 - Math.Abs(z) / 0.3 * Math.Abs(z));
        double[] gridR = nodeOnTheAxis ? Grid(0.1, 40, 40) : Grid(0.1, 40, 40)[1..];
        DensityAzimuthalHarmonic table = Table(Rho, gridR, Grid(0.05, 3, 30));
        // The power is that between the first nodes, where the exponential already weighs in.
        foreach (double R in new[] { 0.003, 0.02, 0.09 })
        {
            Assert.Equal(1, table.At(R, 0.1) / Rho(R, 0.1), 0.15);
        }

        Assert.True(table.At(1e-6, 0.1) < 2e-5 * Rho(0.1, 0.1));
        Assert.Equal(0, table.At(0, 0.1), 1e-10);
        Assert.Equal(1, table.At(0.5, 0.1) / Rho(0.5, 0.1), 3e-3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-300)]
    public void Empty_and_nearly_empty_nodes_make_neither_overshoots_nor_NaN(double outside)
    {
        // A disc that ends at R = 12 and z = 2.
        double Rho(double R, double z) => R < 12 && z < 2 ? Sech2(R, z) : outside;
        double[] gridR = Grid(0.1, 40, 40), gridZ = Grid(0.05, 10, 40);
        DensityAzimuthalHarmonic table = Table(Rho, gridR, gridZ);
        double lastR = gridR.Last(R => R < 12), nextR = gridR.First(R => R >= 12), lastZ = gridZ.Last(z => z < 2), nextZ = gridZ.First(z => z >= 2);
        for (int i = 0; i <= 400; i++)
        {
            for (int j = 0; j <= 60; j++)
            {
                double R = 0.05 * i, z = 0.05 * j, rho = table.At(R, z);
                Assert.True(rho >= 0 && double.IsFinite(rho), $"rho({R}, {z}) = {rho}");
                if (R < lastR && z < lastZ)
                {
                    Assert.Equal(1, rho / Sech2(R, z), 0.15);
                }
                else if (R > nextR || z > nextZ)
                {
                    Assert.True(rho <= 1e-150, $"rho({R}, {z}) = {rho} in the void");
                }
                else
                {
                    // The one cell in which it falls: below what is inside of it.
                    Assert.True(rho <= 1.15 * Sech2(Math.Min(R, lastR), Math.Min(z, lastZ)), $"rho({R}, {z}) = {rho} in the edge");
                }
            }
        }

        Assert.True(table.TotalMass > 0);
    }

    [Fact]
    public void Isolated_empty_nodes_disturb_only_their_neighbours()
    {
        double[] gridR = Grid(0.1, 40, 40), gridZ = Grid(0.05, 10, 40);
        DensityAzimuthalHarmonic table = Table((R, z) => R == gridR[20] && z == gridZ[15] ? 0 : Sech2(R, z), gridR, gridZ);
        Assert.Equal(0, table.At(gridR[20], gridZ[15]));
        Assert.Equal(1, table.At(0.5 * (gridR[10] + gridR[11]), 0.02) / Sech2(0.5 * (gridR[10] + gridR[11]), 0.02), 1e-3);
        Assert.True(table.At(0.5 * (gridR[20] + gridR[21]), gridZ[15]) <= Sech2(gridR[20], gridZ[15]));
    }

    [Fact]
    public void Beyond_the_grid_nothing_and_NaN_stays()
    {
        DensityAzimuthalHarmonic table = Table(Sech2, Grid(0.1, 20, 30), Grid(0.05, 5, 30));
        double[] R = [.. Enumerable.Range(0, 150).Select(i => i % 13 == 4 ? double.NaN : 0.2 * i)], z = [.. Enumerable.Range(0, 150).Select(i => i % 5 - 2.2 + 4 * (i % 3 - 1))];
        double[] rho = new double[150];
        table.Evaluate(R, z, rho);
        for (int i = 0; i < 150; i++)
        {
            Assert.Equal(double.IsNaN(R[i]), double.IsNaN(rho[i]));
            Assert.True(double.IsNaN(R[i]) || (R[i] > 20 || Math.Abs(z[i]) > 5 ? rho[i] == 0 : rho[i] > 0));
            Assert.Equal(table.At(R[i], -z[i]), rho[i]);
        }
    }

    [Fact]
    public void A_table_of_zeros_is_no_mass()
    {
        DensityAzimuthalHarmonic table = Table((_, _) => 0, [0, 1, 2], [0, 1, 2]);
        Assert.Equal(0, table.TotalMass);
        Assert.Equal(0, table.At(1, 1));
    }

    [Fact]
    public void Wrong_tables_are_refused()
    {
        double[] good = [0, 1, 2];
        Assert.Throws<ParameterException>(() => Table((_, _) => -1, good, good));
        Assert.Throws<ParameterException>(() => Table((_, _) => double.NaN, good, good));
        Assert.Throws<ParameterException>(() => Table((_, _) => 1, good, [1, 2, 3]));
        Assert.Throws<ParameterException>(() => Table((_, _) => 1, [-1, 0, 1], good));
        Assert.Throws<InputException>(() => new DensityAzimuthalHarmonic(good, good, new double[3, 2]));
    }

    [Fact]
    public void The_potential_of_the_table_is_that_of_the_density()
    {
        // 40 x 30 nodes, as a model's component has them.
        MiyamotoNagai disc = new(6e10, 3, 0.3);
        double[] gridR = Grid(0.1, 60, 45), gridZ = Grid(0.05, 40, 40), rho = new double[gridZ.Length], radius = new double[gridZ.Length];
        double[,] values = new double[gridR.Length, gridZ.Length];
        for (int i = 0; i < gridR.Length; i++)
        {
            Array.Fill(radius, gridR[i]);
            disc.Density(radius, gridZ, rho);
            for (int j = 0; j < rho.Length; j++)
            {
                values[i, j] = rho[j];
            }
        }

        DensityAzimuthalHarmonic table = new(gridR, gridZ, values);
        CylSpline potential = CylSpline.FromDensity(table, Grid(0.04, 60, 50), Grid(0.02, 40, 50), disc);
        for (double R = 0.5; R < 30; R *= 1.3)
        {
            Assert.Equal(1, potential.At(R, 0).PhiR / disc.At(R, 0).PhiR, 2e-4);
            Assert.Equal(1, potential.At(R, 1).PhiZ / disc.At(R, 1).PhiZ, 2e-4);
        }
    }
}
