using System.Text.Json;
using Oort.Tables;
using Oort.Tests.Support;

namespace Oort.Tests.Cli;

public sealed class ModelCommandTests : IDisposable
{
    private readonly Workplace work = new();

    public void Dispose() => work.Dispose();

    [Theory]
    [InlineData("df = thin disk", "df = thick disk", "there is no section [DF thick disk]")]
    [InlineData("grid = disk", "grid = disc", "did you mean disk?")]
    [InlineData("mass = 4e10\nJphi0", "mass = -4e10\nJphi0", "mass = -40000000000 is not allowed")]
    [InlineData("Jr0 = 20", "Jr0 = twenty", "m.ini:16: [DF thin disk] Jr0 = twenty: must be a finite number")]
    [InlineData("Jr0 = 20", "Jr0 = nan", "Jr0 = nan: must be a finite number")]
    [InlineData("Jr0 = 20", "Jr0 = 20\nJr0 = 30", "Jr0: given twice")]
    [InlineData("pr = -0.3", "prr = -0.3", "prr = -0.3: unknown key; did you mean pr?")]
    [InlineData("type = NewExponential", "type = Newexponentiall", "did you mean NewExponential?")]
    [InlineData("type = NewExponential\nmass = 4e10\nJphi0 = 600\nJr0 = 20\nJz0 = 4\npr = -0.3\npz = -0.1\naddJden = 10\naddJvel = 700",
        "type = DoublePowerLaw\nmass = 1e12\nJ0 = 1000\nslopeIn = 3.2\nslopeOut = 4", "slopeIn = 3.2 is not allowed")]
    [InlineData("type = NFW\nmass = 8e11\nscaleRadius = 18", "type = Logarithmic\nv0 = 220", "has no escape speed")]
    [InlineData("[Component halo]", "[Komponent halo]", "unknown section; did you mean")]
    public void Build_refuses_bad_models_and_writes_nothing(string what, string by, string part)
    {
        string model = work.File("m.ini", SmallModel.With(what, by));
        CommandRun.Of("", "build", model, "--out", work.Path("out")).AssertRefused(part, "m.ini");
        Assert.Equal(["m.ini"], work.Names);
    }

    [Fact]
    public void Build_refuses_files_and_directories_it_cannot_use()
    {
        string model = work.File("m.ini", SmallModel.Text);
        CommandRun.Of("", "build", work.Path("no.ini"), "--out", work.Path("out")).AssertRefused("no such file");
        CommandRun.Of("", "build", model, "--out", work.Path("no/such/out")).AssertRefused("there is no directory");
        CommandRun.Of("", "build", model, "--out", model).AssertRefused("is read by the same command and would be lost");
        CommandRun.Of("[DF x]\n", "build", "-", "--out", work.Path("out")).AssertRefused("standard input", "has no section [Component NAME]");
        Assert.Equal(["m.ini"], work.Names);
    }

    [Theory]
    [InlineData("moments")]
    [InlineData("vdf", "--at", "8,0")]
    public void Commands_on_builds_refuse_what_is_none(string command, params string[] more)
    {
        string[] rest = command == "moments" ? ["-"] : more;
        CommandRun.Of("R,z\n1,1\n", [command, work.Path("no"), .. rest]).AssertRefused("no such directory; oort build writes one");
        CommandRun.Of("R,z\n1,1\n", [command, work.File("f", ""), .. rest]).AssertRefused("is a file; the directory that oort build wrote is needed");
        CommandRun.Of("R,z\n1,1\n", [command, work.Root, .. rest]).AssertRefused("is not a model that oort build wrote: it has no model.ini");
        work.File("model.ini", SmallModel.Text);
        CommandRun.Of("R,z\n1,1\n", [command, work.Root, .. rest]).AssertRefused("it has no potential.ini");
        work.File("potential.ini", "[Potential]\ntype=Logarithmic\nv0=220\n");
        CommandRun.Of("R,z\n1,1\n", [command, work.Root, .. rest]).AssertRefused("escape speed");
        work.File("potential.ini", "[Potential]\ntype=NFW\nmass=1e12\nscaleRadius=18\n");
        CommandRun.Of("R,z\n1,1\n", [command, work.Root, .. rest, "--component", "thik disk"]).AssertRefused("there is no such component", "There are: thin disk, halo");
        CommandRun.Of("R,z\n1,1\n", [command, work.Root, .. rest, "--out", work.Root]).AssertRefused("is a directory");
    }

    [Fact]
    public void Vdf_of_a_static_component_is_refused()
    {
        work.File("model.ini", SmallModel.Text);
        work.File("potential.ini", "[Potential]\ntype=NFW\nmass=1e12\nscaleRadius=18\n");
        CommandRun.Of("", "vdf", work.Root, "--at", "8,0", "--component", "halo").AssertRefused("is static");
        CommandRun.Of("R,y\n1,1\n", "moments", work.Root, "-").AssertRefused("no column z");
        CommandRun.Of("", "moments", work.Root, "-").AssertRefused("is empty");
    }

    [Fact]
    public void A_build_is_complete_and_its_predictions_agree_with_each_other()
    {
        // The directory has an earlier build of a model with another disc, and a file that is not ours.
        string build = work.Path("out");
        Directory.CreateDirectory(build);
        File.WriteAllText(Path.Combine(build, "model.ini"), SmallModel.Text.Replace("thin disk", "old disk", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(build, "density_old_disk.ini"), "gone with its component");
        File.WriteAllText(Path.Combine(build, "density_mine.ini"), "kept");
        CommandRun run = CommandRun.Of(SmallModel.Text, "build", "-", "--out", build, "--max-iterations", "2", "--tolerance", "1e-9", "--threads", "2", "--json");
        Assert.Equal(1, run.Code);
        Assert.StartsWith("oort: not converged after 2 iterations", run.Error);
        Assert.Equal(
            ["density_halo.ini", "density_mine.ini", "density_thin_disk.ini", "focal_distances.txt", "model.ini", "potential.ini", "radial_profiles.ecsv", "rotation_curve.ecsv", "summary.json", "vertical_profiles.ecsv"],
            Directory.EnumerateFiles(build).Select(f => Path.GetFileName(f)!).Order());
        Assert.Equal(SmallModel.Text, File.ReadAllText(Path.Combine(build, "model.ini")));
        Assert.Equal(["out"], work.Names);

        Assert.Equal(run.Out, File.ReadAllText(Path.Combine(build, "summary.json")));
        using JsonDocument json = JsonDocument.Parse(run.Out);
        JsonElement root = json.RootElement, sun = root.GetProperty("sun");
        Assert.False(root.GetProperty("converged").GetBoolean());
        Assert.Equal(2, root.GetProperty("iterations").GetInt32());
        Assert.True(root.GetProperty("residual").GetDouble() > 0 && root.GetProperty("seconds").GetDouble() > 0);
        Assert.Equal(8.2, sun.GetProperty("R").GetDouble());
        Assert.Equal(4e10, root.GetProperty("components").GetProperty("thin disk").GetProperty("mass").GetDouble(), 1);
        Assert.Equal(JsonValueKind.Null, root.GetProperty("components").GetProperty("halo").GetProperty("mass").ValueKind);
        JsonElement sigma = sun.GetProperty("Sigma_1.1kpc");
        Assert.Equal(sigma.GetProperty("total").GetDouble(), sigma.GetProperty("stars").GetDouble() + sigma.GetProperty("dark").GetDouble(), 1e-9);

        // The same densities from the tables, from moments, and by integrating the velocity distribution.
        double rho = sun.GetProperty("rho_stars").GetDouble();
        EcsvTable vertical = EcsvTable.Read(Path.Combine(build, "vertical_profiles.ecsv"));
        Assert.Equal(rho, vertical["rho"].Numbers[0], 1e-9 * rho);
        CsvTable moments = Csv(CommandRun.Of("R,z\n8.2,0\n", "moments", build, "-"));
        Assert.Equal("component,R,z,rho,meanvphi,vR2,vz2,vphi2,vRvz", moments.Header);
        Assert.Equal(["thin disk", "halo"], moments.Text("component"));
        // The file of the potential keeps its values at nodes, so that forces, and with them rho, change by some 1e-4.
        Assert.Equal(rho, moments.Numbers("rho")[0], 2e-3 * rho);
        Assert.Equal(sun.GetProperty("rho_dark").GetDouble(), moments.Numbers("rho")[1], 1e-9);
        Assert.True(double.IsNaN(moments.Numbers("vR2")[1]));

        CsvTable vdf = Csv(CommandRun.Of("", "vdf", build, "--at", "8.2,0", "--step", "10"));
        Assert.Equal("component,R,z,axis,v,f", vdf.Header);
        double[] v = vdf.Numbers("v"), f = vdf.Numbers("f");
        string[] axis = vdf.Text("axis");
        foreach ((string name, string second) in new[] { ("R", "vR2"), ("z", "vz2"), ("phi", "vphi2") })
        {
            int[] rows = [.. Enumerable.Range(0, v.Length).Where(i => axis[i] == name)];
            Assert.Equal(moments.Numbers("rho")[0], 10 * rows.Sum(i => f[i]), 1e-2 * rho);
            Assert.Equal(moments.Numbers(second)[0], 10 * rows.Sum(i => f[i] * v[i] * v[i]) / moments.Numbers("rho")[0], 2e-2 * moments.Numbers(second)[0]);
        }
    }

    [Fact]
    public void A_component_alone_has_the_moments_it_has_among_others()
    {
        work.File("model.ini", SmallModel.Text);
        work.File("potential.ini", "[Potential]\ntype=NFW\nmass=1e12\nscaleRadius=18\n");
        string[] all = CommandRun.Of("R,z\n8,0\n3,1\n", "moments", work.Root, "-").OutLines;
        string[] one = CommandRun.Of("R,z\n8,0\n3,1\n", "moments", work.Root, "-", "--component", "Thin Disk").OutLines;
        Assert.Equal(5, all.Length);
        Assert.Equal(all[..3], one);
        string[] still = CommandRun.Of("R,z\n8,0\n3,1\n", "moments", work.Root, "-", "--component", "halo").OutLines;
        Assert.Equal([all[0], .. all[3..]], still);
    }

    private static CsvTable Csv(CommandRun run)
    {
        Assert.Equal((0, ""), (run.Code, run.Error));
        return CsvTable.Read(new StringReader(run.Out), "out");
    }
}
