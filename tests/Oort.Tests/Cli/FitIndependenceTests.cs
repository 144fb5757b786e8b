using System.Globalization;
using System.Text.Json;
using Oort.Definitions;
using Oort.Tables;
using Oort.Tests.Support;

namespace Oort.Tests.Cli;

/// <summary><c>oort fit</c>: chains whose proposals come from the end of a search, or are screened in a fixed potential.</summary>
public sealed class FitIndependenceTests : IDisposable
{
    private const string More = """
        tolerance = 0.05
        [Sampler]
        walkers = 4
        steps = 150
        autocorrelation_times = 20
        independence = 1
        [Parameter Jr0]
        key = DF thin disk/Jr0
        min = 5
        max = 100
        step = 2
        transform = log
        """;

    private readonly Workplace work = new();

    public void Dispose() => work.Dispose();

    [Fact]
    public void A_chain_goes_by_the_search_before_it()
    {
        string fit = SmallFit.Prepare(work, More);
        CommandRun.Of("", "fit", fit, "--method", "sample", "--out", work.Path("run.db")).AssertRefused("run.db", "follow a search", "--method search");
        Assert.False(File.Exists(work.Path("run.db")));
        CommandRun.Of("", "fit", fit, "--evaluations", "3", "--out", work.Path("run.db"));
        CommandRun.Of("", "fit", fit, "--method", "sample", "--out", work.Path("run.db")).AssertRefused("run.db", "the search has not come to its end");

        JsonElement search = JsonDocument.Parse(CommandRun.Done("fit", fit, "--out", work.Path("run.db"), "--json").Out).RootElement.GetProperty("parameters").GetProperty("Jr0");
        CommandRun piece = CommandRun.Done("fit", fit, "--method", "sample", "--out", work.Path("run.db"), "--steps", "5");
        Assert.Contains("--steps", piece.Error);
        JsonElement chain = JsonDocument.Parse(CommandRun.Done("fit", fit, "--method", "sample", "--out", work.Path("run.db"), "--json").Out).RootElement;

        // The posterior of one parameter and 3000 stars is nearly the normal distribution of the search.
        JsonElement jr0 = chain.GetProperty("parameters").GetProperty("Jr0");
        (double best, double sigma) = (search.GetProperty("best").GetDouble(), search.GetProperty("sigma").GetDouble());
        Assert.InRange(chain.GetProperty("acceptance").GetDouble(), 0.75, 1);
        Assert.InRange(jr0.GetProperty("median").GetDouble(), best - 0.4 * sigma, best + 0.4 * sigma);
        Assert.InRange(0.5 * (jr0.GetProperty("high").GetDouble() - jr0.GetProperty("low").GetDouble()), 0.75 * sigma, 1.25 * sigma);
        Assert.InRange(chain.GetProperty("autocorrelation_time").GetDouble(), 0.8, 2.5);
        Assert.InRange(chain.GetProperty("autocorrelation_times").GetDouble(), 20, 200);
        Assert.Equal(["independence"], chain.GetProperty("moves").EnumerateObject().Select(m => m.Name));

        // Interrupted or not, it is the same chain.
        CommandRun.Done("fit", fit, "--out", work.Path("whole.db"));
        CommandRun.Done("fit", fit, "--method", "sample", "--out", work.Path("whole.db"));
        Assert.Equal(Csv("whole.db"), Csv("run.db"));
    }

    /// <summary>As above, from an emulator that the search makes; it is part of the search, so that the log of another is refused.</summary>
    [Fact]
    public void A_chain_goes_by_an_emulator()
    {
        string fit = SmallFit.Prepare(work, More.Replace("independence = 1", "emulation = 1", StringComparison.Ordinal));
        CommandRun.Of("", "fit", fit, "--method", "sample", "--out", work.Path("run.db")).AssertRefused("run.db", "follow a search", "--method search");
        JsonElement search = JsonDocument.Parse(CommandRun.Done("fit", fit, "--out", work.Path("run.db"), "--json").Out).RootElement;
        Assert.InRange(search.GetProperty("emulator").GetProperty("error").GetDouble(), 0, 0.5);
        Assert.InRange(search.GetProperty("emulator").GetProperty("models").GetInt32(), 18, 60);
        Assert.Matches("emulator: [0-9]+ models, standard deviation of the error of ln L [0-9.e-]+\n", CommandRun.Done("fit", fit, "--out", work.Path("run.db")).Out);
        CommandRun.Done("fit", fit, "--method", "sample", "--out", work.Path("run.db"), "--steps", "5");
        JsonElement chain = JsonDocument.Parse(CommandRun.Done("fit", fit, "--method", "sample", "--out", work.Path("run.db"), "--json").Out).RootElement;
        JsonElement jr0 = chain.GetProperty("parameters").GetProperty("Jr0"), found = search.GetProperty("parameters").GetProperty("Jr0");
        (double best, double sigma) = (found.GetProperty("best").GetDouble(), found.GetProperty("sigma").GetDouble());
        Assert.InRange(chain.GetProperty("acceptance").GetDouble(), 0.85, 1);
        Assert.InRange(jr0.GetProperty("median").GetDouble(), best - 0.4 * sigma, best + 0.4 * sigma);
        Assert.InRange(0.5 * (jr0.GetProperty("high").GetDouble() - jr0.GetProperty("low").GetDouble()), 0.75 * sigma, 1.25 * sigma);
        Assert.InRange(found.GetProperty("emulated_mean").GetDouble(), best - 0.4 * sigma, best + 0.4 * sigma);
        Assert.InRange(found.GetProperty("emulated_sigma").GetDouble(), 0.75 * sigma, 1.25 * sigma);
        Assert.Equal(["emulation"], chain.GetProperty("moves").EnumerateObject().Select(m => m.Name));

        CommandRun.Done("fit", fit, "--out", work.Path("whole.db"));
        CommandRun.Done("fit", fit, "--method", "sample", "--out", work.Path("whole.db"));
        Assert.Equal(Csv("whole.db"), Csv("run.db"));

        string text = File.ReadAllText(fit);
        CommandRun.Of("", "fit", work.File("plain.ini", text.Replace("emulation = 1", "independence = 1", StringComparison.Ordinal)), "--out", work.Path("run.db")).AssertRefused("run.db", "fit file");
        CommandRun.Of("", "fit", work.File("both.ini", text.Replace("emulation = 1", "emulation = 0.6\nindependence = 0.5", StringComparison.Ordinal)), "--out", work.Path("run.db")).AssertRefused("[Sampler] emulation", "together");
        CommandRun.Of("", "fit", work.File("simplex.ini", text.Replace("tolerance", "search = simplex\ntolerance", StringComparison.Ordinal)), "--out", work.Path("run.db")).AssertRefused("[Fit] search", "gauss-newton");
        Assert.Contains("[Sampler] emulation = 1: is for 25 parameters at most, not 26", Assert.Throws<InputException>(() => SamplerSection.Read(IniFile.Parse("[Sampler]\nemulation = 1\n", "f.ini"), 26, false)).Message);
        Assert.Equal(2, SamplerSection.Read(IniFile.Parse("[Sampler]\nindependence = 0.7\nemulation = 0.3\nwalkers = 2\n", "f.ini"), 25, false).Walkers);
    }

    [Fact]
    public void A_screen_in_a_fixed_potential_is_for_self_consistent_models()
    {
        string fit = SmallFit.Prepare(work, More.Replace("independence = 1", "screen = fixed-potential", StringComparison.Ordinal).Replace("walkers = 4", "walkers = 6", StringComparison.Ordinal));
        CommandRun.Of("", "fit", fit, "--out", work.Path("run.db")).AssertRefused("[Sampler] screen", "share one potential already");
        string free = work.File("free.ini", File.ReadAllText(fit).Replace("potential = fixed", "potential = self-consistent", StringComparison.Ordinal));
        CommandRun.Done("fit", free, "--method", "sample", "--steps", "6", "--out", work.Path("run.db"), "--threads", "1");
        CommandRun.Done("fit", free, "--method", "sample", "--steps", "2", "--out", work.Path("pieces.db"));
        CommandRun.Done("fit", free, "--method", "sample", "--steps", "6", "--out", work.Path("pieces.db"));
        Assert.Equal(Csv("run.db"), Csv("pieces.db"));

        // Of 36 proposals those that the screen lets through alone were solved.
        using Microsoft.Data.Sqlite.SqliteConnection database = new($"Data Source={work.Path("run.db")};Mode=ReadOnly;Pooling=False");
        database.Open();
        using Microsoft.Data.Sqlite.SqliteCommand sum = database.CreateCommand();
        sum.CommandText = "SELECT sum(evaluations) FROM step WHERE number > 0";
        Assert.InRange(Convert.ToInt32(sum.ExecuteScalar(), CultureInfo.InvariantCulture), 1, 33);
    }

    private string Csv(string name) => CommandRun.Done("chain", "export", work.Path(name)).Out;
}
