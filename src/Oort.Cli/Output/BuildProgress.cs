using System.Globalization;
using Oort.Models;
using Spectre.Console;

namespace Oort.Cli.Output;

/// <summary>
/// Shows a terminal how the residual falls, a row per iteration; silent where standard error is not a terminal.
/// </summary>
internal sealed class BuildProgress : IProgress<IterationReport>
{
    private const int BarWidth = 30;

    private readonly double tolerance;
    private readonly Table table;
    private LiveDisplayContext? display;

    private BuildProgress(double tolerance)
    {
        this.tolerance = tolerance;
        table = new Table().Border(TableBorder.None).AddColumns("iteration", "residual", $"until {Short(tolerance)}", "seconds");
    }

    /// <summary>Runs the work, showing its progress.</summary>
    public static T Show<T>(Streams streams, double tolerance, Func<IProgress<IterationReport>, T> work)
    {
        BuildProgress progress = new(tolerance);
        if (!streams.ErrorIsTerminal)
        {
            return work(progress);
        }

        IAnsiConsole console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(streams.Error) });
        return console.Live(progress.table).Start(context =>
        {
            progress.display = context;
            context.Refresh();
            return work(progress);
        });
    }

    /// <inheritdoc/>
    public void Report(IterationReport value)
    {
        if (display is null)
        {
            return;
        }

        // The bar is logarithmic: full at a residual of 1, empty at the tolerance.
        double left = Math.Clamp(Math.Log(value.Residual / tolerance) / Math.Log(1 / tolerance), 0, 1);
        string bar = new('\u2588', (int)Math.Round(BarWidth * left));
        table.AddRow(
            value.Number.ToString(CultureInfo.InvariantCulture), Short(value.Residual), bar.PadRight(BarWidth),
            value.Seconds.ToString("F1", CultureInfo.InvariantCulture));
        display.Refresh();
    }

    private static string Short(double x) => x.ToString("0.##e+0", CultureInfo.InvariantCulture);
}
