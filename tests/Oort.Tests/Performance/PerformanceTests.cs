using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using Oort.Definitions;
using Oort.Models;
using Oort.Potentials;
using Oort.Surveys;
using Oort.Tests.Support;
using Xunit.Abstractions;

namespace Oort.Tests.Performance;

/// <summary>Runs alone, so that no other test of this process takes the processor.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;

/// <summary>
/// Guards what has been gained in speed: counts of operations, which are the same on every machine, and times of kernels in units of
/// a loop of similar arithmetic, timed in turn with them: the least of many short runs, so that other programs hardly matter.
/// </summary>
[Collection(nameof(Alone))]
public class PerformanceTests(ITestOutputHelper output)
{
    private const int Repeats = 500;

    private static Galaxy Galaxy => SolvedBv23.Result.Galaxy;

    [Fact]
    public void Builds_take_few_iterations()
    {
        IReadOnlyList<IterationReport> cold = SolvedBv23.Result.History;
        Check("full iterations from a cold potential", cold.Count);
        Check("coarse steps from a cold potential", cold.Sum(h => h.CoarseSteps));
        string text = File.ReadAllText(Path.Combine(Repository.Root, "models", "bv23.ini"));
        ModelSetup neighbour = ModelFile.Parse(text.Replace("mass = 98e10", "mass = 96e10").Replace("Jr0 = 22", "Jr0 = 22.5")).Setup;
        Check("full iterations from a neighbour", new SelfConsistentModel(neighbour).SolveFrom(SolvedBv23.Result).History.Count);
    }

    [Fact]
    public void Iterations_ask_for_few_positions_and_velocities()
    {
        Check("positions of an iteration", new SelfConsistentModel(SolvedBv23.Setup).Positions);
        Check("velocities of a position in iterations", ModelAccuracy.Densities.Velocities);
        Check("velocities of a position in moments", ModelAccuracy.Default.Velocities);
    }

    [Fact]
    public void Positions_ask_for_few_potentials()
    {
        Counting potential = new(Galaxy.Potential);
        VelocityNodes nodes = new(potential, Galaxy.FocalDistances, ModelAccuracy.Densities);
        (double, double)[] positions = [(8, 0), (8, 1), (1, 0.3), (0.1, 0), (30, 10)];
        foreach ((double R, double z) in positions)
        {
            nodes.MoveTo(R, z);
        }

        Check("potential calls at a position", (double)potential.Points / positions.Length);
    }

    [Fact]
    public void Density_steps_allocate_little()
    {
        DensityStep step = new(ModelFile.Parse(SmallModel.Text).Setup.Groups, ModelAccuracy.Densities, threads: 1);
        step.LogDensities(Galaxy.Potential, Galaxy.FocalDistances, CancellationToken.None);
        long before = GC.GetAllocatedBytesForCurrentThread();
        step.LogDensities(Galaxy.Potential, Galaxy.FocalDistances, CancellationToken.None);
        Check("megabytes allocated by a density step", (GC.GetAllocatedBytesForCurrentThread() - before) / 1e6);
    }

    [Fact]
    public void Kernels_are_as_fast_as_they_were()
    {
        VelocityNodes nodes = new(Galaxy.Potential, Galaxy.FocalDistances, ModelAccuracy.Densities);
        MomentIntegrals integrals = new(nodes);
        GalaxyComponent[] components = [.. Galaxy.Components.Where(c => c.DistributionFunction is not null)];
        double[] R = [.. Enumerable.Range(0, 4096).Select(i => 0.1 * Math.Pow(300, i / 4095.0))], z = [.. R.Select((r, i) => r * (i % 7) / 7)];
        BoxProjection projection = new(new VelocityBox(200, 150, 100, 350, 225));
        projection.F.Fill(1);
        projection.Loaded(false);
        double[] limits = [.. Enumerable.Range(-20, 41).Select(i => 10.0 * i)], below = new double[limits.Length];
        double[] phi = new double[R.Length], phiR = new double[R.Length], phiZ = new double[R.Length];
        double total = 0;
        double[] ratios = Ratios(
            () => nodes.MoveTo(8, 0.3),
            () => total += components.Sum(c => integrals.Density(c.DistributionFunction!, nodes)),
            () => Galaxy.Potential.Evaluate(R, z, new() { Phi = phi, PhiR = phiR, PhiZ = phiZ }),
            () => projection.Add(0.6, -0.1, 0.7937, limits, 1, below));
        Assert.True(total > 0);
        Check("time of a position's actions", ratios[0]);
        Check("time of a position's densities", ratios[1]);
        Check("time of potential and forces", ratios[2]);
        Check("time of a distribution along a line of sight", ratios[3]);
    }

    [Fact]
    public void Fits_to_regions_ask_for_few_places_and_velocities()
    {
        Survey survey = SurveyFile.Read(Path.Combine(Repository.Root, "surveys", "sun25.ini"));
        RegionIntegrator integrator = new(
            Galaxy, [Galaxy.Components[0].DistributionFunction!], survey.SunIn(Galaxy, 8.1), survey.Regions!, new() { Limits = survey.Limits }, RegionAccuracy.Fit, 2);
        Check("nodes in space of 30 regions", integrator.Nodes);
        integrator.Predict(CancellationToken.None);
        Check("velocities of actions for 30 regions", integrator.Velocities);
    }

    // The guard guarded: five runs for four are a loss of a quarter, and it is seen whatever else the machine does.
    [Fact]
    public void A_loss_of_a_quarter_is_seen()
    {
        VelocityNodes nodes = new(Galaxy.Potential, Galaxy.FocalDistances, ModelAccuracy.Densities);
        Action Runs(int count) => () =>
        {
            for (int i = 0; i < count; i++)
            {
                nodes.MoveTo(8, 0.3);
            }
        };
        double[] ratios = Ratios(Runs(4), Runs(4), Runs(5));
        output.WriteLine(FormattableString.Invariant($"again {ratios[1] / ratios[0]:F3}, a quarter more {ratios[2] / ratios[0]:F3}"));
        Assert.True(Baselines.Within(ratios[1], ratios[0], 1.2));
        Assert.False(Baselines.Within(ratios[2], ratios[0], 1.2));
    }

    private void Check(string name, double measured)
    {
        output.WriteLine(FormattableString.Invariant($"{name}: {measured:G5}"));
        Baselines.Check(name, measured);
    }

    /// <summary>Least time of each action over the least time of the loop, all taken in turn.</summary>
    private static double[] Ratios(params Action[] actions)
    {
        double sink = 0;
        Action[] all = [() => sink += Loop(), .. actions];
        double[] least = new double[all.Length];
        Array.Fill(least, double.PositiveInfinity);
        for (int round = 0; round < Repeats; round++)
        {
            if (round % 100 == 99)
            {
                Thread.Sleep(300); // What is called often is compiled anew meanwhile, and other programs may come to an end.
            }

            for (int k = 0; k < all.Length; k++)
            {
                long start = Stopwatch.GetTimestamp();
                all[k]();
                least[k] = Math.Min(least[k], Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }

        Assert.True(double.IsFinite(sink));
        return [.. least[1..].Select(t => t / least[0])];
    }

    /// <summary>Polynomials, square roots, quotients and exponentials of vectors, in chains as long as those of the kernels; compiled once and for all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Loop()
    {
        Vector<double> sum = Vector<double>.Zero, step = new(1e-3), x = new(0.3), one = Vector<double>.One;
        for (int i = 0; i < 10_000; i++)
        {
            Vector<double> p = x;
            for (int k = 0; k < 12; k++)
            {
                p = p * x + one;
            }

            sum += Vector.SquareRoot(p) / (one + p) + Vector.Exp(-x);
            x = Vector.ConditionalSelect(Vector.LessThan(x, one), x + step, x - one);
        }

        return Vector.Sum(sum);
    }

    /// <summary>Counts the points that a potential is asked for.</summary>
    private sealed class Counting(Potential inner) : Potential
    {
        public long Points { get; private set; }

        public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result)
        {
            Points += R.Length;
            inner.Evaluate(R, z, result);
        }
    }
}
