using System.Text.Json;
using Oort.Surveys;
using Oort.Tests.Support;

namespace Oort.Tests.Cli;

public sealed class ReduceCommandTests : IDisposable
{
    // The Sun's neighbours: at rest beside it, or moving along with what its motion is.
    private const string Stars = "ra,dec,parallax,parallax_error,pmra,pmdec,radial_velocity\n100,20,10,0.1,0,0,0\n200,-30,8,0.1,0,0,0\n10,5,8,2,0,0,0\n10,5,8,0.1,0,0,\n";

    private static readonly string Survey = Path.Combine(Repository.Root, "surveys", "bv23.ini");

    private readonly Workplace work = new();

    public void Dispose() => work.Dispose();

    [Fact]
    public void A_catalogue_becomes_histograms_bins_a_table_and_counts_of_what_was_not_used()
    {
        CommandRun run = CommandRun.Of("", "reduce", work.File("gaia.csv", Stars), "--survey", Survey, "--out", work.Path("hist.ecsv"));
        Assert.Equal(0, run.Code);
        Assert.Equal(36, run.OutLines.Length);
        Assert.EndsWith("0      -      -        -      -        -      -        -      -", run.OutLines[1], StringComparison.Ordinal);
        Assert.Contains("gaia.csv: there are no distances: they are 1/parallax", run.Error, StringComparison.Ordinal);
        Assert.Contains("4 rows, 2 stars in the bins; not used:", run.Error, StringComparison.Ordinal);
        Assert.Matches("(?m)^ +1  no radial_velocity$", run.Error);
        Assert.Matches("(?m)^ +1  parallax_over_error not above 5$", run.Error);
        HistogramSet set = HistogramSet.Read(work.Path("hist.ecsv"));
        Assert.Equal(["hist.ecsv", "hist_bins.ecsv", "gaia.csv"], work.Names.OrderBy(n => n[0] == 'g').ThenBy(n => n.Length));

        // Bin 15 is the Sun's; these stars move as it does: outwards -11.1, upwards 7.47, forwards 250 km/s, but for the curvature of 0.1 kpc.
        HistogramBin bin = set.Bins[14];
        Assert.Equal((15, 2), (bin.Bin, bin.Stars));
        Assert.Equal(-11.1, bin.Moments[0].Mean, 2.0);
        Assert.Equal(7.47, bin.Moments[1].Mean, 1e-5);
        Assert.Equal(250, bin.Moments[2].Mean, 0.2);
        Assert.Equal(2, set[15, "Vz"].Count[(int)((7.47 + 200) / 5)]);
    }

    [Fact]
    public void The_summary_as_JSON_has_everything()
    {
        CommandRun run = CommandRun.Of("", "reduce", work.File("gaia.csv", Stars), "--survey", Survey, "--out", work.Path("hist.csv"), "--json", "--threads", "1");
        Assert.Equal(0, run.Code);
        JsonElement json = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal((4, 2), (json.GetProperty("rows").GetInt64(), json.GetProperty("used").GetInt64()));
        Assert.Equal(1, json.GetProperty("rejected").GetProperty("no radial_velocity").GetInt64());
        Assert.Equal(0, json.GetProperty("outside_edges").GetProperty("VR").GetInt64());
        Assert.Equal(35, json.GetProperty("bins").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("bins")[0].GetProperty("R").ValueKind);
        Assert.Equal(7.47, json.GetProperty("bins")[14].GetProperty("Vz").GetProperty("mean").GetDouble(), 1e-5);
        Assert.StartsWith("bin,quantity,lo,hi,count,p,err\n1,VR,-300,-295,0,nan,nan\n", File.ReadAllText(work.Path("hist.csv")));
        Assert.StartsWith("bin,stars,R,z,mean_VR,sigma_VR,mean_Vz,sigma_Vz,mean_Vphi,sigma_Vphi\n1,0,nan,", File.ReadAllText(work.Path("hist_bins.csv")));
    }

    [Fact]
    public void Stars_in_regions_of_the_sky_are_told_by_region()
    {
        // Two giants towards the anticentre, at 1 and 3.5 kpc, that stand still as seen from here: too slow for the disc but for the Sun's own motion.
        string stars = work.File("giants.csv", "ra,dec,d_carlin,pmra,pmdec,rv,rv_err,teff,logg,feh\n86,29,0.86,0,0,20,5,4800,2,0\n86,29,3.01,0,0,-5.7,5,4800,2,0\n86,29,3.01,0,0,-5.7,5,4800,2,-2\n");
        string survey = Path.Combine(Repository.Root, "surveys", "sun25.ini");
        CommandRun run = CommandRun.Of("", "reduce", stars, "--survey", survey, "--out", work.Path("h.ecsv"));
        Assert.Equal(0, run.Code);
        Assert.Equal(31, run.OutLines.Length);
        Assert.All(run.OutLines, l => Assert.Equal(run.OutLines[0].Length, l.Length));
        Assert.StartsWith("region ", run.OutLines[0], StringComparison.Ordinal);
        Assert.Contains("    21  170 to 190  -10 to  10   3 to 4   out              1 11.6", run.OutLines[21], StringComparison.Ordinal);
        Assert.Contains("there is no column for ruwe: the cut ruwe <= 1.4 is not applied", run.Error, StringComparison.Ordinal);
        Assert.Matches("(?m)^ +1  feh not > -1$", run.Error);

        run = CommandRun.Of("", "reduce", stars, "--survey", survey, "--out", work.Path("h.csv"), "--json");
        JsonElement bin = JsonDocument.Parse(run.Out).RootElement.GetProperty("bins")[20];
        Assert.Equal((170, 190, 3, "out", 1), (bin.GetProperty("l_first").GetDouble(), bin.GetProperty("l_last").GetDouble(), bin.GetProperty("nearest").GetDouble(), bin.GetProperty("group").GetString(), bin.GetProperty("stars").GetInt32()));
        Assert.Equal(0, bin.GetProperty("vlos").GetProperty("median").GetDouble(), 1e-9);
        Assert.Equal(5, bin.GetProperty("vlos").GetProperty("median_error").GetDouble(), 1e-6);
        Assert.StartsWith("bin,stars,R,z,mean_vlos,sigma_vlos,median_vlos,median_err_vlos,mean_pmra,", File.ReadAllText(work.Path("h_bins.csv")));
    }

    [Fact]
    public void Wrong_input_is_one_line_and_leaves_no_file()
    {
        string output = work.Path("h.csv");
        CommandRun.Of("", "reduce", work.Path("none.csv"), "--survey", Survey, "--out", output).AssertRefused("none.csv: no such file");
        CommandRun.Of("", "reduce", work.File("e.csv", ""), "--survey", Survey, "--out", output).AssertRefused("e.csv: is empty");
        CommandRun.Of("", "reduce", work.File("m.csv", "ra,dec\n1,2\n"), "--survey", Survey, "--out", output).AssertRefused("no column for pmra, pmdec, radial_velocity, distance or parallax");
        CommandRun.Of("", "reduce", work.File("s.csv", Stars), "--survey", work.File("s.ini", "[Bin]\n"), "--out", output).AssertRefused("s.ini:1: [Bin]: unknown section; did you mean Bins?");
        CommandRun.Of("", "reduce", work.Path("s.csv"), "--survey", Survey, "--out", work.Path("no/h.csv")).AssertRefused("there is no directory");
        CommandRun.Of("", "reduce", work.Path("s.csv"), "--out", output).AssertRefused("--survey");
        CommandRun.Of("", "reduce", work.Path("s.csv"), "--survey", Survey).AssertRefused("--out");
        CommandRun.Of("", "reduce", work.Path("s.csv"), "--survey", Survey, "--out", work.Path("./s.csv")).AssertRefused("--out", "s.csv: is read by the same command and would be lost");
        Assert.Equal(Stars, File.ReadAllText(work.Path("s.csv")));
        CommandRun.Of("", "reduce", work.Path("s.csv"), "--survey", work.Path("s.ini"), "--out", work.Path("s.ini")).AssertRefused("--out", "s.ini: is read by the same command and would be lost");
        Assert.Equal(["e.csv", "m.csv", "s.csv", "s.ini"], work.Names);
    }
}
