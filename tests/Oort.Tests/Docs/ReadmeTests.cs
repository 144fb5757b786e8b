using System.Text.RegularExpressions;
using Oort.Cli;
using Oort.Tests.Cli;
using Oort.Tests.Support;

namespace Oort.Tests.Docs;

public sealed partial class ReadmeTests : IDisposable
{
    private readonly Workplace work = new();

    private static string Readme { get; } = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    public void Dispose() => work.Dispose();

    [Fact]
    public void The_example_is_the_compiled_one()
    {
        string[] source = File.ReadAllLines(Path.Combine(Repository.Root, "tests", "Oort.Tests", "Docs", "ReadmeExample.cs"));
        string[] readme = [.. Markdown.Code("README.md", "csharp").Where(l => !l.StartsWith("#:", StringComparison.Ordinal))];
        int begin = Array.FindIndex(source, l => l.Trim() == "// README begins"), end = Array.FindIndex(source, l => l.Trim() == "// README ends");
        string[] usings = [.. source.TakeWhile(l => l.StartsWith("using ", StringComparison.Ordinal))];
        Assert.Equal([.. usings, "", .. source[(begin + 1)..end].Select(l => l.Length > 8 ? l[8..] : l)], readme);
    }

    [Fact]
    public void The_example_runs()
    {
        using StringWriter output = new() { NewLine = "\n" };
        ReadmeExample.Run([work.File("m.ini", SmallModel.Text)], output);
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Matches(@"^thin disk: 0\.\d+ Msun/pc\^3, sigma_z \d\d\.\d km/s, f\(v_z = 50\)/f\(0\) 0\.\d{3}$", lines[0]);
        Assert.StartsWith("halo: ", lines[1]);
        Match actions = Regex.Match(lines[2], @"^ActionTriple \{ Jr = ([\d.]+), Jz = ([\d.]+), Jphi = ([\d.]+) \}$");
        Assert.True(actions.Success, lines[2]);
        Assert.Equal(8.27 * 245, double.Parse(actions.Groups[3].Value, System.Globalization.CultureInfo.InvariantCulture), 1e-6);
    }

    /// <summary>Every command that README and docs show is understood: its name, its options.</summary>
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/conventions.md")]
    [InlineData("docs/python.md")]
    public void Commands_of_the_documents_exist(string document)
    {
        string[] known = [.. CommandLine.Create(new Streams { In = () => TextReader.Null, Out = TextWriter.Null, Error = TextWriter.Null }).Subcommands.Select(c => c.Name)];
        string text = File.ReadAllText(Path.Combine(Repository.Root, document));
        string[] used = [.. OortCommand().Matches(text).Select(m => m.Groups[1].Value)];
        Assert.NotEmpty(used);
        Assert.Empty(used.Except(known));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/architecture.md")]
    [InlineData("docs/contributing.md")]
    [InlineData("docs/conventions.md")]
    public void Links_lead_somewhere(string document)
    {
        string path = Path.Combine(Repository.Root, document);
        string[] links = [.. Link().Matches(File.ReadAllText(path)).Select(m => m.Groups[1].Value).Where(l => !l.Contains("://", StringComparison.Ordinal))];
        Assert.NotEmpty(links);
        Assert.DoesNotContain(links, l => !Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, l)));
    }

    [Fact]
    public void The_checks_run_the_test_command_that_the_README_gives()
    {
        Assert.Contains("\ndotnet test -c Release\n", Readme, StringComparison.Ordinal);
        Assert.Contains("\ndotnet test -c Release 2>&1", File.ReadAllText(Path.Combine(Repository.Root, ".ci", "run")), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?:^|[`\s|])(?:\./)?oort (?!\[)([a-z]+)\b(?= [A-Za-z./\[\-]|`)", RegexOptions.Multiline)]
    private static partial Regex OortCommand();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();
}
