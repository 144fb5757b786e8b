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
