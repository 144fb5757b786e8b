using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Oort.Numerics;

namespace Oort.Actions;

/// <summary>
/// Vertical actions of the Staeckel fudge for families of orbits through the position of a <see cref="PositionTable"/>.
/// Keeps scratch space: one instance serves one thread.
/// </summary>
/// <remarks>
/// Along the other curve (1 - c) p_nu^2(zeta) = (1 - c) {Y + Lz^2 / (1 - c0) + (zeta - zeta0) [-2 E D (zeta + zeta0) - 2 Tv]} - Lz^2,
/// Y = h^2 vm^2 sin^2 psi, with the tabulated quotient Tv. On the range of the family's loosest orbit the square bracket is a
/// polynomial; only Y differs between the directions psi. Then Jz = (2/pi) int_0 p_nu dw / sqrt(1 - w^2), w = sqrt(c) = cos v, by the
/// Gauss-Chebyshev rule for an even integrand, exact for the square-root end, with the pole at w = 1 summed in closed form.
/// In a first stage lanes are families (the table's contraction, the range, the polynomial), in a second one directions.
/// </remarks>
internal sealed class VerticalActions
{
    private readonly PositionTable table;
    private readonly LobattoPolynomial polynomial;
    private readonly int terms, steps;
    private readonly double[] squares, weights;
    private readonly double[] nodeQuotients, series, places, smooth, coefficients, thresholds, orbits;

    /// <summary>Kernel over <paramref name="table"/> with the given numbers of polynomial terms and quadrature nodes.</summary>
    public VerticalActions(PositionTable table, int polynomialTerms, int quadratureNodes)
    {
        this.table = table;
        terms = polynomialTerms;
        steps = quadratureNodes > 12 ? 3 : 2;
        polynomial = new(polynomialTerms);

        // The positive half of the rule with 2 n nodes, for an even integrand.
        (squares, weights) = (new double[quadratureNodes], new double[quadratureNodes]);
        for (int j = 0; j < quadratureNodes; j++)
        {
            double angle = Math.PI * (j + 1) / (2 * quadratureNodes + 1), abscissa = Math.Cos(angle);
            (squares[j], weights[j]) = (abscissa * abscissa, 2 * Math.Sin(angle) / (2 * quadratureNodes + 1));
        }

        int lanes = Vector<double>.Count;
        nodeQuotients = new double[table.ZetaNodes.Length * lanes];
        series = new double[nodeQuotients.Length];
        places = new double[terms * lanes];
        smooth = new double[(terms + 7) / 8 * 8 * lanes];
        coefficients = new double[terms * lanes];
        thresholds = new double[terms * lanes];
        orbits = new double[Orbit.Numbers * lanes];
    }

    /// <summary>Prepares families whose constants Y are at most those given.</summary>
    public void Prepare(in OrbitFamilies families, Vector<double> loosest)
    {
        table.Vertical(families.Delta, nodeQuotients, series);
        Curve shape = new(this, families);
        Resample(shape, Top(shape with { Y = loosest }));
    }

    /// <summary>Vertical actions of several members of one family, the one in a lane of those prepared.</summary>
    /// <param name="lane">The family's lane.</param>
    /// <param name="constants">Y of each member, whole vectors of them.</param>
    /// <param name="Jz">Receives the actions.</param>
    public void OfFamily(int lane, ReadOnlySpan<double> constants, Span<double> Jz)
    {
        int lanes = Vector<double>.Count;
        int above = ThresholdSearch.FirstBeyond(polynomial.Nodes, orbits[Orbit.PlaceRow * lanes + lane], true);
        Actions<OneOrbit>(Orbit.OfLane(orbits, lane), ref coefficients[lane], ref thresholds[lane], above, constants, Jz);
    }

    /// <summary>Vertical actions of one member of each prepared family.</summary>
    public void OfFamilies(ReadOnlySpan<double> constants, Span<double> Jz)
        => Actions<ManyOrbits>(Orbit.OfLanes(orbits), ref coefficients[0], ref thresholds[0], 0, constants, Jz);

    private void Actions<TRow>(in Orbit o, ref double c, ref double g, int above, ReadOnlySpan<double> constants, Span<double> Jz)
        where TRow : struct, ILaneRow
    {
        int lanes = Vector<double>.Count, vectors = constants.Length / lanes;
        Span<ThresholdSearch.Bracket> tops = stackalloc ThresholdSearch.Bracket[vectors];
        Vector<double> one = Vector<double>.One, lz2 = o.Lz * o.Lz, unit = new(1 + table.Beta), low = new(Math.Sqrt(table.Beta));
        int terms = this.terms;
        ReadOnlySpan<double> squares = this.squares, weights = this.weights.AsSpan(0, this.squares.Length);
        for (int v = 0; v < vectors; v++)
        {
            tops[v] = ThresholdSearch.Find<TRow>(new(constants[(v * lanes)..]), o.Place, o.Slope0, polynomial.Nodes, ref g, above, true);
        }

        for (int step = 0; step < steps; step++)
        {
            for (int v = 0; v < vectors; v++)
            {
                tops[v] = tops[v].With(StepUp<TRow>(tops[v].Guess, new Vector<double>(constants[(v * lanes)..]) + o.Here, o, unit, lz2, ref c));
            }
        }

        for (int v = 0; v < vectors; v++)
        {
            Vector<double> here = new Vector<double>(constants[(v * lanes)..]) + o.Here;
            Vector<double> top = (o.Slope * tops[v].Guess + o.Centre) / (o.Bend * tops[v].Guess + one), span = top - low, sum = Vector<double>.Zero;
            for (int j = 0; j < squares.Length; j++)
            {
                // Spread evenly in zeta, not in y: where orbits pass close to the axis most happens at the top.
                Vector<double> zeta = Vector.FusedMultiplyAdd(span, new(squares[j]), low);
                Vector<double> y = (o.Centre - zeta) / (o.Bend * zeta - o.Slope);
                Vector<double> rest = unit - zeta * zeta, q = LanePolynomial.Evaluate<TRow>(ref c, terms, y);
                Vector<double> p2 = Vector.MaxNative(rest * Vector.FusedMultiplyAdd(zeta - o.Zeta0, q, here) - lz2, Vector<double>.Zero);
                sum = Vector.FusedMultiplyAdd(weights[j] * zeta, VectorMath.RootOfRatio(p2, rest * rest * (zeta + low)), sum);
            }

            Vector<double> half = 0.5 * span;
            sum = 2 * sum * Vector.SquareRoot(span) + 2 * o.Lz * ChebyshevPole.Missed(new(Math.Sqrt(1 + table.Beta)), low + half, half, 2 * squares.Length + 1);
            sum.CopyTo(Jz[(v * lanes)..]);
        }
    }

    /// <summary>
    /// A step towards the root of u a(u) - Lz^2, u = 1 - c, with a(u) taken as linear: as good for orbits that turn at the
    /// angular momentum's barrier as for those that the potential holds.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<double> StepUp<TRow>(Vector<double> y, Vector<double> here, in Orbit o, Vector<double> unit, Vector<double> lz2, ref double c)
        where TRow : struct, ILaneRow
    {
        (Vector<double> q, Vector<double> dq) = LanePolynomial.EvaluateWithSlope<TRow>(ref c, terms, y);
        // u = unit - zeta^2; d zeta / d y = jacobian / m^2.
        Vector<double> over = Vector<double>.One / Vector.FusedMultiplyAdd(o.Bend, y, Vector<double>.One);
        Vector<double> zeta = Vector.FusedMultiplyAdd(o.Slope, y, o.Centre) * over, rise = zeta - o.Zeta0, u = unit - zeta * zeta;
        Vector<double> perY = o.Jacobian * over * over, a = Vector.FusedMultiplyAdd(rise, q, here);
        Vector<double> slope = -(perY * q + rise * dq) / (2 * zeta * perY), p = a - slope * u;
        Vector<double> root = Vector.SquareRoot(Vector.MaxNative(p * p + 4 * slope * lz2, Vector<double>.Zero));
        Vector<long> falling = Vector.LessThan(p, Vector<double>.Zero);
        Vector<double> next = Vector.ConditionalSelect(falling, root - p, 2 * lz2) / Vector.ConditionalSelect(falling, 2 * slope, p + root);

        // Where a falls with u the model may have no root: Newton's step.
        Vector<double> newton = u - (u * a - lz2) / (a + slope * u);
        next = Vector.ConditionalSelect(Vector.LessThan(slope, Vector<double>.Zero), newton, next);
        Vector<double> nextZeta = Vector.SquareRoot(Vector.MaxNative(unit - next, Vector<double>.Zero));
        return (o.Centre - nextZeta) / (nextZeta * o.Bend - o.Slope);
    }

    /// <summary>The largest zeta of the orbits.</summary>
    private Vector<double> Top(in Curve orbit)
    {
        int lanes = Vector<double>.Count, count = table.ZetaNodes.Length, star = 0;
        Vector<double> end = new(Math.Sqrt(1 + table.Beta) * (1 - 1e-9)), zeta0 = orbit.Zeta0;
        RangeEnd top = new(zeta0, end);
        while (star < count && Vector.LessThanAny(zeta0, new(table.ZetaNodes[star])))
        {
            star++;
        }

        for (int k = star - 1; k >= 0 && top.Open != Vector<long>.Zero; k--)
        {
            Vector<double> zeta = new(table.ZetaNodes[k]);
            top.Visit(zeta, orbit.Threshold(zeta, new(nodeQuotients, k * lanes)), orbit.Y, Vector.GreaterThan(zeta, zeta0));
        }

        if (top.Open != Vector<long>.Zero)
        {
            top.Visit(end, orbit.Threshold(end), orbit.Y, Vector<long>.AllBitsSet);
        }

        // Never quite on the axis, which only an orbit without angular momentum reaches.
        return Vector.MinNative(top.Find(orbit, zeta0), end);
    }

    /// <summary>Polynomial on a range: zeta = (centre + slope y) / (1 + bend y), y in [-1, 1], from the plane to the top.</summary>
    private void Resample(in Curve shape, Vector<double> top)
    {
        // Nodes crowd towards the plane as they would for a thin layer.
        const double Crowding = 0.3;
        int lanes = Vector<double>.Count;
        double low = Math.Sqrt(table.Beta), g = Crowding * low;
        Vector<double> one = Vector<double>.One, lows = new(low), offset = new(g), zeta0 = shape.Zeta0;
        top = Vector.MaxNative(top, lows * new Vector<double>(1 + 1e-9));
        Vector<double> centre = Vector.SquareRoot((lows + offset) * (top + offset)) - offset;
        Vector<double> bend = (2 * centre - lows - top) / (top - lows);
        Vector<double> slope = top * (one + bend) - centre;
        for (int k = 0; k < terms; k++)
        {
            Vector<double> y = new(polynomial.Nodes[k]), zeta = Vector.FusedMultiplyAdd(slope, y, centre) / Vector.FusedMultiplyAdd(bend, y, one);
            zeta.CopyTo(places, k * lanes);
            shape.Place(zeta).CopyTo(smooth, k * lanes);
        }

        for (int k = 0; k < terms; k += 8)
        {
            Chebyshev.EvaluateEight(series, smooth.AsSpan(k * lanes, 8 * lanes));
        }

        for (int k = 0; k < terms; k++)
        {
            Vector<double> zeta = new(places, k * lanes), t = new(smooth, k * lanes);
            shape.Bracket(zeta, t).CopyTo(smooth, k * lanes);
            shape.Threshold(zeta, t).CopyTo(thresholds, k * lanes);
        }

        polynomial.Coefficients(smooth, coefficients);
        Vector<double> place = (centre - zeta0) / (zeta0 * bend - slope), polar = new(Math.Sqrt(1 + table.Beta));
        Vector<double> pole = (centre - polar) / (polar * bend - slope), jacobian = slope - centre * bend, atStar = one + bend * place;
        ref double c = ref MemoryMarshal.GetArrayDataReference(coefficients);
        Vector<double> rest = shape.Unit - zeta0 * zeta0;
        Vector<double> slope0 = (2 * zeta0 * shape.Lz * shape.Lz / (rest * rest) - LanePolynomial.Evaluate<ManyOrbits>(ref c, terms, place))
            * jacobian / (atStar * atStar);
        new Orbit(centre, slope, bend, jacobian, zeta0, shape.Here, place, slope0, pole, shape.Lz).CopyTo(orbits);
    }

    /// <summary>The vertical function of a family along the curve.</summary>
    private readonly ref struct Curve : ILaneCurve
    {
        private readonly VerticalActions owner;
        private readonly Vector<double> tide;

        public Curve(VerticalActions owner, in OrbitFamilies families)
        {
            this.owner = owner;
            tide = 2 * families.Energy * families.Delta * families.Delta;
            Zeta0 = Vector.SquareRoot(families.C0 + new Vector<double>(owner.table.Beta));
            Lz = families.Lz;
            Here = Lz * Lz / (Vector<double>.One - families.C0);
        }

        public Vector<double> Y { get; init; }

        public Vector<double> Zeta0 { get; }

        public Vector<double> Lz { get; }

        /// <summary>Lz^2 / (1 - c0).</summary>
        public Vector<double> Here { get; }

        /// <summary>1 + beta, from which zeta^2 is taken to have 1 - c.</summary>
        public Vector<double> Unit => new(1 + owner.table.Beta);

        /// <summary>Place of zeta in the table's series.</summary>
        public Vector<double> Place(Vector<double> zeta)
            => (VectorMath.Log(zeta + new Vector<double>(Math.Sqrt(owner.table.Beta))) - new Vector<double>(owner.table.ZetaMiddle)) * (1 / owner.table.ZetaHalf);

        /// <summary>-2 E D (zeta + zeta0) - 2 Tv.</summary>
        public Vector<double> Bracket(Vector<double> zeta, Vector<double> t) => -tide * (zeta + Zeta0) - 2 * t;

        /// <summary>The constant Y at which p_nu vanishes there.</summary>
        public Vector<double> Threshold(Vector<double> zeta, Vector<double> t)
            => Lz * Lz / (Unit - zeta * zeta) - Here - (zeta - Zeta0) * Bracket(zeta, t);

        public Vector<double> Threshold(Vector<double> place) => Threshold(place, Chebyshev.Evaluate(owner.series, Place(place)));

        // (1 - c) p_nu^2.
        public Vector<double> Value(Vector<double> place, Vector<double> threshold) => (Unit - place * place) * (Y - threshold);
    }

    /// <summary>What the second stage needs to know of an orbit besides its polynomial.</summary>
    private readonly record struct Orbit(Vector<double> Centre, Vector<double> Slope, Vector<double> Bend, Vector<double> Jacobian,
        Vector<double> Zeta0, Vector<double> Here, Vector<double> Place, Vector<double> Slope0, Vector<double> Pole, Vector<double> Lz)
    {
        public const int Numbers = 10;
        public const int PlaceRow = 6;

        public static Orbit OfLane(double[] rows, int lane) => Read<OneOrbit>(ref rows[lane]);

        public static Orbit OfLanes(double[] rows) => Read<ManyOrbits>(ref rows[0]);

        public void CopyTo(double[] rows)
        {
            int at = 0;
            foreach (Vector<double> number in (ReadOnlySpan<Vector<double>>)[Centre, Slope, Bend, Jacobian, Zeta0, Here, Place, Slope0, Pole, Lz])
            {
                number.CopyTo(rows, at);
                at += Vector<double>.Count;
            }
        }

        private static Orbit Read<TRow>(ref double r)
            where TRow : struct, ILaneRow
            => new(TRow.At(ref r, 0), TRow.At(ref r, 1), TRow.At(ref r, 2), TRow.At(ref r, 3), TRow.At(ref r, 4),
                TRow.At(ref r, 5), TRow.At(ref r, 6), TRow.At(ref r, 7), TRow.At(ref r, 8), TRow.At(ref r, 9));
    }
}
