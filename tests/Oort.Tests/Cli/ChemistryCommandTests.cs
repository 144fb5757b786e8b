using System.Text.Json;
using Oort.Chemistry;
using Oort.Tables;
using Oort.Tests.Support;

namespace Oort.Tests.Cli;

public sealed class ChemistryCommandTests : IDisposable
{
    private readonly Workplace work = new();

    private readonly string build, chemistry;

    public ChemistryCommandTests()
    {
        build = SmallModel.Unsolved(work);
        chemistry = work.File("chemistry.ini", "[Chemistry thin disk]\nx = 0.1\ngradient = -0.05\ny = 0.05\nsigmax = 0.1\nsigmay = 0.03\ntheta = 0\n");
    }

    public void Dispose() => work.Dispose();

    private CommandRun Run(params string[] more) => CommandRun.Of("", ["chemistry", build, "--chemistry", chemistry, .. more]);

    [Fact]
    public void A_row_a_bin()
    {
        CommandRun run = Run("--threads", "2");
        Assert.Equal((0, ""), (run.Code, run.Error));
        CsvTable table = CsvTable.Read(new StringReader(run.Out), "bins");
        Assert.Equal("Rlo,Rhi,zlo,zhi,R,z,fraction_thin_disk,high_alpha,fe_h,alpha_fe,sigma_fe_h,sigma_alpha_fe,level50,level90,outside", table.Header);
        Assert.Equal(ChemicalBin.Hayden.Select(b => (b.RLow, b.ZHigh)), table.Numbers("Rlo").Zip(table.Numbers("zhi")));
        Assert.All(table.Numbers("fraction_thin_disk"), f => Assert.Equal(1, f, 1e-12));
        Assert.All(table.Numbers("high_alpha"), f => Assert.Equal(0, f));

        // theta = 0: [alpha/Fe] knows nothing of Jphi.
        Assert.All(table.Numbers("alpha_fe"), a => Assert.Equal(0.05, a, 1e-12));
        Assert.All(table.Numbers("sigma_alpha_fe"), a => Assert.Equal(0.03, a, 1e-12));
        Assert.Equal(run.Out, Run("--threads", "1").Out);
        Assert.NotEqual(run.Out, Run("--integrated").Out);
    }

    [Fact]
    public void Json_maps_and_stars()
    {
        string map = work.Path("map.csv"), stars = work.Path("stars.csv");
        string counts = work.File("counts.csv", "Rlo,Rhi,zlo,zhi,count\n" + string.Concat(
            ChemicalBin.Hayden.Select((b, i) => FormattableString.Invariant($"{b.RLow},{b.RHigh},{b.ZLow},{b.ZHigh},{(i == 3 ? 250 : i == 7 ? 40 : 0)}\n"))));
        CommandRun run = Run("--json", "--map", map, "--stars", stars, "--counts", counts, "--seed", "4");
        Assert.Equal(0, run.Code);
        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.Equal(18, json.RootElement.GetProperty("figure20").GetArrayLength());
        Assert.Equal(0, json.RootElement.GetProperty("figure21").GetArrayLength());
        JsonElement row = json.RootElement.GetProperty("table6").GetProperty("thin disk");
        Assert.Equal(-0.05, row.GetProperty("gradient").GetDouble());
        Assert.InRange(row.GetProperty("dFeH_dR_model").GetDouble(), -0.08, -0.03);

        CsvTable cells = CsvTable.Read(map);
        double area = ChemicalPlane.Default.CellArea;
        Assert.Equal(18 * 140 * 90, cells.RowCount);
        Assert.Equal(18, cells.Numbers("density").Sum() * area, 1e-3);

        CsvTable drawn = CsvTable.Read(stars);
        Assert.Equal("bin,component,R,z,vR,vz,vphi,fe_h,alpha_fe", drawn.Header);
        Assert.Equal([(4.0, 250), (8.0, 40)], drawn.Numbers("bin").GroupBy(b => b).Select(g => (g.Key, g.Count())));
        Assert.Equal([6.0, 8.0], drawn.Numbers("R").Distinct());
        Assert.Equal([0.25, 0.75], drawn.Numbers("z").Distinct());
        Assert.InRange(drawn.Numbers("alpha_fe").Average(), 0.05 - 4 * 0.03 / Math.Sqrt(290), 0.05 + 4 * 0.03 / Math.Sqrt(290));
        string first = File.ReadAllText(stars);
        Assert.Equal(0, Run("--stars", stars, "--counts", counts, "--seed", "4", "--threads", "1").Code);
        Assert.Equal(first, File.ReadAllText(stars));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        CommandRun.Of("", "chemistry", build).AssertRefused("bv23-chemistry.ini: [Chemistry young disk]: the model has no such component of stars", "It has: thin disk");
        CommandRun.Of("", "chemistry", work.Path("none")).AssertRefused("no such directory");
        Run("--count", "10").AssertRefused("--count: says how many stars to draw; give --stars FILE");
        Run("--stars", work.Path("s"), "--count", "0").AssertRefused("--count 0: must be an integer from 1");
        string stars = work.Path("s.csv");
        Counts("3,5,0,0.5,10\n").AssertRefused("counts.csv: has no row for the bin R 3 to 5, z 0.5 to 1; it needs one for each of the 18");
        Counts("3,5,0,0.5,10\n3,5,0,0.5,10\n").AssertRefused("row 2: R 3 to 5, z 0 to 0.5 is given twice");
        Counts("3,5,0,0.6,10\n").AssertRefused("row 1: R 3 to 5, z 0 to 0.6 is none of the bins");
        Counts("3,5,0,0.5,1.5\n").AssertRefused("count = 1.5 must be a whole number");
        Assert.False(File.Exists(stars));

        CommandRun Counts(string rows) => Run("--stars", stars, "--counts", work.File("counts.csv", "Rlo,Rhi,zlo,zhi,count\n" + rows));
    }
}
