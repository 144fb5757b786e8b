using System.Text.Json;
using Microsoft.Playwright;
using Oort.Tests.Cli;

namespace Oort.Report.Tests;

/// <summary>What the page's script makes of marks whose numbers are known.</summary>
public sealed class DrawingTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [BrowserFact]
    public async Task Every_kind_of_mark_is_drawn()
    {
        await using OpenPage open = await OpenAsync();
        Assert.Equal(4, await open.Page.Locator("#marks .panel:nth-child(1) .points .point").CountAsync());
        Assert.Equal(4, await open.Page.Locator("#marks .panel:nth-child(1) .errorbar").CountAsync());
        Assert.Equal(2, await open.Page.Locator("#marks .panel:nth-child(2) .lines .js-line").CountAsync());
        Assert.Equal(1, await open.Page.Locator("#marks .panel:nth-child(3) .heatmaplayer image").CountAsync());
        Assert.Equal(2, await open.Page.Locator("#marks .panel:nth-child(3) .contourlayer .contour").CountAsync());
        Assert.Empty(open.Complaints);
        await open.PictureAsync("made-up");
    }

    [BrowserFact]
    public async Task Words_stand_at_their_places_and_below_each_other_in_corners()
    {
        await using OpenPage open = await OpenAsync();
        ILocator words = open.Page.Locator("#choice .textpoint");
        Assert.Equal(["at two", "at three"], await words.AllTextContentsAsync());
        LocatorBoundingBoxResult two = (await words.Nth(0).BoundingBoxAsync())!, three = (await words.Nth(1).BoundingBoxAsync())!;
        Assert.True(two.X < three.X && two.Y < three.Y);
        ILocator notes = open.Page.Locator("#marks .panel:nth-child(2) .annotation text");
        Assert.Equal(["first", "second"], await notes.AllTextContentsAsync());
        LocatorBoundingBoxResult first = (await notes.Nth(0).BoundingBoxAsync())!, second = (await notes.Nth(1).BoundingBoxAsync())!;
        Assert.True(second.Y > first.Y + 0.8 * first.Height && Math.Abs(first.X + first.Width - second.X - second.Width) < 3);
        Assert.Equal("rgb(0, 98, 163)", await notes.Nth(1).EvaluateAsync<string>("e => getComputedStyle(e).fill"));
        string[] lines = await CsvAsync(open, "#choice .csv");
        Assert.Equal(["at two,2,3", "at three,3,2"], lines[^2..]);
    }

    [BrowserFact]
    public async Task The_legend_hides_a_mark_in_all_panels_of_its_figure_and_shows_it_again()
    {
        await using OpenPage open = await OpenAsync();
        ILocator button = open.Page.Locator("#marks .legend button").Filter(new() { HasText = "Thin <disc>" });
        Assert.Equal(3, await Visible());
        await button.ClickAsync();
        Assert.Equal("false", await button.GetAttributeAsync("aria-pressed"));
        Assert.Equal(1, await Visible());
        await button.ClickAsync();
        Assert.Equal(3, await Visible());
        Assert.Empty(open.Complaints);

        // Lines: of the curve in two panels, and of the histogram.
        Task<int> Visible() => open.Page.Locator("#marks .trace:has(.js-line)").CountAsync();
    }

    [BrowserFact]
    public async Task A_choice_changes_what_is_drawn_and_downloaded()
    {
        await using OpenPage open = await OpenAsync();
        Assert.Equal(4, await Last());
        await open.Page.Locator("#choice select").SelectOptionAsync("1");
        Assert.Equal(10, await Last());
        Assert.Equal("Two & R", await open.Page.Locator("#choice h3").InnerTextAsync());
        Assert.Contains("Two & R", await open.Page.Locator("#choice .plot").GetAttributeAsync("aria-label"), StringComparison.Ordinal);
        string[] lines = await CsvAsync(open, "#choice .csv");
        Assert.Equal("C,4,10", lines[^1]);

        Task<double> Last() => open.Page.EvaluateAsync<double>("document.querySelector('#choice .plot').data[0].y.at(-1)");
    }

    [BrowserFact]
    public async Task Panels_are_downloaded_with_units()
    {
        await using OpenPage open = await OpenAsync();
        Assert.Equal(
            ["series,R [kpc],ρ [Msun pc^-3],error of ρ [Msun pc^-3] below,error of ρ [Msun pc^-3] above", "Thin <disc>,1,10,,", "Thin <disc>,2,1,,", "Thin <disc>,3,,,", "Thin <disc>,4,0.123457,,",
                "\"Data, points\",1,5,1,2", "\"Data, points\",2,6,1,2", "\"Data, points\",3,7,1,2", "\"Data, points\",4,8,1,2"],
            await CsvAsync(open, "#marks .panel:nth-child(1) .csv"));
        Assert.Equal(
            ["series,v [km s^-1] from,v [km s^-1] to,p,error of p below,error of p above", "Data,0,1,4,0.1,0.1", "Data,1,2,9,0.2,0.2", "Data,2,3,2,0.3,0.3",
                "Thin <disc>,1,1,4,,", "Thin <disc>,2,2,8,,", "Thin <disc>,3,3,3,,", "Thin <disc>,4,4,1,,"],
            await CsvAsync(open, "#marks .panel:nth-child(2) .csv"));
        string[] map = await CsvAsync(open, "#marks .panel:nth-child(3) .csv");
        Assert.Equal("series,R [kpc],z [kpc],log_10 ρ", map[0]);
        Assert.Equal(13, map.Length);
        Assert.Contains("Stars,2,1,4", map);
    }

    [BrowserFact]
    public async Task Names_from_files_are_text_not_elements()
    {
        await using OpenPage open = await OpenAsync();
        Assert.Equal("Made <up> & checked", await open.Page.TitleAsync());
        Assert.Equal("Made <up> & checked", await open.Page.Locator("h1").InnerTextAsync());
        Assert.Equal(0, await open.Page.Locator("disc, up").CountAsync());
    }

    [Fact]
    public void Data_are_valid_and_end_no_script()
    {
        Figure figure = new("f", "t", 1, [new Panel("</script>", Axis.Radius(), new("y"), [new Curve("<!--", new(Colour.Ink), [1.23456789e-20, double.NaN], [double.PositiveInfinity, -0.0])])]);
        string text = FigureData.Text(figure);
        Assert.DoesNotContain("<", text, StringComparison.Ordinal);
        JsonElement mark = JsonDocument.Parse(text).RootElement[0][0].GetProperty("marks")[0];
        Assert.Equal(1.23457e-20, mark.GetProperty("x")[0].GetDouble());
        Assert.Equal(JsonValueKind.Null, mark.GetProperty("x")[1].ValueKind);
        Assert.Equal(JsonValueKind.Null, mark.GetProperty("y")[0].ValueKind);
    }

    [Theory]
    [InlineData(61.2, 3, "61.2")]
    [InlineData(-0.00471, 3, "−0.00471")]
    [InlineData(4.7e-5, 2, "4.7 × 10<sup>−5</sup>")]
    [InlineData(8.05e11, 3, "8.05 × 10<sup>11</sup>")]
    [InlineData(0, 3, "0")]
    [InlineData(double.NaN, 3, "–")]
    [InlineData(99.96, 3, "100")]
    public void Numbers_are_written_as_people_write_them(double value, int digits, string text) => Assert.Equal(text, Markup.Of(value, digits));

    [Fact]
    public void Differences_stand_beside_the_papers_numbers()
    {
        string text = MadeUpPage.Text();
        Assert.Contains("<td>1.03</td><td>1.00</td><td>+3.0 %</td>", text, StringComparison.Ordinal);
        Assert.Contains("<td>2.50 × 10<sup>−7</sup></td><td>–</td><td>–</td>", text, StringComparison.Ordinal);
    }

    private async Task<OpenPage> OpenAsync()
    {
        OpenPage open = await browser.OpenAsync(place.File("page.html", MadeUpPage.Text()));
        await open.DrawAllAsync();
        return open;
    }

    private static async Task<string[]> CsvAsync(OpenPage open, string button)
    {
        IDownload download = await open.Page.RunAndWaitForDownloadAsync(() => open.Page.Locator(button).ClickAsync());
        Assert.EndsWith(".csv", download.SuggestedFilename, StringComparison.Ordinal);
        return (await File.ReadAllTextAsync(await download.PathAsync())).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
