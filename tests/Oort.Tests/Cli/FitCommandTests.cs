using System.Text.Json;
using Microsoft.Data.Sqlite;
using Oort.Tests.Support;

namespace Oort.Tests.Cli;

public sealed class FitCommandTests : IDisposable
{
    private readonly Workplace work = new();

    public void Dispose() => work.Dispose();

    /// <summary>Every run must find the same model.</summary>
    [Fact]
    public void A_fit_in_pieces_is_the_same_as_one_and_ends_with_a_model_that_builds()
    {
        string fit = SmallFit.Prepare(work, """
            tolerance = 0.05
            restarts = 1
            [Parameter Jr0]
            key = DF thin disk/Jr0
            min = 5
            max = 100
            step = 2
            """);
        CommandRun whole = CommandRun.Of("", "fit", fit, "--out", work.Path("whole.db"), "--json", "--threads", "1");
        Assert.Equal((0, ""), (whole.Code, whole.Error));
        CommandRun piece = CommandRun.Of("", "fit", fit, "--out", work.Path("pieces.db"), "--evaluations", "2");
        Assert.Equal(1, piece.Code);
        Assert.Contains("stopped after 2 models", piece.Error);
        Assert.Contains("not yet", piece.Out);
        Assert.Equal(1, CommandRun.Of("", "fit", fit, "--out", work.Path("pieces.db"), "--evaluations", "4").Code);
        CommandRun rest = CommandRun.Of("", "fit", fit, "--out", work.Path("pieces.db"), "--json", "--threads", "2", "--model", work.Path("best.ini"));
        Assert.Equal(whole.Out, rest.Out);
        Assert.Equal(Rows("whole.db"), Rows("pieces.db"));
        Assert.Equal(whole.Out, CommandRun.Of("", "fit", fit, "--out", work.Path("pieces.db"), "--json").Out);

        JsonElement json = JsonDocument.Parse(whole.Out).RootElement;
        JsonElement parameter = json.GetProperty("parameters").GetProperty("Jr0");
        Assert.True(json.GetProperty("converged").GetBoolean());
        Assert.NotEqual(20, parameter.GetProperty("best").GetDouble());
        Assert.InRange(parameter.GetProperty("sigma").GetDouble(), 0, 5);
        Assert.Contains($"Jr0 = {parameter.GetProperty("best").GetDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture)}\n", File.ReadAllText(work.Path("best.ini")));

        // The log is of this fit alone.
        File.WriteAllText(fit, File.ReadAllText(fit).Replace("step = 2", "step = 3", StringComparison.Ordinal));
        CommandRun.Of("", "fit", fit, "--out", work.Path("pieces.db")).AssertRefused("pieces.db: is the log of another fit: the fit file has changed");
        CommandRun.Of("", "fit", fit, "--out", work.Path("best.ini")).AssertRefused("is no log of a fit");
    }

    /// <summary>What a prior knows better than the data decides, and the summary tells the two apart.</summary>
    [Fact]
    public void A_prior_counts_in_a_search_and_is_told()
    {
        string fit = SmallFit.Prepare(work, """
            tolerance = 0.05
            search = gauss-newton
            [Parameter Jr0]
            key = DF thin disk/Jr0
            min = 5
            max = 100
            step = 2
            transform = log
            prior = log-normal 30 0.005
            """);
        CommandRun piece = CommandRun.Of("", "fit", fit, "--out", work.Path("run.db"), "--evaluations", "2");
        Assert.Equal(1, piece.Code);
        Assert.Contains("of prior's", piece.Out);
        Assert.Contains("priors: ", piece.Out);
        JsonElement json = JsonDocument.Parse(CommandRun.Of("", "fit", fit, "--out", work.Path("run.db"), "--json").Out).RootElement;
        JsonElement parameter = json.GetProperty("parameters").GetProperty("Jr0");
        double best = parameter.GetProperty("best").GetDouble(), sigma = parameter.GetProperty("sigma").GetDouble();
        Assert.True(json.GetProperty("converged").GetBoolean());
        Assert.InRange(best, 27, 30.5);
        Assert.InRange(sigma, 0.02, 0.151);
        Assert.Equal(sigma / (0.005 * best), parameter.GetProperty("of_prior").GetDouble(), 1e-6);
        Assert.Equal(Math.Pow(Math.Log(best / 30) / 0.005, 2), json.GetProperty("priors").GetDouble(), 1e-6);
    }

    /// <summary>All that a log says of models but the time they took.</summary>
    private string[] Rows(string name)
    {
        using SqliteConnection connection = new($"Data Source={work.Path(name)};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT number, stage, hex(chi2), chi2, value, failure FROM evaluation JOIN position ON evaluation = number ORDER BY number, parameter";
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
        }

        return [.. rows];
    }
}
