using System.Globalization;
using Oort.Coordinates;
using Oort.Numerics;
using Oort.Potentials;
using Oort.Tests.Support;

namespace Oort.Tests.Potentials;

public sealed class MultipoleTests
{
    private const double GM = 1e5; // kpc (km/s)^2
    private const double Mass = GM / Units.G;

    private static readonly (string Name, Density Density, Func<double, double> Phi, Func<double, double> Force)[] Spheres =
    [
        ("Plummer", Spherical(r => 3 * Mass / (4 * Math.PI) * Math.Pow(1 + r * r, -2.5), Mass),
            r => -GM / Math.Sqrt(1 + r * r), r => GM * r * Math.Pow(1 + r * r, -1.5)),
        ("Hernquist", Spherical(r => Mass / (2 * Math.PI * r * Math.Pow(1 + r, 3)), Mass),
            r => -GM / (1 + r), r => GM / ((1 + r) * (1 + r))),
        ("Jaffe", Spherical(r => Mass / (4 * Math.PI * r * r * (1 + r) * (1 + r)), Mass),
            r => -GM * Math.Log(1 + 1 / r), r => GM / (r * (1 + r))),
        ("NFW", Spherical(r => Mass / (4 * Math.PI * r * (1 + r) * (1 + r)), double.PositiveInfinity),
            r => -GM * LogOnePlus(r) / r, r => GM * (LogOnePlus(r) - r / (1 + r)) / (r * r)),
    ];

    private static FormulaDensity Spherical(Func<double, double> rho, double mass) => new FormulaDensity((R, z) => rho(Math.Sqrt(R * R + z * z)), mass);

    private static double LogOnePlus(double r) => r < 1e-3 ? r * (1 - r * (0.5 - r * (1 / 3.0 - r * (0.25 - r / 5)))) : Math.Log(1 + r);

    public static TheoryData<int> Indices => [0, 1, 2, 3];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Spherical_models_come_out_as_their_closed_forms(int index)
    {
        (string name, Density density, Func<double, double> phi, Func<double, double> force) = Spheres[index];
        Multipole multipole = Multipole.FromDensity(density, 4);
        double rmin = multipole.Radii[0], rmax = multipole.Radii[^1];
        double worstPhi = 0, worstForce = 0, worstDensity = 0, worstPhiBeyond = 0, worstForceBeyond = 0;
        for (double x = Math.Log(rmin / 50); x < Math.Log(rmax * 50); x += 0.037)
        {
            double r = Math.Exp(x);
            PotentialPoint p = multipole.At(0.6 * r, -0.8 * r);
            double f = 0.6 * p.PhiR - 0.8 * p.PhiZ;
            double ePhi = Math.Abs(p.Phi / phi(r) - 1), eForce = Math.Abs(f / force(r) - 1);
            if (r < rmin || r > rmax)
            {
                (worstPhiBeyond, worstForceBeyond) = (Math.Max(ePhi, worstPhiBeyond), Math.Max(eForce, worstForceBeyond));
            }
            else
            {
                (worstPhi, worstForce) = (Math.Max(ePhi, worstPhi), Math.Max(eForce, worstForce));
                double rho = density.At(0.6 * r, 0.8 * r);
                worstDensity = r > 10 ? worstDensity : Math.Max(worstDensity, Math.Abs(multipole.Density(0.6 * r, 0.8 * r) / rho - 1));
            }
        }

        Assert.True(worstPhi < 1e-8 && worstForce < 1e-6 && worstDensity < 1e-4 && worstPhiBeyond < 1e-4 && worstForceBeyond < 3e-4, string.Create(CultureInfo.InvariantCulture,
            $"{name}: {multipole.Radii.Length} radii {rmin:G3}-{rmax:G3}: Phi {worstPhi:E1}, force {worstForce:E1}, density {worstDensity:E1}; beyond: Phi {worstPhiBeyond:E1}, force {worstForceBeyond:E1}"));
    }

    [SharedFileFact("reference/potentials/bv23_fixed.ini")]
    public void Coefficients_of_a_file_keep_their_normalisation()
    {
        string[] lines = File.ReadAllLines(SharedFile.Path("reference/potentials/bv23_fixed.ini"));
        double[] radii = Block(lines, "#Phi", out double[,] phi);
        Block(lines, "#dPhi/dr", out double[,] slope);
        Multipole m = new(radii, phi, slope);
        double[,] back = m.PhiCoefficients();
        for (int i = 0; i < back.GetLength(0); i++)
        {
            for (int l = 0; l <= m.LMax; l++)
            {
                Assert.Equal(phi[i, l], back[i, l], 1e-9);
            }
        }

        // It is the dark halo's, whose density the reference gives; off the plane lmax = 4 limits the comparison to some per cent.
        ReferenceTable moments = ReferenceTable.Read("moments_bv23.csv");
        double[] R = moments["R"], z = moments["z"], rho = moments["rho"];
        string[] component = moments.Text("component");
        for (int i = 0; i < R.Length; i++)
        {
            if (component[i] == "dark halo" && z[i] == 0)
            {
                Assert.InRange(m.Density(R[i], 0) / (rho[i] * Units.PerCubicParsec), 0.995, 1.005);
            }
        }
    }

    private static double MiyamotoNagaiError(int lmax, int gridSize)
    {
        // Not far out, where this model's isodensity surfaces become thin discs.
        MiyamotoNagai exact = new(1e11, 1, 1);
        Multipole multipole = Multipole.FromDensity(new FormulaDensity(exact.Density, 1e11), lmax, 1e-3, 1e3, gridSize);
        double worst = 0;
        for (int i = 0; i < 400; i++)
        {
            double r = Math.Exp(-4 + 4.5 * i / 400.0), u = i * 0.618 % 1;
            PotentialPoint e = exact.At(r * Math.Sqrt(1 - u * u), r * u), m = multipole.At(r * Math.Sqrt(1 - u * u), r * u);
            double force = Math.Sqrt(e.PhiR * e.PhiR + e.PhiZ * e.PhiZ);
            double error = Math.Sqrt(Math.Pow(e.PhiR - m.PhiR, 2) + Math.Pow(e.PhiZ - m.PhiZ, 2)) / force;
            worst = Math.Max(worst, error);
        }

        return worst;
    }

    [Fact]
    public void Flattened_model_converges_with_the_degree_and_with_the_grid()
    {
        double low = MiyamotoNagaiError(8, 200), high = MiyamotoNagaiError(16, 200), fine = MiyamotoNagaiError(32, 200);
        Assert.True(low < 5e-3 && high < low / 8 && fine < high / 20, $"lmax 8, 16, 32: {low:E1} {high:E1} {fine:E1}");
        double coarse = MiyamotoNagaiError(40, 21), half = MiyamotoNagaiError(40, 41);
        Assert.True(coarse < 3e-3 && half < coarse / 20, $"21, 41 radii: {coarse:E1} {half:E1}");
    }

    [Fact]
    public void Vector_code_equals_the_plain_sum_over_degrees()
    {
        // Odd degrees too: a lopsided model given by its coefficients.
        double[] radii = [.. Enumerable.Range(0, 30).Select(i => 0.05 * Math.Exp(0.2 * i))];
        double[,] phi = new double[30, 6], slope = new double[30, 6];
        for (int i = 0; i < 30; i++)
        {
            for (int l = 0; l < 6; l++)
            {
                double r = radii[i], power = Math.Pow(r, l) / Math.Pow(1 + r * r, l + 0.5);
                phi[i, l] = -1e4 / (1 + 3 * l) * power;
                slope[i, l] = phi[i, l] * (l / r - (2 * l + 1) * r / (1 + r * r));
            }
        }

        Multipole multipole = new(radii, phi, slope);
        double[] x = [.. radii.Select(r => Math.Log(r))], p = new double[6];
        QuinticSpline[] splines = [.. Enumerable.Range(0, 6).Select((int l) => new QuinticSpline(
            x, [.. Enumerable.Range(0, 30).Select(i => phi[i, l])], [.. Enumerable.Range(0, 30).Select(i => slope[i, l] * radii[i])]))];
        foreach ((double R, double z) in new[] { (0.3, 0.4), (1.7, -0.2), (0, 2.0), (3, 0), (0.9, -6) })
        {
            double r = Math.Sqrt(R * R + z * z), sum = 0;
            Legendre.Polynomials(z / r, p);
            for (int l = 0; l < 6; l++)
            {
                sum += splines[l].Value(Math.Log(r)) * Math.Sqrt(2 * l + 1) * p[l];
            }

            Assert.Equal(sum, multipole.Phi(R, z), 1e-9 * Math.Abs(sum));
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(40)]
    public void Even_degrees_are_summed_as_well_as_all(int lmax)
    {
        // Only even degrees, of one size, with a radial part known in closed form: summed in cos^2 theta.
        double[] radii = [.. Enumerable.Range(0, 120).Select(i => 0.05 * Math.Exp(0.06 * i))];
        double[,] phi = new double[120, lmax + 1], slope = new double[120, lmax + 1];
        for (int i = 0; i < 120; i++)
        {
            for (int l = 0; l <= lmax; l += 2)
            {
                phi[i, l] = -100 / (1 + radii[i]) / Math.Sqrt(2 * l + 1);
                slope[i, l] = 100 / Math.Pow(1 + radii[i], 2) / Math.Sqrt(2 * l + 1);
            }
        }

        Multipole multipole = new(radii, phi, slope);
        double[] p = new double[lmax + 1];
        for (double u = -1; u <= 1; u += 0.0625)
        {
            double r = 1.7, R = r * Math.Sqrt(1 - u * u), z = r * u, sum = 0, sumU = 0, sumUU = 0;
            Legendre.Polynomials(u, p);
            double d = 0, dBefore = 0, e = 0, eBefore = 0;
            for (int l = 0; l <= lmax; l++)
            {
                (sum, sumU, sumUU) = l % 2 == 0 ? (sum + p[l], sumU + d, sumUU + e) : (sum, sumU, sumUU);
                (e, eBefore) = ((2 * l + 1) * d + eBefore, e);
                (d, dBefore) = ((2 * l + 1) * p[l] + dBefore, d);
            }

            // The derivatives of f(r) S(cos theta).
            double f = -100 / (1 + r), f1 = 100 / Math.Pow(1 + r, 2), s = Math.Sqrt(1 - u * u);
            PotentialPoint got = multipole.At(R, z);
            Assert.Equal(f * sum, got.Phi, 1e-6 * lmax);
            Assert.Equal(f1 * sum * s - f * sumU * u * s / r, got.PhiR, 1e-6 * lmax * lmax);
            Assert.Equal(f1 * sum * u + f * sumU * s * s / r, got.PhiZ, 1e-6 * lmax * lmax);
            double f2 = -200 / Math.Pow(1 + r, 3), laplacian = sum * (f2 + 2 * f1 / r) + f / (r * r) * ((1 - u * u) * sumUU - 2 * u * sumU);
            Assert.Equal(laplacian / (4 * Math.PI * Units.G), multipole.Density(R, z), 1e-5 * lmax * lmax * lmax * lmax / (4 * Math.PI * Units.G));
        }
    }

    [Fact]
    public void A_points_results_do_not_depend_on_its_batch()
    {
        // Within the grid and beyond both its ends, where other code takes over.
        Multipole multipole = Multipole.FromDensity(new FormulaDensity(new MiyamotoNagai(1e10, 1, 1).Density, 1e10), 8, 0.1, 1e2, 28);
        BatchCheck.PointsAreIndependent(multipole, 4e-3, 3e3);
    }

    [Fact]
    public void The_expansion_goes_on_smoothly_across_cells_and_beyond_its_ends()
    {
        Multipole multipole = Multipole.FromDensity(new FormulaDensity(new MiyamotoNagai(1e10, 1, 1).Density, 1e10), 8, 0.1, 1e2, 28);
        foreach (double r in multipole.Radii)
        {
            PotentialPoint inside = multipole.At(0.8 * r * (1 - 1e-12), 0.6 * r * (1 - 1e-12)), outside = multipole.At(0.8 * r * (1 + 1e-12), 0.6 * r * (1 + 1e-12));
            Assert.Equal(inside.Phi, outside.Phi, 1e-10 * Math.Abs(inside.Phi));
            Assert.Equal(inside.PhiR, outside.PhiR, 1e-9 * Math.Abs(inside.PhiR));
            Assert.Equal(inside.PhiZ, outside.PhiZ, 1e-9 * Math.Abs(inside.PhiR));
            Assert.Equal(inside.PhiRR, outside.PhiRR, 1e-8 * (Math.Abs(inside.PhiRR) + Math.Abs(inside.PhiZZ)));
            Assert.Equal(inside.PhiZZ, outside.PhiZZ, 1e-8 * (Math.Abs(inside.PhiRR) + Math.Abs(inside.PhiZZ)));
        }
    }

    [Fact]
    public void The_centre_has_no_force_and_the_density_of_the_first_radius()
    {
        Multipole core = Multipole.FromDensity(Spheres[0].Density, 4), cusp = Multipole.FromDensity(Spheres[1].Density, 4);
        Assert.Equal(Spheres[0].Phi(0), core.Phi(0, 0), 1e-6 * GM);
        Assert.Equal(3 * Mass / (4 * Math.PI), core.Density(0, 0), 1e-3 * Mass);
        PotentialPoint p = cusp.At(0, 0);
        Assert.Equal(Spheres[1].Phi(0), p.Phi, 1e-6 * GM);
        Assert.Equal((0, 0, 0), (p.PhiR, p.PhiZ, p.PhiRZ));
        Assert.Equal(1, cusp.Density(0, 0) / Spheres[1].Density.At(cusp.Radii[0], 0), 1e-3);

        // A flattened core: Phi = a R^2 + b z^2.
        MiyamotoNagai disk = new(1e10, 1, 1);
        PotentialPoint exact = disk.At(0, 0), got = Multipole.FromDensity(new FormulaDensity(disk.Density, 1e10), 12).At(0, 0);
        Assert.Equal(1, got.PhiRR / exact.PhiRR, 1e-2);
        Assert.Equal(1, got.PhiZZ / exact.PhiZZ, 1e-2);
    }

    [Fact]
    public void Coefficients_rebuild_the_expansion_and_expansions_on_one_grid_add_up()
    {
        Multipole a = Multipole.FromDensity(Spheres[0].Density, 0, 1e-2, 1e2, 60);
        Multipole b = Multipole.FromDensity(new FormulaDensity(new MiyamotoNagai(1e10, 1, 1).Density, 1e10), 6, 1e-2, 1e2, 60);
        Multipole sum = a.Add(b), copy = new(sum.Radii, sum.PhiCoefficients(), sum.DerivativeCoefficients());
        for (double r = 1e-2; r < 90; r *= 1.3)
        {
            PotentialPoint p = a.At(r, 0.3 * r), q = b.At(r, 0.3 * r), s = sum.At(r, 0.3 * r), c = copy.At(r, 0.3 * r);
            Assert.Equal(p.Phi + q.Phi, s.Phi, 1e-8 * Math.Abs(s.Phi));
            Assert.Equal(p.PhiR + q.PhiR, s.PhiR, 1e-4 * Math.Abs(s.PhiR));
            Assert.Equal(s.Phi, c.Phi, 1e-9 * Math.Abs(s.Phi));
            Assert.Equal(s.PhiR, c.PhiR, 1e-7 * Math.Abs(s.PhiR));
        }

        Assert.Throws<InputException>(() => a.Add(Multipole.FromDensity(Spheres[0].Density, 0, 1e-2, 1e2, 61)));
    }

    [Fact]
    public void Radii_that_are_not_logarithmic_are_interpolated()
    {
        double[] radii = [.. Enumerable.Range(0, 80).Select(i => 0.01 * Math.Exp(0.11 * i + 0.3 * Math.Sin(0.2 * i)))];
        double[,] phi = new double[80, 1], slope = new double[80, 1];
        for (int i = 0; i < 80; i++)
        {
            (phi[i, 0], slope[i, 0]) = (Spheres[1].Phi(radii[i]), Spheres[1].Force(radii[i]));
        }

        Multipole m = new(radii, phi, slope);
        for (double r = 0.02; r < 40; r *= 1.07)
        {
            Assert.Equal(1, m.Phi(r, 0) / Spheres[1].Phi(r), 1e-7);
            Assert.Equal(1, m.At(0, r).PhiZ / Spheres[1].Force(r), 1e-5);
        }
    }

    [Fact]
    public void Wrong_input_is_refused()
    {
        Assert.Throws<InputException>(() => new Multipole([1, 2, 2], new double[3, 1], new double[3, 1]));
        Assert.Throws<InputException>(() => new Multipole([1, 2, 3], new double[2, 1], new double[3, 1]));
        Assert.Throws<InputException>(() => new Multipole([1, 2, 3], new double[3, 1] { { 1 }, { double.NaN }, { 1 } }, new double[3, 1]));
        Assert.Throws<ParameterException>(() => Multipole.FromDensity(Spheres[0].Density, -1));
        Assert.Throws<ParameterException>(() => Multipole.FromDensity(Spheres[0].Density, 2, 3, 1));
        Assert.Throws<NumericalException>(() => Multipole.FromDensity(new FormulaDensity((_, _) => 0, 0), 2));
        Assert.Throws<NumericalException>(() => Multipole.FromDensity(new FormulaDensity((_, _) => double.NaN, 0), 2, 1, 10));
    }

    /// <summary>The m = 0 columns of a coefficient block.</summary>
    private static double[] Block(string[] lines, string title, out double[,] table)
    {
        int start = Array.IndexOf(lines, title) + 1;
        int[] columns = [.. lines[start].Split('\t').Select((t, i) => (t, i)).Where(c => c.t.EndsWith("m=0", StringComparison.Ordinal)).Select(c => c.i)];
        string[][] rows = [.. lines.Skip(start + 1).TakeWhile(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t'))];
        table = new double[rows.Length, columns.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int l = 0; l < columns.Length; l++)
            {
                table[i, l] = double.Parse(rows[i][columns[l]], CultureInfo.InvariantCulture);
            }
        }

        return [.. rows.Select(r => double.Parse(r[0], CultureInfo.InvariantCulture))];
    }
}
