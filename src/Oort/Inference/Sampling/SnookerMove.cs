using Oort.Numerics;

namespace Oort.Inference.Sampling;

/// <summary>
/// The snooker update (ter Braak &amp; Vrugt 2008, Stat. Comput. 18, 435, equations 3-5): along the line through another walker, by gamma times the difference of two more, projected onto that line;
/// gamma is even between 1.2 and 2.2. Lengths and angles are those of coordinates in units of the other walkers' standard deviations, so that the coordinates' units do not matter.
/// </summary>
public sealed class SnookerMove : EnsembleMove
{
    private const double Least = 1.2, Most = 2.2;

    /// <inheritdoc/>
    public override string Name => "snooker";

    /// <inheritdoc/>
    internal override Proposal Propose(double[] walker, Companions others, ref Xoshiro256 random)
    {
        Span<int> three = stackalloc int[3];
        others.Draw(three, ref random);
        double[] centre = others[three[0]], from = others[three[1]], to = others[three[2]], metric = others.InverseVariances;
        double gamma = Least + (Most - Least) * random.Uniform(), along = 0, square = 0;
        for (int k = 0; k < walker.Length; k++)
        {
            double line = walker[k] - centre[k];
            along += metric[k] * line * (to[k] - from[k]);
            square += metric[k] * line * line;
        }

        // Distance from the centre, as a multiple of what it was; of either sign.
        double factor = square > 0 ? 1 + gamma * along / square : 1;
        double[] point = new double[walker.Length];
        for (int k = 0; k < point.Length; k++)
        {
            point[k] = centre[k] + factor * (walker[k] - centre[k]);
        }

        return new(point, (walker.Length - 1) * Math.Log(Math.Abs(factor)));
    }
}
