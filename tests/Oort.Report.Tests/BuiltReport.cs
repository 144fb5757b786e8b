using Oort.Tests.Cli;
using Oort.Tests.Support;

namespace Oort.Report.Tests;

/// <summary>The page of models/bv23.ini with the histograms of a mock catalogue, built and reported once for all tests.</summary>
public sealed class BuiltReport : IDisposable
{
    private readonly Workplace place = new();

    public BuiltReport()
    {
        Build = place.Path("bv23");
        Path = place.Path("report.html");
        CommandRun.Done("build", System.IO.Path.Combine(Repository.Root, "models", "bv23.ini"), "--out", Build);
        string survey = System.IO.Path.Combine(Repository.Root, "surveys", "bv23.ini"), catalogue = place.Path("mock.csv"), histograms = place.Path("hist.ecsv");
        CommandRun.Done("mock", Build, "--survey", survey, "--count", "30000", "--seed", "1", "--out", catalogue);
        CommandRun.Done("reduce", catalogue, "--survey", survey, "--out", histograms);
        Messages = CommandRun.Done("report", Build, "--data", histograms, "--survey", survey, "--out", Path).Error;
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
}
