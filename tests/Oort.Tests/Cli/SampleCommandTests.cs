using System.Diagnostics;
using System.Text;
using Oort.Cli;
using Oort.Tables;
using Oort.Tests.Support;
using Oort.Tests.Tables;

namespace Oort.Tests.Cli;

public sealed class SampleCommandTests : IDisposable
{
    private const string Halo = "[Potential]\ntype=NFW\nmass=8e11\nscaleRadius=18\n";

    private readonly Workplace work = new();

    private readonly string build;

    public SampleCommandTests()
    {
        // Where a build is read from does not matter to the command; its potential here is a halo's.
        build = work.Path("model");
        Directory.CreateDirectory(build);
        work.File("model/model.ini", SmallModel.With("""
            type = NFW
            mass = 8e11
            scaleRadius = 18
            """, """
            type = Disk
            surfaceDensity = 1e7
            scaleRadius = 4
            scaleHeight = 0.1
            """).Replace("kind = dark", "kind = gas", StringComparison.Ordinal).Replace("halo", "gas disk", StringComparison.Ordinal));
        work.File("model/potential.ini", Halo);
    }

    public void Dispose() => work.Dispose();

    private static (int Code, byte[] Out, string Error) Run(params string[] args)
    {
        using MemoryStream bytes = new();
        using StringWriter output = new(), error = new() { NewLine = "\n" };
        using Streams streams = new() { In = () => TextReader.Null, Out = output, OutBytes = bytes, Error = error };
        int code = CommandLine.RunAsync(args, streams).GetAwaiter().GetResult();
        Assert.Equal("", output.ToString());
        return (code, bytes.ToArray(), error.ToString());
    }

    private static CsvTable Table(byte[] csv) => CsvTable.Read(new StringReader(Encoding.UTF8.GetString(csv)), "csv");

    [Fact]
    public void A_total_is_shared_by_mass_and_files_hold_what_standard_output_does()
    {
        (int code, byte[] csv, string error) = Run("sample", build, "--count", "3000", "--seed", "5", "--threads", "2");
        Assert.Equal((0, ""), (code, error));
        CsvTable table = Table(csv);
        Assert.Equal("x,y,z,vx,vy,vz,mass,component", table.Header);
        Assert.Equal(3000, table.RowCount);

        // The disc has 4e10 Msun, the gas 2 pi 1e7 4^2 = 1.005e9.
        double gas = 2 * Math.PI * 1e7 * 16, share = gas / (gas + 4e10);
        Assert.InRange(table.Text("component").Count(c => c == "gas disk"), 3000 * share - 1, 3000 * share + 1);
        Assert.Equal(gas + 4e10, table.Numbers("mass").Sum(), 1e-4 * (gas + 4e10));
        Assert.True(table.Numbers("mass").Max() < 1.02 * table.Numbers("mass").Min());

        Assert.Equal((0, ""), OutAndError(Run("sample", build, "--count", "3000", "--seed", "5", "--threads", "1", "--out", work.Path("s.csv"))));
        Assert.Equal(csv, File.ReadAllBytes(work.Path("s.csv")));
        Assert.Equal(csv, Run("sample", build, "--count", "3000", "--seed", "5", "--actions", "fudge").Out);
        Assert.Equal((0, ""), OutAndError(Run("sample", build, "--count", "3e3", "--seed", "6", "--out", work.Path("other.csv"))));
        Assert.NotEqual(csv, File.ReadAllBytes(work.Path("other.csv")));

        static (int Code, string Error) OutAndError((int Code, byte[] Out, string Error) run)
        {
            Assert.Empty(run.Out);
            return (run.Code, run.Error);
        }
    }

    [Fact]
    public void Counts_by_kind_and_component_and_the_formats_by_extension()
    {
        (int code, byte[] bytes, string error) = Run("sample", build, "--count", "stars=40", "--count", "Gas Disk=10", "--format", "nemo");
        Assert.Equal((0, ""), (code, error));
        using BinaryReader nemo = new(new MemoryStream(bytes));
        var items = NemoReader.Read(nemo);
        Assert.Equal([.. Enumerable.Repeat(0, 40), .. Enumerable.Repeat(1, 10)], items["SnapShot/Particles/Key"].Data.Cast<int>());
        Assert.Equal(1e9f, items["SnapShot/Particles/Mass"].Data.Cast<float>().First());
        Assert.StartsWith("oort sample model --count stars=40 --count \"Gas Disk=10\" --seed 1", Encoding.UTF8.GetString((byte[])items["History"].Data));

        Assert.Equal(0, Run("sample", build, "--count", "50", "--component", "thin disk", "--out", work.Path("s.gadget")).Code);
        using BinaryReader gadget = new(File.OpenRead(work.Path("s.gadget")));
        Assert.Equal([0, 0, 50, 0, 0, 0], GadgetReader.Ints(GadgetReader.Blocks(gadget)[0], 0, 6));
        Assert.Equal(0, Run("sample", build, "--count", "50", "--component", "thin disk", "--out", work.Path("s.FITS")).Code);
        Assert.StartsWith("SIMPLE  =                    T", File.ReadAllText(work.Path("s.FITS")));
        Assert.Equal(0, Run("sample", build, "--count", "50", "--component", "thin disk", "--format", "text", "--out", work.Path("s.fit")).Code);
        Assert.StartsWith("# oort sample model --count 50 --component \"thin disk\" --seed 1\n", File.ReadAllText(work.Path("s.fit")));
    }

    [Fact]
    public void Chemistry_adds_two_columns_to_the_same_particles()
    {
        string chemistry = work.File("chemistry.ini", "[Chemistry thin disk]\nx = 0.1\ngradient = -0.07\ny = 0.05\nsigmax = 0.1\nsigmay = 0.03\ntheta = 0\n");
        string[] sample = ["sample", build, "--count", "3000", "--seed", "5"];
        string[] plain = Encoding.UTF8.GetString(Run(sample).Out).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        (int code, byte[] csv, string error) = Run([.. sample, "--chemistry", chemistry, "--threads", "2"]);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(csv, Run([.. sample, "--chemistry", chemistry, "--threads", "1"]).Out);
        Assert.NotEqual(csv, Run("sample", build, "--count", "3000", "--seed", "6", "--chemistry", chemistry).Out);
        string[] rows = Encoding.UTF8.GetString(csv).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("x,y,z,vx,vy,vz,mass,component,fe_h,alpha_fe", rows[0]);
        Assert.All(plain.Zip(rows), pair => Assert.StartsWith(pair.First + ",", pair.Second, StringComparison.Ordinal));
        Assert.All(rows.Skip(1), row => Assert.Equal(row.Contains("gas disk"), row.EndsWith(",nan,nan", StringComparison.Ordinal)));

        // theta = 0: [Fe/H] is x, whose mean is that at the star's own x vy - y vx.
        CsvTable table = Table(csv);
        Assert.Equal(0, Run([.. sample, "--chemistry", chemistry, "--out", work.Path("s.fits")]).Code);
        double speed = Oort.Definitions.PotentialFile.Read(build).At(8.2, 0).PhiR * 8.2;
        double sun = 8.2 * Math.Sqrt(speed), slope = -0.07 / Math.Sqrt(speed);
        double[] x = table.Numbers("x"), y = table.Numbers("y"), vx = table.Numbers("vx"), vy = table.Numbers("vy"), feH = table.Numbers("fe_h"), alphaFe = table.Numbers("alpha_fe");
        int[] stars = [.. Enumerable.Range(0, table.RowCount).Where(i => !double.IsNaN(feH[i]))];
        double[] normal = [.. stars.Select(i => (feH[i] - 0.1 - slope * (x[i] * vy[i] - y[i] * vx[i] - sun)) / 0.1)];
        Assert.InRange(Statistics.KolmogorovSmirnov(normal, v => MathNet.Numerics.Distributions.Normal.CDF(0, 1, v)), 1e-3, 1);
        Assert.InRange(Statistics.KolmogorovSmirnov([.. stars.Select(i => alphaFe[i])], v => MathNet.Numerics.Distributions.Normal.CDF(0.05, 0.03, v)), 1e-3, 1);
    }

    [Fact]
    public void Chemistry_that_does_not_fit_is_refused()
    {
        string none = work.File("none.ini", "[Chemistry thick disk]\nx = 0\ngradient = 0\ny = 0\nsigmax = 0.1\nsigmay = 0.03\ntheta = 0\n");
        string[] sample = ["sample", build, "--count", "30", "--out", work.Path("s.csv"), "--chemistry"];
        CommandRun.Of("", [.. sample, none]).AssertRefused("none.ini: [Chemistry thick disk]: the model has no such component of stars", "did you mean thin disk?");
        CommandRun.Of("", [.. sample, work.Path("absent.ini")]).AssertRefused("absent.ini");
        CommandRun.Of("", [.. sample, none, "--format", "nemo"]).AssertRefused("the format nemo has no place for the columns fe_h, alpha_fe; csv, text and fits have");
        CommandRun.Of("", [.. sample, none, "--format", "gadget"]).AssertRefused("the format gadget has no place");
        Assert.False(File.Exists(work.Path("s.csv")));
    }

    [Theory]
    [InlineData("DIR is missing", "sample", "--count", "10")]
    [InlineData("Option '--count' is required", "sample", "d")]
    [InlineData("--count 0: must be a whole number from 1", "sample", "d", "--count", "0")]
    [InlineData("--count -5: must be a whole number", "sample", "d", "--count", "-5")]
    [InlineData("--count 1.5: must be a whole number", "sample", "d", "--count", "1.5")]
    [InlineData("--count 1e99: must be a whole number", "sample", "d", "--count", "1e99")]
    [InlineData("--count many: must be N or NAME=N", "sample", "d", "--count", "many")]
    [InlineData("--count stars=few: must be a whole number", "sample", "d", "--count", "stars=few")]
    [InlineData("--count =5: there is no name", "sample", "d", "--count", "=5")]
    [InlineData("--count 5: a total goes alone", "sample", "d", "--count", "stars=5", "--count", "5")]
    [InlineData("--seed -1: must be a whole number", "sample", "d", "--count", "5", "--seed", "-1")]
    [InlineData("--format fit: unknown format; did you mean fits?", "sample", "d", "--count", "5", "--format", "fit")]
    [InlineData("--actions fugde: unknown kind of actions; did you mean fudge?", "sample", "d", "--count", "5", "--actions", "fugde")]
    [InlineData("--threads 0: must be", "sample", "d", "--count", "5", "--threads", "0")]
    [InlineData("unknown option --cuont; did you mean --count?", "sample", "d", "--cuont", "5")]
    public void Wrong_usage_is_one_line_with_a_hint(string part, params string[] args)
        => CommandRun.Of("", args).AssertRefused(part, "--help");

    [Fact]
    public void What_the_model_lacks_is_refused_and_nothing_is_written()
    {
        string output = work.Path("s.csv");
        CommandRun Sample(string directory, params string[] more) => CommandRun.Of("", ["sample", directory, "--out", output, .. more]);
        Sample(work.Path("no"), "--count", "5").AssertRefused("no such directory; oort build writes one");
        Sample(build, "--count", "5", "--component", "thik disk").AssertRefused("--component thik disk: there is no such component; did you mean thin disk?");
        Sample(build, "--count", "thik disk=5").AssertRefused("there is no component or kind thik disk; did you mean thin disk?", "There are: stars, dark, gas, thin disk, gas disk");
        Sample(build, "--count", "dark=5").AssertRefused("--count dark=5: the model has no component of this kind");
        Sample(build, "--count", "stars=5", "--count", "thin disk=5").AssertRefused("another --count gives component 'thin disk' particles already");
        Sample(build, "--count", "stars=5", "--component", "thin disk").AssertRefused("with --component give the number alone: --count 5");
        Sample(build, "--count", "3e9", "--format", "nemo").AssertRefused("3000000000 particles are more than the 2147483647");
        CommandRun.Of("", "sample", build, "--count", "5", "--out", work.Root).AssertRefused("is a directory");
        work.File("model/model.ini", SmallModel.Text);
        Sample(build, "--count", "5").AssertRefused("mass");
        Sample(build, "--count", "5", "--component", "halo").AssertRefused("halo", "infinite");
        Assert.False(File.Exists(output));
    }

    /// <summary>Runs the command itself: who reads half of a pipe must not wait for three hundred million particles.</summary>
    [Fact]
    public async Task A_reader_that_leaves_ends_the_work()
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, [typeof(CommandLine).Assembly.Location, "sample", build, "--count", "gas=300000000", "--format", "nemo"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        byte[] first = new byte[2];
        await process.StandardOutput.BaseStream.ReadExactlyAsync(first);
        process.StandardOutput.Close();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            process.Kill();
        }

        Assert.Equal([0x92, 0x0b], first);
        Assert.Equal((141, ""), (process.ExitCode, await process.StandardError.ReadToEndAsync()));
    }

    [Fact]
    public async Task Bytes_are_not_sent_to_a_terminal()
    {
        using StringWriter error = new();
        using Streams streams = new() { In = () => TextReader.Null, Out = TextWriter.Null, Error = error, OutIsTerminal = true };
        Assert.Equal(2, await CommandLine.RunAsync(["sample", build, "--count", "5", "--format", "fits"], streams));
        Assert.StartsWith("oort: standard output is a terminal", error.ToString());
    }
}
