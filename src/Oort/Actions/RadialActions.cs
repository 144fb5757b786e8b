using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Oort.Numerics;

namespace Oort.Actions;

/// <summary>
/// Radial actions of the Staeckel fudge for families of orbits through the position of a <see cref="PositionTable"/>.
/// Keeps scratch space: one instance serves one thread.
/// </summary>
/// <remarks>
/// With p_lambda = sqrt(s + D) sin v vR + sqrt(s) cos v vz along the lambda direction, D = Delta^2 and B = D Lz^2,
/// s p_lambda^2(rho) = s {X + B / s0 + (rho - rho0) [2 E (rho + rho0) - 2 Tu]} - B, X = h^2 vm^2 cos^2 psi,
/// with the tabulated quotient Tu. On the range of the family's loosest orbit the square bracket is a polynomial; only X differs
/// between the directions psi. Then Jr = (1/pi) int p_lambda d rho / sqrt(rho^2 + D) by the Gauss-Chebyshev rule of the second kind,
/// exact for the square-root ends, with the pole at rho = 0 summed in closed form.
/// In a first stage lanes are families (the table's contraction, the range, the polynomial), in a second one directions.
/// </remarks>
internal sealed class RadialActions
{
    private const double LeastInner = 1e-6;

    // s, kpc^2, that stands for the axis, where nothing may be divided by it.
    private const double OnAxis = 1e-30;

    private readonly PositionTable table;
    private readonly LobattoPolynomial polynomial;
    private readonly int terms, steps;
    private readonly double[] abscissae, weights;
    private readonly double[] nodeQuotients, series, places, smooth, coefficients, thresholds, orbits;

    /// <summary>Kernel over <paramref name="table"/> with the given numbers of polynomial terms and quadrature nodes.</summary>
    public RadialActions(PositionTable table, int polynomialTerms, int quadratureNodes)
    {
        this.table = table;
        terms = polynomialTerms;
        steps = quadratureNodes > 12 ? 3 : 2;
        polynomial = new(polynomialTerms);
        (abscissae, weights) = (new double[quadratureNodes], new double[quadratureNodes]);
        for (int j = 0; j < quadratureNodes; j++)
        {
            double angle = Math.PI * (j + 1) / (quadratureNodes + 1);
            (abscissae[j], weights[j]) = (Math.Cos(angle), Math.Sin(angle) / (quadratureNodes + 1));
        }

        int lanes = Vector<double>.Count;
        nodeQuotients = new double[table.RhoNodes.Length * lanes];
        series = new double[nodeQuotients.Length];
        places = new double[terms * lanes];
        smooth = new double[(terms + 7) / 8 * 8 * lanes];
        coefficients = new double[terms * lanes];
        thresholds = new double[terms * lanes];
        orbits = new double[Orbit.Numbers * lanes];
    }

    /// <summary>Prepares families whose constants X lie between those given.</summary>
    /// <returns>
    /// Lanes whose members differ too much in range for one polynomial; and lanes in which another range is allowed beyond a
    /// barrier that only some members pass, so that each needs its own.
    /// </returns>
    public (Vector<long> Differ, Vector<long> Rugged) Prepare(in OrbitFamilies families, Vector<double> loosest, Vector<double> tightest)
    {
        const double Similar = 0.25;
        table.Radial(families.Delta, nodeQuotients, series);
        Curve shape = new(this, families);
        (Vector<double> inner, Vector<double> outer) = Range(shape, loosest);
        Vector<long> several = Vector.GreaterThan(loosest, tightest), differ = Vector<long>.Zero;
        Vector<long> mayDiffer = Vector.GreaterThan(families.Delta, new Vector<double>(table.R + table.Z)) & several;
        if (mayDiffer != Vector<long>.Zero)
        {
            (_, Vector<double> tight) = Range(shape, tightest);
            differ = mayDiffer & Vector.LessThan(tight, Similar * outer);
        }

        Resample(shape, families, inner, outer);
        return (differ, several & Rugged());
    }

    /// <summary>Lanes in which the threshold falls again after it has risen above that at the star.</summary>
    private Vector<long> Rugged()
    {
        int lanes = Vector<double>.Count;
        Vector<double> star = new(orbits, Orbit.PlaceRow * lanes);
        Vector<long> rugged = Vector<long>.Zero;
        Vector<double> last = new(thresholds), yLast = new(polynomial.Nodes[0]);
        for (int k = 1; k < terms; k++)
        {
            Vector<double> next = new(thresholds, k * lanes), y = new(polynomial.Nodes[k]);
            rugged |= Vector.GreaterThan(last, Vector.MaxNative(next, Vector<double>.Zero)) & Vector.GreaterThan(yLast, star);
            rugged |= Vector.GreaterThan(next, Vector.MaxNative(last, Vector<double>.Zero)) & Vector.LessThan(y, star);
            (last, yLast) = (next, y);
        }

        return rugged;
    }

    /// <summary>Radial actions of several members of one family, the one in a lane of those prepared.</summary>
    /// <param name="lane">The family's lane.</param>
    /// <param name="constants">X of each member, whole vectors of them.</param>
    /// <param name="Jr">Receives the actions.</param>
    public void OfFamily(int lane, ReadOnlySpan<double> constants, Span<double> Jr)
    {
        int lanes = Vector<double>.Count;
        double y0 = orbits[Orbit.PlaceRow * lanes + lane];
        Actions<OneOrbit>(Orbit.OfLane(orbits, lane), ref coefficients[lane], ref thresholds[lane],
            ThresholdSearch.FirstBeyond(polynomial.Nodes, y0, true), ThresholdSearch.FirstBeyond(polynomial.Nodes, y0, false), constants, Jr);
    }

    /// <summary>Radial actions of one member of each prepared family.</summary>
    public void OfFamilies(ReadOnlySpan<double> constants, Span<double> Jr)
        => Actions<ManyOrbits>(Orbit.OfLanes(orbits), ref coefficients[0], ref thresholds[0], 0, terms - 1, constants, Jr);

    private void Actions<TRow>(in Orbit o, ref double c, ref double g, int above, int below, ReadOnlySpan<double> constants, Span<double> Jr)
        where TRow : struct, ILaneRow
    {
        int lanes = Vector<double>.Count, vectors = constants.Length / lanes;
        Span<ThresholdSearch.Bracket> tops = stackalloc ThresholdSearch.Bracket[vectors], lows = stackalloc ThresholdSearch.Bracket[vectors];
        Vector<double> one = Vector<double>.One;
        int terms = this.terms;
        ReadOnlySpan<double> abscissae = this.abscissae, weights = this.weights.AsSpan(0, this.abscissae.Length);
        for (int v = 0; v < vectors; v++)
        {
            Vector<double> x = new(constants[(v * lanes)..]);
            tops[v] = ThresholdSearch.Find<TRow>(x, o.Place, o.Slope0, polynomial.Nodes, ref g, above, true);
            lows[v] = ThresholdSearch.Find<TRow>(x, o.Place, o.Slope0, polynomial.Nodes, ref g, below, false);
        }

        for (int step = 0; step < steps; step++)
        {
            for (int v = 0; v < vectors; v++)
            {
                Vector<double> x = new(constants[(v * lanes)..]);
                tops[v] = tops[v].With(StepOutwards<TRow>(tops[v].Guess, x, o, ref c));
                lows[v] = lows[v].With(Vector.MaxNative(StepInwards<TRow>(lows[v].Guess, x, o, ref c), o.Lowest));
            }
        }

        for (int v = 0; v < vectors; v++)
        {
            Vector<double> x = new Vector<double>(constants[(v * lanes)..]), here = x + o.BarrierHere;
            Vector<double> top = tops[v].Guess, low = lows[v].Guess, middle = 0.5 * (top + low), half = Vector.MaxNative(0.5 * (top - low), new(1e-12)), sum = Vector<double>.Zero;
            for (int j = 0; j < abscissae.Length; j++)
            {
                Vector<double> y = Vector.FusedMultiplyAdd(half, new(abscissae[j]), middle);
                Vector<double> n = Vector.FusedMultiplyAdd(o.Slope, y, o.Centre), m = Vector.FusedMultiplyAdd(o.Bend, y, one);
                Vector<double> n2 = n * n, m2 = m * m, q = LanePolynomial.Evaluate<TRow>(ref c, terms, y);
                Vector<double> a = Vector.FusedMultiplyAdd(here, m2, (n - o.Rho0 * m) * q);
                Vector<double> p2 = Vector.MaxNative(n2 * a - o.Barrier * (m2 * m2), Vector<double>.Zero);
                Vector<double> under = n2 * (m2 * m2) * Vector.FusedMultiplyAdd(o.Delta2, m2, n2);
                sum = Vector.FusedMultiplyAdd(new(weights[j]), VectorMath.RootOfRatio(p2, under), sum);
            }

            // Seen from beyond Delta, the pole's strength is the total angular momentum, the value of -p_lambda^2 at rho = 0.
            Vector<double> strength = Vector.ConditionalSelect(Vector.GreaterThan(o.Lz, Vector<double>.Zero), o.Lz,
                Vector.SquareRoot(Vector.MaxNative(o.Central - x, Vector<double>.Zero)));
            sum = sum * half * o.Jacobian + 2 * strength * ChebyshevPole.Missed(o.Pole, middle, half, 2 * abscissae.Length + 2);
            sum.CopyTo(Jr[(v * lanes)..]);
        }
    }

    /// <summary>A step of Newton's method in y towards the outer root of m^4 s p_lambda^2, where rho = n / m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<double> StepOutwards<TRow>(Vector<double> y, Vector<double> x, in Orbit o, ref double c)
        where TRow : struct, ILaneRow
    {
        (Vector<double> q, Vector<double> dq) = LanePolynomial.EvaluateWithSlope<TRow>(ref c, terms, y);
        Vector<double> n = Vector.FusedMultiplyAdd(o.Slope, y, o.Centre), m = Vector.FusedMultiplyAdd(o.Bend, y, Vector<double>.One);
        Vector<double> rise = n - o.Rho0 * m, xm = (x + o.BarrierHere) * m, m3 = o.Barrier * m * m * m;
        Vector<double> a = Vector.FusedMultiplyAdd(xm, m, rise * q);
        Vector<double> da = 2 * xm * o.Bend + (o.Slope - o.Rho0 * o.Bend) * q + rise * dq;
        return y - (n * n * a - m3 * m) / (n * (2 * o.Slope * a + n * da) - 4 * o.Bend * m3);
    }

    /// <summary>
    /// A step towards the inner root of s p_lambda^2 = s a(s) - B, in s = rho^2 and with a(s) taken as linear there:
    /// as good for an angular momentum in a (Delta = 0) as for the barrier.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<double> StepInwards<TRow>(Vector<double> y, Vector<double> x, in Orbit o, ref double c)
        where TRow : struct, ILaneRow
    {
        (Vector<double> q, Vector<double> dq) = LanePolynomial.EvaluateWithSlope<TRow>(ref c, terms, y);
        Vector<double> over = Vector<double>.One / Vector.FusedMultiplyAdd(o.Bend, y, Vector<double>.One);
        Vector<double> rho = Vector.FusedMultiplyAdd(o.Slope, y, o.Centre) * over, rise = rho - o.Rho0, s = rho * rho;
        Vector<double> perRho = (o.Slope - o.Bend * rho) * over; // d rho / d y
        q *= over;
        Vector<double> dqdy = over * (dq - o.Bend * q);
        Vector<double> a = x + o.BarrierHere + rise * q, slope = (perRho * q + rise * dqdy) / (2 * rho * perRho);
        Vector<double> p = a - slope * s, barrier2 = 2 * o.Barrier;
        Vector<double> root = Vector.SquareRoot(Vector.MaxNative(Vector.FusedMultiplyAdd(p, p, 2 * slope * barrier2), Vector<double>.Zero));
        Vector<long> falling = Vector.LessThan(p, Vector<double>.Zero);
        Vector<double> next = Vector.ConditionalSelect(falling, root - p, barrier2) / Vector.ConditionalSelect(falling, 2 * slope, p + root);
        Vector<double> nextRho = Vector.SquareRoot(Vector.MaxNative(next, Vector<double>.Zero));
        return (o.Centre - nextRho) / (nextRho * o.Bend - o.Slope);
    }

    /// <summary>Range of rho of the orbits with constants x.</summary>
    private (Vector<double> Inner, Vector<double> Outer) Range(in Curve shape, Vector<double> x)
    {
        int lanes = Vector<double>.Count, count = table.RhoNodes.Length, star = 0;
        Curve orbit = shape with { X = x };
        Vector<double> rho0 = shape.Rho0, s0 = rho0 * rho0;
        RangeEnd outer = new(s0, new(table.RhoNodes[0] * table.RhoNodes[0])), inner = new(s0, new(OnAxis));
        while (star < count && Vector.LessThanAny(rho0, new(table.RhoNodes[star])))
        {
            star++;
        }

        for (int k = star - 1; k >= 0 && outer.Open != Vector<long>.Zero; k--)
        {
            Vector<double> rho = new(table.RhoNodes[k]), s = rho * rho;
            outer.Visit(s, shape.Threshold(rho, s, new(nodeQuotients, k * lanes)), x, Vector.GreaterThan(rho, rho0));
        }

        while (star > 0 && Vector.GreaterThanAny(rho0, new(table.RhoNodes[star - 1])))
        {
            star--;
        }

        for (int k = star; k < count && inner.Open != Vector<long>.Zero; k++)
        {
            Vector<double> rho = new(table.RhoNodes[k]), s = rho * rho;
            inner.Visit(s, shape.Threshold(rho, s, new(nodeQuotients, k * lanes)), x, Vector.LessThan(rho, rho0));
        }

        if (inner.Open != Vector<long>.Zero)
        {
            Vector<double> axis = new(OnAxis);
            inner.Visit(axis, orbit.Threshold(axis), x, Vector<long>.AllBitsSet);
        }

        Vector<double> low = Vector.SquareRoot(Vector.MaxNative(inner.Find(orbit, s0), Vector<double>.Zero));
        return (Vector.MaxNative(low, LeastInner * rho0), Vector.SquareRoot(outer.Find(orbit, s0)));
    }

    /// <summary>Polynomial on a range: rho = (centre + slope y) / (1 + bend y), y in [-1, 1].</summary>
    private void Resample(in Curve shape, in OrbitFamilies families, Vector<double> inner, Vector<double> outer)
    {
        int lanes = Vector<double>.Count;
        Vector<double> one = Vector<double>.One, rho0 = shape.Rho0;
        outer = Vector.MaxNative(outer, inner * new Vector<double>(1 + 1e-9));
        Vector<double> g = new Vector<double>(0.02) + 0.05 * outer;
        Vector<double> centre = Vector.SquareRoot((inner + g) * (outer + g)) - g;
        Vector<double> bend = (2 * centre - inner - outer) / (outer - inner);
        Vector<double> slope = outer * (one + bend) - centre;
        for (int k = 0; k < terms; k++)
        {
            Vector<double> y = new(polynomial.Nodes[k]), rho = Vector.FusedMultiplyAdd(slope, y, centre) / Vector.FusedMultiplyAdd(bend, y, one);
            rho.CopyTo(places, k * lanes);
            shape.Place(rho).CopyTo(smooth, k * lanes);
        }

        for (int k = 0; k < terms; k += 8)
        {
            Chebyshev.EvaluateEight(series, smooth.AsSpan(k * lanes, 8 * lanes));
        }

        for (int k = 0; k < terms; k++)
        {
            Vector<double> rho = new(places, k * lanes), bracket = shape.Bracket(rho, new(smooth, k * lanes));
            (Vector.FusedMultiplyAdd(bend, new(polynomial.Nodes[k]), one) * bracket).CopyTo(smooth, k * lanes);
            (shape.Barrier / (rho * rho) - shape.BarrierHere - (rho - rho0) * bracket).CopyTo(thresholds, k * lanes);
        }

        polynomial.Coefficients(smooth, coefficients);
        Vector<double> place = (centre - rho0) / (rho0 * bend - slope), pole = -centre / slope;
        Vector<double> jacobian = slope - centre * bend, atStar = one + bend * place;
        ref double c = ref MemoryMarshal.GetArrayDataReference(coefficients);
        Vector<double> central = rho0 * LanePolynomial.Evaluate<ManyOrbits>(ref c, terms, pole) / (one + bend * pole) - shape.BarrierHere;
        Vector<double> slope0 = -LanePolynomial.Evaluate<ManyOrbits>(ref c, terms, place) / atStar * jacobian / (atStar * atStar)
            - 2 * shape.BarrierHere / rho0 * jacobian / (atStar * atStar);
        // The loosest orbit's own end is at -1, to rounding; nothing beyond it may be mistaken for a root.
        Vector<double> lowest = -one + 0.3 * Vector.MaxNative(pole + one, new(-0.1));
        Vector<double> delta2 = families.Delta * families.Delta;
        Vector<long> barred = Vector.GreaterThanOrEqual(delta2, inner * inner) & Vector.GreaterThan(shape.Barrier, Vector<double>.Zero);
        new Orbit(centre, slope, bend, jacobian, rho0, shape.Barrier, shape.BarrierHere, delta2, place, slope0, lowest, pole, central,
            Vector.ConditionalSelect(barred, families.Lz, Vector<double>.Zero)).CopyTo(orbits);
    }

    /// <summary>The radial function of a family along the curve.</summary>
    private readonly ref struct Curve : ILaneCurve
    {
        private readonly RadialActions owner;
        private readonly Vector<double> twiceEnergy;

        public Curve(RadialActions owner, in OrbitFamilies families)
        {
            this.owner = owner;
            twiceEnergy = 2 * families.Energy;
            Rho0 = Vector.SquareRoot(families.S0);
            Barrier = families.Delta * families.Delta * families.Lz * families.Lz;
            BarrierHere = Barrier / families.S0;
        }

        public Vector<double> X { get; init; }

        public Vector<double> Rho0 { get; }

        public Vector<double> Barrier { get; }

        public Vector<double> BarrierHere { get; }

        /// <summary>Place of rho in the table's series.</summary>
        public Vector<double> Place(Vector<double> rho)
            => (VectorMath.Log(rho + new Vector<double>(owner.table.RadialOffset)) - new Vector<double>(owner.table.LogMiddle)) * (1 / owner.table.LogHalf);

        /// <summary>2 E (rho + rho0) - 2 Tu.</summary>
        public Vector<double> Bracket(Vector<double> rho, Vector<double> t) => twiceEnergy * (rho + Rho0) - 2 * t;

        /// <summary>The constant X at which p_lambda vanishes there.</summary>
        public Vector<double> Threshold(Vector<double> rho, Vector<double> s, Vector<double> t)
            => Barrier / s - BarrierHere - (rho - Rho0) * Bracket(rho, t);

        public Vector<double> Threshold(Vector<double> place)
        {
            Vector<double> rho = Vector.SquareRoot(place);
            return Threshold(rho, place, Chebyshev.Evaluate(owner.series, Place(rho)));
        }

        // s p^2 over s + (where the barrier matters): of one size from the axis outwards.
        public Vector<double> Value(Vector<double> place, Vector<double> threshold) => place * (X - threshold) / (place + Barrier / X);
    }

    /// <summary>What the second stage needs to know of an orbit besides its polynomial.</summary>
    private readonly record struct Orbit(Vector<double> Centre, Vector<double> Slope, Vector<double> Bend, Vector<double> Jacobian,
        Vector<double> Rho0, Vector<double> Barrier, Vector<double> BarrierHere, Vector<double> Delta2, Vector<double> Place,
        Vector<double> Slope0, Vector<double> Lowest, Vector<double> Pole, Vector<double> Central, Vector<double> Lz)
    {
        public const int Numbers = 14;
        public const int PlaceRow = 8;

        public static Orbit OfLane(double[] rows, int lane) => Read<OneOrbit>(ref rows[lane]);

        public static Orbit OfLanes(double[] rows) => Read<ManyOrbits>(ref rows[0]);

        public void CopyTo(double[] rows)
        {
            int at = 0;
            foreach (Vector<double> number in (ReadOnlySpan<Vector<double>>)[Centre, Slope, Bend, Jacobian, Rho0, Barrier, BarrierHere, Delta2,
                Place, Slope0, Lowest, Pole, Central, Lz])
            {
                number.CopyTo(rows, at);
                at += Vector<double>.Count;
            }
        }

        private static Orbit Read<TRow>(ref double r)
            where TRow : struct, ILaneRow
            => new(TRow.At(ref r, 0), TRow.At(ref r, 1), TRow.At(ref r, 2), TRow.At(ref r, 3), TRow.At(ref r, 4),
                TRow.At(ref r, 5), TRow.At(ref r, 6), TRow.At(ref r, 7), TRow.At(ref r, 8),
                TRow.At(ref r, 9), TRow.At(ref r, 10), TRow.At(ref r, 11), TRow.At(ref r, 12), TRow.At(ref r, 13));
    }
}
