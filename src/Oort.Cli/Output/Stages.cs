using System.Diagnostics;

namespace Oort.Cli.Output;

/// <summary>
/// Steps of a longer piece of work: each leaves a line on standard error with the time it took, and shows on a terminal how far it is.
/// </summary>
internal sealed class Stages(Streams streams, string work)
{
    private readonly List<string> failures = [];

    /// <summary>What failed and why, a line a step.</summary>
    public IReadOnlyList<string> Failures => failures;

    /// <summary>Runs a step that others do without: where its method fails on this input, null, and a line that says why.</summary>
    public T? Try<T>(string what, Func<IProgress<double>, T> step)
        where T : class
    {
        try
        {
            return Run(what, step);
        }
        catch (NumericalException e)
        {
            failures.Add($"{what}: {e.Message}");
            Tell(failures[^1]);
            return null;
        }
    }

    /// <summary>Says something about the work on standard error.</summary>
    public void Tell(string line) => streams.Error.WriteLine($"{work}: {line}");

    /// <summary>Runs a step.</summary>
    /// <param name="what">What it finds.</param>
    /// <param name="step">The step; may tell the share done.</param>
    public T Run<T>(string what, Func<IProgress<double>, T> step)
    {
        if (streams.ErrorIsTerminal)
        {
            streams.Error.Write($"\r{work}: {what} ...\u001b[K");
            streams.Error.Flush();
        }

        Stopwatch watch = Stopwatch.StartNew();
        using ShareProgress share = new(streams, $"{work}: {what}");
        T result = step(share);
        share.Dispose();
        string start = streams.ErrorIsTerminal ? "\r" : "", end = streams.ErrorIsTerminal ? "\u001b[K" : "";
        streams.Error.WriteLine(FormattableString.Invariant($"{start}{work}: {what}: {watch.Elapsed.TotalSeconds:f1} s{end}"));
        return result;
    }
}
