using System.Numerics;
using Oort.Numerics;

namespace Oort.Actions;

/// <summary>
/// Radial and vertical actions of the Staeckel fudge at many velocities of one position: all directions psi of the
/// meridional velocity at once for one (E, Lz), which share everything but a constant. Needs a <see cref="PositionTable"/>;
/// keeps scratch space, so one instance serves one thread.
/// </summary>
/// <remarks>
/// With p_lambda = sqrt(s + D) sin v vR + sqrt(s) cos v vz along the lambda direction and p_nu along the other,
/// p_lambda^2 + p_nu^2 = h^2 vm^2, h^2 = s0 + D (1 - c0). Along the curves
/// s p_lambda^2(rho) = s {X + (rho - rho0) [2 E (rho + rho0) - 2 Tu] + D Lz^2 / s0} - D Lz^2, X = h^2 vm^2 cos^2 psi,
/// (1 - c) p_nu^2(zeta) = (1 - c) {Y - 2 E D (c - c0) - 2 (zeta - zeta0) Tv + Lz^2 / (1 - c0)} - Lz^2, Y = h^2 vm^2 sin^2 psi,
/// with the tabulated quotients Tu, Tv. On the range of the loosest of the orbits each is a polynomial plus the constant's term;
/// then Jr = (1/pi) int p_lambda d rho / sqrt(rho^2 + D) and Jz = (2/pi) int_0 p_nu dw / sqrt(1 - w^2), w = cos v,
/// by Gauss-Chebyshev rules, exact for the square-root ends, with the poles of strength Lz (rho = 0 and w = 1) summed in closed form.
/// </remarks>
internal sealed partial class NodeActions
{
    private const int NewtonSteps = 3;
    private const double LeastInner = 1e-6;

    private readonly PositionTable table;
    private readonly LobattoPolynomial polynomial;
    private readonly double[] radialAbscissae, radialWeights, verticalAbscissae, verticalWeights;
    private readonly double[] nodeValues, tu, tuSeries, tv, tvSeries, smooth, values, squares, coefficients;

    /// <summary>Kernel over <paramref name="table"/> with the given numbers of polynomial terms and quadrature nodes.</summary>
    public NodeActions(PositionTable table, int polynomialTerms, int radialNodes, int verticalNodes)
    {
        this.table = table;
        polynomial = new(polynomialTerms);
        (radialAbscissae, radialWeights) = (new double[radialNodes], new double[radialNodes]);
        for (int j = 0; j < radialNodes; j++)
        {
            double angle = Math.PI * (j + 1) / (radialNodes + 1);
            (radialAbscissae[j], radialWeights[j]) = (Math.Cos(angle), Math.Sin(angle) / (radialNodes + 1));
        }

        // The positive half of the rule with 2 n nodes, for an even integrand.
        (verticalAbscissae, verticalWeights) = (new double[verticalNodes], new double[verticalNodes]);
        for (int j = 0; j < verticalNodes; j++)
        {
            double angle = Math.PI * (j + 1) / (2 * verticalNodes + 1);
            (verticalAbscissae[j], verticalWeights[j]) = (Math.Cos(angle), 2 * Math.Sin(angle) / (2 * verticalNodes + 1));
        }

        tu = new double[table.RhoNodes.Length];
        tuSeries = new double[tu.Length];
        nodeValues = new double[tu.Length];
        tv = new double[table.ZetaNodes.Length];
        tvSeries = new double[tv.Length];
        smooth = new double[polynomialTerms];
        values = new double[polynomialTerms];
        squares = new double[polynomialTerms];
        coefficients = new double[polynomialTerms];
    }

    /// <summary>Actions for one energy and angular momentum and several directions.</summary>
    /// <param name="E">Energy, (km/s)^2, negative.</param>
    /// <param name="Lz">Angular momentum, kpc km/s; its sign does not matter.</param>
    /// <param name="delta">Focal distance, kpc, within the range the table was built for.</param>
    /// <param name="speed2">Square of the meridional speed, (km/s)^2: 2 (E - Phi0) - (Lz/R)^2.</param>
    /// <param name="cos2">cos^2 psi, psi the angle from the lambda direction, descending; a multiple of the vector length long.</param>
    /// <param name="Jr">Receives the radial actions, kpc km/s.</param>
    /// <param name="Jz">Receives the vertical actions, kpc km/s.</param>
    public void Evaluate(double E, double Lz, double delta, double speed2, ReadOnlySpan<double> cos2, Span<double> Jr, Span<double> Jz)
    {
        table.At(delta, tu, tuSeries, tv, tvSeries);
        double delta2 = delta * delta;
        (double s0, double c0) = PositionTable.Spheroidal(table.R, table.Z, delta2);
        double constant = (s0 + delta2 * (1 - c0)) * speed2;
        RadialByRange(E, Lz, delta2, s0, constant, cos2, Jr, delta > table.R + table.Z);
        Vertical(E, Lz, delta2, c0, constant, cos2, Jz);
    }

    /// <summary>
    /// Radial actions for directions in descending order of cos^2. Inside the focal distance, orbits of one energy may differ in
    /// radial range by orders of magnitude, too much for one polynomial: there each part of similar range gets its own.
    /// </summary>
    private void RadialByRange(double E, double Lz, double delta2, double s0, double constant, ReadOnlySpan<double> cos2, Span<double> Jr, bool mayDiffer)
    {
        const double Similar = 0.25;
        double rho0 = Math.Sqrt(s0), barrier = delta2 * Lz * Lz, loosest = constant * (mayDiffer ? cos2[0] : 1);
        (double inner, double outer) = RadialRange(new(this, E, barrier, rho0, loosest), rho0);
        if (mayDiffer && cos2.Length > 1)
        {
            (_, double tightest) = RadialRange(new(this, E, barrier, rho0, constant * cos2[^1]), rho0);
            if (tightest < Similar * outer)
            {
                int half = cos2.Length / 2;
                RadialByRange(E, Lz, delta2, s0, constant, cos2[..half], Jr[..half], true);
                RadialByRange(E, Lz, delta2, s0, constant, cos2[half..], Jr[half..], true);
                return;
            }
        }

        if (cos2.Length % Vector<double>.Count == 0)
        {
            Radial(E, Lz, delta2, s0, constant, inner, outer, cos2, Jr);
            return;
        }

        int padded = (cos2.Length / Vector<double>.Count + 1) * Vector<double>.Count;
        Span<double> cos2Padded = stackalloc double[padded], result = stackalloc double[padded];
        cos2Padded.Fill(cos2[0]);
        cos2.CopyTo(cos2Padded);
        Radial(E, Lz, delta2, s0, constant, inner, outer, cos2Padded, result);
        result[..cos2.Length].CopyTo(Jr);
    }

    private void Radial(double E, double Lz, double delta2, double s0, double constant, double inner, double outer,
        ReadOnlySpan<double> cos2, Span<double> Jr)
    {
        double rho0 = Math.Sqrt(s0), barrier = delta2 * Lz * Lz;

        // rho = (centre + slope y) / (1 + bend y), y in [-1, 1], over the loosest orbit's range.
        double g = 0.02 + 0.05 * outer;
        double centre = Math.Sqrt((inner + g) * (outer + g)) - g;
        double bend = (2 * centre - inner - outer) / (outer - inner);
        double slope = outer * (1 + bend) - centre, jacobian = slope - centre * bend;
        double y0 = (centre - rho0) / (rho0 * bend - slope), pole = -centre / slope;
        Resample(E, barrier, rho0, centre, slope, bend);
        polynomial.Coefficients(smooth, coefficients);
        int above = FirstAbove(y0), below = above - 1;
        below -= below > 0 && polynomial.Nodes[below] >= y0 ? 1 : 0;

        // The loosest orbit's own end is at -1, to rounding; nothing beyond it may be mistaken for a root.
        double lowest = -1 + 0.3 * Math.Max(pole + 1, -0.1);
        double central = rho0 * LobattoPolynomial.Evaluate(coefficients, new Vector<double>(pole))[0] / (1 + bend * pole) - barrier / s0;
        Vector<double> vDelta2 = new(delta2), one = Vector<double>.One;
        RadialMap map = new(new(centre), new(slope), new(bend), new(rho0), new(barrier), new(barrier / s0));
        for (int lane = 0; lane < cos2.Length; lane += Vector<double>.Count)
        {
            Vector<double> x = constant * new Vector<double>(cos2[lane..]);
            (Vector<double> f0, Vector<double> df0) = RadialFunction(new(y0), x, map);
            Vector<double> yTop = RootAmong(x, f0, df0, y0, above, polynomial.Nodes.Length, 1);
            Vector<double> yLow = RootAmong(x, f0, df0, y0, below, -1, -1);
            for (int step = 0; step < NewtonSteps; step++)
            {
                (Vector<double> f, Vector<double> df) = RadialFunction(yTop, x, map);
                yTop = Vector.Min(Vector.Max(yTop - f / df, new(y0)), new(1.05));
                yLow = Vector.Min(Vector.Max(StepInwards(yLow, x, map), new(lowest)), new(y0));
            }

            Vector<double> middle = 0.5 * (yTop + yLow), half = Vector.Max(0.5 * (yTop - yLow), new(1e-12)), sum = Vector<double>.Zero;
            for (int j = 0; j < radialAbscissae.Length; j++)
            {
                Vector<double> y = Vector.FusedMultiplyAdd(half, new(radialAbscissae[j]), middle);
                Vector<double> n = Vector.FusedMultiplyAdd(map.Slope, y, map.Centre), m = Vector.FusedMultiplyAdd(map.Bend, y, one);
                Vector<double> n2 = n * n, m2 = m * m;
                Vector<double> a = Vector.FusedMultiplyAdd(x + map.BarrierHere, m2, (n - map.Rho0 * m) * LobattoPolynomial.Evaluate(coefficients, y));
                Vector<double> p2 = n2 * a - map.Barrier * m2 * m2;
                p2 = Vector.Max(p2, Vector<double>.Zero);
                sum += radialWeights[j] * Vector.SquareRoot(p2 / (n2 * m2 * m2 * Vector.FusedMultiplyAdd(vDelta2, m2, n2)));
            }

            // Seen from beyond Delta, the pole's strength is the total angular momentum, the value of -p_lambda^2 at rho = 0.
            Vector<double> strength = delta2 >= inner * inner && barrier > 0 ? new(Math.Abs(Lz))
                : Vector.SquareRoot(Vector.Max(new Vector<double>(central) - x, Vector<double>.Zero));
            sum = sum * half * jacobian + 2 * strength * Missed(pole, middle, half, 2 * radialAbscissae.Length + 2);
            sum.CopyTo(Jr[lane..]);
        }
    }

    /// <summary>The first node at or above <paramref name="y0"/>.</summary>
    private int FirstAbove(double y0)
    {
        int k = polynomial.Nodes.Length - 1;
        while (k > 0 && polynomial.Nodes[k - 1] > y0)
        {
            k--;
        }

        return k;
    }

    private void Vertical(double E, double Lz, double delta2, double c0, double constant, ReadOnlySpan<double> cos2, Span<double> Jz)
    {
        double zeta0 = Math.Sqrt(c0 + table.Beta), low = Math.Sqrt(table.Beta), lz2 = Lz * Lz / (1 - c0), tide = 2 * E * delta2;
        double top = VerticalTop(new(this, tide, Lz, zeta0, c0, constant), zeta0);
        double width = top - low;
        Vector<double> high = new(double.NegativeInfinity);
        for (int k = 0; k < values.Length; k += Vector<double>.Count)
        {
            Vector<double> zeta = new Vector<double>(low) + 0.5 * width * (new Vector<double>(polynomial.Nodes, k) + Vector<double>.One);
            ((zeta - new Vector<double>(table.ZetaMiddle)) * (1 / table.ZetaHalf)).CopyTo(smooth, k);
        }

        EvaluateSeries(tvSeries);
        for (int k = 0; k < values.Length; k += Vector<double>.Count)
        {
            Vector<double> zeta = new Vector<double>(low) + 0.5 * width * (new Vector<double>(polynomial.Nodes, k) + Vector<double>.One);
            Vector<double> t = new(smooth, k);
            Vector<double> c = zeta * zeta - new Vector<double>(table.Beta), rest = Vector<double>.One - c;
            Vector<double> q = -tide * (zeta + new Vector<double>(zeta0)) - 2 * t;
            Vector<double> value = new Vector<double>(lz2) + (zeta - new Vector<double>(zeta0)) * q;
            high = Vector.Max(high, value);
            q.CopyTo(smooth, k);
            (rest * value - new Vector<double>(Lz * Lz)).CopyTo(values, k);
            rest.CopyTo(squares, k);
        }

        double y0 = 2 * (zeta0 - low) / width - 1;
        polynomial.Coefficients(smooth, coefficients);

        // (1 - c) p^2 = (1 - c) (Y + C) - Lz^2 cannot vanish closer to the axis than this.
        double farthest = Math.Sqrt(1 + table.Beta - Lz * Lz / (constant + Largest(high)));
        double highest = Math.Min(1.05, Math.Max(y0 + 1e-12, 2 * (farthest - low) / width - 1));
        int above = FirstAbove(y0);
        double pole = 2 * (Math.Sqrt(1 + table.Beta) - low) / width - 1;
        for (int lane = 0; lane < cos2.Length; lane += Vector<double>.Count)
        {
            Vector<double> x = constant * (Vector<double>.One - new Vector<double>(cos2[lane..]));
            (Vector<double> f0, Vector<double> df0) = VerticalFunction(new(y0), x + new Vector<double>(lz2), low, width, zeta0, Lz);
            Vector<double> y = RootAmong(x, f0, df0, y0, above, polynomial.Nodes.Length, 1);
            for (int step = 0; step < NewtonSteps; step++)
            {
                (Vector<double> f, Vector<double> df) = VerticalFunction(y, x + new Vector<double>(lz2), low, width, zeta0, Lz);
                y = Vector.Min(Vector.Max(y - f / df, new(y0)), new(highest));
            }

            Vector<double> span = 0.5 * width * (y + Vector<double>.One), sum = Vector<double>.Zero;
            for (int j = 0; j < verticalAbscissae.Length; j++)
            {
                double abscissa = verticalAbscissae[j];
                Vector<double> above0 = span * (abscissa * abscissa), zeta = new Vector<double>(low) + above0;
                Vector<double> rest = new Vector<double>(1 + table.Beta) - zeta * zeta;
                Vector<double> place = above0 * (2 / width) - Vector<double>.One;
                Vector<double> a = (zeta - new Vector<double>(zeta0)) * LobattoPolynomial.Evaluate(coefficients, place) + x + new Vector<double>(lz2);
                Vector<double> p2 = rest * a - new Vector<double>(Lz * Lz);
                p2 = Vector.Max(p2, Vector<double>.Zero);
                sum += verticalWeights[j] * zeta * Vector.SquareRoot(p2 / ((zeta + new Vector<double>(low)) * rest * rest));
            }

            sum *= 2 * Vector.SquareRoot(span);
            Vector<double> half = 0.5 * (y + Vector<double>.One);
            sum += 2 * Math.Abs(Lz) * Missed(pole, half - Vector<double>.One, half, 2 * verticalAbscissae.Length + 1);
            sum.CopyTo(Jz[lane..]);
        }
    }

    /// <summary>(1 - c) p_nu^2 and its derivative in y, where zeta = low + width (1 + y) / 2.</summary>
    private (Vector<double> Value, Vector<double> Slope) VerticalFunction(
        Vector<double> y, Vector<double> x, double low, double width, double zeta0, double Lz)
    {
        (Vector<double> q, Vector<double> dq) = LobattoPolynomial.EvaluateWithSlope(coefficients, y);
        Vector<double> zeta = new Vector<double>(low) + 0.5 * width * (y + Vector<double>.One);
        Vector<double> rest = new Vector<double>(1 + table.Beta) - zeta * zeta;
        Vector<double> rise = zeta - new Vector<double>(zeta0), a = Vector.FusedMultiplyAdd(rise, q, x), da = 0.5 * width * q + rise * dq;
        return (rest * a - new Vector<double>(Lz * Lz), rest * da - width * zeta * a);
    }

    /// <summary>
    /// What an n-node Gauss-Chebyshev sum misses of a simple pole of unit strength at <paramref name="place"/>:
    /// 1 / (q^power - 1), q = X + sqrt(X^2 - 1), X the pole's distance from the middle in units of the half range.
    /// </summary>
    private static Vector<double> Missed(double place, Vector<double> middle, Vector<double> half, int power)
    {
        Vector<double> x = Vector.Max(Vector.Abs(new Vector<double>(place) - middle) / half, Vector<double>.One);
        Vector<double> q = x + Vector.SquareRoot(Vector.FusedMultiplyAdd(x, x, -Vector<double>.One)), result = Vector<double>.One;
        for (int n = power; n > 0; n >>= 1)
        {
            if ((n & 1) == 1)
            {
                result *= q;
            }

            q *= q;
        }

        return Vector<double>.One / Vector.Max(result - Vector<double>.One, new(1e-12));
    }

    /// <summary>
    /// First guess of the root of f(y) = polynomial + x squares on one side of y0: bracketed on the values at the nodes,
    /// placed by the parabola that has f and f' at y0 and f at the bracket's far end.
    /// </summary>
    private Vector<double> RootAmong(Vector<double> x, Vector<double> f0, Vector<double> df0, double y0, int first, int end, int step)
    {
        Vector<double> near = new(y0), far = new(polynomial.Nodes[end - step]), fNear = f0;
        Vector<double> fFar = Vector.FusedMultiplyAdd(x, new(squares[end - step]), new Vector<double>(values[end - step]));
        Vector<long> open = Vector<long>.AllBitsSet;
        for (int k = first; k != end; k += step)
        {
            Vector<double> y = new(polynomial.Nodes[k]);
            Vector<double> f = Vector.FusedMultiplyAdd(x, new(squares[k]), new Vector<double>(values[k]));
            Vector<long> negative = Vector.LessThanOrEqual(f, Vector<double>.Zero) & open;
            far = Vector.ConditionalSelect(negative, y, far);
            fFar = Vector.ConditionalSelect(negative, f, fFar);
            open = Vector.AndNot(open, negative);
            near = Vector.ConditionalSelect(open, y, near);
            fNear = Vector.ConditionalSelect(open, f, fNear);
            if (open == Vector<long>.Zero)
            {
                break;
            }
        }

        // Parabola from y0 while the bracket starts there, else the chord of the bracket.
        Vector<double> e = far - new Vector<double>(y0);
        Vector<double> curvature = (fFar - f0 - df0 * e) / (e * e);
        Vector<double> root = Vector.SquareRoot(Vector.Max(df0 * df0 - 4 * curvature * f0, Vector<double>.Zero));
        // Of the two forms of the parabola's root the one without cancellation.
        Vector<double> along = step * df0, numerator = Vector.Max(along, Vector<double>.Zero) + root;
        Vector<double> parabola = new Vector<double>(y0) + step * Vector.ConditionalSelect(
            Vector.GreaterThan(along, Vector<double>.Zero), -0.5 * numerator / curvature, 2 * f0 / (root - along));
        Vector<double> chord = near + (far - near) * fNear / Vector.Max(fNear - fFar, new(1e-300));
        Vector<double> guess = Vector.ConditionalSelect(Vector.Equals(near, new(y0)), parabola, chord);
        return Vector.Min(Vector.Max(guess, Vector.Min(near, far)), Vector.Max(near, far));
    }

    /// <summary>m^4 s p_lambda^2 and its derivative in y, where rho = n / m, n = centre + slope y, m = 1 + bend y.</summary>
    private (Vector<double> Value, Vector<double> Slope) RadialFunction(Vector<double> y, Vector<double> x, in RadialMap map)
    {
        (Vector<double> q, Vector<double> dq) = LobattoPolynomial.EvaluateWithSlope(coefficients, y);
        Vector<double> n = Vector.FusedMultiplyAdd(map.Slope, y, map.Centre), m = Vector.FusedMultiplyAdd(map.Bend, y, Vector<double>.One);
        Vector<double> rise = n - map.Rho0 * m, xm = (x + map.BarrierHere) * m, m3 = map.Barrier * m * m * m;
        Vector<double> a = Vector.FusedMultiplyAdd(xm, m, rise * q);
        Vector<double> da = 2 * xm * map.Bend + (map.Slope - map.Rho0 * map.Bend) * q + rise * dq;
        return (n * n * a - m3 * m, n * (2 * map.Slope * a + n * da) - 4 * map.Bend * m3);
    }

    /// <summary>
    /// A step towards the inner root of s p_lambda^2 = s a(s) - D Lz^2, in s = rho^2 and with a(s) taken as linear there:
    /// as good for an angular momentum in a (Delta = 0) as for the barrier.
    /// </summary>
    private Vector<double> StepInwards(Vector<double> y, Vector<double> x, in RadialMap map)
    {
        (Vector<double> q, Vector<double> dq) = LobattoPolynomial.EvaluateWithSlope(coefficients, y);
        Vector<double> over = Vector<double>.One / Vector.FusedMultiplyAdd(map.Bend, y, Vector<double>.One);
        Vector<double> rho = Vector.FusedMultiplyAdd(map.Slope, y, map.Centre) * over, rise = rho - map.Rho0, s = rho * rho;
        Vector<double> perRho = (map.Slope - map.Bend * rho) * over; // d rho / d y
        q *= over;
        Vector<double> dqdy = over * (dq - map.Bend * q);
        Vector<double> a = x + map.BarrierHere + rise * q, slope = (q + rise * dqdy / perRho) / (2 * rho);
        Vector<double> p = a - slope * s, barrier4 = 4 * map.Barrier;
        Vector<double> root = Vector.SquareRoot(Vector.Max(p * p + slope * barrier4, Vector<double>.Zero));
        Vector<double> next = Vector.ConditionalSelect(Vector.LessThan(p, Vector<double>.Zero), (root - p) / (2 * slope), 2 * map.Barrier / (p + root));
        Vector<double> nextRho = Vector.SquareRoot(Vector.Max(next, Vector<double>.Zero));
        return (map.Centre - nextRho) / (nextRho * map.Bend - map.Slope);
    }

    /// <summary>Values of m [2 E (rho + rho0) - 2 Tu] and of m^4 s p_lambda^2 without X at the polynomial's nodes.</summary>
    private void Resample(double E, double barrier, double rho0, double centre, double slope, double bend)
    {
        Vector<double> h = new(table.RadialOffset), rho0s = new(rho0), one = Vector<double>.One;
        for (int k = 0; k < values.Length; k += Vector<double>.Count)
        {
            Vector<double> y = new(polynomial.Nodes, k);
            Vector<double> rho = (new Vector<double>(centre) + slope * y) / (one + bend * y);
            ((Vector.Log(rho + h) - new Vector<double>(table.LogMiddle)) * (1 / table.LogHalf)).CopyTo(smooth, k);
        }

        EvaluateSeries(tuSeries);
        for (int k = 0; k < values.Length; k += Vector<double>.Count)
        {
            Vector<double> y = new(polynomial.Nodes, k), t = new(smooth, k);
            Vector<double> n = new Vector<double>(centre) + slope * y, m = one + bend * y, m2 = m * m, rho = n / m;
            Vector<double> q = 2 * E * (rho + rho0s) - 2 * t;
            Vector<double> a = ((rho - rho0s) * q + new Vector<double>(barrier / (rho0 * rho0))) * m2;
            (m * q).CopyTo(smooth, k);
            (n * n * a - barrier * m2 * m2).CopyTo(values, k);
            (n * n * m2).CopyTo(squares, k);
        }
    }

    private static double Largest(Vector<double> v)
    {
        double largest = v[0];
        for (int i = 1; i < Vector<double>.Count; i++)
        {
            largest = Math.Max(largest, v[i]);
        }

        return largest;
    }

    /// <summary>Replaces the places in the scratch array of smooth values by a series there.</summary>
    private void EvaluateSeries(double[] series)
    {
        int k = 0;
        for (; k + 4 * Vector<double>.Count <= smooth.Length; k += 4 * Vector<double>.Count)
        {
            Chebyshev.EvaluateFour(series, smooth.AsSpan(k));
        }

        for (; k < smooth.Length; k += Vector<double>.Count)
        {
            Chebyshev.Evaluate(series, new Vector<double>(smooth, k)).CopyTo(smooth, k);
        }
    }

    private readonly record struct RadialMap(Vector<double> Centre, Vector<double> Slope, Vector<double> Bend,
        Vector<double> Rho0, Vector<double> Barrier, Vector<double> BarrierHere);
}
