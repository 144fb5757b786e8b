using Microsoft.Playwright;

namespace Oort.Report.Tests;

/// <summary>Chromium, started once for the tests of a class.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task InitializeAsync()
    {
        if (BrowserFactAttribute.Chromium is string path)
        {
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] });
        }
    }

    /// <summary>Opens a file in a window of its own, which may not ask the network for anything.</summary>
    public async Task<OpenPage> OpenAsync(string path, int width = 1280, ColorScheme scheme = ColorScheme.Light, bool isPhone = false)
    {
        IBrowserContext context = await browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 800 },
            ColorScheme = scheme,
            HasTouch = isPhone,
            IsMobile = isPhone,
            AcceptDownloads = true,
        });
        OpenPage page = new(context, await context.NewPageAsync());
        await page.GoToAsync(path);
        return page;
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.CloseAsync();
        }

        playwright?.Dispose();
    }
}

/// <summary>A page in the browser and what it complained of.</summary>
public sealed class OpenPage(IBrowserContext context, IPage page) : IAsyncDisposable
{
    /// <summary>Messages on the console that are warnings or errors, scripts' failures, and addresses asked for beside the file.</summary>
    public List<string> Complaints { get; } = [];

    public IPage Page { get; } = page;

    internal async Task GoToAsync(string path)
    {
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Add($"{message.Type}: {message.Text}");
            }
        };
        Page.PageError += (_, error) => Complaints.Add($"failure: {error}");
        Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                Complaints.Add($"asks for {request.Url}");
            }
        };
        await Page.GotoAsync("file://" + path);
        await Page.WaitForFunctionAsync("document.documentElement.dataset.ready === 'true'");
    }

    /// <summary>Draws every figure.</summary>
    public Task DrawAllAsync() => Page.EvaluateAsync("oortReport.drawAll()");

    /// <summary>Writes a picture of the page to the folder that OORT_SCREENSHOTS names, for people to look at; none if it names none.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("OORT_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
