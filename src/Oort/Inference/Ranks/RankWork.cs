namespace Oort.Inference.Ranks;

/// <summary>What ranks do: answer points.</summary>
public sealed class RankWork
{
    private readonly Func<double[], CancellationToken, Answer> about;
    private (double[] Place, Answer Answer)? last;

    private RankWork(string fingerprint, Func<double[], CancellationToken, Answer> about) => (Fingerprint, this.about) = (fingerprint, about);

    private delegate IEnumerable<byte[]> Answer(IReadOnlyList<double[]> points, CancellationToken cancellation);

    /// <summary>Names all that the answers depend on: ranks whose fingerprints differ do not work together.</summary>
    public string Fingerprint { get; }

    /// <summary>The answer to each of some points, in their order.</summary>
    /// <param name="near">A point near them, from which all follow; empty for the start. Prepared once as long as it stays the same.</param>
    /// <param name="points">The points.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal IEnumerable<byte[]> Answers(double[] near, IReadOnlyList<double[]> points, CancellationToken cancellation)
    {
        if (last is not (double[] place, _) || !place.SequenceEqual(near))
        {
            last = (near, about(near, cancellation));
        }

        return last.Value.Answer(points, cancellation);
    }

    /// <summary>To say what a density is at points: 8 bytes each.</summary>
    /// <param name="density">The density.</param>
    /// <param name="fingerprint">Names all that it depends on.</param>
    public static RankWork Of(ILogDensity density, string fingerprint) => new($"density 2 {fingerprint}", (near, cancellation) =>
    {
        ILogDensity there = near.Length == 0 ? density : density.Near(near, cancellation);
        return (points, cancellation) => there.Evaluate(points, cancellation).Select(l => DoubleBytes.Of([l], 1));
    });

    /// <summary>To say what the misfit of models is (<see cref="Trial"/>): some kilobytes each.</summary>
    /// <param name="objective">The misfit.</param>
    /// <param name="fingerprint">Names all that it depends on.</param>
    public static RankWork Of(IObjective objective, string fingerprint) => new($"misfit 2 {fingerprint}", (near, cancellation) =>
    {
        IObjective there = near.Length == 0 ? objective : objective.Near(near, cancellation);
        return (points, cancellation) => points.Select(p => Trial.Of(there, p, cancellation).ToBytes());
    });
}
