namespace Oort.Inference.Ranks;

/// <summary>
/// A density whose points are spread over ranks. Rank 0 sends a free rank some of the points that are left, fewer the fewer are left, and evaluates some itself meanwhile: no rank waits for long
/// when some points cost more than others. Which rank evaluates which point depends on chance; the result does not.
/// </summary>
public sealed class RankedDensity : ILogDensity, IDisposable
{
    private readonly RankedPoints ranks;
    private readonly ILogDensity own;
    private readonly double[] near;

    /// <summary>Waits until all other ranks can evaluate the same density.</summary>
    /// <param name="ranks">The ranks; this one is 0.</param>
    /// <param name="own">The density of this rank.</param>
    /// <param name="fingerprint">Names all that the density depends on.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">A rank reads other files.</exception>
    public RankedDensity(IRanks ranks, ILogDensity own, string fingerprint, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(own);
        (this.ranks, this.own, near) = (new(ranks, RankWork.Of(own, fingerprint), cancellation), own, []);
    }

    private RankedDensity(RankedPoints ranks, ILogDensity own, double[] near) => (this.ranks, this.own, this.near) = (ranks, own, near);

    /// <inheritdoc/>
    public int Dimensions => own.Dimensions;

    /// <summary>Messages and bytes sent and received so far.</summary>
    public (long Messages, long Bytes) Traffic => ranks.Traffic;

    /// <inheritdoc/>
    public double[] Evaluate(IReadOnlyList<double[]> points, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        return [.. ranks.Answers(near, points, cancellation).Select(bytes => DoubleBytes.Read(bytes)[0])];
    }

    /// <inheritdoc/>
    public ILogDensity Near(double[] point, CancellationToken cancellation = default) => new RankedDensity(ranks, own, point);

    /// <summary>Tells the other ranks that this is all.</summary>
    public void Dispose() => ranks.Dispose();
}
