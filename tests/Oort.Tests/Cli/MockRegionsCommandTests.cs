using System.Text.Json;
using Oort.Surveys;
using Oort.Tests.Support;

namespace Oort.Tests.Cli;

/// <summary>mock, reduce and compare with a survey of regions of the sky.</summary>
public sealed class MockRegionsCommandTests : IDisposable
{
    private const string Text = RegionsText.TwoRegions + """
        [Columns]
        radial_velocity = v_los, rv
        [Corrections]
        radial_velocity = 5.7
        distance_ratio = 0.86
        [Histograms]
        vlos = -200, 200, 20
        pmra = -40, 40, 2
        pmdec = -40, 40, 2
        [Errors]
        bins = 30
        distance = 0, 3
        radial_velocity = 5, 5
        pmra = 0.02, 0.04
        pmdec = 0.02, 0.04
        distance_error = 0.15, 0.15
        [Mock]
        stars = 6000, 0

        """;

    private readonly Workplace work = new();

    private readonly string build, survey;

    public MockRegionsCommandTests()
    {
        build = SmallModel.Unsolved(work);
        survey = work.File("survey.ini", Text);
    }

    public void Dispose() => work.Dispose();

    [Fact]
    public void Stars_of_the_file_or_of_the_option_are_reduced_and_agree_with_their_model()
    {
        string catalogue = work.Path("mock.csv.gz"), histograms = work.Path("h.csv");
        Assert.Equal((0, "", ""), Result(CommandRun.Of("", "mock", build, "--survey", survey, "--out", catalogue)));
        Assert.Equal(0, CommandRun.Of("", "reduce", catalogue, "--survey", survey, "--out", histograms).Code);
        Assert.Equal([6000, 0], HistogramSet.Read(histograms).Bins.Select(b => b.Stars));
        double reduced = Reduced();
        Assert.InRange(reduced, 0.5, 1.6);
        Assert.True(Reduced("--errors", "none") > reduced + 1);
        Assert.Equal(reduced, Reduced("--accuracy", "high"), 0.02);
        CommandRun human = CommandRun.Of("", "compare", build, histograms, "--survey", survey);
        Assert.Contains("     1  170 to 190  -10 to  10   1 to 3   near          6000", human.Out, StringComparison.Ordinal);

        string one = work.Path("one.csv"), same = work.Path("same.csv");
        Assert.Equal(0, CommandRun.Of("", "mock", build, "--survey", survey, "--count", "40", "--component", "Thin Disk", "--seed", "3", "--threads", "1", "--out", one).Code);
        Assert.Equal(0, CommandRun.Of("", "mock", build, "--survey", survey, "--count", "40", "--seed", "3", "--out", same).Code);
        string[] lines = File.ReadAllLines(one);
        Assert.Equal(81, lines.Length);
        Assert.Equal("source_id,region,ra,dec,distance,distance_error,v_los,radial_velocity_error,pmra,pmra_error,pmdec,pmdec_error,component", lines[0]);
        Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(same));

        double Reduced(params string[] more)
        {
            CommandRun run = CommandRun.Of("", ["compare", build, histograms, "--survey", survey, "--json", .. more]);
            Assert.True(run.Code == 0, run.Error);
            return JsonDocument.Parse(run.Out).RootElement.GetProperty("total").GetProperty("reduced").GetDouble();
        }

        static (int, string, string) Result(CommandRun run) => (run.Code, run.Out, run.Error);
    }

    [Fact]
    public void What_is_missing_or_wrong_is_named()
    {
        Mock().AssertRefused("mock.dat", ".csv, .ecsv or .fits");
        Mock("--chemistry", "x.ini", "--out", "-").AssertRefused("--chemistry", "regions of the sky");
        Mock("--component", "spleen", "--out", "-").AssertRefused("--component spleen");
        Mock("--count", "1.5", "--out", "-").AssertRefused("--count 1.5");
        Refused("stars = 6000, 0", "stars = 6000", "[Mock] stars = 6000: must be 2 whole numbers");
        Refused("stars = 6000, 0", "stars = 6000, -1", "[Mock] stars = 6000, -1: must be 2 whole numbers");
        Refused("[Mock]\nstars = 6000, 0", "", "--count is missing", "[Mock]");
        Refused("[Mock]", "[Moch]", "did you mean Mock?");
        Refused(Text[Text.IndexOf("[Errors]", StringComparison.Ordinal)..Text.IndexOf("[Mock]", StringComparison.Ordinal)], "", "[Errors]");
        Refused("pmra = 0.02, 0.04", "", "[Errors]", "pmra");
        Refused("distance_error = 0.15, 0.15", "distance_error = 0.15", "distance_error", "as many values");
        Refused("Vphi = > 100, < 350", "Vphi = > 800, < 850", "region 1", "hardly any star");
        CommandRun.Of("", "compare", build, "h.csv", "--survey", survey, "--at", "bin").AssertRefused("--at", "regions of the sky");

        CommandRun Mock(params string[] more) => CommandRun.Of("", ["mock", build, "--survey", survey, .. more.Contains("--out") ? more : [.. more, "--out", work.Path("mock.dat")]]);

        void Refused(string was, string now, params string[] message)
        {
            string wrong = work.File("wrong.ini", Text.Replace("\r", "", StringComparison.Ordinal).Replace(was, now, StringComparison.Ordinal));
            CommandRun.Of("", "mock", build, "--survey", wrong, "--out", work.Path("m.csv")).AssertRefused(message);
        }
    }
}
