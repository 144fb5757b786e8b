using Oort.Inference;
using Oort.Inference.Sampling;
using Oort.Numerics;
using Oort.Tests.Support;
using Xunit.Abstractions;

namespace Oort.Tests.Inference.Sampling;

/// <summary>Chains have the distribution of the density that they are drawn from, whatever the moves; and the harness that says so sees when they have not.</summary>
public sealed class EnsembleSamplerTests(ITestOutputHelper output)
{
    private static readonly MoveMixture Stretch = new((new StretchMove(), 1)), Differential = new((new DifferentialEvolutionMove(), 1)), Snooker = new((new SnookerMove(), 1));

    public static IEnumerable<object[]> Cases =>
        from density in new[] { "Gaussian 2", "Gaussian 14", "peaks", "box" }
        from moves in new[] { "stretch", "differential evolution", "snooker", "default" }
        select new object[] { density, moves };

    private static MoveMixture MovesOf(string name) => name switch
    {
        "stretch" => Stretch,
        "differential evolution" => Differential,
        "snooker" => Snooker,
        _ => MoveMixture.Default,
    };

    private void AssertExact(SamplerHarness.Verdict verdict, double mean, double covariance)
    {
        output.WriteLine(verdict.ToString());
        Assert.True(verdict.IsExact, verdict.ToString());
        Assert.True(verdict.IsSharp(mean, covariance), verdict.ToString());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_chain_has_the_moments_and_marginal_distributions_of_its_density(string density, string moves)
    {
        (ClosedFormDensity target, int steps, int every, double mean, double covariance) = density switch
        {
            "Gaussian 2" => (new ClosedFormDensity.Gaussian(2), 6000, 1, 0.03, 0.03),
            "Gaussian 14" => (new ClosedFormDensity.Gaussian(14) as ClosedFormDensity, moves == "snooker" ? 20_000 : 10_000, 5, 0.05, 0.06),
            "peaks" => (new ClosedFormDensity.Bimodal(5, 4), 8000, 2, 0.04, 0.03),
            _ => (new ClosedFormDensity.Box(3), 4000, 1, 0.05, 0.05),
        };
        AssertExact(SamplerHarness.Run(new(target, MovesOf(moves)), target, Math.Max(20, 2 * target.Dimensions + 4), steps / 4, steps, every), mean, covariance);
    }

    /// <summary>A valley of length 20 and width 0.3.</summary>
    [Theory]
    [InlineData("stretch")]
    [InlineData("default")]
    public void Rosenbrocks_valley_is_drawn_from_to_its_ends(string moves)
    {
        ClosedFormDensity.Rosenbrock density = new();
        AssertExact(SamplerHarness.Run(new(density, MovesOf(moves)), density, 40, 5000, 50_000, 10), 0.1, 0.3);
    }

    /// <summary>Walkers that begin between two peaks ten widths apart come to be distributed over them as they ought to.</summary>
    [Fact]
    public void The_default_moves_go_from_peak_to_peak()
    {
        ClosedFormDensity.Bimodal density = new(5, 10);
        AssertExact(SamplerHarness.Run(new(density), density, 20, 3000, 12_000, 3), 0.03, 0.03);
    }

    [Fact]
    public void The_default_moves_serve_in_58_dimensions()
    {
        ClosedFormDensity.Gaussian density = new(58);
        AssertExact(SamplerHarness.Run(new(density), density, 128, 4000, 16_000, 20), 0.1, 0.1);
    }

    [NightlyTheory]
    [InlineData("stretch", 100_000)]
    [InlineData("differential evolution", 40_000)]
    [InlineData("snooker", 100_000)]
    [InlineData("default", 40_000)]
    public void Each_move_serves_in_58_dimensions(string moves, int steps)
    {
        ClosedFormDensity.Gaussian density = new(58);
        AssertExact(SamplerHarness.Run(new(density, MovesOf(moves)), density, 128, steps / 4, steps, 50), 0.1, 0.1);
    }

    [NightlyTheory]
    [InlineData("differential evolution")]
    [InlineData("snooker")]
    public void Each_move_serves_in_Rosenbrocks_valley(string moves)
    {
        ClosedFormDensity.Rosenbrock density = new();
        AssertExact(SamplerHarness.Run(new(density, MovesOf(moves)), density, 40, 40_000, 400_000, 50), 0.1, 0.3);
    }

    public static TheoryData<string> Faults => ["factor of D", "no factor", "snooker without factor", "one-sided", "wide", "shifted"];

    /// <summary>Each is a mistake that is easily made, or a density that is a little off; the harness has to see it.</summary>
    [Theory]
    [MemberData(nameof(Faults))]
    public void The_harness_sees_what_is_wrong(string fault)
    {
        ClosedFormDensity.Gaussian density = new(2);
        EnsembleSampler sampler = fault switch
        {
            "wide" => new(new ClosedFormDensity.Gaussian(2, widening: 1.05)),
            "shifted" => new(new ClosedFormDensity.Gaussian(2, shift: 0.05)),
            _ => new(density, new((new Faulty(fault), 1))),
        };
        SamplerHarness.Verdict verdict = SamplerHarness.Run(sampler, density, 20, 1500, 6000);
        Assert.False(verdict.IsExact, verdict.ToString());
    }

    [Fact]
    public void The_harness_sees_a_chain_that_has_not_arrived()
    {
        ClosedFormDensity.Bimodal density = new(5, 10);
        SamplerHarness.Verdict verdict = SamplerHarness.Run(new(density, Stretch), density, 20, 1000, 5000);
        Assert.False(verdict.IsExact && verdict.IsSharp(0.1, 0.1), verdict.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_chain_that_goes_on_from_any_step_is_the_same_chain(bool screened)
    {
        ClosedFormDensity.Gaussian density = new(3), cheap = new(3, 0.8);
        EnsembleSampler Sampler() => new(density, seed: 42, screen: screened ? cheap : null);
        Ensemble[] whole = [.. Sampler().Steps(Start(Sampler(), density)).Take(30)];
        for (int k = 0; k < 29; k++)
        {
            Ensemble stored = new(whole[k].Number, whole[k].Positions, whole[k].LogDensities), next = Sampler().Next(stored);
            Assert.Equal(whole[k + 1].Number, next.Number);
            Assert.Equal(whole[k + 1].Positions, next.Positions);
            Assert.Equal(whole[k + 1].LogDensities, next.LogDensities);
            Assert.Equal(whole[k + 1].Accepted, next.Accepted);
            Assert.Equal(whole[k + 1].Moves, next.Moves);
            Assert.Equal(whole[k + 1].Evaluations, next.Evaluations);
        }

        Assert.NotEqual(whole[^1].Positions, new EnsembleSampler(density, seed: 43).Steps(Start(Sampler(), density)).Take(30).Last().Positions);
    }

    [Fact]
    public void A_step_says_what_it_has_done()
    {
        ClosedFormDensity.Gaussian density = new(3);
        EnsembleSampler sampler = new(density);
        Ensemble last = Start(sampler, density);
        Assert.Equal((0, 10, 3, density.Evaluations), (last.Number, last.Walkers, last.Dimensions, last.Evaluations));
        Assert.Empty(last.Accepted);
        int[] proposed = new int[sampler.Moves.Moves.Count];
        foreach (Ensemble e in sampler.Steps(last).Take(500))
        {
            Assert.Equal(last.Number + 1, e.Number);
            for (int w = 0; w < e.Walkers; w++)
            {
                Assert.Equal(e.Accepted[w], !ReferenceEquals(e.Positions[w], last.Positions[w]));
                Assert.Equal(density.LogDensity(e.Positions[w]), e.LogDensities[w]);
                proposed[e.Moves[w]]++;
            }

            last = e;
        }

        for (int m = 0; m < proposed.Length; m++)
        {
            double expected = 5000 * sampler.Moves.Weights[m];
            Assert.InRange(proposed[m], expected - 4 * Math.Sqrt(expected), expected + 4 * Math.Sqrt(expected));
        }
    }

    [Fact]
    public void Half_of_the_walkers_are_a_batch()
    {
        Counting density = new(new ClosedFormDensity.Gaussian(3));
        EnsembleSampler sampler = new(density);
        Ensemble start = sampler.StartAround([0, 0, 0], [1, 1, 1], 12);
        density.Batches.Clear();
        _ = sampler.Next(start);
        Assert.Equal([6, 6], density.Batches);
    }

    [Fact]
    public void What_cannot_be_sampled_is_refused()
    {
        ClosedFormDensity.Box density = new(3);
        EnsembleSampler sampler = new(density);
        double[][] inside = [.. Enumerable.Range(0, 8).Select(w => new double[] { 0.1 * w, 0.5 + 0.01 * w * w, 0.3 })];
        Assert.Contains("8 at least", Assert.Throws<InputException>(() => sampler.Start(inside[..6])).Message);
        Assert.Contains("even number", Assert.Throws<InputException>(() => sampler.Start([.. inside, inside[0]])).Message);
        inside[3] = [2, 0, 0];
        Assert.Contains("walker 4", Assert.Throws<InputException>(() => sampler.Start(inside)).Message);
        Assert.Contains("the density is zero", Assert.Throws<InputException>(() => sampler.StartAround([7, 7, 7], [0.1, 0.1, 0.1], 8)).Message);
        Assert.Contains("2 dimensions", Assert.Throws<InputException>(() => new EnsembleSampler(density, screen: new ClosedFormDensity.Box(2))).Message);
        Assert.Throws<InputException>(() => new MoveMixture());
        Assert.Throws<ParameterException>(() => new MoveMixture((new StretchMove(), 0)));
        Assert.Throws<ParameterException>(() => new StretchMove(1));
        Assert.Throws<OperationCanceledException>(() => sampler.StartAround([0.5, 0.5, 0.5], [0.1, 0.1, 0.1], 8, new CancellationToken(true)));
    }

    [Fact]
    public void A_start_at_the_edge_of_what_is_allowed_is_drawn_until_it_is_inside()
    {
        Ensemble start = new EnsembleSampler(new ClosedFormDensity.Box(3)).StartAround([0, 1, 0.5], [0.2, 0.2, 0.2], 20);
        Assert.All(start.Positions, p => Assert.All(p, v => Assert.InRange(v, 0, 1)));
        Assert.InRange(start.Evaluations, 40, 400);
    }

    internal static Ensemble Start(EnsembleSampler sampler, ClosedFormDensity density)
        => sampler.StartAround(density.Mean, [.. Enumerable.Range(0, density.Dimensions).Select(density.Sigma)], 10);

    private sealed class Counting(ILogDensity density) : ILogDensity
    {
        public List<int> Batches { get; } = [];

        public int Dimensions => density.Dimensions;

        public double[] Evaluate(IReadOnlyList<double[]> points, CancellationToken cancellation = default)
        {
            Batches.Add(points.Count);
            return density.Evaluate(points, cancellation);
        }
    }

    /// <summary>Moves with a mistake each.</summary>
    private sealed class Faulty(string fault) : EnsembleMove
    {
        public override string Name => fault;

        internal override Proposal Propose(double[] walker, Companions others, ref Xoshiro256 random)
        {
            Proposal proposal = (fault.StartsWith("snooker", StringComparison.Ordinal) ? new SnookerMove() : fault == "one-sided" ? new DifferentialEvolutionMove() as EnsembleMove : new StretchMove())
                .Propose(walker, others, ref random);
            return fault switch
            {
                "factor of D" => proposal with { LogFactor = proposal.LogFactor * walker.Length / (walker.Length - 1) },
                "one-sided" => proposal with { Point = proposal.Point[0] < walker[0] && random.Uniform() < 0.1 ? walker : proposal.Point },
                _ => proposal with { LogFactor = 0 },
            };
        }
    }
}
