using Oort.Definitions;
using Oort.Inference;
using Oort.Models;
using Oort.Potentials;
using Oort.Tests.Support;
using Xunit.Abstractions;

namespace Oort.Tests.Models;

public class SelfConsistencyTests(ITestOutputHelper output)
{
    /// <summary>Radii from 0.5 to 50 kpc, even in the logarithm.</summary>
    private static readonly double[] Radii = [.. Enumerable.Range(0, 60).Select(i => 0.5 * Math.Pow(100, i / 59.0))];

    [Theory]
    [InlineData("discs 30 % lighter")]
    [InlineData("thick discs, a cored bulge, a compact halo")]
    public void The_result_does_not_depend_on_where_the_search_begins(string start)
    {
        Potential initial = start == "discs 30 % lighter"
            ? new CompositePotential(new MiyamotoNagai(2.8e10, 3, 0.3), new Dehnen(1e10, 0.5, 1), new NFW(9e11, 20))
            : new CompositePotential(new MiyamotoNagai(5e10, 4, 0.6), new Plummer(1.5e10, 0.6), new NFW(7e11, 14));
        SelfConsistentResult result = new SelfConsistentModel(SolvedBv23.Setup with { InitialPotential = initial }).Solve();
        Assert.True(result.Converged);
        Assert.InRange(LargestDifference(result.Galaxy, SolvedBv23.Result.Galaxy), 0, 1e-3);
    }

    // Tighter than the default, so that what differs is not the tolerance: measured 4e-6.
    [Fact]
    public void Coarse_grids_save_iterations_and_leave_the_result()
    {
        ModelSetup setup = ModelFile.Parse(SmallModel.Text).Setup;
        SolverSettings plain = new() { Tolerance = 1e-5, UsesCoarseGrids = false };
        SelfConsistentResult slow = new SelfConsistentModel(setup, plain).Solve();
        SelfConsistentResult fast = new SelfConsistentModel(setup, plain with { UsesCoarseGrids = true }).Solve();
        Assert.True(slow.Converged && fast.Converged);
        output.WriteLine($"{slow.History.Count} {fast.History.Count}");
        Assert.InRange(fast.History.Count, 1, slow.History.Count - 3);
        Assert.All(slow.History, h => Assert.Equal(0, h.CoarseSteps));
        Assert.InRange(fast.History[0].CoarseSteps, 1, 20);
        Assert.InRange(LargestDifference(fast.Galaxy, slow.Galaxy), 0, 3e-5);
    }

    [Fact]
    public void A_neighbour_of_a_solved_model_takes_one_or_two_iterations_to_the_same_result()
    {
        ModelSetup neighbour = ModelFile.Parse(Bv23Text.Replace("mass = 98e10", "mass = 95e10").Replace("Jphi0 = 550", "Jphi0 = 565")
            .Replace("Jr0 = 22", "Jr0 = 23").Replace("mass = 0.95e10", "mass = 1.0e10")).Setup;
        SelfConsistentResult cold = new SelfConsistentModel(neighbour).Solve(), warm = new SelfConsistentModel(neighbour).SolveFrom(SolvedBv23.Result);
        Assert.True(warm.Converged);
        output.WriteLine(string.Join("\n", warm.History));
        Assert.InRange(warm.History.Count, 1, 2);
        Assert.InRange(LargestDifference(warm.Galaxy, cold.Galaxy), 0, 1e-3);
        Assert.True(LargestDifference(warm.Galaxy, SolvedBv23.Result.Galaxy) > 3e-3);
        SelfConsistentResult again = new SelfConsistentModel(neighbour).SolveFrom(SolvedBv23.Result);
        Assert.Equal(warm.Galaxy.CircularSpeed(8), again.Galaxy.CircularSpeed(8));
    }

    /// <summary>Models of a fit, from that of the start and from one nearer.</summary>
    [Fact]
    public void Where_a_model_is_solved_from_changes_it_by_no_more_than_the_tolerance()
    {
        SolverSettings settings = new() { Tolerance = 1e-4 };
        SelfConsistentGalaxies galaxies = new(v => ModelFile.Parse(Bv23Text.Replace("mass = 98e10", FormattableString.Invariant($"mass = {v[0]:R}"))).Setup, SolvedBv23.Result, settings);
        Galaxy far = galaxies.At([85e10]), near = galaxies.Near([86e10]).At([85e10]);
        Assert.InRange(LargestDifference(far, near), 0, 2e-4);
        Assert.True(LargestDifference(far, SolvedBv23.Result.Galaxy) > 3e-3);
        Assert.NotEqual(far.CircularSpeed(8), near.CircularSpeed(8));
    }

    [Fact]
    public void A_neighbour_with_other_components_is_a_place_to_begin()
    {
        SelfConsistentResult small = new SelfConsistentModel(ModelFile.Parse(SmallModel.Text).Setup).Solve();
        ModelSetup other = ModelFile.Parse(SmallModel.Text.Replace("thin disk", "old disk")).Setup;
        SelfConsistentResult result = new SelfConsistentModel(other).SolveFrom(small);
        Assert.True(result.Converged);
        Assert.InRange(LargestDifference(result.Galaxy, small.Galaxy), 0, 1e-3);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_byte()
    {
        ModelSetup setup = ModelFile.Parse(SmallModel.Text).Setup;
        string[] texts = [.. ((int[])[1, 2, 3]).Select(threads =>
        {
            SelfConsistentResult result = new SelfConsistentModel(setup, new() { Threads = threads, MaxIterations = 3 }).Solve();
            using StringWriter writer = new();
            PotentialFile.Write(writer, result.Galaxy.Potential);
            writer.Write(string.Join("\n", result.Galaxy.Moments([0.5, 4, 8, 8, 12], [0, 0, 0.5, -2, 1]).Cast<Moments>()));
            writer.Write(string.Join("\n", result.Galaxy.VelocityDistribution(8, 0.3, VelocityAxis.Phi, [-50, 0, 100, 200, 220]).Cast<double>().Select(BitConverter.DoubleToInt64Bits)));
            writer.Write(string.Join("\n", result.History.Select(h => BitConverter.DoubleToInt64Bits(h.Residual))));
            return writer.ToString();
        })];
        Assert.Equal(texts[0], texts[1]);
        Assert.Equal(texts[0], texts[2]);
        Assert.True(texts[0].Length > 1000);
    }

    [Fact]
    public void Says_when_it_has_not_converged_and_can_be_stopped()
    {
        ModelSetup setup = ModelFile.Parse(SmallModel.Text).Setup;
        List<int> told = [];
        SelfConsistentResult result = new SelfConsistentModel(setup, new() { MaxIterations = 2, Tolerance = 1e-9 }).Solve(new Told(told));
        Assert.False(result.Converged);
        Assert.Equal([1, 2], told);
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new SelfConsistentModel(setup).Solve(cancellation: stop.Token));
    }

    [Fact]
    public void A_static_model_is_its_own_solution()
    {
        GalaxyComponent halo = new("halo", ComponentKind.Dark, new SpheroidDensity(1e7, 1, 3, 1, 20, 1, 300));
        SelfConsistentResult result = new SelfConsistentModel(new(new NFW(9e11, 20), [], [halo])).Solve();
        Assert.True(result.Converged);
        Spheroid expected = new(new(1e7, 1, 3, 1, 20, 1, 300));
        Assert.Equal(expected.Phi(8, 0), result.Galaxy.Potential.Phi(8, 0), 1e-4 * Math.Abs(expected.Phi(8, 0)));
    }

    // Measured: v_c moves by 1.8e-4 at most, stars at the Sun by 4e-4, dark matter by 5e-5.
    [NightlyFact]
    public void Doubled_grids_change_little()
    {
        SolverSettings tight = new() { Tolerance = 1e-4 };
        ModelSetup setup = SolvedBv23.Setup;
        Galaxy plain = new SelfConsistentModel(setup, tight).Solve().Galaxy;
        Galaxy doubled = new SelfConsistentModel(SolvedBv23.WithDisk(SolvedBv23.WithHalo(setup, h => h.Doubled()), d => d.Doubled()), tight).Solve().Galaxy;
        double moved = LargestDifference(plain, doubled);
        SolvedBv23.LocalDensities a = SolvedBv23.Local(plain), b = SolvedBv23.Local(doubled);
        output.WriteLine(FormattableString.Invariant($"v_c moves by {moved:E1}; {a}; {b}"));
        Assert.InRange(moved, 0, 1e-3);
        Assert.Equal(b.RhoStars, a.RhoStars, 3e-3 * b.RhoStars);
        Assert.Equal(b.RhoDark, a.RhoDark, 3e-3 * b.RhoDark);
        Assert.Equal(b.RhoGas, a.RhoGas, 3e-3 * b.RhoGas);
    }

    private static string Bv23Text => File.ReadAllText(Path.Combine(Repository.Root, "models", "bv23.ini"));

    private double LargestDifference(Galaxy a, Galaxy b)
    {
        (double difference, double R) = Radii.Select(R => (Math.Abs(a.CircularSpeed(R) / b.CircularSpeed(R) - 1), R)).Max();
        output.WriteLine(FormattableString.Invariant($"v_c differs by {difference:E1} at {R:F2} kpc"));
        return difference;
    }

    private sealed class Told(List<int> numbers) : IProgress<IterationReport>
    {
        public void Report(IterationReport value) => numbers.Add(value.Number);
    }
}
