using System.Text;
using Oort.Cli;
using Oort.Surveys;
using Oort.Tables;
using Oort.Tests.Support;

namespace Oort.Tests.Cli;

public sealed class MockCommandTests : IDisposable
{
    private readonly Workplace work = new();

    private readonly string build;

    // Fewer bins and cells than BV23's, which take seconds.
    private readonly string survey;

    public MockCommandTests()
    {
        build = SmallModel.Unsolved(work);
        survey = work.File("survey.ini", Text);
    }

    private const string Text = """
        [Bins]
        R_minus_R0 = -1, 0, 1
        abs_z = 0, 0.3, 1
        [Histograms]
        Vphi = 100, 300, 20
        [Cuts]
        parallax_over_error = 5
        [Selection]
        distance = 0, 2
        fraction = 1, 0.2
        [Errors]
        distance = 0, 3
        parallax = 0.04, 0.05
        pmra = 0.06, 0.06
        pmdec = 0.06, 0.06
        radial_velocity = 1, 2

        """;

    public void Dispose() => work.Dispose();

    [Fact]
    public void A_mock_is_reduced_and_its_prediction_has_the_same_bins()
    {
        string catalogue = work.Path("mock.csv.gz"), histograms = work.Path("hist.csv"), prediction = work.Path("pred");
        Assert.Equal(0, CommandRun.Of("", "mock", build, "--survey", survey, "--count", "4e3", "--seed", "3", "--no-errors", "--out", catalogue).Code);
        Assert.Equal(0, CommandRun.Of("", "reduce", catalogue, "--survey", survey, "--out", histograms).Code);
        CommandRun run = CommandRun.Of("", "predict", build, "--survey", survey, "--count", "4000", "--out", prediction);
        Assert.Equal((0, "", ""), (run.Code, run.Out, run.Error));
        HistogramSet found = HistogramSet.Read(histograms), expected = HistogramSet.Read(Path.Combine(prediction, "histograms.csv"));
        Assert.Equal(["histograms.csv", "histograms_bins.csv", "moments.ecsv"], Directory.GetFiles(prediction).Select(f => Path.GetFileName(f)).Order());
        Assert.Equal(4, expected.Bins.Count);
        for (int b = 0; b < 4; b++)
        {
            Assert.Equal(expected.Bins[b].Stars, found.Bins[b].Stars, 5 * Math.Sqrt(expected.Bins[b].Stars));
            Assert.Equal(expected.Bins[b].Moments[0].Mean, found.Bins[b].Moments[0].Mean, 5 * expected.Bins[b].Moments[0].Dispersion / Math.Sqrt(found.Bins[b].Stars));
        }

        EcsvTable moments = EcsvTable.Read(Path.Combine(prediction, "moments.ecsv"));
        Assert.Equal(["all", "thin disk"], moments["component"].Text.Distinct());
        Assert.All(moments["share"].Numbers, s => Assert.Equal(1, s, 1e-12));
    }

    [Fact]
    public async Task Standard_output_gets_what_a_file_does()
    {
        using MemoryStream bytes = new();
        using StringWriter output = new(), error = new();
        using Streams streams = new() { In = () => TextReader.Null, Out = output, OutBytes = bytes, Error = error };
        Assert.Equal(0, await CommandLine.RunAsync(["mock", build, "--survey", survey, "--count", "500"], streams));
        Assert.Equal(0, CommandRun.Of("", "mock", build, "--survey", survey, "--count", "500", "--threads", "1", "--out", work.Path("mock.csv")).Code);
        Assert.Equal(await File.ReadAllTextAsync(work.Path("mock.csv")), Encoding.UTF8.GetString(bytes.ToArray()));
        Assert.Equal(501, (await File.ReadAllLinesAsync(work.Path("mock.csv"))).Length);
    }

    [Fact]
    public void One_component_at_the_barycentres()
    {
        string prediction = work.Path("pred");
        CommandRun run = CommandRun.Of("", "predict", build, "--survey", survey, "--at", "barycentre", "--component", "Thin Disk", "--out", prediction);
        Assert.Equal((0, ""), (run.Code, run.Error));
        HistogramSet histograms = HistogramSet.Read(Path.Combine(prediction, "histograms.csv"));
        Assert.All(histograms[1, "Vphi"].P, p => Assert.InRange(p, 0, 1));
        Assert.All(histograms[1, "Vphi"].Count, n => Assert.True(double.IsNaN(n)));
        Assert.Equal(["thin disk"], EcsvTable.Read(Path.Combine(prediction, "moments.ecsv"))["component"].Text.Distinct());
    }

    [Fact]
    public void What_is_missing_or_wrong_is_named()
    {
        string[] mock = ["mock", build, "--survey", survey, "--count", "100"];
        CommandRun.Of("", [.. mock, "--out", work.Path("mock.dat")]).AssertRefused("mock.dat", ".csv, .ecsv or .fits");
        CommandRun.Of("", "mock", build, "--survey", survey, "--count", "-3").AssertRefused("--count -3");
        string without = work.File("without.ini", Text[..Text.IndexOf("[Selection]", StringComparison.Ordinal)]);
        CommandRun.Of("", "mock", build, "--survey", without, "--count", "10").AssertRefused("without.ini", "[Selection]");
        string noErrors = work.File("exact.ini", Text[..Text.IndexOf("[Errors]", StringComparison.Ordinal)]);
        CommandRun.Of("", "mock", build, "--survey", noErrors, "--count", "10").AssertRefused("exact.ini", "[Errors]");
        string fewer = work.File("fewer.ini", Text.Replace("fraction = 1, 0.2", "fraction = 1", StringComparison.Ordinal));
        CommandRun.Of("", "predict", build, "--survey", fewer, "--out", work.Path("pred")).AssertRefused("fewer.ini", "fraction", "as many values");
        void Refused(string was, string now, string message) => CommandRun.Of("", "mock", build, "--survey", work.File("wrong.ini", Text.Replace(was, now, StringComparison.Ordinal)), "--count", "10").AssertRefused(message);
        Refused("fraction = 1, 0.2", "fraction = 1, -0.2", "[Selection] fraction = 1, -0.2: must be numbers not below 0");
        Refused("distance = 0, 2", "distance = 2, 0", "[Selection] distance = 2, 0: must be two numbers at least, ascending");
        Refused("pmra = 0.06, 0.06", "pmra = 0, 0", "[Errors] pmra = 0, 0: must be numbers not below 0, one of them at least above");
        string negative = work.File("negative.ini", Text.Replace("parallax = 0.04, 0.05", "parallax = 0.04, -0.05", StringComparison.Ordinal));
        CommandRun.Of("", "predict", build, "--survey", negative, "--out", work.Path("pred")).AssertRefused("negative.ini", "[Errors]");
        CommandRun.Of("", "predict", build, "--survey", survey, "--component", "halo", "--out", work.Path("pred")).AssertRefused("halo", "thin disk");
        Assert.DoesNotContain("pred", work.Names);
    }
}
