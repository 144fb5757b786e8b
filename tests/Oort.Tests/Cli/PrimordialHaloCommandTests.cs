using System.Globalization;
using System.Text.Json;
using Oort.Cli.Output;
using Oort.Tests.Models;
using Oort.Tests.Support;

namespace Oort.Tests.Cli;

public sealed class PrimordialHaloCommandTests : IDisposable
{
    // The galaxy's potential is where the search begins, no more.
    private const string SomePotential = "[Potential]\ntype=NFW\nmass=9e11\nscaleRadius=18\n";

    private readonly Workplace work = new();

    public void Dispose() => work.Dispose();

    [Fact]
    public void Json_has_both_haloes_with_their_profiles()
    {
        string model = File.ReadAllText(Path.Combine(Repository.Root, "models", "bv23.ini"));
        work.File("model.ini", model);
        work.File("potential.ini", SomePotential);
        CommandRun run = CommandRun.Of("", "primordial-halo", work.Root, "--json", "--out", work.Path("halo.json"));
        Assert.Equal((0, "", ""), (run.Code, run.Out, run.Error));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(work.Path("halo.json")));
        foreach (string key in (string[])["core", "no_core"])
        {
            JsonElement halo = json.RootElement.GetProperty(key), profile = halo.GetProperty("profile");
            Assert.InRange(halo.GetProperty("rs").GetDouble(), 19.8, 20.6);
            Assert.InRange(halo.GetProperty("r200").GetDouble(), 191, 193);
            Assert.InRange(halo.GetProperty("M200").GetDouble(), 79e10, 81e10);
            Assert.InRange(halo.GetProperty("vcirc_peak").GetDouble(), 170, 174);
            Assert.True(halo.GetProperty("converged").GetBoolean());
            int count = profile.GetProperty("R").GetArrayLength();
            foreach (string column in (string[])["rho", "vcirc", "sigmaR", "sigmaz", "sigmaphi"])
            {
                Assert.Equal(count, profile.GetProperty(column).GetArrayLength());
                Assert.All(profile.GetProperty(column).EnumerateArray(), v => Assert.True(v.GetDouble() > 0));
            }
        }
    }

    [Fact]
    public void The_table_has_the_papers_numbers_beside_ours()
    {
        using StringWriter writer = new() { NewLine = "\n" };
        PrimordialHaloTable.Write(writer, PrimordialHaloTests.Solved.Value, new());
        foreach ((string name, string paper) in ((string, string)[])[("rs (kpc)", "20.0"), ("r200 (kpc)", "192"), ("M200 (1e10 Msun)", "80.5"), ("peak circular speed (km/s)", "170")])
        {
            string[] cells = Assert.Single(writer.ToString().Split('\n'), l => l.Contains(name, StringComparison.Ordinal))
                .Replace(name, "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(paper, cells[2]);
            double theirs = double.Parse(paper, CultureInfo.InvariantCulture);
            Assert.InRange(double.Parse(cells[1], CultureInfo.InvariantCulture) / theirs, 0.97, 1.03);
        }
    }

    [Fact]
    public void Bad_input_is_refused_on_one_line()
    {
        CommandRun.Of("", "primordial-halo").AssertRefused("DIR is missing");
        CommandRun.Of("", "primordial-halo", work.Path("no")).AssertRefused("no such directory; oort build writes one");
        CommandRun.Of("", "primordial-halo", work.Root, "--h0", "-70").AssertRefused("--h0 -70: must be greater than 0");
        CommandRun.Of("", "primordial-halo", work.Root, "--h0", "seventy").AssertRefused("--h0 seventy");
        CommandRun.Of("", "primordial-halo", work.Root, "--jason").AssertRefused("unknown option --jason; did you mean --json?");
        CommandRun.Of("", "primordial-halo", work.Root).AssertRefused("it has no model.ini");
        work.File("model.ini", SmallModel.Text);
        work.File("potential.ini", SomePotential);
        CommandRun.Of("", "primordial-halo", work.Root).AssertRefused("model.ini: one component of kind = dark with a df is needed, there is none; halo is static");
        CommandRun.Of("", "primordial-halo", work.Root, "--out", work.Root).AssertRefused("is a directory");
        string two = SmallModel.Text.Replace("kind = stars", "kind = dark", StringComparison.Ordinal) + """
            [DF dark halo]
            type = DoublePowerLaw
            mass = 1e12
            J0 = 1e4
            slopeIn = 1.5
            slopeOut = 4

            [Component dark halo]
            df = dark halo
            grid = disk
            kind = dark
            """;
        work.File("model.ini", two);
        CommandRun.Of("", "primordial-halo", work.Root).AssertRefused("there are 2: thin disk, dark halo");
    }
}
