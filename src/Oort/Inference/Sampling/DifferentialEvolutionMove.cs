using Oort.Numerics;

namespace Oort.Inference.Sampling;

/// <summary>
/// Differential evolution (ter Braak 2006, Stat. Comput. 16, 239): by gamma times the difference of two other walkers. gamma is 2.38/sqrt(2 D), varied at random by a small part of itself in place
/// of the paper's small step in all directions, so that the move is affine-invariant (Nelson, Ford &amp; Payne 2014, ApJS 210, 11); and now and then 1, which leads from one peak of the density to another.
/// </summary>
public sealed class DifferentialEvolutionMove : EnsembleMove
{
    private const double Best = 2.38;

    /// <summary>The move.</summary>
    /// <param name="scale">gamma sqrt(2 D): 2.38, the best for a Gaussian in many dimensions, if not given.</param>
    /// <param name="jitter">Standard deviation of gamma as a part of gamma.</param>
    /// <param name="jumps">How often gamma is 1: a part of all proposals.</param>
    /// <exception cref="ParameterException">A number is not allowed.</exception>
    public DifferentialEvolutionMove(double scale = Best, double jitter = 0.05, double jumps = 0.1)
    {
        Scale = ParameterException.Check("differential evolution", "scale", scale, scale > 0, "above 0");
        Jitter = ParameterException.Check("differential evolution", "jitter", jitter, jitter is > 0 and < 1, "between 0 and 1");
        Jumps = ParameterException.Check("differential evolution", "jumps", jumps, jumps is >= 0 and < 1, "between 0 and 1, and below 1");
    }

    /// <inheritdoc/>
    public override string Name => "differential evolution";

    /// <summary>gamma sqrt(2 D).</summary>
    public double Scale { get; }

    /// <summary>Standard deviation of gamma as a part of gamma.</summary>
    public double Jitter { get; }

    /// <summary>How often gamma is 1.</summary>
    public double Jumps { get; }

    /// <inheritdoc/>
    internal override Proposal Propose(double[] walker, Companions others, ref Xoshiro256 random)
    {
        Span<int> pair = stackalloc int[2];
        others.Draw(pair, ref random);
        double[] from = others[pair[0]], to = others[pair[1]];
        double gamma = random.Uniform() < Jumps ? 1 : Scale / Math.Sqrt(2.0 * walker.Length) * (1 + Jitter * random.Normal().X);
        double[] point = new double[walker.Length];
        for (int k = 0; k < point.Length; k++)
        {
            point[k] = walker[k] + gamma * (to[k] - from[k]);
        }

        return new(point, 0);
    }
}
