using Microsoft.Data.Sqlite;
using Oort.Inference;
using Oort.Inference.Chains;
using Oort.Inference.Sampling;
using Oort.Tests.Cli;

namespace Oort.Tests.Inference.Chains;

public sealed class ChainStoreTests : IDisposable
{
    private const int Steps = 150;

    private static readonly ParameterSet Parameters = new([new("x", 1, -50, 50, 1), new("mass", 3, 1e-3, 1e3, 1, ParameterScale.Logarithmic), new("z", 0, -50, 50, 1)]);
    private static readonly SamplingSettings Settings = new() { Walkers = 16, Seed = 4, Length = new() { MostSteps = Steps, Times = null } };
    private static readonly Dictionary<string, string> Inputs = new() { ["data"] = "1" };

    private readonly Workplace work = new();

    public void Dispose() => work.Dispose();

    /// <summary>The process dies in the middle of random evaluations, some of the time before anything is stored.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_kills_a_chain_it_goes_on_as_if_it_had_not_been(int seed)
    {
        string[] expected = Run("whole.db", new());
        Assert.Equal(Steps + 1, expected.Length);
        Random random = new(seed);
        int kills = 0;
        while (true)
        {
            try
            {
                Assert.Equal(expected, Run("pieces.db", new() { Life = random.Next(0, 400) }));
                break;
            }
            catch (ClosedForm.KilledException)
            {
                kills++;
            }
        }

        Assert.InRange(kills, 3, 1000);
    }

    [Fact]
    public void Others_read_the_chain_while_it_grows()
    {
        using ChainStore store = ChainStore.Open(work.Path("run.db"), Parameters, Settings, Inputs);
        EnsembleSampler sampler = new(new Hill(), Settings.Moves, Settings.Seed);
        Ensemble step = sampler.StartAround([1, 1, 0], [1, 1, 1], 16);
        Assert.Null(store.Last);
        store.Append(step, 0.5);
        using ChainStore reader = ChainStore.OpenToRead(work.Path("run.db"));
        Assert.Equal((0, 16, 3), (reader.Steps, reader.Walkers, reader.Dimensions));
        for (int i = 1; i <= 130; i++)
        {
            store.Append(step = sampler.Next(step), 0.25);
            Ensemble read = reader.Last!;
            Assert.Equal((i, i), (read.Number, reader.Steps));
            Assert.Equal(step.Positions, read.Positions);
            Assert.Equal(step.LogDensities, read.LogDensities);
            Assert.Equal(step.Accepted, read.Accepted);
            Assert.Equal(step.Moves, read.Moves);
            Assert.Equal(step.Evaluations, read.Evaluations);
        }

        Assert.Equal([.. Enumerable.Range(0, 9).Select(i => 70 + 7 * i)], reader.Read(70, 7).Select(e => e.Number));
        Assert.Equal(step.Positions, reader.Read(130).Single().Positions);
        Assert.Equal(33, reader.Seconds, 1e-9);
        Assert.Equal(16 * 131, reader.Evaluations);
        Assert.Equal(Math.Exp(2.5), reader.Value(1, 2.5));
        Assert.Equal(2.5, reader.Value(0, 2.5));
    }

    [Fact]
    public void A_chain_is_refused_to_another_fit_and_to_a_second_writer()
    {
        Run("run.db", new());
        string Refused(SamplingSettings settings, Dictionary<string, string> inputs, ParameterSet? parameters = null)
            => Assert.Throws<InputException>(() => ChainStore.Open(work.Path("run.db"), parameters ?? Parameters, settings, inputs)).Message;
        Assert.Contains("is the chain of another fit: the data has changed", Refused(Settings, new() { ["data"] = "2" }));
        Assert.Contains("the number of walkers, seed have changed", Refused(Settings with { Walkers = 18, Seed = 5 }, Inputs));
        Assert.Contains("the moves has changed", Refused(Settings with { Moves = new((new StretchMove(), 1)) }, Inputs));
        Assert.Contains("is no log of a fit", Assert.Throws<InputException>(() => ChainStore.OpenToRead(work.File("text.db", new string('x', 4096)))).Message);
        Assert.Contains("no such file", Assert.Throws<InputException>(() => ChainStore.OpenToRead(work.Path("none.db"))).Message);

        using ChainStore first = ChainStore.Open(work.Path("run.db"), Parameters, Settings, Inputs), second = ChainStore.Open(work.Path("run.db"), Parameters, Settings, Inputs);
        Ensemble next = new EnsembleSampler(new Hill(), Settings.Moves, Settings.Seed).Next(first.Last!);
        first.Append(next, 1);
        Assert.Contains("another process goes on with the same chain", Assert.Throws<InputException>(() => second.Append(next, 1)).Message);
        Assert.Equal(Steps + 1, first.Steps);
    }

    /// <summary>A search and then a chain in one file, also where the search is of the version before chains.</summary>
    [Fact]
    public void A_file_holds_a_search_and_a_chain()
    {
        Dictionary<string, string> search = new() { ["data"] = "0" };
        using (FitLog log = FitLog.Open(work.Path("run.db"), Parameters, search))
        {
            log.Append(new(1, "simplex", [1, 3, 0], 4, 0.1), [new(1, "VR", 2, 4)]);
        }

        Execute("run.db", "DROP TABLE chain; DROP TABLE coordinate; DROP TABLE step; DROP TABLE residual; PRAGMA user_version = 1");
        Assert.Contains("has no chain in it", Assert.Throws<InputException>(() => ChainStore.OpenToRead(work.Path("run.db"))).Message);
        string[] chain = Run("run.db", new());
        Assert.Equal(Run("alone.db", new()), chain);
        using (FitLog log = FitLog.Open(work.Path("run.db"), Parameters, search))
        {
            Assert.Equal(4, Assert.Single(log.Evaluations).ChiSquared);
        }

        using FitLog after = FitLog.Open(work.Path("alone.db"), Parameters, search);
        Assert.Empty(after.Evaluations);
        ParameterSet others = new([new("y", 1, 0, 2, 1)]);
        Run("third.db", new());
        Assert.Contains("with other parameters: x, mass, z", Assert.Throws<InputException>(() => FitLog.Open(work.Path("third.db"), others, search)).Message);
        Execute("run.db", "PRAGMA user_version = 4");
        Assert.Contains("has tables of version 4", Assert.Throws<InputException>(() => ChainStore.OpenToRead(work.Path("run.db"))).Message);
    }

    [Fact]
    public void What_is_damaged_is_told()
    {
        Run("run.db", new());
        Execute("run.db", "UPDATE step SET state = zeroblob(5) WHERE number = 70");
        using ChainStore store = ChainStore.OpenToRead(work.Path("run.db"));
        Assert.Equal(64, store.Read(64).First().Number);
        Assert.Contains("step 70 of the chain is damaged", Assert.Throws<InputException>(() => store.Read().Count()).Message);
        Execute("run.db", "DELETE FROM step WHERE number = 67");
        Assert.Contains("step 68 of the chain is damaged", Assert.Throws<InputException>(() => store.Read().Count()).Message);
    }

    /// <summary>Runs a chain to its end and gives all that is stored of it but the time it took.</summary>
    private string[] Run(string name, Hill density)
    {
        using ChainStore store = ChainStore.Open(work.Path(name), Parameters, Settings, Inputs);
        ChainProgress end = new ChainRun(store, Parameters, Settings).Run(() => density);
        Assert.Equal((Steps, false), (end.Step, end.LongEnough));
        return [.. store.Read().Select(e => $"{e.Number} {e.Evaluations} {string.Join(',', e.LogDensities)} {string.Join(',', e.Positions.SelectMany(p => p))} {string.Join(',', e.Moves)} {string.Join(',', e.Accepted)}")];
    }

    private void Execute(string name, string sql)
    {
        using SqliteConnection connection = new($"Data Source={work.Path(name)};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A Gaussian about (2, 1, -1), which may be asked so many times; then it is as if the process were killed.</summary>
    private sealed class Hill : ILogDensity
    {
        public int Life { get; set; } = int.MaxValue;

        public int Dimensions => 3;

        public double[] Evaluate(IReadOnlyList<double[]> points, CancellationToken cancellation = default) => [.. points.Select(p => Life-- <= 0
            ? throw new ClosedForm.KilledException() : -0.5 * (Math.Pow(p[0] - 2, 2) + Math.Pow(p[1] - 1, 2) + Math.Pow((p[2] + 1) / 0.1, 2)))];
    }
}
