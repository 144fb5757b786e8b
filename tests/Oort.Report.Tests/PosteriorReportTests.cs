using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Oort.Report.Posterior;
using Oort.Tests.Cli;
using Oort.Tests.Support;

namespace Oort.Report.Tests;

/// <summary>A short chain of a small model in a fixed potential.</summary>
public sealed class SmallChain : IDisposable
{
    private readonly Workplace place = new();

    public SmallChain()
    {
        string fit = SmallFit.Prepare(place, """
            method = sample
            [Sampler]
            walkers = 8
            steps = 30
            seed = 3
            [Parameter Jr0]
            key = DF thin disk/Jr0
            start = 30
            min = 5
            max = 100
            step = 2
            transform = log
            [Parameter slope & co]
            key = DF thin disk/pr
            start = -0.3
            min = -1
            max = 1
            step = 0.05
            """);
        CommandRun.Done("fit", fit, "--out", place.Path("run.db"));
        Messages = CommandRun.Done("chain", "report", place.Path("run.db"), "--fit", fit, "--draws", "12", "--out", place.Path("page.html")).Error;
        Html = File.ReadAllText(place.Path("page.html"));
        Page = new(Html);
    }

    public string Html { get; }

    internal PageParts Page { get; }

    public string Messages { get; }

    public string Path(string name) => place.Path(name);

    public void Dispose() => place.Dispose();
}

public sealed partial class PosteriorReportTests(SmallChain chain) : IClassFixture<SmallChain>
{
    [Fact]
    public void The_page_has_all_sections_and_tells_its_progress()
    {
        Assert.Equal(["parameters", "corner-plot", "traces", "bands", "derived"], chain.Page.Sections);
        Assert.Contains("models of 12 draws", chain.Messages);
        Assert.Contains("slope &amp; co", chain.Html);
    }

    /// <summary>The table has what oort chain info says.</summary>
    [Fact]
    public void The_table_agrees_with_the_chain()
    {
        JsonElement jr0 = JsonDocument.Parse(CommandRun.Done("chain", "info", chain.Path("run.db"), "--json").Out).RootElement.GetProperty("parameters").GetProperty("Jr0");
        string[] cells = chain.Page.Table("parameter-table")[1];
        Assert.StartsWith("Jr0", cells[0]);
        Assert.Contains("kpc km s⁻¹", cells[0]);
        Assert.Equal(jr0.GetProperty("median").GetDouble(), double.Parse(cells[1], CultureInfo.InvariantCulture), 0.5);
        Assert.Equal(jr0.GetProperty("best").GetDouble(), double.Parse(cells[4], CultureInfo.InvariantCulture), 0.5);
    }

    /// <summary>A drawing that an XML reader takes, a panel for each parameter and pair, all points inside.</summary>
    [Fact]
    public void The_corner_plot_has_a_panel_for_each_parameter_and_pair()
    {
        string svg = Svg().Match(chain.Html).Value;
        XElement drawing = XElement.Parse(svg);
        double width = double.Parse(drawing.Attribute("viewBox")!.Value.Split(' ')[2], CultureInfo.InvariantCulture);
        Assert.Equal(3, drawing.Elements().Count(e => e.Name.LocalName == "rect"));
        double[] numbers = [.. drawing.Elements().Where(e => e.Name.LocalName == "path").SelectMany(e => Number().Matches(e.Attribute("d")!.Value)).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];
        Assert.All(numbers, v => Assert.InRange(v, -5, width + 100));
    }

    /// <summary>Bands lie in each other; the data are there.</summary>
    [Fact]
    public void Bands_stand_beside_the_data()
    {
        JsonElement[] marks = [.. chain.Page.Panels("band-panels")[0].GetProperty("marks").EnumerateArray()];
        Assert.Equal(["95 %", "68 %", "Best fit", "Stars"], marks.Select(m => m.GetProperty("name").GetString()));
        double[] Of(int mark, string name) => PageParts.Numbers(marks[mark], name);
        (double[] low95, double[] low68, double[] high68, double[] high95, double[] stars) = (Of(0, "from"), Of(1, "from"), Of(1, "y"), Of(0, "y"), Of(3, "y"));
        Assert.Equal(10, stars.Length);
        for (int i = 0; i < low95.Length; i++)
        {
            Assert.True(low95[i] <= low68[i] && low68[i] <= high68[i] && high68[i] <= high95[i]);
            Assert.InRange(0.5 * (low68[i] + high68[i]), 0.5 * stars[i], 2 * stars[i]);
        }

        Assert.True(high95[4] > low95[4]);
        JsonElement[] differences = [.. chain.Page.Panels("band-panels", "difference from the best fit")[0].GetProperty("marks").EnumerateArray()];
        Assert.Equal((stars[4] - Of(2, "y")[4]) / (Math.Sqrt(500) / 3000 / 20 * Math.Exp(-0.25 * Math.Pow(10 / 42.0, 2))), differences[3].GetProperty("y")[4].GetDouble(), 0.1);
    }

    [Fact]
    public void Numbers_that_follow_have_intervals_and_those_of_the_potential_have_none()
    {
        string[][] rows = chain.Page.Table("derived-table")[1..];
        Assert.Contains(rows, r => r[0].StartsWith("ρ(R0, 0), stars", StringComparison.Ordinal));
        string[] speed = rows.First(r => r[0].StartsWith("circular speed", StringComparison.Ordinal));
        Assert.Equal(["–", "–", speed[1]], speed[2..5]);
        Assert.Contains("The potential is fixed", chain.Html);
    }

    [Fact]
    public void Without_the_fit_there_are_draws_alone_and_what_is_wrong_is_told()
    {
        string page = CommandRun.Done("chain", "report", chain.Path("run.db")).Out;
        Assert.Equal(["parameters", "corner-plot", "traces"], new PageParts(page).Sections);
        CommandRun unknown = CommandRun.Of("", "chain", "report", chain.Path("run.db"), "--corner", "Jz0");
        Assert.Equal((2, true), (unknown.Code, unknown.Error.Contains("--corner Jz0: there is no such parameter. There are: Jr0, slope & co", StringComparison.Ordinal)));
        File.WriteAllText(chain.Path("other.ini"), File.ReadAllText(chain.Path("f.ini")).Replace("start = 30", "start = 31", StringComparison.Ordinal));
        CommandRun other = CommandRun.Of("", "chain", "report", chain.Path("run.db"), "--fit", chain.Path("other.ini"));
        Assert.Equal((2, true), (other.Code, other.Error.Contains("the fit file is not the one it was sampled with", StringComparison.Ordinal)));
    }

    [GeneratedRegex("<svg viewBox=.*?</svg>(?=</figure>)")]
    private static partial Regex Svg();

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Number();
}

public sealed class ContourTests
{
    /// <summary>A circle about the middle, and one that the grid's edge cuts.</summary>
    [Theory]
    [InlineData(20, 20)]
    [InlineData(0, 20)]
    public void A_contour_of_a_round_hill_is_a_circle(double x, double y)
    {
        double[,] hill = new double[41, 41];
        for (int r = 0; r < 41; r++)
        {
            for (int c = 0; c < 41; c++)
            {
                hill[r, c] = Math.Exp(-0.5 * ((c - x) * (c - x) + (r - y) * (r - y)) / 64);
            }
        }

        IReadOnlyList<(double X, double Y)> line = Assert.Single(Contours.Of(hill, Math.Exp(-0.5)));
        Assert.All(line.Where(p => p.X > 0), p => Assert.Equal(8, Math.Sqrt((p.X - x) * (p.X - x) + (p.Y - y) * (p.Y - y)), 0.02));
        double area = 0.5 * line.Select((p, i) => p.X * line[(i + 1) % line.Count].Y - line[(i + 1) % line.Count].X * p.Y).Sum();
        Assert.Equal(Math.PI * 64 * (x > 0 ? 1 : 0.5), area, 0.02 * Math.PI * 64);
    }

    [Fact]
    public void Two_hills_that_meet_at_a_corner_have_two_contours()
    {
        double[,] saddle = { { 1, 0 }, { 0, 1 } };
        Assert.Equal(2, Contours.Of(saddle, 0.5).Count);
    }

    [Theory]
    [InlineData(0.13, 0.92, 4, new[] { "0.2", "0.4", "0.6", "0.8" })]
    [InlineData(-1200, 900, 3, new[] { "−1000", "0" })]
    [InlineData(9.98, 10.03, 3, new[] { "9.98", "10.00", "10.02" })]
    public void Ticks_are_round(double low, double high, int most, string[] expected) => Assert.Equal(expected, NiceTicks.Of(low, high, most).Select(t => t.Text));
}
