using Oort.Numerics;

namespace Oort.Inference.Sampling;

/// <summary>
/// The stretch move of Goodman &amp; Weare (2010, Comm. App. Math. Comp. Sci. 5, 65, equations 7-10): along the line through another walker, to z times the distance from it, z having a density
/// proportional to 1/sqrt(z) between 1/a and a. Affine-invariant.
/// </summary>
public sealed class StretchMove : EnsembleMove
{
    /// <summary>The move.</summary>
    /// <param name="scale">a, above 1; the paper's 2 if not given.</param>
    /// <exception cref="ParameterException">The scale is not above 1.</exception>
    public StretchMove(double scale = 2) => Scale = ParameterException.Check("stretch", "scale", scale, scale > 1, "above 1");

    /// <inheritdoc/>
    public override string Name => "stretch";

    /// <summary>a: the largest ratio of distances.</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    internal override Proposal Propose(double[] walker, Companions others, ref Xoshiro256 random)
    {
        double[] other = others[(int)(random.Uniform() * others.Count)];
        double root = 1 + (Scale - 1) * random.Uniform(), z = root * root / Scale;
        double[] point = new double[walker.Length];
        for (int k = 0; k < point.Length; k++)
        {
            point[k] = other[k] + z * (walker[k] - other[k]);
        }

        return new(point, (walker.Length - 1) * Math.Log(z));
    }
}
