namespace Oort.Inference.Ranks;

/// <summary>What ranks do: answer points.</summary>
public sealed class RankWork
{
    private RankWork(string fingerprint, Func<IReadOnlyList<double[]>, CancellationToken, IEnumerable<byte[]>> answers) => (Fingerprint, Answers) = (fingerprint, answers);

    /// <summary>Names all that the answers depend on: ranks whose fingerprints differ do not work together.</summary>
    public string Fingerprint { get; }

    /// <summary>The answer to each of some points, in their order.</summary>
    internal Func<IReadOnlyList<double[]>, CancellationToken, IEnumerable<byte[]>> Answers { get; }

    /// <summary>To say what a density is at points: 8 bytes each.</summary>
    /// <param name="density">The density.</param>
    /// <param name="fingerprint">Names all that it depends on.</param>
    public static RankWork Of(ILogDensity density, string fingerprint) => new($"density {fingerprint}", (points, cancellation) => density.Evaluate(points, cancellation).Select(l => DoubleBytes.Of([l], 1)));

    /// <summary>To say what the misfit of models is (<see cref="Trial"/>): some kilobytes each.</summary>
    /// <param name="objective">The misfit.</param>
    /// <param name="fingerprint">Names all that it depends on.</param>
    public static RankWork Of(IObjective objective, string fingerprint) => new($"misfit {fingerprint}", (points, cancellation) => points.Select(p => Trial.Of(objective, p, cancellation).ToBytes()));
}
