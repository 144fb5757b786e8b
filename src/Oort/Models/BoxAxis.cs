using Oort.Numerics;

namespace Oort.Models;

/// <summary>
/// Nodes along one side of a box of velocities: v = centre + scale sinh(t), equally spaced in t. Between them integrals are those of the polynomials through six nodes, which away from the
/// ends makes the rule of the whole that of trapezes, and so exact to all orders. Immutable and safe to share between threads.
/// </summary>
internal sealed class BoxAxis
{
    private const int IntegralNodes = 6, DerivativeNodes = 7;

    private static readonly double[][] Integrals = [.. Enumerable.Range(0, IntegralNodes - 1).Select(from => UniformStencil.Integral(IntegralNodes, from))];

    private static readonly double[][] Derivatives = [.. Enumerable.Range(0, DerivativeNodes).Select(at => UniformStencil.Derivative(DerivativeNodes, at))];

    private readonly double[] speed, weights, rate;

    /// <summary>Nodes of a side.</summary>
    /// <param name="low">Where it begins, km/s.</param>
    /// <param name="high">Where it ends.</param>
    /// <param name="centre">Where nodes crowd.</param>
    /// <param name="scale">The scale on which they do.</param>
    /// <param name="step">Largest spacing of nodes where they crowd, km/s.</param>
    public BoxAxis(double low, double high, double centre, double scale, double step)
    {
        double first = Math.Asinh((low - centre) / scale), last = Math.Asinh((high - centre) / scale);

        // An even number of intervals: on a side that is symmetric about zero, zero is a node.
        int intervals = 2 * Math.Max(4, (int)Math.Ceiling((last - first) * scale / (2 * step)));
        Step = (last - first) / intervals;
        Finest = Step * scale;
        speed = [.. Enumerable.Range(0, intervals + 1).Select(i => i == 0 ? low : i == intervals ? high : centre + scale * Math.Sinh(first + i * Step))];
        rate = [.. Enumerable.Range(0, intervals + 1).Select(i => scale * Math.Cosh(first + i * Step))];
        weights = new double[intervals + 1];
        for (int i = 0; i < intervals; i++)
        {
            (int start, ReadOnlySpan<double> integral) = IntegralFrom(i);
            for (int k = 0; k < integral.Length; k++)
            {
                weights[start + k] += integral[k] * Step * rate[start + k];
            }
        }
    }

    /// <summary>Number of nodes.</summary>
    public int Count => speed.Length;

    /// <summary>Velocities of the nodes, km/s, ascending.</summary>
    public ReadOnlySpan<double> V => speed;

    /// <summary>Weights of the integral over the side, km/s.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>dv/dt at the nodes, km/s.</summary>
    public ReadOnlySpan<double> Rate => rate;

    /// <summary>Spacing in t.</summary>
    public double Step { get; }

    /// <summary>Spacing of nodes where they crowd, km/s.</summary>
    public double Finest { get; }

    /// <summary>The first node, and weights in units of <see cref="Step"/>, of the integral over t from node i to the next.</summary>
    public (int Start, double[] Weights) IntegralFrom(int i)
    {
        int start = Math.Clamp(i - IntegralNodes / 2 + 1, 0, Count - IntegralNodes);
        return (start, Integrals[i - start]);
    }

    /// <summary>The first node, and weights in units of 1/<see cref="Step"/>, of the derivative by t at node i.</summary>
    public (int Start, double[] Weights) DerivativeAt(int i)
    {
        int start = Math.Clamp(i - DerivativeNodes / 2, 0, Count - DerivativeNodes);
        return (start, Derivatives[i - start]);
    }
}
