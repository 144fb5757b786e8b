using Oort.Cli;

namespace Oort.Tests.Cli;

/// <summary>What a run of the command left: exit code, standard output and error.</summary>
public sealed record CommandRun(int Code, string Out, string Error)
{
    public string[] OutLines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs oort in this process.</summary>
    public static CommandRun Of(string input, params string[] args)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        using Streams streams = new() { In = () => new StringReader(input), Out = output, Error = error };
        int code = CommandLine.RunAsync(args, streams).GetAwaiter().GetResult();
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs oort in this process, as part of a set-up: it must not fail.</summary>
    public static CommandRun Done(params string[] args)
    {
        CommandRun run = Of("", args);
        return run.Code == 0 ? run : throw new InvalidOperationException($"oort {string.Join(' ', args)}: exit {run.Code}: {run.Error}");
    }

    /// <summary>Asserts that it was refused: exit 2, nothing on standard output, one line on standard error that says this.</summary>
    public void AssertRefused(params string[] parts)
    {
        Assert.True(Code == 2, $"exit {Code}: {Error}");
        Assert.Equal("", Out);
        Assert.Equal(1, Error.Count(c => c == '\n'));
        Assert.StartsWith("oort: ", Error);
        foreach (string part in parts)
        {
            Assert.Contains(part, Error, StringComparison.Ordinal);
        }
    }
}

/// <summary>A directory for a test's files, deleted afterwards.</summary>
public sealed class Workplace : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("oort-cli").FullName;

    public string Path(string name) => System.IO.Path.Combine(Root, name);

    public string File(string name, string text)
    {
        System.IO.File.WriteAllText(Path(name), text);
        return Path(name);
    }

    public string[] Names => [.. Directory.EnumerateFileSystemEntries(Root).Select(f => System.IO.Path.GetFileName(f)!).Order()];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
