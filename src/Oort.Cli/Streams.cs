using System.Text;

namespace Oort.Cli;

/// <summary>Standard input, output and error, or what stands in for them.</summary>
internal sealed class Streams : IDisposable
{
    /// <summary>Standard input: opened when it is asked for.</summary>
    public required Func<TextReader> In { get; init; }

    /// <summary>Standard output: results.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error: messages and progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether standard error is a terminal, so that progress may be drawn.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>The streams of this process. Output is buffered.</summary>
    public static Streams OfProcess() => new()
    {
        In = () => new StreamReader(Console.OpenStandardInput(), Encoding.UTF8, true, 1 << 16),
        Out = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16) { AutoFlush = false },
        Error = Console.Error,
        ErrorIsTerminal = !Console.IsErrorRedirected,
    };

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
