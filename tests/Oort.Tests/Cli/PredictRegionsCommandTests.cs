using Oort.Surveys;
using Oort.Tables;
using Oort.Tests.Support;

namespace Oort.Tests.Cli;

public sealed class PredictRegionsCommandTests : IDisposable
{
    private const string Text = RegionsText.TwoRegions + """
        [Histograms]
        vlos = -200, 200, 20
        pmdec = -40, 40, 2

        """;

    private readonly Workplace work = new();

    private readonly string build, survey;

    public PredictRegionsCommandTests()
    {
        build = SmallModel.Unsolved(work);
        survey = work.File("survey.ini", Text);
    }

    public void Dispose() => work.Dispose();

    [Fact]
    public void Regions_are_predicted_either_way()
    {
        (EcsvTable integrals, HistogramSet expected) = Predict("integrate");
        (EcsvTable stars, HistogramSet drawn) = Predict("sample", "--method", "sample", "--count", "2e4");
        Assert.Equal(["region", "quantity", "mean", "std", "p05", "p50", "p95"], integrals.Columns.Select(c => c.Name));
        Assert.Equal(["vlos", "pmdec", "vlos", "pmdec"], integrals["quantity"].Text);
        Assert.Equal([1, 1, 2, 2], integrals["region"].Numbers);
        foreach (string column in (string[])["mean", "p05", "p50", "p95"])
        {
            for (int i = 0; i < 4; i++)
            {
                Assert.Equal(integrals[column].Numbers[i], stars[column].Numbers[i], 0.06 * integrals["std"].Numbers[i]);
            }
        }

        Assert.All(expected.Histograms, h => Assert.All(h.Count, n => Assert.True(double.IsNaN(n))));
        Assert.All(drawn.Bins, b => Assert.InRange(b.Stars, 10_000, 20_000));
        Assert.Equal(expected[2, "vlos"].P[10], drawn[2, "vlos"].P[10], 6 * drawn[2, "vlos"].Error[10]);
    }

    [Fact]
    public void Integrals_can_be_finer()
    {
        HistogramSet usual = Predict("usual").Histograms, finer = Predict("finer", "--accuracy", "high").Histograms;
        foreach ((Histogram a, Histogram b) in usual.Histograms.Zip(finer.Histograms))
        {
            double most = b.P.Max();
            Assert.All(a.P.Zip(b.P), p => Assert.InRange((p.First - p.Second) / most, -2e-3, 2e-3));
            Assert.NotEqual(a.P, b.P);
        }
    }

    [Fact]
    public void The_Sun_can_be_another()
    {
        // Towards the anticentre W is the mean of no line-of-sight velocity, but of one at the pole.
        double usual = Predict("usual").Moments["mean"].Numbers[2], other = Predict("other", "--sun", "W=17", "--sun", "V=100", "--component", "thin disk").Moments["mean"].Numbers[2];
        Assert.Equal(-10, other - usual, 0.7);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Run("--at", "bin").AssertRefused("--at", "regions of the sky");
        Run("--errors", "once").AssertRefused("[Errors]", "--errors once");
        Run("--sun", "Q=3").AssertRefused("--sun Q=3", "R0, z, U, V, W");
        Run("--component", "spleen").AssertRefused("--component spleen");
        string bins = work.File("bins.ini", "[Bins]\nR_minus_R0 = -1, 1\nabs_z = 0, 1\n[Histograms]\nVR = -100, 100, 20\n[Selection]\ndistance = 0, 2\nfraction = 1, 1\n");
        CommandRun.Of("", "predict", build, "--survey", bins, "--method", "sample", "--out", work.Path("no")).AssertRefused("--method", "regions of the sky");
        CommandRun.Of("", "predict", build, "--survey", bins, "--accuracy", "high", "--out", work.Path("no")).AssertRefused("--accuracy", "regions of the sky");
        Run("--accuracy", "hihg").AssertRefused("--accuracy hihg", "did you mean high?");
        Run("--count", "1e4").AssertRefused("--count is for --method sample");
        Run("--seed", "3").AssertRefused("--seed is for --method sample");
        Run("--method", "sample", "--accuracy", "high").AssertRefused("--accuracy is for --method integrate");
        Run("--sun", "z=20").AssertRefused("Sun: z = 20", "smaller than R0");
        Run("--sun", "R0=-3").AssertRefused("Sun: R0 = -3", "> 0 (kpc)");
        Assert.False(Directory.Exists(work.Path("no")));
        Assert.False(Directory.Exists(work.Path("out")));
    }

    [Theory]
    [InlineData("[Selection]\ndistance = 0, 1\nfraction = 1, 1\n", "region 1, 1 to 3 kpc: [Selection] sees no star there")]
    [InlineData("[Selection]\ndistance = 0, 1.2, 1.5, 4\nfraction = 0, 0, 1, 1\n", null)]
    [InlineData("[Selection]\ndistance = 0, 0.2, 1.5, 3, 4\nfraction = 1, 1, 0, 0, 1\n", null)]
    [InlineData("[Selection]\ndistance = 0, 0.2, 0.9, 3, 4\nfraction = 1, 1, 0, 0, 1\n", "region 1, 1 to 3 kpc: [Selection] sees no star there")]
    public void Regions_of_which_nothing_is_seen_are_named(string selection, string? message)
    {
        File.AppendAllText(survey, selection);
        foreach (string[] method in (string[][])[[], ["--method", "sample", "--count", "1e3"]])
        {
            CommandRun run = Run(method);
            if (message is null)
            {
                Assert.Equal((0, ""), (run.Code, run.Error));
            }
            else
            {
                run.AssertRefused(message);
            }
        }
    }

    [Fact]
    public void Limits_that_no_star_meets_are_named()
    {
        // Limits hold where all three velocities are measured.
        work.File("survey.ini", Text.Replace("Vphi = > 100, < 350", "Vphi = > 3000, < 3500", StringComparison.Ordinal) + "pmra = -40, 40, 2\n");
        Run().AssertRefused("Vphi", "3000 to 3500 km/s", "the escape speed");
        Run("--method", "sample", "--count", "1e3").AssertRefused("region 1", "none of the 1000 stars drawn is within the limits");
    }

    private CommandRun Run(params string[] more) => CommandRun.Of("", ["predict", build, "--survey", survey, "--out", work.Path("out"), .. more]);

    private (EcsvTable Moments, HistogramSet Histograms) Predict(string name, params string[] more)
    {
        string directory = work.Path(name);
        CommandRun run = CommandRun.Of("", ["predict", build, "--survey", survey, "--out", directory, .. more]);
        Assert.Equal((0, "", ""), (run.Code, run.Out, run.Error));
        return (EcsvTable.Read(Path.Combine(directory, "moments.ecsv")), HistogramSet.Read(Path.Combine(directory, "histograms.csv")));
    }
}
