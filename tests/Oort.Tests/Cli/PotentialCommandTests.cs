using Oort.Coordinates;
using Oort.Tables;
using Oort.Tests.Support;

namespace Oort.Tests.Cli;

public sealed class PotentialCommandTests : IDisposable
{
    private const string Plummer = "[Potential]\ntype = Plummer\nmass = 1e10\nscaleRadius = 2\n";
    private readonly Workplace work = new();

    public void Dispose() => work.Dispose();

    private CommandRun Potential(string ini, string points, params string[] options)
        => CommandRun.Of(points, ["potential", work.File("p.ini", ini), "-", .. options]);

    [Fact]
    public void Appends_columns_to_the_input()
    {
        CommandRun run = Potential(Plummer, "# c\nname,R,z\n\"a, b\",3,-4\n");
        Assert.Equal((0, ""), (run.Code, run.Error));
        CsvTable t = CsvTable.Read(new StringReader(run.Out), "out");
        Assert.Equal(["name", "R", "z", "Phi", "FR", "Fz", "rho"], t.Columns);
        Assert.StartsWith("\"a, b\",3,-4,", t.Row(0));
        double d2 = 29, gm = Units.G * 1e10, pull = gm / Math.Pow(d2, 1.5);
        Assert.Equal(-gm / Math.Sqrt(d2), t.Numbers("Phi")[0], 1e-9);
        Assert.Equal(-3 * pull, t.Numbers("FR")[0], 1e-9);
        Assert.Equal(4 * pull, t.Numbers("Fz")[0], 1e-9);
        Assert.Equal(3e10 / (4 * Math.PI * 8) * Math.Pow(29.0 / 4, -2.5), t.Numbers("rho")[0], 1e-4);
    }

    [Fact]
    public void Cartesian_points_do_as_well()
        => Assert.Equal(
            Potential(Plummer, "R,z\n5,1\n").OutLines[1].Split(',')[2..],
            Potential(Plummer, "x,y,z\n3,4,1\n").OutLines[1].Split(',')[3..]);

    [Fact]
    public void Rows_without_a_place_get_nan_and_one_warning()
    {
        CommandRun run = Potential(Plummer, "R,z\n1,0\n,0\nnan,0\n1,inf\n-1,0\n");
        Assert.Equal(0, run.Code);
        Assert.Equal("oort: warning: 4 of 5 rows have no result (nan): a coordinate is missing or infinite, or R is negative\n", run.Error);
        Assert.DoesNotContain("nan", run.OutLines[1]);
        Assert.All(run.OutLines[2..], l => Assert.EndsWith(",nan,nan,nan,nan", l));
    }

    [Fact]
    public void Does_not_depend_on_the_number_of_threads()
    {
        string points = "R,z\n" + string.Join('\n', Enumerable.Range(0, 3000).Select(i => $"{0.01 * i},{0.003 * (i % 100)}"));
        Assert.Equal(Potential(Plummer, points, "--threads", "1").Out, Potential(Plummer, points, "--threads", "2").Out);
    }

    [Fact]
    public void Writes_to_a_file_when_asked_and_reads_a_builds_directory()
    {
        work.File("potential.ini", Plummer);
        CommandRun run = CommandRun.Of("R,z\n1,1\n", "potential", work.Root, "-", "--out", work.Path("o.csv"));
        Assert.Equal((0, "", ""), (run.Code, run.Out, run.Error));
        Assert.Equal(["o.csv", "potential.ini"], work.Names);
        Assert.Equal(2, File.ReadAllLines(work.Path("o.csv")).Length);
    }

    [Fact]
    public void Columns_of_the_input_by_the_names_of_results_stay()
    {
        CommandRun run = Potential(Plummer, "R,z,Phi\n1,1,7\n");
        Assert.Contains("has columns Phi already", run.Error);
        Assert.StartsWith("R,z,Phi,Phi,FR,Fz,rho\n1,1,7,-", run.Out);
    }

    [Theory]
    [InlineData("R,Z\n1,2\n", "no column z; did you mean Z? It has: R, Z")]
    [InlineData("r,z\n1,2\n", "no column R; did you mean r?")]
    [InlineData("x,z\n1,2\n", "no column y")]
    [InlineData("R,z\n1,far\n", "standard input:2: z = far: must be a number")]
    [InlineData("R,z\n1\n", "standard input:2: has 1 cell")]
    [InlineData("", "is empty")]
    [InlineData("R,z\n", "has a header but no rows")]
    public void Bad_points_are_refused(string points, string part) => Potential(Plummer, points).AssertRefused(part);

    [Theory]
    [InlineData("", "has no section [Potential NAME]")]
    [InlineData("[Potentail]\ntype=Plummer", "unknown section; did you mean Potential?")]
    [InlineData("[Potential]\nmass=1", "type: missing")]
    [InlineData("[Potential]\ntype = Plumer\nmass=1", "type = Plumer: unknown type; did you mean Plummer?")]
    [InlineData("[Potential]\ntype = Ferrers\nmass=1", "a type of AGAMA's that Oort does not have")]
    [InlineData("[Potential a]\ntype = Plummer\nmass = 1\nscaleRadius = 0", "p.ini:4: [Potential a] Plummer: scaleRadius = 0 is not allowed: it must be > 0")]
    [InlineData("[Potential]\ntype = Plummer\nmass = lots\nscaleRadius = 1", "mass = lots: must be a finite number")]
    [InlineData("[Potential]\ntype = Plummer\nmass = nan\nscaleRadius = 1", "mass = nan: must be a finite number")]
    [InlineData("[Potential]\ntype = Plummer\nmass = 1\nscaleRadis = 1", "scaleRadis = 1: unknown key; did you mean scaleRadius?")]
    [InlineData("[Potential]\ntype = Plummer\nmass = 1\nscaleRadius = 1\nmass = 2", "p.ini:5: [Potential] mass: given twice, first on line 3")]
    [InlineData("[Potential]\ntype = Plummer\nmass = 1\nscaleRadius = 1\nOmega = 30", "Oort's models neither move nor rotate")]
    [InlineData("[Potential]\ntype = Plummer\nmass = 1\nscaleRadius = 1\np = 0.8", "Oort's models are axisymmetric")]
    [InlineData("[Potential]\ntype = Plummer\nmass = 1\nscaleRadius = 1\nsymmetry = triaxial", "must be one of Axisymmetric, Spherical")]
    [InlineData("[Potential]\ntype = Plummer\nmass = 1\nscaleRadius = 1\nCoefficients\n#Phi\n1 2\n", "Plummer takes no block of coefficients")]
    [InlineData("[Potential]\ntype = Spheroid\nmass = 1\ndensityNorm = 1\nscaleRadius = 1", "give densityNorm or mass, not both")]
    [InlineData("[Potential]\ntype = Spheroid\nscaleRadius = 1", "densityNorm or mass: missing")]
    [InlineData("[Potential]\ntype = Multipole", "density: missing")]
    [InlineData("[Potential]\ntype = Multipole\ndensity = Multipole", "must be a type of density")]
    [InlineData("[Potential]\ntype = Multipole\nCoefficients\n", "the block of coefficients is empty")]
    [InlineData("[Potential]\ntype = Multipole\nCoefficients\n#Phi\n#radius\n1\t-2\n2\tx\n", "p.ini:7: [Potential] coefficients: x: must be a finite number")]
    [InlineData("[Potential]\ntype = Multipole\nCoefficients\n#Phi\n#radius\n1\t-2\n2\t-1\t3\n", "p.ini:7: [Potential] coefficients: has 3 numbers")]
    [InlineData("[Potential]\ntype = Multipole\nCoefficients\n#Phi\n#radius\n1\t-2\n2\t-1\n", "no table #dPhi/dr")]
    public void Bad_potentials_are_refused(string ini, string part) => Potential(ini, "R,z\n1,1\n", "--out", work.Path("o.csv")).AssertRefused(part);

    [Fact]
    public void Bad_files_are_refused_and_nothing_is_written()
    {
        string p = work.File("p.ini", Plummer), points = work.File("points.csv", "R,z\n1,1\n");
        CommandRun.Of("", "potential", work.Path("no.ini"), points).AssertRefused("no such file");
        CommandRun.Of("", "potential", p, work.Path("no.csv")).AssertRefused("no.csv: no such file");
        CommandRun.Of("", "potential", work.Root, points).AssertRefused("is not a model that oort build wrote");
        CommandRun.Of("", "potential", p, work.Root).AssertRefused("is a directory");
        CommandRun.Of("", "potential", p, points, "--out", work.Root).AssertRefused("is a directory");
        CommandRun.Of("", "potential", p, points, "--out", work.Path("no/such/o.csv")).AssertRefused("there is no directory");
        Assert.Equal(["p.ini", "points.csv"], work.Names);
    }

    [SharedFileFact("reference/potentials/McMillan17.ini")]
    public void Published_models_read_and_give_the_reference_numbers()
    {
        foreach (string model in (string[])["MWPotential2014", "McMillan17", "Piffl14"])
        {
            ReferenceTable reference = ReferenceTable.Read("potentials.csv").Where("potential", model);
            double[] R = reference["R"], z = reference["z"], expected = reference["Phi"];
            string points = "R,z\n" + string.Join('\n', R.Zip(z, (a, b) => $"{Numbers.Format(a)},{Numbers.Format(b)}"));
            CommandRun run = CommandRun.Of(points, "potential", SharedFile.Path($"reference/potentials/{model}.ini"), "-");
            double[] phi = CsvTable.Read(new StringReader(run.Out), "out").Numbers("Phi");
            for (int i = 0; i < phi.Length; i++)
            {
                Assert.Equal(1, phi[i] / expected[i], 3e-4);
            }
        }
    }

    [Fact]
    public void A_potential_can_come_from_standard_input()
    {
        using Workplace work = new();
        const string Halo = "[Potential]\ntype=NFW\nmass=1e12\nscaleRadius=18\n";
        string points = work.File("p.csv", "R,z\n8,0\n"), file = work.File("p.ini", Halo);
        CommandRun run = CommandRun.Of(Halo, "potential", "-", points);
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(CommandRun.Of("", "potential", file, points).Out, run.Out);
        CommandRun.Of(Halo, "potential", "-", "-").AssertRefused("FILE.ini and POINTS.csv are both -");
        CommandRun.Of("[Potential]\ntype=NFV\n", "potential", "-", points).AssertRefused("standard input:2: ");
    }
}
