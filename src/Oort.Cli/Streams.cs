using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Oort.Cli;

/// <summary>Standard input, output and error, or what stands in for them.</summary>
internal sealed class Streams : IDisposable
{
    /// <summary>Standard input: opened when it is asked for.</summary>
    public required Func<TextReader> In { get; init; }

    /// <summary>Standard output: results.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard output for results that are no text; what was written to <see cref="Out"/> is flushed before.</summary>
    public Stream OutBytes { get; init; } = Stream.Null;

    /// <summary>Whether standard output is a terminal, which should not be sent bytes that are no text.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Standard error: messages and progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether standard error is a terminal, so that progress may be drawn.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>The streams of this process. Output is buffered.</summary>
    public static Streams OfProcess()
    {
        Stream output = OpenOutput();
        return new()
        {
            In = () => new StreamReader(Console.OpenStandardInput(), Encoding.UTF8, true, 1 << 16),
            Out = new StreamWriter(output, new UTF8Encoding(false), 1 << 16) { AutoFlush = false },
            OutBytes = output,
            OutIsTerminal = !Console.IsOutputRedirected,
            Error = Console.Error,
            ErrorIsTerminal = !Console.IsErrorRedirected,
        };
    }

    /// <summary>
    /// Standard output. The console's stream takes no notice when the reader of a pipe has gone, and all that is left to do would be done
    /// for nobody: so pipes are written to as what they are. Files are left to the console's stream, which goes on where others have written.
    /// </summary>
    private static Stream OpenOutput()
    {
        const int StandardOutput = 1;
        if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected)
        {
            try
            {
                FileStream stream = new(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, 0);
                if (!stream.CanSeek)
                {
                    return stream;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                // Something else, or closed: the console's stream knows what to do with it.
            }
        }

        return Console.OpenStandardOutput();
    }

    /// <summary>A warning, one line on standard error.</summary>
    public void Warn(string message) => Error.WriteLine($"oort: warning: {message}");

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Out.Dispose();
        }
        catch (IOException)
        {
            // The reader of a pipe has gone; nobody is left to tell.
        }
    }
}
