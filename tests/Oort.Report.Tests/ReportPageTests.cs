using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Oort.Tests.Support;

namespace Oort.Report.Tests;

/// <summary>The page of the model of Binney &amp; Vasiliev (2023) in a browser.</summary>
public sealed partial class ReportPageTests(BuiltReport report, Browser browser) : IClassFixture<BuiltReport>, IClassFixture<Browser>
{
    private const string Counts = """
        [...document.querySelectorAll('.plot')].map((plot, i) => {
          const figure = plot.closest('figure'), index = [...figure.querySelectorAll('.plot')].indexOf(plot);
          const panel = oortReport.figures.find(f => f.element === figure).data()[0][index];
          const finite = y => y.flat().filter(v => v !== null && Number.isFinite(v)).length;
          return { name: figure.id + ' ' + (index + 1), marks: panel.marks.length, names: new Set(panel.marks.map(m => m.name)).size, empty: panel.marks.filter(m => finite(m.z || m.y) < 1).length,
            traces: new Set((plot.data || []).filter(t => finite(t.z || [...t.y]) > 0).map(t => t.name)).size,
            drawn: plot.querySelectorAll('.js-line, .point, .heatmaplayer image, .contour path').length,
            outside: [...plot.querySelectorAll('.js-line')].filter(l => !l.getAttribute('d') || /NaN/.test(l.getAttribute('d'))).length };
        })
        """;

    [BrowserFact]
    public async Task Every_figure_has_drawn_its_curves()
    {
        await using OpenPage open = await browser.OpenAsync(report.Path);
        await open.DrawAllAsync();
        JsonElement panels = (await open.Page.EvaluateAsync(Counts))!.Value;
        Assert.True(panels.GetArrayLength() > 100);
        foreach (JsonElement panel in panels.EnumerateArray())
        {
            string name = panel.GetProperty("name").GetString()!;
            int marks = panel.GetProperty("marks").GetInt32();
            Assert.True(marks > 0 && panel.GetProperty("empty").GetInt32() == 0, $"{name} has marks without numbers");
            Assert.True(panel.GetProperty("traces").GetInt32() == panel.GetProperty("names").GetInt32(), $"{name}: {panel}");
            Assert.True(panel.GetProperty("drawn").GetInt32() >= marks && panel.GetProperty("outside").GetInt32() == 0, $"{name}: {panel}");
        }

        Assert.Empty(open.Complaints);
        await open.PictureAsync("report");
    }

    [BrowserFact]
    public async Task It_can_be_used_within_two_seconds()
    {
        // The quickest of ten, a while apart: other work on the machine is not the page's fault.
        List<double> seconds = [];
        for (int i = 0; i < 10 && (i == 0 || seconds.Min() > 2); i++)
        {
            await Task.Delay(i == 0 ? 0 : 2000);
            await using OpenPage open = await browser.OpenAsync(report.Path);
            seconds.Add(await open.Page.EvaluateAsync<double>("oortReport.readyAt / 1000"));
            Assert.True(await open.Page.EvaluateAsync<bool>("document.querySelectorAll('.plot').length > 0"));
        }

        Assert.True(seconds.Min() < 2, $"{seconds.Min():f1} s");
    }

    [BrowserFact]
    public async Task Figures_are_drawn_as_they_come_into_view()
    {
        await using OpenPage open = await browser.OpenAsync(report.Path);
        ILocator last = open.Page.Locator(".plot").Last;
        Assert.Equal(0, await last.Locator("svg").CountAsync());
        await last.ScrollIntoViewIfNeededAsync();
        await last.Locator(".js-line").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    [BrowserFact]
    public async Task Figures_follow_the_dark_mode()
    {
        await using OpenPage open = await browser.OpenAsync(report.Path, scheme: ColorScheme.Dark);
        await open.DrawAllAsync();
        await open.PictureAsync("dark");
        (double page, double text, double line) = await Lightness(open);
        Assert.True(page < 0.2 && text > 0.7 && line > 0.7, $"{page} {text} {line}");
        await open.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await open.Page.WaitForFunctionAsync("getComputedStyle(document.querySelector('.plot .xtick text')).fill === 'rgb(26, 26, 26)'");
        (page, text, line) = await Lightness(open);
        Assert.True(page > 0.9 && text < 0.3 && line < 0.3, $"{page} {text} {line}");
        Assert.Empty(open.Complaints);
    }

    [BrowserFact]
    public async Task In_print_all_figures_are_drawn_dark_on_white()
    {
        await using OpenPage open = await browser.OpenAsync(report.Path, scheme: ColorScheme.Dark);
        await open.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await open.Page.WaitForFunctionAsync("[...document.querySelectorAll('.plot')].every(p => p.querySelector('.js-line, image, .contour'))");
        (double page, double text, double line) = await Lightness(open);
        Assert.True(page > 0.9 && text < 0.3 && line < 0.3, $"{page} {text} {line}");
        Assert.False(await open.Page.Locator("nav").IsVisibleAsync());
        Assert.Equal(0, await open.Page.Locator(".csv:visible").CountAsync());
        byte[] pdf = await open.Page.PdfAsync(new() { Format = "A4", PreferCSSPageSize = true });
        Assert.True(PdfPages().Count(System.Text.Encoding.Latin1.GetString(pdf)) is > 2 and < 60);
        if (Environment.GetEnvironmentVariable("OORT_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "print.pdf"), pdf);
        }

        Assert.Empty(open.Complaints);
    }

    [BrowserFact]
    public async Task On_a_phone_panels_stack_and_nothing_is_wider_than_the_screen()
    {
        await using OpenPage open = await browser.OpenAsync(report.Path, width: 390, isPhone: true);
        await open.DrawAllAsync();
        await open.PictureAsync("phone");
        Assert.Equal(390, await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.True(await open.Page.EvaluateAsync<bool>("""
            [...document.querySelectorAll('.panels')].every(g => {
              const plots = [...g.querySelectorAll('.plot')].map(p => p.getBoundingClientRect());
              return plots.every((p, i) => p.right <= 390 && p.width > 300 && (i === 0 || p.top >= plots[i - 1].bottom - 1));
            })
            """));
        Assert.Empty(open.Complaints);
    }

    [BrowserFact]
    public async Task It_can_be_read_aloud_and_used_with_keys()
    {
        await using OpenPage open = await browser.OpenAsync(report.Path);
        await open.DrawAllAsync();
        Assert.Equal(1, await open.Page.Locator("h1").CountAsync());
        Assert.Equal(0, await open.Page.Locator(".plot:not([aria-label]), button:not([type]), .csv:not([aria-label]), html:not([lang])").CountAsync());
        Assert.True(await open.Page.EvaluateAsync<bool>("[...document.querySelectorAll('section')].every(s => s.querySelector('h2') && document.getElementById(s.getAttribute('aria-labelledby')))"));
        Assert.True(await open.Page.EvaluateAsync<bool>("[...document.querySelectorAll('nav a')].every(a => document.querySelector(a.getAttribute('href')))"));
        ILocator entry = open.Page.Locator(".legend button").First;
        await entry.FocusAsync();
        await open.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("false", await entry.GetAttributeAsync("aria-pressed"));
    }

    [Fact]
    public void It_is_light_and_names_are_unique()
    {
        Assert.True(new FileInfo(report.Path).Length < 8_000_000);
        string[] ids = [.. Id().Matches(Script().Replace(report.Html, "")).Select(m => m.Groups[1].Value)];
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void Sections_stand_in_the_papers_order()
    {
        string[] paper = ["table-1", .. Numbered(1, 8), "table-2", "figure-9", "table-3", .. Numbered(10, 14), "table-4", .. Numbered(15, 18), "table-5", "figure-19", "figure-20", "table-6", "figure-21"];
        Assert.Equal(paper, new PageParts(report.Html).Sections);

        static IEnumerable<string> Numbered(int first, int last) => Enumerable.Range(first, last - first + 1).Select(n => $"figure-{n}");
    }

    [Fact]
    public void The_bundled_script_is_the_published_one()
    {
        string folder = Path.Combine(Repository.Root, "src", "Oort.Report", "Vendored");
        string hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "plotly-cartesian.min.js"))));
        Assert.Contains(hash, File.ReadAllText(Path.Combine(folder, "README.md")), StringComparison.Ordinal);
        Assert.Contains("Permission is hereby granted", report.Html, StringComparison.Ordinal);
    }

    /// <summary>Lightness of the page, its text, and the tick labels of its first figure.</summary>
    private static async Task<(double Page, double Text, double Line)> Lightness(OpenPage open)
    {
        JsonElement result = (await open.Page.EvaluateAsync("""
            (() => {
              const light = c => { const [r, g, b] = c.match(/[\d.]+/g).map(Number); return (0.21 * r + 0.72 * g + 0.07 * b) / 255; };
              const style = e => getComputedStyle(e);
              return [light(style(document.body).backgroundColor), light(style(document.body).color), light(style(document.querySelector('.plot .xtick text')).fill)];
            })()
            """))!.Value;
        return (result[0].GetDouble(), result[1].GetDouble(), result[2].GetDouble());
    }

    [GeneratedRegex("""\bid="([^"]+)""")]
    private static partial Regex Id();

    [GeneratedRegex("<script(?! type).*?</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex(@"/Type\s*/Page\b")]
    private static partial Regex PdfPages();
}
