using Oort.Coordinates;
using Oort.Models;
using Oort.Numerics;
using Oort.Potentials;
using Oort.Tests.Support;
using Xunit.Abstractions;

namespace Oort.Tests.Models;

/// <summary>
/// The model of models/bv23.ini against the paper's numbers and the reference's. The reference expands the dark halo by collocation,
/// which overestimates its mass: our circular speed, converged in the grid, is 0.6 % below it at 3 to 20 kpc (docs/accuracy.md), and
/// the outer discs are 2 to 4 % denser. The bars are those distances; <see cref="Published_numbers_follow_from_the_published_expansion"/>
/// changes the expansion alone and meets the published numbers.
/// </summary>
public class ConvergedModelTests(ITestOutputHelper output)
{
    private static Galaxy Galaxy => SolvedBv23.Result.Galaxy;

    [Fact]
    public void Converges_in_a_few_iterations_with_a_falling_residual()
    {
        SelfConsistentResult result = SolvedBv23.Result;
        Assert.True(result.Converged);
        Assert.InRange(result.History.Count, 2, 3);
        Assert.InRange(result.Residual, 0, 1e-3);
        Assert.InRange(result.History[0].Residual, 1e-3, 3e-2);
        Assert.True(result.History[^2].Residual > 5 * result.Residual);
        Assert.All(result.History, h => Assert.InRange(h.CoarseSteps, 1, 10));
        Assert.Equal(Enumerable.Range(1, result.History.Count), result.History.Select(h => h.Number));
    }

    [Fact]
    public void Circular_speed_is_the_reference_less_its_surplus_of_dark_matter()
    {
        ReferenceTable table = ReferenceTable.Read("bv23_rotation_curve.csv");
        foreach ((double R, double expected) in table["R"].Zip(table["vcirc"]).Where(p => p.First is >= 0.49 and <= 51))
        {
            double off = Galaxy.CircularSpeed(R) / expected - 1;
            output.WriteLine(FormattableString.Invariant($"R {R:F2}: {100 * off:F2} %"));
            Assert.InRange(off, R is > 2.2 and < 36 ? -7.5e-3 : -4e-3, 4e-3);
        }
    }

    [Fact]
    public void Published_numbers_follow_from_the_published_expansion()
    {
        // reference/README.md, "published grids".
        Galaxy galaxy = SolvedBv23.Published.Galaxy;
        SolvedBv23.LocalDensities local = SolvedBv23.Local(galaxy);
        output.WriteLine($"{galaxy.CircularSpeed(SolvedBv23.SunRadius)} {local}");
        Assert.Equal(237.10, galaxy.CircularSpeed(SolvedBv23.SunRadius), 5e-4 * 237.10);
        Assert.Equal(0.03176, local.RhoStars, 2e-3 * 0.03176);
        Assert.Equal(0.012034, local.RhoDark, 2e-3 * 0.012034);
        Assert.Equal(21.45, local.SigmaStars, 2e-3 * 21.45);
        Assert.Equal(13.58, local.SigmaGas, 2e-3 * 13.58);
        Assert.Equal(64.06, local.Kz, 2e-3 * 64.06);

        // Dark matter within 1.1 kpc was integrated over the expansion, which has no pinch at the plane: 26.24. The density itself gives 1 % less.
        Density dark = SolvedBv23.Published.Components.Single(c => c.Component.Kind == ComponentKind.Dark).Density;
        double sigma = 2 * GaussLegendre.Rule(16).Integrate(z => dark.At(SolvedBv23.SunRadius, z), 0, 1.1) / 1e6;
        output.WriteLine($"{sigma}");
        Assert.Equal(26.24, sigma, 2e-3 * 26.24);
        Assert.Equal(26.24, local.SigmaDark, 1.2e-2 * 26.24);
    }

    [Fact]
    public void The_Suns_neighbourhood_is_that_of_Table_4()
    {
        SolvedBv23.LocalDensities local = SolvedBv23.Local(Galaxy);
        output.WriteLine($"{local}");
        Assert.Equal(0.0317, local.RhoStars, 0.02 * 0.0317);
        Assert.Equal(0.0121, local.RhoDark, 0.02 * 0.0121);
        Assert.Equal(0.057, local.RhoGas, 0.02 * 0.057);
        Assert.Equal(21.6, local.SigmaStars, 0.02 * 21.6);
        Assert.Equal(26.0, local.SigmaDark, 0.02 * 26.0);
        Assert.Equal(13.6, local.SigmaGas, 0.02 * 13.6);
        Assert.Equal(64.1, local.Kz, 0.02 * 64.1);
    }

    // Equation 17 is Poisson's equation integrated over height. With V_c^2 = R dPhi/dR at each height it is exact; the paper's
    // V_c^2 of the plane makes it 2.6 % at the Sun, 1.1 kpc up.
    [Theory]
    [InlineData(4, 0.5)]
    [InlineData(4, 1.1)]
    [InlineData(8.27, 0.5)]
    [InlineData(8.27, 1.1)]
    [InlineData(8.27, 2)]
    [InlineData(12, 1.1)]
    public void Surface_density_is_that_of_equation_17(double R, double height)
    {
        const double Step = 1e-2;
        double Pull(double radius, double z) => radius * Galaxy.Potential.At(radius, z).PhiR;
        double mean = GaussLegendre.Rule(16).Integrate(z => (Pull(R + Step, z) - Pull(R - Step, z)) / (2 * Step), 0, height) / height;
        double plane = (Pull(R + Step, 0) - Pull(R - Step, 0)) / (2 * Step), Kz = Galaxy.Potential.At(R, height).PhiZ;
        double sigma = Galaxy.SurfaceDensity(R, height).Sum(), ours = (Kz + height / R * mean) / (2 * Math.PI * Units.G);
        output.WriteLine(FormattableString.Invariant(
            $"sum {sigma / 1e6:F3}, K_z and V_c(z) {ours / 1e6:F3}, K_z and V_c(0) {(Kz + height / R * plane) / (2 * Math.PI * Units.G) / 1e6:F3}"));
        Assert.Equal(sigma, ours, 0.01 * sigma);
        Assert.Equal(sigma, (Kz + height / R * plane) / (2 * Math.PI * Units.G), (height > 1.5 ? 0.08 : 0.035) * sigma);
    }

    // From the densities on the grids against the distribution functions in the last potential: what the last iteration changed is in it.
    [Fact]
    public void Surface_densities_of_the_grids_are_those_of_the_distribution_functions()
    {
        double[] radii = [0.25, 1, 4, 8.27, 15, 30, 50, 80];
        double[,] found = SolvedBv23.Result.SurfaceDensities(radii);
        double[][] expected = [.. radii.Select(R => Galaxy.SurfaceDensity(R))];
        for (int c = 0; c < Galaxy.Components.Count; c++)
        {
            double largest = expected.Max(row => row[c]);
            double[] off = [.. radii.Select((_, i) => found[i, c] / expected[i][c] - 1)];
            output.WriteLine($"{Galaxy.Components[c].Name}: {string.Join(" ", off.Select((o, i) => FormattableString.Invariant($"{o:E1}{(expected[i][c] < 1e-4 * largest ? "*" : "")}")))}");
            Assert.All(Enumerable.Range(0, radii.Length).Where(i => expected[i][c] > 1e-4 * largest), i => Assert.InRange(Math.Abs(off[i]), 0, radii[i] < 0.5 ? 5e-3 : 2e-3));
        }
    }

    // Bars of the densities: 2 % inside 10 kpc, 4 % outside, where less dark matter lets the discs spread; bulge 2 %.
    [Fact]
    public void In_plane_profiles_are_the_references()
    {
        ReferenceTable all = ReferenceTable.Read("bv23_radial.csv");
        foreach (string name in Bv23.Names.Where(n => n != "dark halo"))
        {
            ReferenceTable table = all.Where("component", name);
            double[] R = table["R"], rho = table["rho"];
            int component = SolvedBv23.Index(Galaxy, name);
            int[] rows = [.. Enumerable.Range(0, R.Length).Where(i => R[i] is >= 0.25 and <= 20 && rho[i] > 1e-4 * rho.Max())];
            Moments[,] moments = Galaxy.Moments([.. rows.Select(i => R[i])], new double[rows.Length]);
            bool disc = Bv23.Discs.Contains(name);
            for (int k = 0; k < rows.Length; k++)
            {
                int i = rows[k];
                Moments m = moments[k, component];
                double[] off = [m.RhoPerCubicParsec / rho[i] - 1, m.SigmaR / table["sigmaR"][i] - 1, m.SigmaZ / table["sigmaz"][i] - 1, m.SigmaPhi / table["sigmaphi"][i] - 1];
                output.WriteLine(FormattableString.Invariant(
                    $"{name} {R[i]}: rho {100 * off[0]:F2} %, sigma_R {100 * off[1]:F2} %, sigma_z {100 * off[2]:F2} %, sigma_phi {100 * off[3]:F2} %, mean v_phi {m.MeanVphi - table["meanvphi"][i]:F2} km/s"));
                Assert.InRange(Math.Abs(off[0]), 0, R[i] <= 10 ? 0.025 : 0.042);
                Assert.All(off[1..], o => Assert.InRange(Math.Abs(o), 0, disc ? 0.01 : 0.02));
                Assert.InRange(m.MeanVphi - table["meanvphi"][i], -1.8, 0.5);
            }
        }
    }

    // The bulge at the Sun, 1e-9 of its central density, hangs on the potential exponentially: shown, not judged.
    [Fact]
    public void Vertical_profiles_at_the_Sun_are_the_references()
    {
        ReferenceTable all = ReferenceTable.Read("bv23_vertical.csv");
        foreach (string name in Bv23.Names.Where(n => n != "dark halo"))
        {
            ReferenceTable table = all.Where("component", name);
            double[] z = table["z"], rho = table["rho"];
            int component = SolvedBv23.Index(Galaxy, name);
            int[] rows = [.. Enumerable.Range(0, z.Length).Where(i => rho[i] > 1e-4 * rho.Max())];
            double[] radii = new double[rows.Length];
            Array.Fill(radii, SolvedBv23.SunRadius);
            Moments[,] moments = Galaxy.Moments(radii, [.. rows.Select(i => z[i])]);
            for (int k = 0; k < rows.Length; k++)
            {
                double off = moments[k, component].RhoPerCubicParsec / rho[rows[k]] - 1;
                output.WriteLine(FormattableString.Invariant($"{name} {z[rows[k]]}: {100 * off:F2} %"));
                Assert.InRange(Math.Abs(off), 0, name == "bulge" ? 0.25 : z[rows[k]] <= 1.5 ? 0.025 : 0.043);
            }
        }
    }

    // In units of the peak. Streaming 1.4 km/s slower and densities 1 to 2 % higher make 5 % on the flank of a peak 12 km/s wide;
    // with both taken out, the shapes agree to 1 %, but for the stellar halo's dip at v_phi = 0: 1.8 %, of which 0.6 % is our default rule's.
    [Fact]
    public void Velocity_distributions_are_the_references()
    {
        ReferenceTable all = ReferenceTable.Read("bv23_vdf.csv");
        foreach (string axis in (string[])["R", "z", "phi"])
        {
            ReferenceTable point = all.Where("R", "8.27").Where("z", "0").Where("axis", axis);
            double[] v = [.. point["v"].Distinct()];
            foreach (string name in Bv23.Names.Where(n => n is not "dark halo" and not "bulge"))
            {
                ReferenceTable table = point.Where("component", name);
                int component = SolvedBv23.Index(Galaxy, name);
                double[] expected = table["f"];
                double peak = expected.Max(), shift = axis == "phi" ? MeanShift(name, component) : 0;
                double ratio = Galaxy.Moments(SolvedBv23.SunRadius, 0)[component].RhoPerCubicParsec / Reference(name, "rho");
                double[] found = Row(Galaxy.VelocityDistribution(SolvedBv23.SunRadius, 0, Enum.Parse<VelocityAxis>(axis, true), v), component);
                double[] moved = Row(Galaxy.VelocityDistribution(SolvedBv23.SunRadius, 0, Enum.Parse<VelocityAxis>(axis, true), [.. v.Select(x => x + shift)]), component);
                double plain = found.Zip(expected, (f, e) => Math.Abs(f / 1e9 - e) / peak).Max();
                double shape = moved.Zip(expected, (f, e) => Math.Abs(f / 1e9 / ratio - e) / peak).Max();
                output.WriteLine(FormattableString.Invariant($"{name} v_{axis}: {100 * plain:F2} % of the peak; scaled by {ratio:F4} and moved by {shift:F2} km/s: {100 * shape:F2} %"));
                Assert.InRange(plain, 0, axis == "phi" ? 0.055 : 0.02);
                Assert.InRange(shape, 0, name == "stellar halo" ? 0.018 : 0.01);
            }
        }
    }

    [Fact]
    public void Components_add_up_to_the_whole()
    {
        SelfConsistentResult result = SolvedBv23.Result;
        Assert.Equal(Galaxy.Components, result.Components.Select(c => c.Component));
        foreach ((double R, double z) in ((double, double)[])[(0.3, 0), (8.27, 0), (8.27, 1.1), (2, 5), (40, 20)])
        {
            PotentialPoint whole = Galaxy.Potential.At(R, z);
            Assert.Equal(whole.Phi, result.Components.Sum(c => c.Potential.Phi(R, z)), 1e-9 * Math.Abs(whole.Phi));
            Assert.Equal(whole.PhiR, result.Components.Sum(c => c.Potential.At(R, z).PhiR), 1e-9 * Math.Abs(whole.PhiR));
            Assert.Equal(whole.PhiZ, result.Components.Sum(c => c.Potential.At(R, z).PhiZ), 1e-9 * Math.Abs(whole.PhiR));
        }
    }

    // What the grid holds of the DF's mass. A quarter of the stellar halo's lies beyond the disc grid's 60 kpc.
    [Theory]
    [InlineData("young disk", 1e-3)]
    [InlineData("middle disk", 1e-3)]
    [InlineData("old disk", 1e-3)]
    [InlineData("thick disk", 1e-3)]
    [InlineData("dark halo", 1e-3)]
    [InlineData("bulge", 5e-3)]
    [InlineData("stellar halo", 0.3)]
    public void The_density_holds_the_mass_of_the_distribution_function(string name, double tolerance)
    {
        ComponentResult part = SolvedBv23.Result.Components.Single(c => c.Component.Name == name);
        output.WriteLine(FormattableString.Invariant($"{part.Density.TotalMass / part.Component.Mass - 1:E2}"));
        Assert.Equal(part.Component.Mass, part.Density.TotalMass, tolerance * part.Component.Mass);
        Assert.Equal(part.Component.Mass, part.Component.DistributionFunction!.TotalMass);
    }

    private static double[] Row(double[,] table, int row) => [.. Enumerable.Range(0, table.GetLength(1)).Select(i => table[row, i])];

    private static double Reference(string name, string column)
    {
        ReferenceTable table = ReferenceTable.Read("bv23_vertical.csv").Where("component", name);
        return table[column][0];
    }

    /// <summary>How much slower the stars stream than the reference's, interpolated between its radii.</summary>
    private static double MeanShift(string name, int component)
    {
        ReferenceTable table = ReferenceTable.Read("bv23_radial.csv").Where("component", name);
        double[] R = table["R"], mean = table["meanvphi"];
        int below = Array.FindLastIndex(R, r => r <= SolvedBv23.SunRadius);
        double[] ours = [.. ((double[])[R[below], R[below + 1]]).Select(r => Galaxy.Moments(r, 0)[component].MeanVphi)];
        return 0.5 * (ours[0] - mean[below] + ours[1] - mean[below + 1]);
    }
}
