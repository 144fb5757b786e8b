using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Oort.Tests.Support;

namespace Oort.Tests.Cli;

/// <summary><c>oort fit</c> with method = sample and <c>oort chain</c>, in this process and in others that are killed or are ranks.</summary>
public sealed class FitSamplingTests : IDisposable
{
    private readonly Workplace work = new();

    public FitSamplingTests() => SmallFit.Prepare(work, """
        method = sample
        [Sampler]
        walkers = 6
        steps = 12
        seed = 3
        [Parameter Jr0]
        key = DF thin disk/Jr0
        start = 30
        min = 5
        max = 100
        step = 2
        transform = log
        """);

    public void Dispose() => work.Dispose();

    [Fact]
    public void A_chain_in_pieces_is_the_same_as_one_and_is_told_and_exported()
    {
        CommandRun whole = Fit("whole.db", "--threads", "1");
        Assert.Equal(0, whole.Code);
        Assert.Equal("oort: stopped after 12 steps, before the chain was 50 autocorrelation times long; with more --steps the same command goes on\n", whole.Error);
        Assert.Equal(0, Fit("pieces.db", "--steps", "4", "--threads", "2").Code);
        CommandRun rest = Fit("pieces.db", "--model", work.Path("best.ini"), "--json");
        Assert.Equal(0, rest.Code);
        Assert.Equal(Csv("whole.db"), Csv("pieces.db"));

        // What the fit says at the end is what the chain says.
        CommandRun info = CommandRun.Of("", "chain", "info", work.Path("whole.db"));
        Assert.Equal((0, "", whole.Out), (info.Code, info.Error, info.Out));
        Assert.Contains("steps 12 of 6 walkers, the first 2 left out", info.Out);
        JsonElement json = JsonDocument.Parse(rest.Out).RootElement, jr0 = json.GetProperty("parameters").GetProperty("Jr0");
        Assert.Equal((12, 6, 2), (json.GetProperty("steps").GetInt32(), json.GetProperty("walkers").GetInt32(), json.GetProperty("burn").GetInt32()));
        Assert.InRange(json.GetProperty("acceptance").GetDouble(), 0.1, 0.95);
        Assert.Equal(72, json.GetProperty("moves").EnumerateObject().Sum(m => m.Value.GetProperty("proposed").GetInt32()));

        // By hand from the table.
        string[][] cells = [.. Csv("whole.db").Select(l => l.Split(','))];
        Assert.Equal(["step", "walker", "log_density", "Jr0"], cells[0]);
        (int Step, double Log, double Value)[] rows = [.. cells.Skip(1).Select(c => (int.Parse(c[0], CultureInfo.InvariantCulture), Number(c[2]), Number(c[3])))];
        Assert.Equal(13 * 6, rows.Length);
        double[] kept = [.. rows.Where(r => r.Step > 2).Select(r => r.Value).Order()];
        Assert.Equal(kept.Average(), jr0.GetProperty("mean").GetDouble(), 1e-9);
        Assert.Equal(0.5 * (kept[29] + kept[30]), jr0.GetProperty("median").GetDouble(), 1e-9);
        Assert.Equal(10, kept.Count(v => v < jr0.GetProperty("low").GetDouble()));
        Assert.Equal(rows.MaxBy(r => r.Log).Value, jr0.GetProperty("best").GetDouble(), 1e-9);
        Assert.Contains($"Jr0 = {jr0.GetProperty("best").GetDouble().ToString("R", CultureInfo.InvariantCulture)}\n", File.ReadAllText(work.Path("best.ini")));

        // Thinned, as an array.
        Assert.Equal(0, CommandRun.Of("", "chain", "export", work.Path("whole.db"), "--format", "npy", "--burn", "3", "--thin", "4", "--out", work.Path("c.npy")).Code);
        byte[] array = File.ReadAllBytes(work.Path("c.npy"));
        Assert.Contains("'shape': (3, 6, 1)", System.Text.Encoding.ASCII.GetString(array[..128]));
        double[] numbers = [.. Enumerable.Range(0, 18).Select(i => BitConverter.ToDouble(array, array.Length - 8 * (18 - i)))];
        Assert.Equal(rows.Where(r => r.Step is 3 or 7 or 11).Select(r => r.Value), numbers);

        Assert.Equal(0, CommandRun.Of("", "chain", "export", work.Path("whole.db"), "--burn", "3", "--thin", "4", "--out", work.Path("same.npy")).Code);
        Assert.Equal(File.ReadAllBytes(work.Path("c.npy")), File.ReadAllBytes(work.Path("same.npy")));
        CommandRun.Of("", "chain", "export", work.Path("whole.db"), "--format", "csv", "--out", work.Path("d.npy")).AssertRefused("d.npy", "--format csv");
        CommandRun.Of("", "chain", "export", work.Path("whole.db"), "--burn", "13").AssertRefused("--burn 13 leaves none");
        CommandRun.Of("", "chain", "info", work.Path("whole.db"), "--burn", "12").AssertRefused("a burn-in of 12 leaves none");
        CommandRun.Of("", "chain", "info", work.Path("whole.db"), "--burn", "-1").AssertRefused("--burn -1: must be an integer from 0");
        CommandRun.Of("", "chain", "export", work.Path("whole.db"), "--format", "npz").AssertRefused("unknown format", "npy");
        CommandRun.Of("", "chain", "info", work.Path("m.ini")).AssertRefused("is no log of a fit");
        File.WriteAllText(work.Path("f.ini"), File.ReadAllText(work.Path("f.ini")).Replace("seed = 3", "seed = 4", StringComparison.Ordinal));
        CommandRun.Of("", "fit", work.Path("f.ini"), "--out", work.Path("whole.db")).AssertRefused("is the chain of another fit: the seed has changed");
    }

    [Fact]
    public void A_search_and_a_chain_share_a_log()
    {
        Assert.Equal(1, Fit("run.db", "--method", "search", "--evaluations", "3").Code);
        CommandRun.Of("", "chain", "info", work.Path("run.db")).AssertRefused("has no chain in it");
        Assert.Equal(0, Fit("run.db", "--steps", "2").Code);
        CommandRun search = Fit("run.db", "--method", "search", "--evaluations", "4", "--json");
        Assert.Equal(4, JsonDocument.Parse(search.Out).RootElement.GetProperty("evaluations").GetInt32());
        Assert.Equal(19, Csv("run.db").Length);
    }

    /// <summary>kill -9 at moments drawn at random, some before the first step; bench/kill.sh does more of it.</summary>
    [Fact]
    public void A_killed_process_leaves_a_chain_that_goes_on_as_if_it_had_not_been()
    {
        Assert.Equal(0, Fit("whole.db", "--steps", "24").Code);
        Random random = new(11);
        int kills = 0, steps = 0;
        while (true)
        {
            using Process process = Start(_ => { }, "fit", work.Path("f.ini"), "--out", work.Path("killed.db"), "--steps", "24", "--threads", "1");
            int patience = kills == 0 ? 200 : 1_000 + random.Next(2_000);
            if (process.WaitForExit(kills < 3 ? patience : 120_000))
            {
                Assert.Equal(0, process.ExitCode);
                break;
            }

            process.Kill();
            process.WaitForExit();
            kills++;
            CommandRun info = File.Exists(work.Path("killed.db")) ? CommandRun.Of("", "chain", "info", work.Path("killed.db"), "--json") : new(2, "", "");
            if (info.Code == 0)
            {
                int now = JsonDocument.Parse(info.Out).RootElement.GetProperty("steps").GetInt32();
                Assert.InRange(now, steps, 24);
                steps = now;
            }
        }

        Assert.InRange(kills, 1, 3);
        Assert.Equal(Csv("whole.db"), Csv("killed.db"));
    }

    /// <summary>The script of --slurm, run by bash with a scontrol that writes down what it is told; a single rank needs no srun.</summary>
    [Fact]
    public void A_batch_script_stops_in_time_and_queues_again()
    {
        string script = work.Path("job.sh"), log = work.Path("it's a log.db");
        CommandRun written = CommandRun.Of("", "fit", work.Path("f.ini"), "--out", log, "--slurm", script, "--time=1-00:00:00", "--threads", "2", "--steps", "3000");
        Assert.Equal((0, "", $"oort: submit it with sbatch {script}\n"), (written.Code, written.Out, written.Error));
        string text = File.ReadAllText(script);
        foreach (string line in (string[])["#SBATCH --ntasks=1", "#SBATCH --cpus-per-task=2", "#SBATCH --time=1-00:00:00", "#SBATCH --job-name=it_s_a_log", "#SBATCH --requeue", "launch=()"])
        {
            Assert.Contains(line + "\n", text);
        }

        Assert.DoesNotContain("--slurm JOB", text);
        Assert.False(File.Exists(log));
        ProcessStartInfo start = Job(script);
        using Process job = Process.Start(start)!;
        bool isGrowing = SpinWait.SpinUntil(() => { Thread.Sleep(200); return job.HasExited || (File.Exists(log) && CommandRun.Of("", "chain", "info", log).Code == 0); }, 120_000);
        Assert.True(isGrowing && !job.HasExited);
        using Process signal = Process.Start("kill", ["-USR1", $"{job.Id}"]);
        Assert.True(job.WaitForExit(60_000));
        Assert.Equal(0, job.ExitCode);
        Assert.Equal("requeue 77\n", File.ReadAllText(work.Path("told")));
        Assert.Contains("the same command goes on from there", job.StandardError.ReadToEnd());

        // Once more, to its end: nothing is queued again.
        int steps = JsonDocument.Parse(CommandRun.Of("", "chain", "info", log, "--json").Out).RootElement.GetProperty("steps").GetInt32();
        File.WriteAllText(script, text.Replace("--steps 3000", $"--steps {steps + 1}", StringComparison.Ordinal));
        using Process rest = Process.Start(start)!;
        Assert.Contains($"steps {steps + 1} of 6 walkers", rest.StandardOutput.ReadToEnd());
        rest.WaitForExit();
        Assert.Equal(0, rest.ExitCode);
        Assert.Equal("requeue 77\n", File.ReadAllText(work.Path("told")));
    }

    /// <summary>A job whose run fails, fails as it does, and does not queue again, not even where its time is over; nor does one whose run is never started, which srun calls a success.</summary>
    [Fact]
    public void A_job_that_fails_does_not_queue_again()
    {
        Assert.Equal(0, Fit("run.db", "--steps", "1").Code);
        File.WriteAllText(work.Path("f.ini"), File.ReadAllText(work.Path("f.ini")).Replace("seed = 3", "seed = 4", StringComparison.Ordinal));
        ProcessStartInfo start = RankedJob();
        foreach ((string srun, int code, int launches, string said) in new[]
        {
            ("exec \"${@:3}\"", 2, 1, "is the chain of another fit"),
            ("exit 0", 1, 3, "no run was started"),
            ("\"${@:3}\"; code=$?; trap '' TERM; kill -USR1 $PPID; sleep 100; exit $code", 2, 1, "is the chain of another fit"),
            ("exit 41", 41, 1, ""),
            ("kill -KILL $$", 137, 1, ""),
        })
        {
            (int ended, string error, string[] told) = Run(start, srun);
            Assert.True(code == ended, $"{srun}: exit {ended}: {error}");
            Assert.Contains(said, error, StringComparison.Ordinal);
            Assert.Equal(launches, told.Count(l => l == "srun"));
            Assert.DoesNotContain("requeue 77", told);
            Assert.DoesNotContain(work.Names, n => n.EndsWith(".exit", StringComparison.Ordinal));
        }
    }

    /// <summary>Ranks are told by scancel that the time is over, since srun would kill them; those that are killed all the same, were not even started, or do not stop, leave a job that goes on.</summary>
    [Fact]
    public void Ranks_whose_time_is_over_queue_again()
    {
        ProcessStartInfo start = RankedJob();
        foreach (string srun in (string[])["trap 'exit 143' TERM; kill -USR1 $PPID; sleep 3000 & wait", "kill -USR1 $PPID; sleep 50; kill -KILL $$", "trap '' TERM; kill -USR1 $PPID; sleep 50; exit 0", "trap '' TERM; kill -USR1 $PPID; while :; do sleep 50; done"])
        {
            (int ended, string error, string[] told) = Run(start, srun);
            Assert.True(ended == 0, $"{srun}: exit {ended}: {error}");
            Assert.Equal(["srun", "--signal=TERM 77", "requeue 77"], told);
        }
    }

    [Fact]
    public void What_is_wrong_with_a_job_is_told_when_it_is_written()
    {
        CommandRun Script(params string[] more) => CommandRun.Of("", ["fit", work.Path("f.ini"), "--out", work.Path("run.db"), .. more]);
        Script("--ranks", "2").AssertRefused("--ranks is for --slurm", "mpirun -n N");
        Script("--slurm", work.Path("j.sh"), "--time", "soon").AssertRefused("--time soon: must be a time as Slurm writes it");
        CommandRun.Of("", "fit", work.Path("none.ini"), "--out", work.Path("run.db"), "--slurm", work.Path("j.sh")).AssertRefused("none.ini: no such file");
        Assert.False(File.Exists(work.Path("j.sh")));

        // The tests' own folder has no shim.
        CommandRun alone = Script("--slurm", work.Path("j.sh"), "--ranks", "8");
        Assert.Contains("the job has one rank, not 8: there is no", alone.Error);
        Assert.Contains("#SBATCH --ntasks=1\n", File.ReadAllText(work.Path("j.sh")));
    }

    [MpiFact]
    public void Ranks_make_the_same_chain_as_one_process()
    {
        Assert.Equal(0, Fit("alone.db").Code);
        (int code, string output, string error) = Mpi.Run(work, 3, "fit", work.Path("f.ini"), "--out", work.Path("ranks.db"));
        Assert.True(code == 0, error);
        Assert.Equal(CommandRun.Of("", "chain", "info", work.Path("ranks.db")).Out, output);
        Assert.Contains("oort: stopped after 12 steps", error);
        Assert.Equal(Csv("alone.db"), Csv("ranks.db"));

        // One line, whichever rank it is that finds it.
        (code, output, error) = Mpi.Run(work, 2, "fit", work.Path("none.ini"), "--out", work.Path("ranks.db"));
        Assert.Equal((2, ""), (code, output));
        Assert.Single(error.Split('\n'), l => l.StartsWith("oort: ", StringComparison.Ordinal));

    }

    /// <summary>A search of several models at once leaves the same log and result as one of one after another, and goes on from a log of the other kind.</summary>
    [MpiFact]
    public void Ranks_make_the_same_search_as_one_process()
    {
        CommandRun alone = Fit("alone.db", "--method", "search", "--json");
        Assert.Equal(0, alone.Code);
        Assert.Equal(1, Fit("ranks.db", "--method", "search", "--evaluations", "2").Code);
        (int code, string output, string error) = Mpi.Run(work, 2, "fit", work.Path("f.ini"), "--out", work.Path("ranks.db"), "--method", "search", "--json");
        Assert.True(code == 0, error);
        Assert.Equal(alone.Out, output);
        Assert.Equal(SearchLog("alone.db"), SearchLog("ranks.db"));
    }

    /// <summary>kill -9 of a rank, which is not the first, in the middle: mpirun says so and ends the run at once, and the chain goes on as if it had not been.</summary>
    [MpiFact]
    public void A_killed_rank_ends_the_run_and_leaves_a_whole_chain()
    {
        int Steps() => CommandRun.Of("", "chain", "info", work.Path("killed.db"), "--json") is { Code: 0 } info ? JsonDocument.Parse(info.Out).RootElement.GetProperty("steps").GetInt32() : 0;
        using Process run = Mpi.Start(work, 3, "fit", work.Path("f.ini"), "--out", work.Path("killed.db"), "--steps", "100000");
        Task<string> error = run.StandardError.ReadToEndAsync();
        Assert.True(SpinWait.SpinUntil(() => { Thread.Sleep(100); return run.HasExited || (File.Exists(work.Path("killed.db")) && Steps() > 0); }, 120_000));
        Assert.False(run.HasExited);
        using Process rank = Mpi.Rank(work, 2);
        rank.Kill();
        Assert.True(run.WaitForExit(60_000));
        Assert.NotEqual(0, run.ExitCode);
        Assert.Single(error.Result.Split('\n'), l => l.Contains("rank 2", StringComparison.Ordinal));
        Assert.DoesNotContain("unexpected", error.Result, StringComparison.Ordinal);

        string steps = (Steps() + 4).ToString(CultureInfo.InvariantCulture);
        Assert.Equal(0, Fit("whole.db", "--steps", steps).Code);
        Assert.Equal(0, Fit("killed.db", "--steps", steps).Code);
        Assert.Equal(Csv("whole.db"), Csv("killed.db"));
    }

    /// <summary>Started as one of two ranks, but without the shim: the first works alone and says so, the other leaves.</summary>
    [Fact]
    public void Without_mpi_rank_0_works_alone_and_says_so()
    {
        foreach ((string rank, int code, string[] expected) in new[] { ("0", 0, (string[])["warning: started as one of 2 ranks, but rank 0 works alone", "there is no"]), ("1", 0, []) })
        {
            using Process process = Start(s =>
            {
                s.Environment["PMI_RANK"] = rank;
                s.Environment["PMI_SIZE"] = "2";
                s.Environment["OORT_MPI"] = work.Path("missing.so");
            }, "fit", work.Path("f.ini"), "--out", work.Path($"rank{rank}.db"), "--steps", "1");
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.Equal(code, process.ExitCode);
            Assert.All(expected, e => Assert.Contains(e, error));
        }

        Assert.Equal(13, Csv("rank0.db").Length);
        Assert.False(File.Exists(work.Path("rank1.db")));
    }

    /// <summary>A batch script of two ranks. Time goes faster in it.</summary>
    private ProcessStartInfo RankedJob()
    {
        work.File("shim.so", "");
        string script = work.Path("job.sh");
        using Process written = Start(s => s.Environment["OORT_MPI"] = work.Path("shim.so"), "fit", work.Path("f.ini"), "--out", work.Path("run.db"), "--slurm", script, "--ranks", "2");
        written.WaitForExit();
        Assert.Contains("launch=(srun ", File.ReadAllText(script));
        Program("scancel", $"#!/bin/sh\necho \"$@\" >>'{work.Path("told")}'\nkill -TERM $(cat '{work.Path("pid")}')\n");
        Program("sleep", "#!/bin/sh\nPATH=${PATH#*:}\nexec sleep \"$(awk \"BEGIN { print $1 / 50 }\")\"\n");
        return Job(script);
    }

    /// <summary>Runs a batch script with such an srun.</summary>
    /// <returns>Exit code, standard error, and what Slurm was told.</returns>
    private (int Code, string Error, string[] Told) Run(ProcessStartInfo start, string srun)
    {
        File.Delete(work.Path("told"));
        Program("srun", $"#!/bin/bash\necho srun >>'{work.Path("told")}'\necho $$ >'{work.Path("pid")}'\n{srun}\n");
        using Process job = Process.Start(start)!;
        string error = job.StandardError.ReadToEnd();
        job.WaitForExit();
        return (job.ExitCode, error, File.ReadAllLines(work.Path("told")));
    }

    /// <summary>A batch script, started by bash with a scontrol that writes down what it is told.</summary>
    private ProcessStartInfo Job(string script)
    {
        Program("scontrol", $"#!/bin/sh\necho \"$@\" >>'{work.Path("told")}'\n");
        ProcessStartInfo start = new("bash", script) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{work.Root}:{start.Environment["PATH"]}";
        start.Environment["SLURM_JOB_ID"] = "77";
        return start;
    }

    private void Program(string name, string text)
    {
        work.File(name, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(work.Path(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private CommandRun Fit(string name, params string[] more) => CommandRun.Of("", ["fit", work.Path("f.ini"), "--out", work.Path(name), .. more]);

    private string[] Csv(string name)
    {
        CommandRun run = CommandRun.Of("", "chain", "export", work.Path(name));
        Assert.Equal((0, ""), (run.Code, run.Error));
        return run.OutLines;
    }

    /// <summary>All that the log of a search says but the time that models took.</summary>
    private string[] SearchLog(string name)
    {
        using Microsoft.Data.Sqlite.SqliteConnection connection = new($"Data Source={work.Path(name)};Mode=ReadOnly;Pooling=False");
        connection.Open();
        List<string> rows = [];
        foreach (string query in (string[])["SELECT number, stage, hex(chi2), failure FROM evaluation ORDER BY number", "SELECT evaluation, parameter, hex(value) FROM position ORDER BY 1, 2",
            "SELECT evaluation, hex(value) FROM residual ORDER BY 1", "SELECT * FROM part ORDER BY evaluation, rowid", "SELECT * FROM fit ORDER BY name"])
        {
            using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
            command.CommandText = query;
            using Microsoft.Data.Sqlite.SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
            }
        }

        return [.. rows];
    }

    /// <summary>The command as a process of its own.</summary>
    private static Process Start(Action<ProcessStartInfo> prepare, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "oort.dll"), .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        prepare(start);
        return Process.Start(start)!;
    }
}
