using Oort.Cli;

namespace Oort.Tests.Cli;

public class UsageTests
{
    private static readonly string[] Names =
    [
        "build", "potential", "actions", "orbit", "moments", "vdf", "sample", "chemistry", "report", "primordial-halo", "reduce", "compare", "fit", "chain", "mock", "predict", "completion",
    ];

    public static TheoryData<string> Commands { get; } = [.. Names];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_explains_and_shows_examples(string command)
    {
        CommandRun run = CommandRun.Of("", command, "--help");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("Usage:", run.Out);
        Assert.Contains("Examples:", run.Out);
        Assert.Contains($"oort {command} ", run.Out);
        Assert.True(run.Out.Split('\n').All(l => l.Length <= 160));
    }

    [Fact]
    public void Help_of_the_whole_names_every_command_and_where_to_start()
    {
        CommandRun run = CommandRun.Of("", "--help");
        Assert.Equal(0, run.Code);
        Assert.All(Names, c => Assert.Contains(c, run.Out));
        Assert.Contains("oort build models/bv23.ini --out bv23", run.Out);

        // A line each: the commands tell the rest.
        string[] lines = [.. run.Out.Split('\n').SkipWhile(l => l != "Commands:").Skip(1).TakeWhile(l => l.Length > 0)];
        Assert.Equal(Names.Length, lines.Length);
        Assert.All(lines, l => Assert.EndsWith(".", l, StringComparison.Ordinal));
        Assert.Contains(lines, l => l.EndsWith("  Reduces a catalogue of stars to velocity histograms in spatial bins.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_full_disk_is_told()
    {
        using StringWriter error = new();
        StreamWriter full = new(new FullDisk());
        using Streams streams = new() { In = () => new StringReader(""), Out = full, Error = error };
        Assert.Equal(2, await CommandLine.RunAsync(["completion", "bash"], streams));
        Assert.Equal("oort: the results cannot be written: No space left on device", error.ToString().Trim());
    }

    /// <summary>Refuses what is written; takes no notice when it is closed.</summary>
    private sealed class FullDisk : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device");

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => throw new IOException("No space left on device");

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("No space left on device");
    }

    [Fact]
    public void Version_is_a_number()
        => Assert.Matches(@"^\d+\.\d+\.\d+\n$", CommandRun.Of("", "--version").Out.ReplaceLineEndings("\n"));

    [Theory]
    [InlineData("a command is needed")]
    [InlineData("unknown command buidl; did you mean build?", "buidl")]
    [InlineData("build: unknown option --max-iteration; did you mean --max-iterations?", "build", "m.ini", "--out", "d", "--max-iteration", "3")]
    [InlineData("build: unknown option --tol", "build", "--tol", "3")]
    [InlineData("POINTS.csv is missing", "potential", "p.ini")]
    [InlineData("one argument too many: x", "potential", "p.ini", "-", "x")]
    [InlineData("--out", "build", "m.ini")]
    [InlineData("--tolerance -1e-3: must be from 1e-9", "build", "m.ini", "--out", "d", "--tolerance", "-1e-3")]
    [InlineData("--tolerance nan: must be", "build", "m.ini", "--out", "d", "--tolerance", "nan")]
    [InlineData("--max-iterations 0: must be an integer", "build", "m.ini", "--out", "d", "--max-iterations", "0")]
    [InlineData("--threads 0: must be an integer", "potential", "p.ini", "-", "--threads", "0")]
    [InlineData("--threads many: must be an integer", "potential", "p.ini", "-", "--threads", "many")]
    [InlineData("Option '--at' is required", "vdf", "d")]
    [InlineData("--at 8.27: must be R,z", "vdf", "d", "--at", "8.27")]
    [InlineData("--at 8,far: must be R,z", "vdf", "d", "--at", "8,far")]
    [InlineData("--at -8,0: must be R,z", "vdf", "d", "--at", "-8,0")]
    [InlineData("--step 0: must be", "vdf", "d", "--at", "8,0", "--step", "0")]
    [InlineData("tcsh", "completion", "tcsh")]
    public void Wrong_usage_is_one_line_with_a_hint(string part, params string[] args)
        => CommandRun.Of("", args).AssertRefused(part, "--help");

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void Completion_scripts_ask_the_command(string shell)
    {
        CommandRun run = CommandRun.Of("", "completion", shell);
        Assert.Equal(0, run.Code);
        Assert.Contains("[suggest:", run.Out);
    }

    [Fact]
    public void Suggestions_for_completion_are_commands_and_options()
    {
        Assert.Contains("potential", CommandRun.Of("", "[suggest:8]", "oort pot").Out);
        Assert.Contains("--max-iterations", CommandRun.Of("", "[suggest:15]", "oort build --ma").Out);
        Assert.Contains("gadget", CommandRun.Of("", "[suggest:24]", "oort sample d --format g").Out);
    }
}
