namespace Oort.Cli.Output;

/// <summary>
/// How a long run goes, on standard error: on a terminal a line that is drawn anew each time, elsewhere a line a minute, for the logs of long runs.
/// </summary>
internal sealed class StatusLine(Streams streams) : IDisposable
{
    private const int Interval = 60_000;

    private long last = Environment.TickCount64;
    private bool drawn;

    /// <summary>Shows how it goes now.</summary>
    public void Show(Func<string> text)
    {
        long now = Environment.TickCount64;
        if (streams.ErrorIsTerminal)
        {
            string line = text();
            int width = Width();
            streams.Error.Write($"\r{(line.Length < width ? line : line[..(width - 1)])}\u001b[K");
            streams.Error.Flush();
            drawn = true;
        }
        else if (now - last >= Interval)
        {
            last = now;
            streams.Error.WriteLine(text());
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
