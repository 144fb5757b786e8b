using Oort.Models;
using Oort.Numerics;

namespace Oort.Surveys;

/// <summary>
/// Probabilities of the cells of a velocity histogram from the distribution of that velocity at the nodes of a <see cref="VelocityLattice"/>: a spline of its logarithm at three points of each cell,
/// or of each 5 km/s of it, whose weights are found once; where velocities have errors, of each 2.5 km/s and beyond the edges, with the weights of the cells into which the errors carry a star. Immutable and safe to
/// share between threads.
/// </summary>
internal sealed class LatticeCells
{
    private const double LongestPiece = 5, LongestPieceWithErrors = 2.5, ErrorReach = 6;
    private const int Points = 3;

    // Beyond the nodes where the distribution falls below this share of its largest value its logarithm goes on in a straight line; a component has less than that there, and what one star in a far cell says does not jump by more than some 1e-3 when another node comes to fall below.
    private const double LeastShare = 1e-10, Least = 1e-25;

    // Towards the escape speed the other velocities have less and less room: about as this power of v_esc^2 - v^2 (CellProbabilities). Nodes nearer to it than this share follow those before.
    private const double EscapePower = 1.5, LastShare = 0.99;

    private readonly double[] nodes, speeds, splines;
    private readonly (int Point, bool Backwards)[] points;
    private readonly int pieces, beyond;
    private readonly double piece;
    private readonly HistogramAxis axis;

    /// <summary>Cells of an axis.</summary>
    /// <param name="axis">The cells, of V_R, V_z or V_phi.</param>
    /// <param name="lattice">The nodes.</param>
    /// <param name="largestError">Largest standard error of this velocity anywhere, km/s; 0 for none.</param>
    public LatticeCells(HistogramAxis axis, VelocityLattice lattice, double largestError = 0)
    {
        this.axis = axis;
        Velocity = CellProbabilities.AxisOf(axis.Quantity);
        (double[] v, double[] t) = Velocity switch
        {
            VelocityAxis.R => FromRest(lattice.R, lattice.MiddleR),
            VelocityAxis.Z => FromRest(lattice.Z, lattice.MiddleZ),
            _ => (lattice.Phi.V.ToArray(), [.. Enumerable.Range(0, lattice.Phi.Count).Select(i => i * lattice.Phi.Step)]),
        };
        nodes = v;
        List<double> distinct = [];
        Dictionary<double, int> known = [];
        pieces = (int)Math.Ceiling(axis.Width / (largestError > 0 ? LongestPieceWithErrors : LongestPiece));
        piece = axis.Width / pieces;
        beyond = largestError > 0 ? (int)Math.Ceiling(ErrorReach * Math.Max(1, largestError / piece)) : 0;
        points = new (int, bool)[(axis.Count * pieces + 2 * beyond) * Points];
        for (int p = 0; p < points.Length; p++)
        {
            double at = axis.Low + (p / Points - beyond + 0.5 * (1 + Rule.Nodes[p % Points])) * piece, speed = Math.Round(Math.Abs(at), 9);
            if (!known.TryGetValue(speed, out int index))
            {
                known.Add(speed, index = distinct.Count);
                distinct.Add(speed);
            }

            points[p] = (index, at < 0);
        }

        speeds = [.. distinct];
        splines = Splines(Velocity, lattice, t, speeds);
    }

    /// <summary>The velocity component.</summary>
    public VelocityAxis Velocity { get; }

    /// <summary>Number of cells.</summary>
    public int Count => axis.Count;

    private static GaussLegendre Rule { get; } = GaussLegendre.Rule(Points);

    /// <summary>What depends on the place: room below the escape speed, and where errors carry stars.</summary>
    /// <param name="escape">The escape speed, km/s.</param>
    /// <param name="errors">Standard errors of the velocity there, km/s, none above the largest, and the share of stars that have each; empty for none.</param>
    public Local At(double escape, IReadOnlyList<(double Sigma, double Share)> errors) => new(this, escape, errors);

    private static (double[] V, double[] T) FromRest(BoxAxis side, int middle)
        => (side.V[middle..].ToArray(), [.. Enumerable.Range(0, side.Count - middle).Select(i => i * side.Step)]);

    /// <summary>The splines' weights, node after node of each point.</summary>
    private static double[] Splines(VelocityAxis velocity, VelocityLattice lattice, double[] t, double[] speeds)
    {
        CardinalSplines cardinal = new(t, symmetricStart: velocity != VelocityAxis.Phi);
        double[] weights = new double[t.Length * speeds.Length];
        for (int p = 0; p < speeds.Length; p++)
        {
            double at = velocity switch
            {
                VelocityAxis.R => lattice.R.Coordinate(speeds[p]) - lattice.R.Coordinate(0),
                VelocityAxis.Z => lattice.Z.Coordinate(speeds[p]) - lattice.Z.Coordinate(0),
                _ => lattice.Phi.Coordinate(speeds[p]) - lattice.Phi.Coordinate(0),
            };
            cardinal.Evaluate(Math.Min(at, t[^1]), weights.AsSpan(p * t.Length, t.Length));
        }

        return weights;
    }

    /// <summary>The cells at one place. Immutable and safe to share between threads.</summary>
    internal sealed class Local
    {
        private readonly LatticeCells cells;
        private readonly double[] logRoom, room, weights;
        private readonly int[] first, index;
        private readonly bool[] backwards;
        private readonly int inside;

        public Local(LatticeCells cells, double escape, IReadOnlyList<(double Sigma, double Share)> errors)
        {
            this.cells = cells;
            inside = cells.nodes.Count(v => v < LastShare * escape);
            logRoom = [.. cells.nodes.Take(inside).Select(v => Math.Log(Room(v, escape)))];
            room = [.. cells.speeds.Select(v => Room(v, escape))];
            List<double> weight = [];
            List<int> from = [];
            List<bool> back = [];
            first = new int[cells.Count + 1];
            int done = 0;
            foreach (IEnumerable<(int Point, bool Backwards, double Weight)> cell in Cells(errors))
            {
                foreach ((int point, bool isBackwards, double share) in cell.Where(c => c.Weight > 0))
                {
                    weight.Add(share);
                    from.Add(point);
                    back.Add(isBackwards);
                }

                first[++done] = weight.Count;
            }

            (weights, index, backwards) = ([.. weight], [.. from], [.. back]);
        }

        /// <summary>Scratch space that an evaluation wants.</summary>
        public int Scratch => cells.nodes.Length + 2 * Padded(cells.speeds.Length);

        /// <summary>Integrals over each cell of a distribution, in its unit times km/s.</summary>
        /// <param name="projection">The distribution.</param>
        /// <param name="vanishesAtRest">Whether it goes to zero with v_phi.</param>
        /// <param name="scratch">Scratch space.</param>
        /// <param name="result">Receives them.</param>
        public void Evaluate(LatticeProjection projection, bool vanishesAtRest, Span<double> scratch, Span<double> result)
        {
            int n = cells.nodes.Length, m = Padded(cells.speeds.Length);
            Span<double> logs = scratch[..n], forwards = scratch.Slice(n, m), back = scratch.Slice(n + m, m);
            if (cells.Velocity != VelocityAxis.Phi)
            {
                Curve(cells.Velocity == VelocityAxis.R ? projection.R : projection.Z, false, logs, forwards);
                back = forwards;
            }
            else
            {
                Curve(projection.Forwards, vanishesAtRest, logs, forwards);
                if (vanishesAtRest)
                {
                    back.Clear();
                }
                else
                {
                    Curve(projection.Backwards, false, logs, back);
                }
            }

            for (int i = 0; i < result.Length; i++)
            {
                double sum = 0;
                for (int k = first[i]; k < first[i + 1]; k++)
                {
                    sum += weights[k] * (backwards[k] ? back[index[k]] : forwards[index[k]]);
                }

                result[i] = sum;
            }
        }

        private void Curve(ReadOnlySpan<double> f, bool vanishes, Span<double> logs, Span<double> values)
        {
            // From the largest value outwards as far as there is something; a node at rest, where a disc has nothing, is left out.
            int peak = 0, least = vanishes ? 1 : 0;
            for (int i = 1; i < inside; i++)
            {
                peak = f[i] > f[peak] ? i : peak;
            }

            double enough = LeastShare * f[peak];
            if (!(enough > 0))
            {
                values.Clear();
                return;
            }

            (int low, int high) = (Math.Max(peak, least), Math.Max(peak, least));
            while (low > least && f[low - 1] > enough)
            {
                low--;
            }

            while (high < inside - 1 && f[high + 1] > enough)
            {
                high++;
            }

            // Four nodes at least: more than a straight line.
            high = Math.Min(inside - 1, Math.Max(high, low + 3));
            low = Math.Max(least, Math.Min(low, high - 3));
            for (int i = low; i <= high; i++)
            {
                logs[i] = Math.Log(Math.Max(f[i], Least * f[peak])) - logRoom[i] - (vanishes ? Math.Log(cells.nodes[i]) : 0);
            }

            for (int i = low - 1; i >= 0; i--)
            {
                logs[i] = 2 * logs[i + 1] - logs[i + 2];
            }

            for (int i = high + 1; i < logs.Length; i++)
            {
                logs[i] = 2 * logs[i - 1] - logs[i - 2];
            }

            ReadOnlySpan<double> splines = cells.splines;
            int count = room.Length;
            values[count..].Clear();
            for (int p = 0; p < count; p++)
            {
                values[p] = ScalarProduct.Of(splines.Slice(p * logs.Length, logs.Length), logs);
            }

            VectorMath.ExpInPlace(values);
            for (int p = 0; p < count; p++)
            {
                values[p] *= room[p] * (vanishes ? cells.speeds[p] : 1);
            }
        }

        /// <summary>Points with the weights of the integral over each cell, cell after cell.</summary>
        private IEnumerable<IEnumerable<(int Point, bool Backwards, double Weight)>> Cells(IReadOnlyList<(double Sigma, double Share)> errors)
        {
            // The share of stars at each point of a piece that is measured to be below an edge so many pieces from where this one begins, from -reach to reach.
            (double Sigma, double Share)[] carriers = [.. errors.Select(e => (e.Sigma < cells.piece ? Carrying(e.Sigma, cells.piece) : e.Sigma, e.Share))];
            int reach = errors.Count == 0 ? 0 : Math.Min(cells.beyond, 1 + (int)Math.Ceiling(ErrorReach * carriers.Max(e => e.Sigma) / cells.piece));
            double[] below = new double[(2 * reach + 1) * Points];
            for (int i = 0; i < below.Length; i++)
            {
                double far = (i / Points - reach - 0.5 * (1 + Rule.Nodes[i % Points])) * cells.piece;
                below[i] = carriers.Sum(e => e.Share * Above(-far, e.Sigma));
            }

            double Below(int edge, int point) => edge > reach ? 1 : edge < -reach || errors.Count == 0 ? edge > 0 ? 1 : 0 : below[(edge + reach) * Points + point];
            for (int cell = 0; cell < cells.Count; cell++)
            {
                int low = cells.beyond + cell * cells.pieces, high = low + cells.pieces;
                yield return Enumerable.Range((low - reach) * Points, (cells.pieces + 2 * reach) * Points).Select(p =>
                {
                    int from = p / Points, point = p % Points;
                    return (cells.points[p].Point, cells.points[p].Backwards, Weight: 0.5 * cells.piece * Rule.Weights[point] * (Below(high - from, point) - Below(low - from, point)));
                });
            }
        }

        /// <summary>
        /// The error with which the points of pieces carry as much over an edge as a distribution that is linear there has carried by a small one, sigma^2/4 times twice its slope: too few of them are as near to the edge.
        /// </summary>
        private static double Carrying(double sigma, double piece)
        {
            double low = 0, high = 2 * piece;
            for (int i = 0; i < 40; i++)
            {
                double middle = 0.5 * (low + high), carried = 0;
                for (int p = 0; p < (int)ErrorReach * 2 * Points; p++)
                {
                    double far = (p / Points + 0.5 * (1 + Rule.Nodes[p % Points])) * piece;
                    carried += 0.5 * piece * Rule.Weights[p % Points] * far * Above(far, middle);
                }

                (low, high) = carried < 0.25 * sigma * sigma ? (middle, high) : (low, middle);
            }

            return 0.5 * (low + high);
        }

        /// <summary>The share of a normal distribution about zero that is above a value.</summary>
        private static double Above(double value, double sigma) => 0.5 * MathNet.Numerics.SpecialFunctions.Erfc(value / (Math.Sqrt(2) * sigma));

        private static int Padded(int count) => (count + VectorMath.Block - 1) / VectorMath.Block * VectorMath.Block;

        private static double Room(double v, double escape) => v < escape ? Math.Pow(1 - v / escape * (v / escape), EscapePower) : 0;
    }
}
