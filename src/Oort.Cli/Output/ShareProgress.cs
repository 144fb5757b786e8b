namespace Oort.Cli.Output;

/// <summary>
/// A line on a terminal that tells how much is done and how long the rest will take; silent where standard error is no terminal.
/// </summary>
internal sealed class ShareProgress(Streams streams, string what) : IProgress<double>, IDisposable
{
    private const int Interval = 200;

    private readonly Lock gate = new();
    private readonly long start = Environment.TickCount64;
    private long last = Environment.TickCount64;
    private bool drawn;

    /// <inheritdoc/>
    public void Report(double value)
    {
        long now = Environment.TickCount64;
        if (!streams.ErrorIsTerminal || now - Volatile.Read(ref last) < Interval || value <= 0)
        {
            return;
        }

        lock (gate)
        {
            (last, drawn) = (now, true);
            streams.Error.Write(FormattableString.Invariant($"\r{what}: {100 * value:f0} %, {Duration((now - start) / 1000.0 * (1 - value) / value)} left \u001b[K"));
            streams.Error.Flush();
        }
    }

    /// <summary>Erases the line.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (drawn)
            {
                streams.Error.Write("\r\u001b[K");
                streams.Error.Flush();
                drawn = false;
            }
        }
    }

    private static string Duration(double seconds)
        => seconds < 90 ? FormattableString.Invariant($"{seconds:f0} s") : FormattableString.Invariant($"{seconds / 60:f0} min");
}
