using System.Globalization;
using System.Text.Json;
using Oort.Inference;
using Oort.Surveys;
using Oort.Tests.Cli;
using Oort.Tests.Support;

namespace Oort.Report.Tests;

/// <summary>Two small models beside a mock catalogue of the first, in a survey of one region of each group.</summary>
public sealed class ModelsAndStars : IDisposable
{
    public const string Survey = $"""
        [Sun]
        model_R0 = yes
        model_V_minus_vc = 12.24
        [Corrections]
        distance_ratio = 0.86
        pole_distance_ratio = 0.97
        [Cuts]
        {RegionsText.Limits}
        [Regions]
        1 = 170, 180, -10, 0, 1, 2, in
        2 = 180, 190, -10, 0, 1, 2, in
        3 = 170, 180, -10, 0, 2, 3, mid
        4 = 170, 190, -10, 0, 3, 4, out
        5 = 0, 360, 80, 90, 0, 1.5, pole
        6 = 210, 220, 10, 20, 1, 2, test
        [Histograms]
        vlos = -200, 200, 20
        pmra = -30, 30, 3
        pmdec = -30, 30, 3
        [Errors]
        distance = 0, 12
        radial_velocity = 5, 5
        pmra = 0.05, 0.05
        pmdec = 0.05, 0.05
        [Mock]
        stars = 900, 800, 700, 600, 500, 400
        """;

    public ModelsAndStars()
    {
        SurveyPath = Place.File("survey.ini", Survey);
        (First, Second) = (Build("first", SmallModel.Text), Build("second", SmallModel.With("Jr0 = 20", "Jr0 = 35")));
        CommandRun.Done("mock", First, "--survey", SurveyPath, "--seed", "4", "--out", Place.Path("stars.csv"));
        CommandRun.Done("reduce", Place.Path("stars.csv"), "--survey", SurveyPath, "--out", Place.Path("hist.csv"));
        CommandRun.Done("report", First, Second, "--survey", SurveyPath, "--data", Place.Path("hist.csv"), "--catalogue", Place.Path("stars.csv"), "--out", Place.Path("page.html"));
        Html = File.ReadAllText(Place.Path("page.html"));
        Page = new(Html);
    }

    internal Workplace Place { get; } = new();

    public string SurveyPath { get; }

    public string First { get; }

    public string Second { get; }

    public string Html { get; }

    internal PageParts Page { get; }

    public void Dispose() => Place.Dispose();

    private string Build(string name, string text)
    {
        CommandRun.Done("build", Place.File(name + ".ini", text), "--out", Place.Path(name));
        return Place.Path(name);
    }
}

/// <summary>Figures and tables after Sun et al. (2025) with stars: Figures 1 to 3, 5, 8 to 12 and A.1 to A.10, Tables 1 and 3.</summary>
public sealed class Sun25DataSectionsTests(ModelsAndStars given, Browser browser) : IClassFixture<ModelsAndStars>, IClassFixture<Browser>
{
    private static readonly string[] Paper =
    [
        "figure-1", "figure-2", "figure-3", "table-1", "figure-4", "figure-5", "table-2", "figure-6", "figure-7", "figure-8", "table-3", "figure-9", "figure-10", "figure-11", "figure-12",
        "figure-13", "figure-14", "table-4", "figure-15", "figure-16", "figure-17", "figure-18", .. Enumerable.Range(1, 10).Select(n => $"figure-a-{n}"),
    ];

    [Fact]
    public void Sections_stand_in_the_papers_order()
    {
        Assert.Equal(Paper.Where(given.Page.Sections.Contains), given.Page.Sections);
        Assert.Empty(Paper.Where(p => p is not ("table-2" or "table-4")).Except(given.Page.Sections));
    }

    /// <summary>Points are what oort reduce counted, curves what oort predict predicts with the errors once.</summary>
    [Fact]
    public void Panels_have_the_stars_and_the_predictions()
    {
        HistogramSet stars = HistogramSet.Read(given.Place.Path("hist.csv"));
        CommandRun.Done("predict", given.Second, "--survey", given.SurveyPath, "--errors", "once", "--out", given.Place.Path("predicted"));
        HistogramSet predicted = HistogramSet.Read(given.Place.Path("predicted/histograms.csv"));
        foreach ((string figure, int panel, int region, string quantity) in ((string, int, int, string)[])[("figure-8", 1, 2, "pmra"), ("figure-9", 0, 3, "vlos"), ("figure-a-8", 0, 5, "pmdec")])
        {
            JsonElement shown = given.Page.Panels($"{figure}-panels")[panel];
            Assert.StartsWith(region.ToString("00", CultureInfo.InvariantCulture), shown.GetProperty("title").GetString(), StringComparison.Ordinal);
            JsonElement points = PageParts.Mark(shown, "Mock stars"), curve = PageParts.Mark(shown, "second");
            Histogram counted = stars[region, quantity];
            double[] filled = [.. counted.Count.Where(n => n > 0)];
            double total = stars.Bins[region - 1].Stars, width = counted.Edges[1] - counted.Edges[0];
            AssertClose([.. filled.Select(n => n / (total * width))], PageParts.Numbers(points, "y"));
            AssertClose([.. filled.Select(n => Math.Sqrt(n * (1 - n / total)) / (total * width))], PageParts.Numbers(points, "below"));
            AssertClose([.. predicted[region, quantity].P], PageParts.Numbers(curve, "y"));
        }
    }

    [Fact]
    public void Chi_squared_is_that_of_the_cells_with_five_stars()
    {
        JsonElement panel = given.Page.Panels("figure-9-panels")[0];
        JsonElement points = PageParts.Mark(panel, "Mock stars"), curve = PageParts.Mark(panel, "second");
        double[] x = PageParts.Numbers(points, "x"), p = PageParts.Numbers(points, "y"), error = PageParts.Numbers(points, "below"), cells = PageParts.Numbers(curve, "x"), model = PageParts.Numbers(curve, "y");
        int[] used = [.. Enumerable.Range(0, x.Length).Where(i => p[i] * 700 * 20 > 4.5)];
        double chi = used.Sum(i => Math.Pow((p[i] - model[Array.IndexOf(cells, x[i])]) / error[i], 2)) / used.Length;
        (string Text, string Colour)[] notes = PageParts.Notes(panel);
        Assert.Equal(2, notes.Length);
        Assert.Equal(chi, double.Parse(notes[1].Text.Replace("χ^2 ", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), 6e-3 * chi);
        Assert.Equal(curve.GetProperty("colour").GetString(), notes[1].Colour);
        Assert.NotEqual(notes[0].Colour, notes[1].Colour);
    }

    [Fact]
    public void Table_3_averages_over_the_regions_of_a_group_and_totals_without_the_test()
    {
        string[][] table = given.Page.Table("table-3-models");
        Assert.Equal(["", "χ^2in/dof", "χ^2mid/dof", "χ^2out/dof", "χ^2pole/dof", "χ^2tot/dof", "χ^2test/dof", "All cells", "dof"], table[0]);
        Assert.Equal(["first", "second"], table[1..].Select(r => r[0]));
        double[] groups = [.. table[2][1..5].Select(Number)];

        // Two regions in, one in each of the others.
        Assert.Equal((2 * groups[0] + groups[1] + groups[2] + groups[3]) / 5, Number(table[2][5]), 0.01 * Number(table[2][5]));
        HistogramSet stars = HistogramSet.Read(given.Place.Path("hist.csv"));
        Assert.Equal(stars.Histograms.Where(h => h.Bin < 6).Sum(h => h.Count.Count(n => n >= HistogramMisfit.LeastStars)), int.Parse(table[2][8], NumberStyles.AllowThousands, CultureInfo.InvariantCulture));

        // The stars are the first model's.
        Assert.All(table[1][1..8], c => Assert.InRange(Number(c), 0.4, 1.9));
        Assert.True(Number(table[2][7]) > 2 * Number(table[1][7]));
        string[][] paper = given.Page.Table("table-3-paper");
        Assert.Equal(["Mc17a", "5.84", "5.94", "27.10", "21.91", "10.36"], paper.Single(r => r[0] == "Mc17a"));
        Assert.Equal(PublishedMisfits.All.Count, paper.Length - 1);
        Assert.Contains("BV2024 cannot be made", given.Page.Section("table-3"), StringComparison.Ordinal);

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_model_has_one_colour_wherever_models_are_compared()
    {
        string[] figures = [.. Paper.Where(p => p is "figure-5" || p.StartsWith("figure-a-", StringComparison.Ordinal) || p is "figure-8" or "figure-9" or "figure-10" or "figure-11" or "figure-12")];
        JsonElement[] marks = [.. figures.SelectMany(f => given.Page.Panels($"{f}-panels")).SelectMany(p => p.GetProperty("marks").EnumerateArray())];
        foreach (string name in (string[])["first", "second", "Mock stars"])
        {
            Assert.Single(marks.Where(m => m.GetProperty("name").GetString() == name).Select(m => $"{m.GetProperty("colour")} {m.GetProperty("dash")}").Distinct());
        }
    }

    [Fact]
    public void The_catalogues_stars_are_counted_and_mocks_are_called_so()
    {
        Assert.Contains("<b>mock stars</b>", given.Html, StringComparison.Ordinal);
        Assert.Contains("3,900 mock giants", given.Page.Section("figure-1"), StringComparison.Ordinal);
        Assert.Contains("3,900 mock giants", given.Page.Section("figure-5"), StringComparison.Ordinal);
        Assert.Equal("Mock stars", given.Page.Table("table-1-regions")[0][5]);
        Assert.Equal(["900", "800", "700", "600", "500", "400", "3,900"], given.Page.Table("table-1-regions")[1..].Select(r => r[5]));
        foreach (string name in (string[])["first", "second"])
        {
            Assert.Equal(3900, PageParts.Numbers(PageParts.Mark(given.Page.Panels("figure-5-panels")[0], name), "y").Sum());
        }

        // Positions and velocities: every star is in a cell.
        JsonElement[] maps = given.Page.Panels("figure-1-panels");
        double[] areas = [0.25 * 0.25, 25, 0.25 * 0.25, 25];
        for (int i = 0; i < 4; i++)
        {
            double stars = PageParts.Mark(maps[i], "Giants").GetProperty("z").EnumerateArray().SelectMany(r => r.EnumerateArray()).Where(v => v.ValueKind == JsonValueKind.Number).Sum(v => Math.Pow(10, v.GetDouble())) * areas[i];
            Assert.Equal(3900, stars, 20.0);
        }
    }

    [Fact]
    public void Regions_are_drawn_where_they_are_with_their_numbers()
    {
        JsonElement sky = given.Page.Panels("figure-3-sky")[0];
        Assert.Equal([210, 220, 220, 210, 210], PageParts.Numbers(PageParts.Mark(sky, "test", "curve"), "x"));
        Assert.Equal([10, 10, 20, 20, 10], PageParts.Numbers(PageParts.Mark(sky, "test", "curve"), "y"));
        JsonElement[] labels = [.. sky.GetProperty("marks").EnumerateArray().Where(m => m.GetProperty("kind").GetString() == "labels")];
        Assert.Equal(["01 #900<br>03 #700", "02 #800", "04 #600", "06 #400"], labels.Select(l => l.GetProperty("text")[0].GetString()).Order());
        Assert.Equal("05 #500", PageParts.Notes(given.Page.Panels("figure-3-pole")[0]).Single().Text);
    }

    [BrowserFact]
    public async Task Every_figure_is_drawn_in_a_browser()
    {
        await using OpenPage open = await browser.OpenAsync(given.Place.Path("page.html"));
        await open.DrawAllAsync();
        Assert.Equal(4, await open.Page.Locator("#figure-3-sky .textpoint").CountAsync());
        Assert.Equal(4, await open.Page.Locator("#figure-1 .heatmaplayer image").CountAsync());
        foreach (string figure in Paper.Where(p => p.StartsWith("figure-a", StringComparison.Ordinal) || p is "figure-8" or "figure-12"))
        {
            int panels = await open.Page.Locator($"#{figure} .plot").CountAsync();
            Assert.True(panels > 0 && await open.Page.Locator($"#{figure} .js-line").CountAsync() == 2 * panels && await open.Page.Locator($"#{figure} .annotation").CountAsync() == 2 * panels, figure);
        }

        Assert.Empty(open.Complaints);
        await open.PictureAsync("sun25");
    }

    [Fact]
    public void What_is_not_given_is_left_out_and_named()
    {
        PageParts few = Report(given.SurveyPath, "--catalogue", WithoutProperMotions("few.csv"));
        Assert.DoesNotContain("mock", few.Section("figure-1") + few.Section("table-1") + few.Section("figure-9"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("lacks a line-of-sight velocity or proper motions", few.Section("figure-1"), StringComparison.Ordinal);
        Assert.Equal(2, few.Panels("figure-1-panels").Length);
        Assert.Contains("lacks parallaxes", few.Section("figure-2"), StringComparison.Ordinal);
        Assert.Contains("Left out", few.Section("figure-5"), StringComparison.Ordinal);
        Assert.Contains("has no proper motion in right ascension", few.Section("figure-8"), StringComparison.Ordinal);
        Assert.Single(few.Panels("figure-9-panels")[0].GetProperty("marks").EnumerateArray(), m => m.GetProperty("name").GetString() == "Stars");

        PageParts none = Report(given.SurveyPath);
        Assert.DoesNotContain("figure-1", none.Sections);
        Assert.DoesNotContain("figure-5", none.Sections);
        Assert.Contains("No stars were given", none.Section("table-1"), StringComparison.Ordinal);
        Assert.Contains("No histograms of stars were given", none.Section("figure-8"), StringComparison.Ordinal);
        Assert.Contains("chi-squared of the models cannot be found", none.Section("table-3"), StringComparison.Ordinal);
    }

    /// <summary>A survey of line-of-sight velocities alone; the stars of its last region are too fast for all cells.</summary>
    [Fact]
    public void Of_a_survey_that_lacks_quantities_the_figures_of_others_are_drawn()
    {
        string survey = given.Place.File("velocities.ini", ModelsAndStars.Survey.Replace("pmra = -30, 30, 3\npmdec = -30, 30, 3\n", "", StringComparison.Ordinal));
        foreach (PageParts page in (PageParts[])[Report(survey), Report(survey, "--catalogue", WithoutProperMotions("fast.csv", fast: 400))])
        {
            Assert.Empty(Paper.Where(p => p.StartsWith("figure-a", StringComparison.Ordinal)).Except(page.Sections));
            foreach (string figure in (string[])["figure-8", "figure-11", "figure-a-3", "figure-a-6", "figure-a-10"])
            {
                Assert.Contains("Left out: the survey has no histograms of the proper motion in right ascension.", page.Section(figure), StringComparison.Ordinal);
            }

            foreach (string figure in (string[])["figure-10", "figure-12", "figure-a-2", "figure-a-4", "figure-a-8"])
            {
                Assert.Contains("Left out: the survey has no histograms of the proper motion in declination.", page.Section(figure), StringComparison.Ordinal);
            }

            bool hasStars = page.Sections.Contains("figure-1");
            foreach ((string figure, bool isInCells) in ((string, bool)[])[("figure-9", true), ("figure-a-1", true), ("figure-a-5", true), ("figure-a-7", true), ("figure-a-9", false)])
            {
                Assert.All(page.Panels($"{figure}-panels"), panel => Assert.Equal(
                    hasStars && isInCells ? ["Stars", "first"] : ["first"], panel.GetProperty("marks").EnumerateArray().Select(m => m.GetProperty("name").GetString())));
            }

            if (hasStars)
            {
                string[] chi = page.Table("table-3-models")[1];
                Assert.All(chi[1..6], c => Assert.InRange(double.Parse(c, CultureInfo.InvariantCulture), 0.2, 3));
                Assert.Equal("–", chi[6]);
                Assert.Contains("Where a model has –", page.Section("table-3"), StringComparison.Ordinal);
            }
        }
    }

    /// <summary>The page of the first model.</summary>
    private PageParts Report(string survey, params string[] options)
    {
        CommandRun.Done(["report", given.First, "--survey", survey, "--out", given.Place.Path("few.html"), .. options]);
        return new(File.ReadAllText(given.Place.Path("few.html")));
    }

    /// <summary>The catalogue without proper motions and parallaxes, of stars that nobody drew.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="fast">How many of its last stars go at 900 km/s.</param>
    private string WithoutProperMotions(string name, int fast = 0)
    {
        string[][] rows = [.. File.ReadLines(given.Place.Path("stars.csv")).Select(l => l.Split(','))];
        int velocity = Array.IndexOf(rows[0], "radial_velocity");
        foreach (string[] row in rows[^fast..])
        {
            row[velocity] = "900";
        }

        int[] kept = [.. Enumerable.Range(0, rows[0].Length).Where(i => rows[0][i] is "ra" or "dec" or "distance" or "radial_velocity" or "radial_velocity_error")];
        return given.Place.File(name, string.Join('\n', rows.Select(r => string.Join(',', kept.Select(i => r[i])))) + "\n");
    }

    [Fact]
    public void What_does_not_go_together_is_refused_before_the_work()
    {
        string bins = Path.Combine(Repository.Root, "surveys", "bv23.ini"), page = given.Place.Path("refused.html");
        CommandRun.Of("", "report", given.First, given.Second, "--survey", bins, "--out", page).AssertRefused("one build only");
        CommandRun.Of("", "report", given.First, "--survey", bins, "--catalogue", given.Place.Path("stars.csv"), "--out", page).AssertRefused("--catalogue: is for regions of the sky");
        CommandRun.Of("", "report", given.First, "--survey", given.SurveyPath, "--chemistry", "c.ini", "--out", page).AssertRefused("--chemistry: is for pages with bins");
        CommandRun.Of("", "report", given.First, "--survey", given.SurveyPath, "--catalogue", given.Place.File("no.csv", "ra,dec\n1,2\n"), "--out", page).AssertRefused("no column for distance or parallax");
        string other = given.Place.File("other.ini", ModelsAndStars.Survey.Replace("vlos = -200, 200, 20", "vlos = -200, 200, 40", StringComparison.Ordinal));
        CommandRun.Of("", "report", given.First, "--survey", other, "--data", given.Place.Path("hist.csv"), "--out", page).AssertRefused("bin 1, vlos: has 20 cells from -200 to 200");
        string fewer = given.Place.File("fewer.ini", ModelsAndStars.Survey.Replace("6 = 210, 220, 10, 20, 1, 2, test\n", "", StringComparison.Ordinal).Replace(", 400\n", "\n", StringComparison.Ordinal).Replace("500, 400", "500", StringComparison.Ordinal));
        CommandRun.Of("", "report", given.First, "--survey", fewer, "--data", given.Place.Path("hist.csv"), "--out", page).AssertRefused("has the regions 1 to 5");
        Assert.False(File.Exists(page));
    }

    /// <summary>Pages have six digits.</summary>
    private static void AssertClose(double[] expected, double[] shown)
    {
        Assert.Equal(expected.Length, shown.Length);
        Assert.All(expected.Zip(shown), p => Assert.Equal(p.First, p.Second, 2e-5 * Math.Abs(p.First) + 1e-12));
    }
}
