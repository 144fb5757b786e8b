using Oort.Inference;
using Oort.Inference.Ranks;

namespace Oort.Tests.Inference.Ranks;

public sealed class RankedDensityTests
{
    private static readonly double[][] Points = [.. Enumerable.Range(0, 37).Select(i => new double[] { 0.1 * i, Math.Sin(i), -1.5 })];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(60)]
    public void Any_number_of_ranks_finds_the_same(int size)
    {
        Paraboloid alone = new();
        double[] expected = alone.Evaluate(Points);
        Paraboloid[] densities = [.. Enumerable.Range(0, size).Select(r => new Paraboloid { Pause = r == 1 ? 3 : 1 })];
        Run(size, r => (densities[r], "same"), density =>
        {
            Assert.Equal(expected, density.Evaluate(Points));
            Assert.Empty(density.Evaluate([]));
            Assert.Equal(expected[..1], density.Evaluate(Points[..1]));
            Assert.Equal(expected, density.Evaluate(Points));
        });
        Assert.Equal(2 * Points.Length + 1, densities.Sum(d => d.Asked));
        Assert.True(size > Points.Length || densities.Skip(1).All(d => d.Asked > 0));
    }

    [Fact]
    public void All_ranks_are_told_what_points_are_near_to()
    {
        double[][] places = [[1, 2, 3], [-4, 0, 1]];
        Paraboloid alone = new();
        Run(4, _ => (new Paraboloid(), "same"), density =>
        {
            Assert.Equal(alone.Near(places[0]).Evaluate(Points), density.Near(places[0]).Evaluate(Points));
            Assert.Equal(alone.Near(places[1]).Evaluate(Points), density.Near(places[0]).Near(places[1]).Evaluate(Points));
            Assert.Equal(alone.Evaluate(Points), density.Evaluate(Points));
        });
        Assert.NotEqual(alone.Evaluate(Points), alone.Near(places[0]).Evaluate(Points));
    }

    /// <summary>A rank that takes much longer gets less to do, so that the others do not wait for it.</summary>
    [Fact]
    public void A_slow_rank_gets_fewer_points()
    {
        Paraboloid[] densities = [new() { Pause = 1 }, new() { Pause = 1 }, new() { Pause = 40 }];
        Run(3, r => (densities[r], "same"), density =>
        {
            for (int i = 0; i < 4; i++)
            {
                density.Evaluate(Points);
            }
        });
        Assert.InRange(densities[2].Asked, 1, Points.Length);
    }

    [Fact]
    public void What_goes_wrong_on_a_rank_ends_the_run_with_its_message()
    {
        Paraboloid broken = new() { Fails = () => throw new NumericalException("no such luck") };
        Exception e = Assert.Throws<NumericalException>(() => Run(3, r => (r == 1 ? broken : new Paraboloid(), "same"), d => d.Evaluate(Points)));
        Assert.Equal($"rank 1 on {Environment.MachineName}: no such luck", e.Message);

        e = Assert.Throws<InputException>(() => Run(2, r => r == 1 ? throw new InputException("x.ini: no such file") : (new Paraboloid(), "same"), d => d.Evaluate(Points)));
        Assert.EndsWith(": x.ini: no such file", e.Message);
        e = Assert.Throws<NumericalException>(() => Run(2, r => r == 1 ? throw new InvalidDataException("odd") : (new Paraboloid(), "same"), d => d.Evaluate(Points)));
        Assert.EndsWith(": unexpected InvalidDataException: odd", e.Message);
        e = Assert.Throws<InputException>(() => Run(2, r => (new Paraboloid(), $"of rank {r}"), d => d.Evaluate(Points)));
        Assert.StartsWith("rank 1 reads another fit file", e.Message);

        // That of rank 0 itself is thrown as it is.
        using ManualResetEventSlim asked = new();
        Paraboloid own = new() { Fails = () => { asked.Set(); throw new InputException("of my own"); } }, waiting = new() { Fails = asked.Wait };
        Assert.Equal("of my own", Assert.Throws<InputException>(() => Run(2, r => (r == 0 ? own : waiting, "same"), d => d.Evaluate(Points))).Message);
    }

    [Fact]
    public void An_interruption_of_any_rank_ends_the_run()
    {
        using CancellationTokenSource signal = new();
        Paraboloid interrupted = new() { Fails = signal.Cancel };
        Assert.ThrowsAny<OperationCanceledException>(() => Run(3, r => (r == 2 ? interrupted : new Paraboloid(), "same"), d => d.Evaluate(Points), signalled: (2, signal)));
        using CancellationTokenSource here = new();
        Paraboloid slow = new() { Fails = here.Cancel };
        Assert.ThrowsAny<OperationCanceledException>(() => Run(3, r => (r == 1 ? slow : new Paraboloid { Pause = 2 }, "same"), d => d.Evaluate(Points, here.Token)));
    }

    /// <summary>Runs rank 0 here and the others beside it; all of them must come to their end.</summary>
    private static void Run(int size, Func<int, (ILogDensity, string)> density, Action<RankedDensity> work, (int Rank, CancellationTokenSource Source)? signalled = null)
    {
        ThreadRanks[] ranks = ThreadRanks.Make(size);
        Thread[] others = [.. ranks[1..].Select(r => new Thread(() => RankServer.Serve(r, () => Work(density(r.Rank)), signalled?.Rank == r.Rank ? signalled.Value.Source.Token : default)))];
        foreach (Thread t in others)
        {
            t.Start();
        }

        try
        {
            (ILogDensity own, string print) = density(0);
            using RankedDensity ranked = new(ranks[0], own, print);
            work(ranked);
        }
        finally
        {
            Assert.All(others, t => Assert.True(t.Join(20_000)));
        }
    }

    private static RankWork Work((ILogDensity Density, string Fingerprint) own) => RankWork.Of(own.Density, own.Fingerprint);

    /// <summary>A density that counts how often it was asked, and may take its time or fail.</summary>
    private sealed class Paraboloid : ILogDensity
    {
        private int asked;

        public int Pause { get; init; }

        public Action Fails { get; init; } = () => { };

        public int Asked => asked;

        public int Dimensions => 3;

        public double Offset { get; init; }

        public ILogDensity Near(double[] point, CancellationToken cancellation = default) => new Paraboloid { Offset = point.Sum() };

        public double[] Evaluate(IReadOnlyList<double[]> points, CancellationToken cancellation = default) => [.. points.Select(p =>
        {
            Interlocked.Increment(ref asked);
            Fails();
            cancellation.ThrowIfCancellationRequested();
            Thread.Sleep(Pause);
            return -0.5 * p.Sum(x => x * x) / 3 + Offset;
        })];
    }
}
