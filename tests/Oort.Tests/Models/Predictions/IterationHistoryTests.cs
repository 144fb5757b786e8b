using Oort.Definitions;
using Oort.Models;
using Oort.Models.Predictions;
using Oort.Potentials;
using Oort.Tests.Support;
using Xunit.Abstractions;

namespace Oort.Tests.Models.Predictions;

/// <summary>Figures 6 and 7 of Sun et al. (2025), on the model Ca20d, whose halo is contracted.</summary>
public sealed class IterationHistoryTests(ITestOutputHelper output)
{
    private static readonly ModelDefinition Model = ModelFile.Read(Path.Combine(Repository.Root, "models", "sun25-ca20d.ini"));

    /// <summary>The model Ca20d, solved once for all tests that look at it.</summary>
    internal static readonly Lazy<SolvedGalaxy> Solved = new(() => SolvedGalaxy.Of(new SelfConsistentModel(Model.Setup).Solve()));

    private static readonly Lazy<IterationHistory> History = new(
        () => IterationHistory.Of(Model.Setup, Solved.Value, Model.SunRadius, Sun25ModelFile.InitialParts(Model)));

    private static readonly int?[] Expected = [0, 1, 3, 6, 10, null];

    private static IterationMasses At(int? number) => History.Value.Iterations.Single(i => i.Number == number);

    private static double[] Of(IterationMasses masses, string component) => masses.Components.Single(c => c.Component.Name == component).Values;

    [Fact]
    public void Iterations_are_those_of_the_figure() => Assert.Equal(Expected, History.Value.Iterations.Select(i => i.Number));

    /// <summary>Gauss's law is linear: the total is of one potential, the parts are of others, of which discs are solved for alone.</summary>
    [Fact]
    public void Masses_of_components_add_up()
    {
        foreach (IterationMasses m in History.Value.Iterations)
        {
            Assert.Equal(7, m.Components.Count);
            for (int i = 0; i < m.Total.Length; i++)
            {
                double sum = m.Components.Sum(c => c.Values[i]);
                Assert.True(Math.Abs(sum / m.Total[i] - 1) < 1e-3, $"iteration {m.Number}, {History.Value.R[i]} kpc: {sum}, not {m.Total[i]}");
            }
        }
    }

    /// <summary>Closed forms: the CGM's of equation 13 but for its cutoff, which takes 4 % at half of R200, and the contraction of equation 11 at every radius.</summary>
    [Fact]
    public void Initial_masses_are_those_of_the_papers_equations()
    {
        IterationMasses initial = At(0);
        double[] R = History.Value.R, halo = Of(initial, "dark halo"), cgm = Of(initial, "CGM");
        double R200 = VirialSphere.Radius(Model.Setup.InitialPotential), M200 = VirialSphere.Mass(Model.Setup.InitialPotential);
        for (int i = 0; i < R.Length; i++)
        {
            double x = R[i] / 23.75, nfw = 4 * Math.PI * 3.97e6 * Math.Pow(23.75, 3) * (Math.Log(1 + x) - x / (1 + x));
            double baryons = initial.Components.Where(c => c.Component.Name != "dark halo").Sum(c => c.Values[i]);
            double expected = nfw * (0.45 + 0.38 * Math.Pow(baryons * 0.843 / (0.157 * nfw) + 1.16, 0.53));
            Assert.True(Math.Abs(halo[i] / expected - 1) < 2e-3, $"{R[i]} kpc: {halo[i]}, not {expected}");
            if (R[i] < 0.5 * R200)
            {
                double gas = 3 * 0.190 / 1.54 * 0.157 * M200 * Math.Pow(R[i] / R200, 1.54);
                Assert.InRange(cgm[i] / gas, 0.955, 1.001);
            }
        }
    }

    /// <summary>What quadrature of the densities gives, where it resolves them: of discs, well outside their thickness and within their grid.</summary>
    [Fact]
    public void Masses_from_forces_are_those_of_the_densities()
    {
        double[] R = History.Value.R;
        foreach (ComponentResult c in Solved.Value.Components)
        {
            double[] own = Of(At(null), c.Component.Name);
            (double from, double to, double tolerance) = c.Component.Name switch
            {
                "bulge" => (0.5, 10, 0.01),
                "dark halo" => (0.5, 300, 0.01),
                "thick disk" => (4, 14, 0.01),
                "CGM" => (0.5, 300, 2e-3),
                _ => (6.0, 14, 0.02),
            };
            foreach (int i in Enumerable.Range(0, R.Length).Where(i => R[i] >= from && R[i] <= to))
            {
                double expected = EnclosedMass.Within(c.Density, R[i]);
                Assert.True(Math.Abs(own[i] / expected - 1) < tolerance, $"{c.Component.Name} within {R[i]} kpc: {own[i]}, not {expected}");
            }
        }
    }

    /// <summary>Section 3.1: ten iterations suffice; section 4.2: three nearly do. The solver comes to the same model by other steps.</summary>
    [Fact]
    public void Plain_iterations_lead_to_the_solved_model()
    {
        double[] last = At(null).Total;
        double Farthest(IterationMasses m) => m.Total.Zip(last, (a, b) => Math.Abs(a / b - 1)).Max();
        foreach (IterationMasses m in History.Value.Iterations)
        {
            output.WriteLine($"{m.Number}: residual {m.Residual:e2}, v_c {m.CircularSpeed:f2}, M200 {m.VirialMass:e4}, farthest {Farthest(m):e2}");
        }

        Assert.True(At(3).Residual < At(1).Residual && At(6).Residual < 0.5 * At(3).Residual && At(10).Residual < 1e-3);
        Assert.True(Farthest(At(1)) < Farthest(At(0)));
        Assert.InRange(Farthest(At(3)), 0, 0.02);
        Assert.InRange(Farthest(At(10)), 0, 2e-3);
        Assert.Equal(At(null).CircularSpeed, At(10).CircularSpeed, 0.1);
        Assert.Equal(At(null).VirialMass, VirialSphere.Mass(Solved.Value.Galaxy.Potential), 1e-6 * At(null).VirialMass);
    }

    /// <summary>Before iteration: the distribution of v_z and v_R at a place, integrated another way than the moments are.</summary>
    [Fact]
    public void Initial_dispersions_are_those_of_the_distribution_functions_in_the_initial_potential()
    {
        MidPlane plane = History.Value.InitialPlane;
        Galaxy galaxy = new(Model.Setup.InitialPotential, [.. Model.Setup.Components]);
        double[] v = [.. Enumerable.Range(0, 301).Select(i => 2.0 * i)];
        foreach (double R in (double[])[4, 8])
        {
            int at = Array.IndexOf(plane.R, R);
            foreach ((VelocityAxis axis, Func<MidPlaneProfile, double[]> sigma) in ((VelocityAxis, Func<MidPlaneProfile, double[]>)[])[(VelocityAxis.Z, p => p.SigmaZ), (VelocityAxis.R, p => p.SigmaR)])
            {
                double[,] f = galaxy.VelocityDistribution(R, 0, axis, v);
                foreach (string name in (string[])["thin disk", "thick disk"])
                {
                    int c = Enumerable.Range(0, galaxy.Components.Count).Single(i => galaxy.Components[i].Name == name);
                    double Sum(Func<double, double> weight) => Enumerable.Range(0, v.Length).Sum(i => (i == 0 ? 0.5 : 1) * weight(v[i]) * f[c, i]);
                    double expected = Math.Sqrt(Sum(x => x * x) / Sum(_ => 1));
                    double own = sigma(plane.Components[c])[at];
                    Assert.True(Math.Abs(own / expected - 1) < 2e-3, $"{name}, {axis} at {R} kpc: {own}, not {expected}");
                }
            }
        }
    }

    [Fact]
    public void Components_together_have_the_moments_of_all_their_stars()
    {
        MidPlane plane = History.Value.InitialPlane;
        MixedProfile one = plane.Together(c => c.Name == "thick disk"), both = plane.Together(c => c.IsDisc), none = plane.Together(c => c.Kind == ComponentKind.Gas);
        MidPlaneProfile thick = plane.Components.Single(p => p.Component.Name == "thick disk"), thin = plane.Components.Single(p => p.Component.Name == "thin disk");
        for (int i = 0; i < plane.R.Length; i++)
        {
            double a = thin.Rho[i], b = thick.Rho[i], share = b / (a + b), apart = thin.MeanVphi[i] - thick.MeanVphi[i];
            Near(thick.SigmaPhi[i], one.SigmaPhi[i]);
            Near(thick.SigmaR[i], one.SigmaR[i]);
            Near(a + b, both.Rho[i]);
            Near(thin.MeanVphi[i] - share * apart, both.MeanVphi[i]);
            Near(Math.Sqrt((1 - share) * Square(thin.SigmaZ[i]) + share * Square(thick.SigmaZ[i])), both.SigmaZ[i]);
            Near(Math.Sqrt((1 - share) * Square(thin.SigmaPhi[i]) + share * Square(thick.SigmaPhi[i]) + share * (1 - share) * apart * apart), both.SigmaPhi[i]);
            Assert.True(double.IsNaN(none.SigmaR[i]) && none.Rho[i] == 0);
        }

        static double Square(double x) => x * x;
        static void Near(double expected, double own) => Assert.Equal(expected, own, 1e-9 * Math.Abs(expected));
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        ModelDefinition small = ModelFile.Parse(SmallModel.Text);
        SolvedGalaxy solved = SolvedGalaxy.Of(new SelfConsistentModel(small.Setup).Solve());
        IReadOnlyDictionary<string, Potential> parts = Sun25ModelFile.InitialParts(small);
        IterationHistory one = IterationHistory.Of(small.Setup, solved, 8.2, parts, threads: 1), three = IterationHistory.Of(small.Setup, solved, 8.2, parts, threads: 3);
        Assert.Equal(one.Iterations.SelectMany(i => i.Total), three.Iterations.SelectMany(i => i.Total));
        Assert.Equal(one.InitialPlane.Components[0].SigmaR, three.InitialPlane.Components[0].SigmaR);
        Assert.Equal("halo", Assert.Single(one.Iterations[0].Components).Component.Name);
        double nfw = one.Iterations[0].Components[0].Values[^1], x = one.R[^1] / 18;
        Assert.Equal(8e11 * (Math.Log(1 + x) - x / (1 + x)), nfw, 1e-6 * nfw);
        Assert.All(one.Iterations, i => Assert.True(i.VirialMass > 0));
    }
}
