using Oort.Tests.Cli;
using Oort.Tests.Support;

namespace Oort.Report.Tests;

/// <summary>The page of models/bv23.ini, built and reported once for all tests.</summary>
public sealed class BuiltReport : IDisposable
{
    private readonly Workplace place = new();

    public BuiltReport()
    {
        Build = place.Path("bv23");
        Path = place.Path("report.html");
        Run("build", System.IO.Path.Combine(Repository.Root, "models", "bv23.ini"), "--out", Build);
        Messages = Run("report", Build, "--out", Path).Error;
        Html = File.ReadAllText(Path);
    }

    /// <summary>The build's directory.</summary>
    public string Build { get; }

    /// <summary>The page.</summary>
    public string Path { get; }

    /// <summary>Its text.</summary>
    public string Html { get; }

    /// <summary>What the command said.</summary>
    public string Messages { get; }

    public void Dispose() => place.Dispose();

    private static CommandRun Run(params string[] args)
    {
        CommandRun run = CommandRun.Of("", args);
        return run.Code == 0 ? run : throw new InvalidOperationException($"oort {string.Join(' ', args)}: exit {run.Code}: {run.Error}");
    }
}
