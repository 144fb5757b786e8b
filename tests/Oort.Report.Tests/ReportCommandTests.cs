using Oort.Tests.Cli;
using Oort.Tests.Support;

namespace Oort.Report.Tests;

/// <summary>The command <c>oort report</c>.</summary>
public sealed class ReportCommandTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public void Another_model_than_the_papers_is_drawn_with_what_it_has_and_what_is_missing_is_named()
    {
        string build = place.Path("small"), page = place.Path("report.html");
        CommandRun.Done("build", place.File("small.ini", SmallModel.Text), "--out", build);
        CommandRun run = CommandRun.Of("", "report", build, "--threads", "1", "--out", page);
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal("", run.Out);
        string html = File.ReadAllText(page);
        foreach (string there in new[] { "figure-1", "table-2", "figure-10", "figure-14", "figure-18" })
        {
            Assert.Contains($"<section id=\"{there}\"", html, StringComparison.Ordinal);
        }

        foreach (string absent in new[] { "figure-19", "table-5", "figure-20" })
        {
            Assert.DoesNotContain($"<section id=\"{absent}\"", html, StringComparison.Ordinal);
        }

        Assert.Contains("No histograms of stars were given", html, StringComparison.Ordinal);
        Assert.Contains("Thin disk", html, StringComparison.Ordinal);
        Assert.Contains("report: densities and velocities: ", run.Error, StringComparison.Ordinal);

        // Whatever the number of threads; and a folder in which there are no observations is as good as none, but it is said.
        Directory.CreateDirectory(place.Path("empty"));
        CommandRun again = CommandRun.Done("report", build, "--observations", place.Path("empty"), "--threads", "3", "--out", place.Path("again.html"));
        Assert.Contains($"report: {place.Path("empty")}: has no eilers2019_circular_velocity.txt: such points are left out\n", again.Error, StringComparison.Ordinal);
        Assert.Equal(html, File.ReadAllText(place.Path("again.html")));
    }

    [Fact]
    public void What_cannot_be_read_is_refused_before_the_work()
    {
        string build = place.Path("small");
        CommandRun.Done("build", place.File("small.ini", SmallModel.Text), "--out", build);
        CommandRun.Of("", "report", place.Path("nothing"), "--out", place.Path("report.html")).AssertRefused("no such directory");
        CommandRun.Of("", "report", build, "--data", place.Path("nothing.csv"), "--out", place.Path("report.html")).AssertRefused("nothing.csv");
        CommandRun.Of("", "report", build, "--observations", place.Path("nowhere"), "--out", place.Path("report.html")).AssertRefused("no such directory", "eilers2019_circular_velocity.txt");
        CommandRun.Of("", "report", build, "--chemistry", place.Path("nothing.ini"), "--out", place.Path("report.html")).AssertRefused("nothing.ini");
        CommandRun.Of("", "report", build, "--survey", place.Path("nothing.ini"), "--out", place.Path("report.html")).AssertRefused("nothing.ini");
        Assert.False(File.Exists(place.Path("report.html")));
    }
}
