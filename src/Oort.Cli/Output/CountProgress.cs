namespace Oort.Cli.Output;

/// <summary>A line on a terminal that counts what is done; silent where standard error is not a terminal.</summary>
internal sealed class CountProgress(Streams streams, string what, int total) : IProgress<int>, IDisposable
{
    private readonly Lock gate = new();
    private readonly long start = Environment.TickCount64;
    private long last = Environment.TickCount64;
    private bool drawn;

    /// <inheritdoc/>
    public void Report(int value)
    {
        long now = Environment.TickCount64;
        if (!streams.ErrorIsTerminal || now - Volatile.Read(ref last) < 200)
        {
            return;
        }

        lock (gate)
        {
            (last, drawn) = (now, true);
            streams.Error.Write($"\r{value}/{total} {what}, {(now - start) / 1000} s ");
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
}
