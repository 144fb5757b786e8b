namespace Oort.Inference.Ranks;

/// <summary>A misfit whose models are spread over ranks, as those of <see cref="RankedDensity"/>: a search that asks for several at once gets them sooner, and the same.</summary>
public sealed class RankedObjective : IObjective, IDisposable
{
    private readonly RankedPoints ranks;
    private readonly double[] near;

    /// <summary>Waits until all other ranks can evaluate the same misfit.</summary>
    /// <param name="ranks">The ranks; this one is 0.</param>
    /// <param name="own">The misfit of this rank.</param>
    /// <param name="fingerprint">Names all that the misfit depends on.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">A rank reads other files.</exception>
    public RankedObjective(IRanks ranks, IObjective own, string fingerprint, CancellationToken cancellation = default)
        => (this.ranks, near) = (new(ranks, RankWork.Of(own, fingerprint), cancellation), []);

    private RankedObjective(RankedPoints ranks, double[] near) => (this.ranks, this.near) = (ranks, near);

    /// <summary>Messages and bytes sent and received so far.</summary>
    public (long Messages, long Bytes) Traffic => ranks.Traffic;

    /// <inheritdoc/>
    public Misfit Evaluate(IReadOnlyList<double> values, CancellationToken cancellation = default)
        => EvaluateAll([values], cancellation).Single() switch { { Misfit: Misfit misfit } => misfit, { Failure: Exception e } => throw e, _ => throw new InvalidOperationException() };

    /// <inheritdoc/>
    public IEnumerable<Trial> EvaluateAll(IEnumerable<IReadOnlyList<double>> values, CancellationToken cancellation = default)
        => ranks.Answers(near, [.. values.Select(v => v.ToArray())], cancellation).Select(Trial.Read);

    /// <inheritdoc/>
    public IObjective Near(IReadOnlyList<double> values, CancellationToken cancellation = default) => new RankedObjective(ranks, [.. values]);

    /// <summary>Tells the other ranks that this is all.</summary>
    public void Dispose() => ranks.Dispose();
}
