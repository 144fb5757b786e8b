using System.Numerics;
using Oort.Numerics;

namespace Oort.Models;

/// <summary>
/// Nodes along one side of a box of velocities: v = centre + scale sinh(t), equally spaced in t. Between them integrals are those of the polynomials through six nodes, which away from the
/// ends makes the rule of the whole that of trapezes, and so exact to all orders. Immutable and safe to share between threads.
/// </summary>
internal sealed class BoxAxis
{
    private const int IntegralNodes = 6;

    // Width of the cells in units of the nodes' least spacing.
    private const double CellShare = 0.6;

    private static readonly double[][] Integrals = [.. Enumerable.Range(0, IntegralNodes - 1).Select(from => UniformStencil.Integral(IntegralNodes, from))];

    private readonly double[] speed, weights, rate;
    private readonly double first, centre, scale;
    private readonly (int First, double[] Weights)[] blocks;

    /// <summary>Nodes of a side.</summary>
    /// <param name="low">Where it begins, km/s.</param>
    /// <param name="high">Where it ends.</param>
    /// <param name="centre">Where nodes crowd.</param>
    /// <param name="scale">The scale on which they do.</param>
    /// <param name="step">Largest spacing of nodes where they crowd, km/s.</param>
    public BoxAxis(double low, double high, double centre, double scale, double step)
    {
        (this.centre, this.scale, first) = (centre, scale, Math.Asinh((low - centre) / scale));
        double last = Math.Asinh((high - centre) / scale);

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

        Cells = Math.Max(1, (int)Math.Round((high - low) / (CellShare * Finest)));
        CellWidth = (high - low) / Cells;
        blocks = SharesOfCells(Enumerable.Range(0, Cells + 1).Select(j => PlaceOf(low + j * CellWidth)).ToArray());
    }

    /// <summary>Number of nodes.</summary>
    public int Count => speed.Length;

    /// <summary>Velocities of the nodes, km/s, ascending.</summary>
    public ReadOnlySpan<double> V => speed;

    /// <summary>Weights of the integral over the side, km/s.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>Spacing in t.</summary>
    public double Step { get; }

    /// <summary>t of a velocity.</summary>
    public double Coordinate(double v) => Math.Asinh((v - centre) / scale);

    /// <summary>Spacing of nodes where they crowd, km/s.</summary>
    public double Finest { get; }

    /// <summary>Number of cells, all of the same width, that the side is cut into.</summary>
    public int Cells { get; }

    /// <summary>Their width, km/s.</summary>
    public double CellWidth { get; }

    /// <summary>Where a velocity is, in units of <see cref="Step"/> from the first node.</summary>
    public double PlaceOf(double v) => (Math.Asinh((v - centre) / scale) - first) / Step;

    /// <summary>The integrals of a function over the cells.</summary>
    /// <param name="values">The function at the nodes.</param>
    /// <param name="cells">Receives the integrals; as long as whole vectors of cells.</param>
    public void Integrate(ReadOnlySpan<double> values, Span<double> cells)
    {
        int lanes = Vector<double>.Count;
        for (int b = 0; b < blocks.Length; b++)
        {
            (int first, double[] own) = blocks[b];
            Vector<double> sum = Vector<double>.Zero;
            for (int i = 0; i < own.Length; i += lanes, first++)
            {
                sum = Vector.FusedMultiplyAdd(VectorMath.Load(own, i), new Vector<double>(values[first]), sum);
            }

            VectorMath.Store(sum, cells, b * lanes);
        }
    }

    /// <summary>The first node, and weights in units of <see cref="Step"/>, of the integral over t from node i to the next.</summary>
    private (int Start, double[] Weights) IntegralFrom(int i)
    {
        int start = Math.Clamp(i - IntegralNodes / 2 + 1, 0, Count - IntegralNodes);
        return (start, Integrals[i - start]);
    }

    /// <summary>Integrals over cells between edges, given in units of <see cref="Step"/> from the first node, of the polynomials.</summary>
    private (int First, double[] Weights)[] SharesOfCells(double[] edges)
    {
        GaussLegendre rule = GaussLegendre.Rule(IntegralNodes / 2);
        double[,] all = new double[Count, Cells];
        double[] lagrange = new double[IntegralNodes], at = new double[rule.Count], weight = new double[rule.Count];
        for (int cell = 0; cell < Cells; cell++)
        {
            double from = cell == 0 ? 0 : edges[cell], end = cell == Cells - 1 ? Count - 1 : edges[cell + 1];
            for (int i = Math.Clamp((int)from, 0, Count - 2); i <= Count - 2 && i < end; i++)
            {
                (int start, _) = IntegralFrom(i);
                rule.Map(Math.Max(from, i), Math.Min(end, i + 1), at, weight);
                for (int k = 0; k < at.Length; k++)
                {
                    UniformStencil.Value(at[k] - start, lagrange);
                    for (int n = 0; n < lagrange.Length; n++)
                    {
                        all[start + n, cell] += weight[k] * lagrange[n] * Step * rate[start + n];
                    }
                }
            }
        }

        int lanes = Vector<double>.Count, blocks = (Cells + lanes - 1) / lanes;
        (int, double[])[] result = new (int, double[])[blocks];
        for (int b = 0; b < blocks; b++)
        {
            int low = Count, high = -1;
            for (int n = 0; n < Count; n++)
            {
                for (int lane = 0; lane < lanes && b * lanes + lane < Cells; lane++)
                {
                    if (all[n, b * lanes + lane] != 0)
                    {
                        (low, high) = (Math.Min(low, n), n);
                    }
                }
            }

            double[] own = new double[(high - low + 1) * lanes];
            for (int i = 0; i < own.Length; i++)
            {
                int cell = b * lanes + i % lanes;
                own[i] = cell < Cells ? all[low + i / lanes, cell] : 0;
            }

            result[b] = (low, own);
        }

        return result;
    }
}
