using System.Text.Json;
using Oort.Tables;
using Oort.Tests.Support;

namespace Oort.Tests.Cli;

public sealed class CompareCommandTests : IDisposable
{
    private const string Survey = """
        [Bins]
        R_minus_R0 = -1, 0, 1
        abs_z = 0, 0.2, 1
        [Histograms]
        VR = -200, 200, 20
        Vphi = -100, 400, 20
        [Selection]
        distance = 0, 1.5
        fraction = 1, 0.1
        [Errors]
        bins = 5
        farthest = 1.5
        distance = 0, 1.5
        parallax = 0.04, 0.04
        pmra = 0.06, 0.06
        pmdec = 0.06, 0.06
        radial_velocity = 1, 1
        """;

    private readonly Workplace work = new();

    private readonly string survey;

    public CompareCommandTests() => survey = work.File("survey.ini", Survey);

    public void Dispose() => work.Dispose();

    /// <summary>The loop: build, mock, reduce, compare. Stars drawn from a model are what it predicts; those of another are not.</summary>
    [Fact]
    public void Stars_drawn_from_a_build_agree_with_it_and_not_with_another()
    {
        string build = Build("model", SmallModel.Text);
        CommandRun mock = CommandRun.Of("", "mock", build, "--survey", survey, "--count", "20000", "--seed", "3", "--no-errors", "--out", work.Path("mock.csv"));
        Assert.True(mock.Code == 0, mock.Error);
        Assert.Equal(0, CommandRun.Of("", "reduce", work.Path("mock.csv"), "--survey", survey, "--out", work.Path("h.csv")).Code);
        JsonElement fit = Compare(build, "--at", "bin", "--out", work.Path("fit.ecsv"));
        int dof = fit.GetProperty("dof").GetInt32();
        Assert.InRange(dof, 60, 8 * 25);
        Assert.InRange(fit.GetProperty("reduced").GetDouble(), 1 - 4 * Math.Sqrt(2.0 / dof), 1 + 4 * Math.Sqrt(2.0 / dof));
        EcsvTable table = EcsvTable.Read(work.Path("fit.ecsv"));
        Assert.Equal(8, table["chi2"].Count);
        Assert.Equal(fit.GetProperty("chi2").GetDouble(), table["chi2"].Numbers.Sum(), 1e-9 * fit.GetProperty("chi2").GetDouble());
        Assert.Equal(table["mean"].Numbers[1], table["mean_model"].Numbers[1], 5 * table["sigma"].Numbers[1] / Math.Sqrt(table["stars"].Numbers[1]));

        // Twice the radial action: another velocity ellipsoid.
        string other = Build("other", SmallModel.Text.Replace("Jr0 = 20", "Jr0 = 40", StringComparison.Ordinal));
        JsonElement worse = Compare(other, "--at", "bin");
        Assert.True(worse.GetProperty("chi2").GetDouble() > 2 * fit.GetProperty("chi2").GetDouble());
        Assert.True(worse.GetProperty("lnL").GetDouble() < fit.GetProperty("lnL").GetDouble());

        CommandRun human = CommandRun.Of("", "compare", build, work.Path("h.csv"), "--survey", survey);
        Assert.Equal((0, 1 + 4 + 3), (human.Code, human.OutLines.Length));
        Assert.StartsWith("all : chi-squared ", human.OutLines[^1]);
    }

    [Fact]
    public void Histograms_of_another_survey_are_refused()
    {
        work.File("h.csv", "bin,quantity,lo,hi,count,p,err\n1,VR,0,1,5,1,0\n");
        CommandRun Compare(string bins) => CommandRun.Of("", "compare", work.Path("none"), work.Path("h.csv"), "--survey", survey, "--out", work.File("h_bins.csv", "bin,stars,R,z,mean_VR,sigma_VR\n" + bins) + "x");
        Compare("1,5,8.5,0.1,0,1\n").AssertRefused("the barycentre of bin 1, R = 8.5, z = 0.1 kpc, lies in bin 3 of");
        Compare("1,5,18.5,0.1,0,1\n").AssertRefused("lies outside all bins");
        Compare("7,5,8.5,0.1,0,1\n").AssertRefused("h.csv: there is");
        Compare("1,5,8.1,0.1,0,1\n").AssertRefused("h.csv: bin 1, VR: has 1 cells from 0 to 1;", "has 20 from -200 to 200; give the survey that oort reduce had");
        work.File("h.csv", "bin,quantity,lo,hi,count,p,err\n1,Vx,0,1,5,1,0\n");
        CommandRun.Of("", "compare", work.Path("none"), work.Path("h.csv"), "--survey", survey).AssertRefused("mean_Vx");
        Assert.Equal(["h.csv", "h_bins.csv", "survey.ini"], work.Names);
    }

    [Fact]
    public void What_is_no_table_of_histograms_is_named()
    {
        CommandRun.Of("", "compare", work.Path("none"), work.File("stars.csv", "ra,dec\n1,1\n"), "--survey", survey).AssertRefused("stars.csv: no column quantity");
        CommandRun.Of("", "compare", work.Path("none"), work.File("h.csv", "bin,quantity,lo,hi,count,p,err\n1,VR,0,1,5,1,0\n"), "--survey", survey)
            .AssertRefused("h.csv: the table of its bins, ", "h_bins.csv, is not there");
    }

    private string Build(string name, string model)
    {
        CommandRun.Of("", "build", work.File(name + ".ini", model), "--out", work.Path(name), "--max-iterations", "1");
        return work.Path(name);
    }

    private JsonElement Compare(string build, params string[] more)
    {
        CommandRun run = CommandRun.Of("", ["compare", build, work.Path("h.csv"), "--survey", survey, "--json", .. more]);
        Assert.True(run.Code == 0, run.Error);
        return JsonDocument.Parse(run.Out).RootElement.GetProperty("total");
    }
}
