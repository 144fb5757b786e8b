using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Oort.Definitions;
using Oort.Models;
using Oort.Models.Predictions;
using Oort.Potentials;
using Oort.Tests.Cli;
using Oort.Tests.Support;

namespace Oort.Report.Tests;

/// <summary>Two models side by side, one of them the paper's, in a survey of one region: figures and tables that come from models alone.</summary>
public sealed class TwoModels : IDisposable
{
    private readonly Workplace place = new();

    public TwoModels()
    {
        string small = Model("small", place.File("small.ini", SmallModel.Text)), fiducial = Model("fiducial", System.IO.Path.Combine(Repository.Root, "models", "sun25-mc17a.ini"));
        string survey = place.File("survey.ini", """
            [Sun]
            model_R0 = yes
            model_V_minus_vc = 12.24
            [Regions]
            1 = 170, 190, -10, 10, 1, 2, in
            [Histograms]
            vlos = -200, 200, 20
            pmra = -30, 30, 3
            pmdec = -30, 30, 3
            """);
        Directory.CreateDirectory(place.Path("published"));
        File.WriteAllText(place.Path("published/eilers2019_circular_velocity.txt"), "R v up down\n8 230 2 1\n16 215 3 3\n");
        CommandRun.Done("report", fiducial, small, "--survey", survey, "--observations", place.Path("published"), "--out", place.Path("page.html"));
        Html = File.ReadAllText(place.Path("page.html"));
        Page = new(Html);
        Fiducial = GalaxyFile.ReadSolved(fiducial);
        Definition = ModelFile.Read(fiducial);
    }

    public string Html { get; }

    internal PageParts Page { get; }

    public SolvedGalaxy Fiducial { get; }

    public ModelDefinition Definition { get; }

    public void Dispose() => place.Dispose();

    private string Model(string name, string file)
    {
        CommandRun.Done("build", file, "--out", place.Path(name));
        return place.Path(name);
    }
}

public sealed partial class Sun25ModelSectionsTests(TwoModels models) : IClassFixture<TwoModels>
{
    private static readonly string[] Paper =
        ["table-1", "figure-4", "table-2", "figure-6", "figure-7", "figure-13", "figure-14", "table-4", "figure-15", "figure-16", "figure-17", "figure-18"];

    [Fact]
    public void Sections_stand_in_the_papers_order()
        => Assert.Equal(Paper, models.Page.Sections.Where(Paper.Contains));

    /// <summary>The last curve of Figure 6 is the mass in the build's potential; the tenth iteration's departure from it is small, the initial potential's is not.</summary>
    [Fact]
    public void Figure_6_ends_at_the_solved_model()
    {
        JsonElement[] panels = models.Page.Panels("figure-6-panels");
        Assert.Equal(4, panels.Length);
        (double[] r, double[] mass) = PageParts.Places(panels[0], "last");
        for (int i = 0; i < r.Length; i += 10)
        {
            Assert.Equal(EnclosedMass.Within(models.Fiducial.Galaxy.Potential, r[i]), mass[i], 1e-4 * mass[i]);
        }

        Assert.True(PageParts.Places(panels[1], "10").Y.Max() < 3e-3 && PageParts.Places(panels[1], "ini").Y.Max() > 0.05);
        Assert.Equal(["ini", "1", "3", "6", "10", "last"], models.Page.Table("figure-6-table")[0][1..]);
        Assert.Equal(models.Fiducial.Galaxy.CircularSpeed(8.11).ToString("F1", CultureInfo.InvariantCulture), models.Page.Table("figure-6-table")[1][^1]);
    }

    /// <summary>Before: the distribution functions in the initial potential; after: in the build's.</summary>
    [Fact]
    public void Figure_7_has_dispersions_before_and_after()
    {
        JsonElement panel = models.Page.Panels("figure-7-panels", "Thin disk")[0];
        (double[] R, double[] before) = PageParts.Places(panel, "<i>σ</i><sub>R</sub>, initial");
        double[] after = PageParts.Places(panel, "<i>σ</i><sub>R</sub>, self-consistent").Y, parameters = PageParts.Places(panel, "<i>σ</i><sub>R</sub>, parameters").Y;
        int at = Array.IndexOf(R, 8.0);
        Galaxy initial = new(models.Definition.Setup.InitialPotential, [.. models.Definition.Setup.Components]);
        Assert.Equal(initial.Moments(8, 0)[0].SigmaR, before[at], 1e-3);
        Assert.Equal(models.Fiducial.Galaxy.Moments(8, 0)[0].SigmaR, after[at], 1e-3);
        Assert.Equal(Math.Sqrt(63.99 * 63.99 * Math.Exp(-16 / 12.52) + 0.47105 * 0.47105), parameters[at], 1e-3);
    }

    /// <summary>Circular speeds add up in squares; what is not to hand is named, what is is drawn.</summary>
    [Fact]
    public void Figure_17_has_speeds_and_what_was_measured()
    {
        JsonElement panel = models.Page.Panels("figure-17-panels")[0];
        (double[] R, double[] total) = PageParts.Places(panel, "Total");
        double[] baryons = PageParts.Places(panel, "Stars and gas").Y, dark = PageParts.Places(panel, "Dark halo").Y;
        foreach (int i in Enumerable.Range(0, R.Length).Where(i => R[i] > 1))
        {
            Assert.Equal(total[i] * total[i], baryons[i] * baryons[i] + dark[i] * dark[i], 2e-3 * total[i] * total[i]);
        }

        Assert.Equal([230.0, 215.0], PageParts.Places(panel, "Eilers et al. (2019)").Y);
        Assert.Contains("the points of Ablimit et al. (2020) (ablimit2020_circular_velocity.txt), Wang et al. (2023)", models.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_component_looks_the_same_in_all_figures()
    {
        string[] figures = ["figure-13-panels", "figure-14-panels", "figure-15-panels"];
        foreach (IGrouping<string, JsonElement> marks in figures.SelectMany(f => models.Page.Panels(f)).SelectMany(p => p.GetProperty("marks").EnumerateArray()).GroupBy(m => m.GetProperty("name").GetString()!))
        {
            Assert.Single(marks.Select(m => $"{m.GetProperty("colour")} {m.GetProperty("dash")}").Distinct());
        }
    }

    /// <summary>Models of the two papers may stand on one page, and in one legend.</summary>
    [Fact]
    public void Components_of_other_names_look_different_whatever_the_model()
    {
        ShownComponent[] all = [.. ((string[])["bv23.ini", "sun25-mc17a.ini"]).SelectMany(f => ComponentStyles.Of(ModelFile.Read(System.IO.Path.Combine(Repository.Root, "models", f)).Setup.Components))];
        int names = all.Select(c => c.Name).Distinct().Count();
        Assert.Equal((11, 11), (names, all.Select(c => c.Style).Distinct().Count()));
        Assert.Equal(names, all.Select(c => (c.Name, c.Style)).Distinct().Count());
    }

    [Fact]
    public void Tables_have_the_papers_numbers_beside_the_models()
    {
        string[] density = models.Page.Table("table-2-density")[1], results = models.Page.Table("table-2-results")[1], local = models.Page.Table("table-4-densities")[1];
        Assert.Equal(["fiducial", "8.95 × 10^8", "2.48", "0.3", "1.87 × 10^8", "3.05", "0.92", "8.52 × 10^6", "19.25", "8.11"], density);
        Assert.Equal(["63.99", "30.22", "12.52"], models.Page.Table("table-2-functions")[1][3..6]);
        Assert.Equal("fiducial is Mc17a", results[0]);
        Assert.Equal(["231.7", "1.31"], [results[3], results[6]]);
        Assert.StartsWith(models.Fiducial.Galaxy.CircularSpeed(8.11).ToString("F1", CultureInfo.InvariantCulture), results[2], StringComparison.Ordinal);
        Oort.Models.Moments[] moments = models.Fiducial.Galaxy.Moments(8.11, 0);
        for (int i = 0; i < 5; i++)
        {
            string name = Sun25Published.LocalComponents[i];
            int c = Enumerable.Range(0, moments.Length).Single(k => models.Fiducial.Galaxy.Components[k].Name == name);
            Assert.Equal(moments[c].RhoPerCubicParsec.ToString("F4", CultureInfo.InvariantCulture), local[i + 1]);
        }

        Assert.Contains("<td>0.0658</td>", models.Html, StringComparison.Ordinal);
        Assert.Contains("and so not in the table: small.", models.Html, StringComparison.Ordinal);
    }

    /// <summary>It is well-formed, has the five steps, and every arrow ends at the edge of a box.</summary>
    [Fact]
    public void The_flowchart_is_drawn()
    {
        XElement[] parts = [.. XDocument.Parse(Svg().Match(models.Html).Value).Descendants()];
        string[] Words(string kind) => [.. parts.Where(e => e.Attribute("class")?.Value == kind).Select(e => e.Value)];
        Assert.Equal(["1", "2", "3", "4", "5"], Words("number").Distinct().Order());
        (double X, double Y)[][] edges = [.. parts.Where(e => e.Attribute("class")?.Value.StartsWith("box", StringComparison.Ordinal) ?? false).Select(Middles)];
        Assert.Equal(16, edges.Length);
        foreach (double[] line in parts.Where(e => e.Attribute("class")?.Value == "arrow").Select(e => Numbers(e.Attribute("d")!.Value)))
        {
            (double x, double y, bool vertical) = (line[^2], line[^1], line[^2].Equals(line[^4]));
            Assert.True(edges.Any(box => box.Any(p => vertical ? Math.Abs(p.Y - y) < 1.5 && Math.Abs(p.X - x) < 2 : Math.Abs(p.X - x) < 1.5 && Math.Abs(p.Y - y) < 45)), string.Join(' ', line));
        }

        static double[] Numbers(string path) => [.. Regex.Matches(path, @"-?[\d.]+").Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];

        // The middles of a box's four sides.
        static (double X, double Y)[] Middles(XElement box)
        {
            if (box.Name.LocalName == "path")
            {
                double[] n = Numbers(box.Attribute("d")!.Value);
                return [(n[0], n[1]), (n[2], n[3]), (n[4], n[5]), (n[6], n[7])];
            }

            double Of(string key) => double.Parse(box.Attribute(key)!.Value, CultureInfo.InvariantCulture);
            (double x, double y, double width, double height) = (Of("x"), Of("y"), Of("width"), Of("height"));
            return [(x + width / 2, y), (x + width / 2, y + height), (x, y + height / 2), (x + width, y + height / 2)];
        }
    }

    [GeneratedRegex("<svg viewBox=\"0 0 940.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Svg();
}
