using System.Globalization;
using System.Text;
using Oort.Inference;

namespace Oort.Cli.Output;

/// <summary>
/// Shows on standard error how a fit goes: on a terminal a line that is drawn anew after each model, elsewhere a line a minute, for the logs of long runs.
/// </summary>
internal sealed class FitProgress(Streams streams, ParameterSet parameters) : IProgress<FitReport>, IDisposable
{
    private const int Interval = 60_000;

    private long last = Environment.TickCount64;
    private bool drawn;

    /// <inheritdoc/>
    public void Report(FitReport value)
    {
        long now = Environment.TickCount64;
        if (streams.ErrorIsTerminal)
        {
            string line = Line(value, parameters);
            int width = Width();
            streams.Error.Write($"\r{(line.Length < width ? line : line[..(width - 1)])}\u001b[K");
            streams.Error.Flush();
            drawn = true;
        }
        else if (now - last >= Interval)
        {
            last = now;
            streams.Error.WriteLine(Line(value, parameters));
        }
    }

    /// <summary>Erases the line.</summary>
    public void Dispose()
    {
        if (drawn)
        {
            streams.Error.Write("\r\u001b[K");
            streams.Error.Flush();
        }
    }

    /// <summary>What is known: how far, the best chi-squared and its parameters, and how long it takes at most.</summary>
    internal static string Line(FitReport report, ParameterSet parameters)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{report.Last.Stage} {report.Last.Number}");
        if (report.Most < int.MaxValue)
        {
            text.Append(CultureInfo.InvariantCulture, $" of at most {report.Most}");
        }

        text.Append(CultureInfo.InvariantCulture, $", {report.SecondsEach:f2} s each");
        if (report.Most < int.MaxValue)
        {
            double seconds = Math.Max(0, report.Most - report.Last.Number) * report.SecondsEach;
            text.Append(seconds < 90 ? string.Create(CultureInfo.InvariantCulture, $", {seconds:f0} s left at most") : string.Create(CultureInfo.InvariantCulture, $", {seconds / 60:f0} min left at most"));
        }

        text.Append(CultureInfo.InvariantCulture, $"; best chi-squared {report.Best.ChiSquared:f2}:");
        for (int i = 0; i < parameters.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")} {parameters[i].Name} {report.Best.Values[i]:g5}");
        }

        return text.ToString();
    }

    private static int Width()
    {
        try
        {
            return Math.Max(20, Console.WindowWidth);
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
