using System.Numerics;

namespace Oort.Numerics;

/// <summary>
/// Values between equally spaced nodes by Lagrange's polynomials through those nearest, for many functions at once: node after node, one value of each function. Immutable and safe to share
/// between threads.
/// </summary>
internal sealed class Resampling
{
    private readonly int[] start;
    private readonly double[][] weights;

    /// <summary>A resampling.</summary>
    /// <param name="nodes">Number of nodes.</param>
    /// <param name="places">Where values are wanted, in units of the nodes' spacing from the first.</param>
    /// <param name="points">Nodes through which each polynomial goes, at most.</param>
    public Resampling(int nodes, ReadOnlySpan<double> places, int points)
    {
        points = Math.Min(points, nodes);
        (start, weights) = (new int[places.Length], new double[places.Length][]);
        for (int i = 0; i < places.Length; i++)
        {
            int nearest = (int)Math.Round(places[i]);
            if (Math.Abs(places[i] - nearest) < 1e-9)
            {
                (start[i], weights[i]) = (nearest, [1]);
                continue;
            }

            start[i] = Math.Clamp((int)Math.Floor(places[i]) - points / 2 + 1, 0, nodes - points);
            weights[i] = new double[points];
            UniformStencil.Value(places[i] - start[i], weights[i]);
        }
    }

    /// <summary>Resamples.</summary>
    /// <param name="from">Values at the nodes.</param>
    /// <param name="functions">Number of functions.</param>
    /// <param name="to">Receives the values wanted.</param>
    public void Apply(ReadOnlySpan<double> from, int functions, Span<double> to)
    {
        int lanes = Vector<double>.Count;
        for (int i = 0; i < start.Length; i++)
        {
            double[] own = weights[i];
            int begin = start[i] * functions, c = 0;
            for (; c + lanes <= functions; c += lanes)
            {
                Vector<double> sum = Vector<double>.Zero;
                for (int k = 0, at = begin + c; k < own.Length; k++, at += functions)
                {
                    sum = Vector.FusedMultiplyAdd(new Vector<double>(own[k]), VectorMath.Load(from, at), sum);
                }

                VectorMath.Store(sum, to, i * functions + c);
            }

            for (; c < functions; c++)
            {
                double sum = 0;
                for (int k = 0, at = begin + c; k < own.Length; k++, at += functions)
                {
                    sum = Math.FusedMultiplyAdd(own[k], from[at], sum);
                }

                to[i * functions + c] = sum;
            }
        }
    }
}
