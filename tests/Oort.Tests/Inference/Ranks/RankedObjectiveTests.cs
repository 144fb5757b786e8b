using Oort.Inference;
using Oort.Inference.Ranks;

namespace Oort.Tests.Inference.Ranks;

/// <summary>Searches whose models are spread over ranks.</summary>
public sealed class RankedObjectiveTests
{
    private static readonly ParameterSet Parameters = new([.. Enumerable.Range(0, 4).Select(i => new FitParameter($"p{i}", 1.5 + 0.3 * i, -10, 10, 0.4))]);

    /// <summary>The same log but for the times, for each method, with models that fail here and there.</summary>
    [Theory]
    [InlineData(SearchMethod.Simplex)]
    [InlineData(SearchMethod.GaussNewton)]
    [InlineData(SearchMethod.CmaEs)]
    public void Any_number_of_ranks_makes_the_same_search(SearchMethod method)
    {
        MemoryLog alone = new();
        FitResult expected = Search(method, alone, () => Objective());
        Assert.True(expected.Converged);
        Assert.Contains(alone.Evaluations, e => e.Failure == "no such model");
        foreach (int size in (int[])[1, 2, 5])
        {
            MemoryLog log = new();
            List<int> asked = [];
            FitResult result = OverRanks(size, objective => Search(method, log, () => objective), asked.Add);
            Assert.Equal(expected.ChiSquared, result.ChiSquared);
            Assert.Equal(expected.Values, result.Values);
            Assert.Equal(alone.BestParts, log.BestParts);
            Assert.Equal(alone.Evaluations.Count, log.Evaluations.Count);
            foreach ((Evaluation a, Evaluation b) in alone.Evaluations.Zip(log.Evaluations))
            {
                Assert.Equal((a.Number, a.Stage, a.ChiSquared, a.Failure), (b.Number, b.Stage, b.ChiSquared, b.Failure));
                Assert.Equal(a.Values, b.Values);
                Assert.Equal(a.Residuals, b.Residuals);
            }

            Assert.Equal(size > 1, asked.Exists(rank => rank > 0));
        }
    }

    /// <summary>A model that there is not is no failure of the rank but for the start, and of a bug there is no such model either.</summary>
    [Fact]
    public void What_is_wrong_at_the_start_ends_the_search()
    {
        Assert.Equal("no such model", Assert.Throws<NumericalException>(() => OverRanks(2, o => Search(SearchMethod.GaussNewton, new MemoryLog(), () => o), _ => throw new NumericalException("no such model"))).Message);
        Assert.EndsWith("unexpected InvalidDataException: odd", Assert.Throws<NumericalException>(() => OverRanks(2, o => o.Evaluate([1, 1, 1, 1]), _ => throw new InvalidDataException("odd"))).Message);
    }

    private static FitResult Search(SearchMethod method, MemoryLog log, Func<IObjective> objective) => new Fit(Parameters, new() { Method = method, Restarts = 1, Approaches = true }, objective).Run(log);

    /// <summary>A valley with a hole near the start. What it is near to changes it by a little.</summary>
    private static ClosedForm Objective(Action? asked = null, double near = 0) => ClosedForm.Of(x =>
    {
        asked?.Invoke();
        return x[0] is > 1.51 and < 1.6 || x[1] is > 2.1 and < 2.3 ? throw new NumericalException("no such model") : [x[0] - 1, x[1] + 0.5 * x[0] - 1, 3 * (x[2] - x[1] * x[1]), x[3] / 3 - 0.1 * x[2], 1 + 1e-5 * near];
    }, x => [10 * (x[0] - 1), 9 * (x[1] - 0.5), 8 * (x[2] - 0.25), 7 * x[3]], v => Objective(asked, v.Sum()));

    /// <summary>Does rank 0's work; the other ranks answer it. Told which rank is asked each time. Models cost nothing here: rank 0 takes its time until the others have begun, or it would have done all by then.</summary>
    private static T OverRanks<T>(int size, Func<IObjective, T> work, Action<int> asked)
    {
        ThreadRanks[] ranks = ThreadRanks.Make(size);
        Lock one = new();
        using ManualResetEventSlim begun = new(size == 1);
        RankWork Work(int rank) => RankWork.Of(Objective(() =>
        {
            begun.Set();
            lock (one)
            {
                asked(rank);
            }
        }), "same");
        void AskedFirst()
        {
            begun.Wait(200);
            lock (one)
            {
                asked(0);
            }
        }

        Thread[] others = [.. ranks[1..].Select(r => new Thread(() => RankServer.Serve(r, () => Work(r.Rank))))];
        foreach (Thread t in others)
        {
            t.Start();
        }

        try
        {
            using RankedObjective all = new(ranks[0], Objective(AskedFirst), "same");
            return work(all);
        }
        finally
        {
            Assert.All(others, t => Assert.True(t.Join(20_000)));
        }
    }
}
