using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Oort.Cli;
using Oort.Definitions;
using Oort.Models;
using Oort.Surveys;
using Oort.Tests.Support;

namespace Oort.Tests.Cli;

/// <summary>oort fit with a survey of regions of the sky.</summary>
public sealed class FitRegionsCommandTests : IDisposable
{
    private const string Survey = $"""
        [Sun]
        R0 = 8
        model_R0 = yes
        model_V_minus_vc = 12
        [Cuts]
        {RegionsText.Limits}
        [Regions]
        1 = 170, 180, 0, 10, 1, 2, near
        2 = 0, 360, 85, 90, 0.5, 1, pole
        [Histograms]
        vlos = -200, 200, 20
        pmdec = -60, 60, 4
        [Errors]
        bins = 2
        farthest = 2
        distance = 0, 2
        radial_velocity = 5, 5
        pmra = 0.1, 0.1
        pmdec = 0.1, 0.1

        """;

    private const string Fit = """
        [Fit]
        model = m
        survey = s.ini
        data = h.csv
        potential = fixed
        search = gauss-newton
        [Parameter Jr0]
        key = DF thin disk/Jr0
        start = 30
        min = 5
        max = 100
        step = 4
        transform = log
        [Parameter Jz0]
        key = DF thin disk/Jz0
        start = 3
        min = 0.5
        max = 40
        step = 0.5
        transform = log

        """;

    private readonly Workplace work = new();

    public FitRegionsCommandTests()
    {
        work.File("m.ini", SmallModel.Text);
        CommandRun.Of("", "build", work.Path("m.ini"), "--out", work.Path("m"), "--max-iterations", "1");
        work.File("s.ini", Survey);
        work.File("f.ini", Fit);
        Survey survey = SurveyFile.Read(work.Path("s.ini"));
        Galaxy truth = GalaxyFile.Read(work.Path("m"), threads: 2);
        RegionConditions seen = RegionConditions.Of(survey, MeasurementErrors.Once, "");
        HistogramSet predicted = new RegionPredictor(truth, survey.SunIn(truth, 8.2), survey.Regions!, conditions: seen, threads: 2).Integrate().Histograms;
        DrawnHistograms.Of(predicted, region => 10_000 * region, new Random(4)).Write(work.Path("h.csv"));
    }

    public void Dispose() => work.Dispose();

    /// <summary>The process itself is killed, each time in the middle of a model.</summary>
    [Fact]
    public async Task Killed_three_times_a_fit_ends_as_one_that_was_not()
    {
        CommandRun whole = CommandRun.Of("", "fit", work.Path("f.ini"), "--out", work.Path("whole.db"), "--model", work.Path("whole.ini"), "--json", "--threads", "2");
        Assert.True(whole.Code == 0, whole.Error);
        JsonElement json = JsonDocument.Parse(whole.Out).RootElement, parameters = json.GetProperty("parameters");
        foreach ((string name, double truth) in ((string, double)[])[("Jr0", 20), ("Jz0", 4)])
        {
            double best = parameters.GetProperty(name).GetProperty("best").GetDouble(), sigma = parameters.GetProperty(name).GetProperty("sigma").GetDouble();
            Assert.InRange((best - truth) / sigma, -4, 4);
            Assert.InRange(sigma / truth, 1e-3, 0.05);
        }

        foreach (int models in (int[])[1, 2, 2])
        {
            await Kill("pieces.db", models);
        }

        string logged = Rows("pieces.db", "SELECT count(*) FROM evaluation")[0];
        Assert.InRange(int.Parse(logged, CultureInfo.InvariantCulture), 5, json.GetProperty("evaluations").GetInt32() - 1);
        CommandRun rest = CommandRun.Of("", "fit", work.Path("f.ini"), "--out", work.Path("pieces.db"), "--model", work.Path("pieces.ini"), "--json", "--threads", "1");
        Assert.Equal(whole.Out, rest.Out);
        Assert.Equal(File.ReadAllBytes(work.Path("whole.ini")), File.ReadAllBytes(work.Path("pieces.ini")));
        foreach (string table in (string[])["SELECT number, stage, hex(chi2), failure FROM evaluation", "SELECT * FROM position", "SELECT evaluation, hex(value) FROM residual", "SELECT * FROM part"])
        {
            Assert.Equal(Rows("whole.db", table), Rows("pieces.db", table));
        }
    }

    [Fact]
    public void Chi_squared_is_told_by_region_and_group()
    {
        // At the model's own values.
        string fit = work.File("own.ini", Fit.Replace("start = 30", "start = 20", StringComparison.Ordinal).Replace("start = 3", "start = 4", StringComparison.Ordinal));
        CommandRun stopped = CommandRun.Of("", "fit", fit, "--out", work.Path("run.db"), "--evaluations", "1"), again = CommandRun.Of("", "fit", fit, "--out", work.Path("run.db"), "--evaluations", "1", "--json");
        Assert.Equal(1, stopped.Code);
        JsonElement json = JsonDocument.Parse(again.Out).RootElement, groups = json.GetProperty("groups");
        double sum = 0;
        foreach (JsonElement region in json.GetProperty("regions").EnumerateArray())
        {
            JsonElement group = groups.GetProperty(region.GetProperty("group").GetString()!);
            Assert.Equal(region.GetProperty("chi2").GetDouble(), group.GetProperty("chi2").GetDouble());
            Assert.Equal(region.GetProperty("reduced").GetDouble(), group.GetProperty("mean_reduced").GetDouble());
            Assert.Contains(region.GetProperty("chi2").GetDouble().ToString("f2", CultureInfo.InvariantCulture), stopped.Out);
            sum += region.GetProperty("chi2").GetDouble();
        }

        Assert.Equal(json.GetProperty("chi2").GetDouble(), sum, 1e-9 * sum);
        Assert.Equal((2, json.GetProperty("cells").GetInt32()), (groups.GetProperty("all").GetProperty("regions").GetInt32(), groups.GetProperty("all").GetProperty("cells").GetInt32()));
        Assert.Contains("mean of regions", stopped.Out);

        // So compares oort compare, whose predictions have a finer lattice of velocities: within a tenth of chi-squared's own scatter.
        JsonElement compared = JsonDocument.Parse(CommandRun.Of("", "compare", work.Path("m"), work.Path("h.csv"), "--survey", work.Path("s.ini"), "--json").Out).RootElement;
        foreach (JsonProperty group in compared.GetProperty("equation5").GetProperty("groups").EnumerateObject())
        {
            JsonElement fitted = groups.GetProperty(group.Name);
            Assert.Equal(fitted.GetProperty("cells").GetInt32(), group.Value.GetProperty("cells").GetInt32());
            Assert.Equal(fitted.GetProperty("chi2").GetDouble(), group.Value.GetProperty("chi2").GetDouble(), 0.1 * Math.Sqrt(2 * fitted.GetProperty("cells").GetInt32()));
            Assert.Equal(fitted.GetProperty("mean_reduced").GetDouble(), group.Value.GetProperty("mean_reduced").GetDouble(), 0.05);
        }

        Assert.Contains("Equation 5", CommandRun.Of("", "compare", work.Path("m"), work.Path("h.csv"), "--survey", work.Path("s.ini")).Out);
    }

    /// <summary>Runs the command until its log has so many more models, and kills it.</summary>
    private async Task Kill(string log, int models)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, [typeof(CommandLine).Assembly.Location, "fit", work.Path("f.ini"), "--out", work.Path(log), "--threads", "2"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        int before = File.Exists(work.Path(log)) ? Count() : 0;
        using Process process = Process.Start(start)!;
        Stopwatch clock = Stopwatch.StartNew();

        // The write-ahead log grows with each model: quicker to see than what is in it.
        long size = 0;
        while (!process.HasExited)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(3));
            await Task.Delay(2);
            FileInfo written = new(work.Path(log + "-wal"));
            if (written.Exists && written.Length > size)
            {
                size = written.Length;
                if (Count() >= before + models)
                {
                    break;
                }
            }
        }

        // SIGKILL.
        process.Kill();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 137, $"exit {process.ExitCode}: {await process.StandardOutput.ReadToEndAsync()}{await process.StandardError.ReadToEndAsync()}");

        int Count() => Rows(log, "SELECT count(*) FROM sqlite_master WHERE name = 'evaluation'")[0] == "0" ? 0
            : int.Parse(Rows(log, "SELECT count(*) FROM evaluation")[0], CultureInfo.InvariantCulture);
    }

    private string[] Rows(string name, string query)
    {
        using SqliteConnection connection = new($"Data Source={work.Path(name)};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = query;
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        }

        return [.. rows];
    }
}
