namespace Oort.Cli.Output;

/// <summary>A <see cref="ShareProgress"/> that is told how many of a number of things are done.</summary>
internal sealed class CountProgress(Streams streams, string what, int total) : IProgress<int>, IDisposable
{
    private readonly ShareProgress share = new(streams, what);

    /// <inheritdoc/>
    public void Report(int value) => share.Report((double)value / total);

    /// <summary>Erases the line.</summary>
    public void Dispose() => share.Dispose();
}
