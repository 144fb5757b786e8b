using Oort.Numerics;

namespace Oort.Inference.Sampling;

/// <summary>Moves, of which each walker is proposed one at random in each step. Immutable.</summary>
public sealed class MoveMixture
{
    private readonly double[] weights;

    /// <summary>A mixture.</summary>
    /// <param name="moves">Moves and their weights, each above 0; the weights need not add up to 1.</param>
    /// <exception cref="InputException">There is no move, or a weight is not allowed.</exception>
    public MoveMixture(params IEnumerable<(EnsembleMove Move, double Weight)> moves)
    {
        ArgumentNullException.ThrowIfNull(moves);
        (EnsembleMove Move, double Weight)[] all = [.. moves];
        if (all.Length == 0)
        {
            throw new InputException("a sampler needs one move at least");
        }

        foreach ((EnsembleMove move, double weight) in all)
        {
            ParameterException.Check(move.Name, "weight", weight, weight > 0, "above 0");
        }

        double sum = all.Sum(m => m.Weight);
        Moves = [.. all.Select(m => m.Move)];
        weights = [.. all.Select(m => m.Weight / sum)];
    }

    /// <summary>The mixture that serves if nothing is known of the density.</summary>
    public static MoveMixture Default { get; } = new((new DifferentialEvolutionMove(), 0.7), (new StretchMove(), 0.2), (new SnookerMove(), 0.1));

    /// <summary>The moves.</summary>
    public IReadOnlyList<EnsembleMove> Moves { get; }

    /// <summary>How often each is proposed; they add up to 1.</summary>
    public IReadOnlyList<double> Weights => weights;

    /// <summary>The least number of walkers with which all of them serve.</summary>
    /// <param name="dimensions">Number of coordinates.</param>
    public int LeastWalkers(int dimensions) => Moves.Max(m => m.LeastWalkers(dimensions));

    /// <summary>One of them at random.</summary>
    internal int Choose(ref Xoshiro256 random)
    {
        double u = random.Uniform();
        for (int i = 0; i < weights.Length - 1; i++)
        {
            u -= weights[i];
            if (u < 0)
            {
                return i;
            }
        }

        return weights.Length - 1;
    }
}
