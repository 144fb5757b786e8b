using System.Numerics;
using Oort.Numerics;

namespace Oort.Actions;

internal sealed partial class FudgeBlock
{
    private const int MostRounds = 9;

    // What a last step may leave of the error of a turning point, as a part of the range.
    private double SearchStep => accuracy == ActionAccuracy.Fast ? 1e-3 : 1e-8;

    private enum Swinging
    {
        W, S0, D2, Sin2, Cos2, E, Momentum2, Square, Product, Linear, Curved, Power, Constant, Pole, Shift, Side, Range,
        Count,
    }

    private enum Climbing
    {
        W, S0, D2, Sin2, E, Momentum2, Square, Product, Xi0, W0, Rise, Lift,
        Count,
    }

    // One entry a star: the model of p_u^2 and of p_v^2, and what it makes of the turning points.
    private readonly double[] guessOuter = New(), guessInner = New(), modelLinear = New(), modelCurved = New(), modelPower = New();
    private readonly double[] modelConstant = New(), modelPole = New(), modelHeight = New(), modelTop = New(), modelRise = New(), modelLift = New();
    private readonly bool[] hard = new bool[Capacity];

    // One entry a search under way.
    private readonly int[] swingStar = new int[2 * Capacity], climbStar = new int[Capacity];
    private readonly double[][] swing = [.. Enumerable.Range(0, (int)Swinging.Count).Select(_ => new double[2 * Capacity])];
    private readonly double[][] climb = [.. Enumerable.Range(0, (int)Climbing.Count).Select(_ => New())];
    private readonly double[] swingNext = new double[2 * Capacity], climbNext = New();

    /// <summary>
    /// Turning points by few potential calls. Value and slope of p^2 at the star fix a model: along the hyperbola Phi ~ s^(-beta/2), with beta from the
    /// speed of rotation and Phi; along the ellipse a force that saturates at the height <see cref="PlanarProfile"/> gives. All stars' model turning points are
    /// tried in one call, and Halley's method, with the curvature of the model plus a cubic that makes it agree with what was found,
    /// goes on from there. A search that does not end well is left to the one that brackets.
    /// </summary>
    private void SearchTurningPoints(int count)
    {
        ModelRadial(count);
        ModelVertical(count);
        int swings = 0, climbs = 0;
        for (int i = 0; i < count; i++)
        {
            hard[i] = false;
            if (!bound[i])
            {
                continue;
            }

            hard[i] = !(rangeU[i] > HarmonicRange && slopeV[i] < 0 && modelTop[i] > 0 && modelTop[i] < 1e8);
            if (hard[i])
            {
                continue;
            }

            LoadRadial(swings++, i, guessOuter[i], 0, 1);
            LoadRadial(swings++, i, guessInner[i], D2[i] / s0[i], -1);
            double h2 = modelHeight[i] * modelHeight[i], w0 = Math.Sqrt(h2 + xi0[i]), harmonic = xi0[i] - pv[i] * pv[i] / slopeV[i];
            if (harmonic < EpicycleXi)
            {
                (top[i], bendV[i]) = (harmonic, -slopeV[i]);
                continue;
            }

            climbStar[climbs] = i;
            Set(climb, climbs++, [w0 + modelTop[i], s0[i], D2[i], sin2[i], energy[i], momentum2[i], pv[i] * pv[i], product[i], xi0[i], w0, modelRise[i], modelLift[i]]);
        }

        for (int round = 1; swings + climbs > 0; round++)
        {
            PlaceRadial(swings);
            PlaceVertical(climbs, swings);
            int points = swings + climbs;
            potential.Evaluate(searchR.AsSpan(0, points), searchZ.AsSpan(0, points), new()
            {
                Phi = searchPhi.AsSpan(0, points),
                PhiR = searchPhiR.AsSpan(0, points),
                PhiZ = searchPhiZ.AsSpan(0, points),
            });
            // The vertical searches lie behind the radial ones, not aligned with them: their last vectors may read beyond.
            StepRadial(swings);
            StepVertical(climbs, swings);
            climbs = KeepVertical(climbs, swings, round == MostRounds);
            swings = KeepRadial(swings, round == MostRounds);
        }

        for (int i = 0; i < count; i++)
        {
            hard[i] |= bound[i] && !(upper[i] > lower[i]);
        }
    }

    private static void Set(double[][] slots, int k, ReadOnlySpan<double> values)
    {
        for (int p = 0; p < values.Length; p++)
        {
            slots[p][k] = values[p];
        }
    }

    private static void Move(double[][] slots, int from, int to)
    {
        foreach (double[] values in slots)
        {
            values[to] = values[from];
        }
    }

    private void LoadRadial(int k, int i, double w, double shift, double side)
    {
        swingStar[k] = i;
        Set(swing, k,
        [
            w, s0[i], D2[i], sin2[i], cos2[i], energy[i], momentum2[i], pu[i] * pu[i], product[i],
            modelLinear[i], modelCurved[i], modelPower[i], modelConstant[i], modelPole[i], shift, side, rangeU[i],
        ]);
    }

    /// <summary>
    /// m(w) = a w + k w^(1-g) - c - p/w, w = s/s0, and its roots on both sides of the star: m is concave, so that Newton's steps stay on their branch.
    /// </summary>
    private void ModelRadial(int count)
    {
        Vector<double> zero = Vector<double>.Zero, one = Vector<double>.One, two = new(2.0), half = new(0.5);
        bool escapes = potential.HasEscapeSpeed;
        for (int i = 0; i < count; i += Vector<double>.Count)
        {
            Vector<double> s = new(s0, i), slope = new(slopeU, i), b = new(bendU, i), p = new(pu, i), value = p * p;
            Vector<double> pole = new Vector<double>(D2, i) * new Vector<double>(momentum2, i) / s;
            // v^2 = beta |Phi|
            Vector<double> g = new(0.01);
            if (escapes)
            {
                g = half * b / (s * Vector.Abs(new Vector<double>(phi, i)));
                g = Vector.Min(Vector.Max(g, new(0.01)), new(0.6));
            }

            Vector<double> k = b / g, all = slope + b - pole, a = all - k, c = all - value - pole;
            Vector<double> root = Vector.SquareRoot(slope * slope + two * b * value);
            Vector<double> up = (root + slope) / b, down = (root - slope) / b;
            Vector<double> outer = VectorMath.Exp(Vector.Min(up, new(6.0))), inner = VectorMath.Exp(-Vector.Min(down, new(6.0)));
            // Without the curved term's slope the inner root is that of a quadratic equation.
            for (int n = 0; n < 2; n++)
            {
                Vector<double> rest = a + k * VectorMath.Exp(-g * VectorMath.Log(inner));
                Vector<double> deep = Vector.SquareRoot(Vector.Max(c * c + new Vector<double>(4.0) * rest * pole, zero));
                Vector<double> w = Vector.ConditionalSelect(Vector.GreaterThan(c, zero), half * (c + deep) / rest, two * pole / (deep - c));
                inner = Vector.ConditionalSelect(Vector.GreaterThan(w, zero) & Vector.LessThan(w, one), w, inner);
            }

            for (int n = 0; n < 4; n++)
            {
                outer = Vector.Max(Newton(outer, a, k, g, c, pole), one);
                Vector<double> next = Newton(inner, a, k, g, c, pole);
                inner = Vector.Min(Vector.Max(next, new Vector<double>(0.1) * inner), one);
            }

            VectorMath.Log(outer / inner).CopyTo(rangeU, i);
            outer.CopyTo(guessOuter, i);
            inner.CopyTo(guessInner, i);
            a.CopyTo(modelLinear, i);
            k.CopyTo(modelCurved, i);
            g.CopyTo(modelPower, i);
            c.CopyTo(modelConstant, i);
            pole.CopyTo(modelPole, i);
        }
    }

    private static Vector<double> Newton(Vector<double> w, Vector<double> a, Vector<double> k, Vector<double> g, Vector<double> c, Vector<double> pole)
    {
        Vector<double> power = k * VectorMath.Exp(-g * VectorMath.Log(w)), over = pole / w;
        return w - (w * (a + power) - c - over) / (a + (Vector<double>.One - g) * power + over / w);
    }

    /// <summary>m(w) = p_v0^2 - l (w^2 - w0^2) - k (w - w0), w^2 = h^2 + xi, from the slopes at the star and in the plane: its root above the star.</summary>
    private void ModelVertical(int count)
    {
        Vector<double> zero = Vector<double>.Zero, one = Vector<double>.One, two = new(2.0), half = new(0.5);
        for (int i = 0; i < count; i += Vector<double>.Count)
        {
            (half * VectorMath.Log(new Vector<double>(s0, i))).CopyTo(modelTop, i);
        }

        for (int i = 0; i < count; i++)
        {
            plane.At(modelTop[i], out modelHeight[i], out planeSquare[i], out modelLift[i], out bendV[i]);
        }

        for (int i = 0; i < count; i += Vector<double>.Count)
        {
            Vector<double> s = new(s0, i), d2 = new(D2, i), slope = new(slopeV, i), Lz2 = new(momentum2, i), p = new(pv, i), value = p * p;
            Vector<double> xi = new(xi0, i), ratio = one + d2 / s, h = new Vector<double>(modelHeight, i) / Vector.SquareRoot(ratio);
            Vector<double> w0 = Vector.SquareRoot(h * h + xi);
            Vector<double> bend = two * d2 * (new Vector<double>(energy, i) - new Vector<double>(planeSquare, i)) + Lz2
                + s * ratio * (ratio * new Vector<double>(bendV, i) - new Vector<double>(modelLift, i));
            // Close to the plane the two slopes are the same.
            Vector<double> far = Vector.AsVectorDouble(Vector.GreaterThan(w0, new Vector<double>(1.3) * h));
            Vector<double> rise = Vector.ConditionalSelect(
                Vector.AsVectorInt64(far), two * (bend + slope) / (one / h - one / w0), -two * w0 * (slope + Lz2));
            rise = Vector.Max(Vector.Min(rise, -two * w0 * slope), zero);
            Vector<double> lift = -slope - half * rise / w0, b = -two * w0 * slope;
            Vector<double> up = two * value / (b + Vector.SquareRoot(b * b + new Vector<double>(4.0) * lift * value)) + new Vector<double>(1e-300);
            bend = lift + half * rise / h;
            (value + lift * xi + rise * (w0 - h)).CopyTo(planeSquare, i);
            h.CopyTo(modelHeight, i);
            rise.CopyTo(modelRise, i);
            lift.CopyTo(modelLift, i);
            bend.CopyTo(bendV, i);
            up.CopyTo(modelTop, i);
        }
    }

    private void PlaceRadial(int count)
    {
        for (int k = 0; k < count; k += Vector<double>.Count)
        {
            Vector<double> s = Of(Swinging.W, k) * Of(Swinging.S0, k);
            Vector.SquareRoot(s * Of(Swinging.Sin2, k)).CopyTo(searchR, k);
            Vector.SquareRoot((s + Of(Swinging.D2, k)) * Of(Swinging.Cos2, k)).CopyTo(searchZ, k);
        }
    }

    private void PlaceVertical(int count, int offset)
    {
        for (int k = 0; k < count; k += Vector<double>.Count)
        {
            Vector<double> w = Of(Climbing.W, k), w0 = Of(Climbing.W0, k), s = Of(Climbing.S0, k);
            Vector<double> xi = Of(Climbing.Xi0, k) + (w - w0) * (w + w0), sigma = Vector<double>.One / (Vector<double>.One + xi);
            Vector.SquareRoot(s * sigma).CopyTo(searchR, offset + k);
            Vector.SquareRoot((s + Of(Climbing.D2, k)) * xi * sigma).CopyTo(searchZ, offset + k);
        }
    }

    private void StepRadial(int count)
    {
        Vector<double> zero = Vector<double>.Zero, one = Vector<double>.One, two = new(2.0), half = new(0.5);
        for (int k = 0; k < count; k += Vector<double>.Count)
        {
            Vector<double> w = Of(Swinging.W, k), start = Of(Swinging.S0, k), s = w * start, d2 = Of(Swinging.D2, k), E = Of(Swinging.E, k);
            Vector<double> Phi = new(searchPhi, k), R = new(searchR, k), z = new(searchZ, k), PhiR = new(searchPhiR, k), PhiZ = new(searchPhiZ, k);
            Vector<double> pole = d2 * Of(Swinging.Momentum2, k) / s, away = w - one, weight = s + d2 * Of(Swinging.Sin2, k);
            Vector<double> f = Of(Swinging.Square, k) + two * (E * (s - start) - (weight * Phi - Of(Swinging.Product, k))) + pole * away;
            Vector<double> slope = two * (E - Phi) - weight * (PhiR * R / s + PhiZ * z / (s + d2)) + pole / s;
            slope *= start;
            Vector<double> a = Of(Swinging.Linear, k), g = Of(Swinging.Power, k), overW = one / w, p = Of(Swinging.Pole, k) * overW;
            Vector<double> power = Of(Swinging.Curved, k) * VectorMath.Exp(-g * VectorMath.Log(w)), bent = (one - g) * power;
            Vector<double> missing = f - (w * (a + power) - Of(Swinging.Constant, k) - p), missingSlope = slope - (a + bent + p * overW);
            Vector<double> curvature = -(bent * g + two * p * overW) * overW + Curvature(missing, missingSlope, away);
            // w f/(w + shift) has neither a pole nor a root at the inner end.
            Vector<double> shift = Of(Swinging.Shift, k), over = one / (w + shift), ratio = w * over, ratioSlope = shift * over * over;
            curvature = ratio * curvature + two * ratioSlope * (slope - over * f);
            slope = ratio * slope + ratioSlope * f;
            f *= ratio;
            Vector<double> step = Halley(f, slope, curvature, out Vector<double> newton), next = w + step, side = Of(Swinging.Side, k);
            Vector<long> right = Vector.LessThan(slope * side, zero) & Vector.GreaterThan(next, zero), inside = Vector.GreaterThan(f, zero);
            // Where p_u^2 still rises, go on outwards.
            Vector<double> onwards = Vector.ConditionalSelect(Vector.GreaterThan(side, zero), new Vector<double>(3.0) * w, w / new Vector<double>(3.0));
            Vector.ConditionalSelect(right, next, onwards).CopyTo(swingNext, k);
            Vector<double> error = Remainder(step, newton, w * Vector.Min(one, Of(Swinging.Range, k)));
            Vector.ConditionalSelect(right, error, Vector.ConditionalSelect(inside, one, new(double.NaN))).CopyTo(searchAt, k);
        }
    }

    private void StepVertical(int count, int offset)
    {
        Vector<double> zero = Vector<double>.Zero, one = Vector<double>.One, two = new(2.0), half = new(0.5);
        for (int k = 0; k < count; k += Vector<double>.Count)
        {
            int at = offset + k;
            Vector<double> w = Of(Climbing.W, k), w0 = Of(Climbing.W0, k), s = Of(Climbing.S0, k), d2 = Of(Climbing.D2, k), E = Of(Climbing.E, k);
            Vector<double> Phi = new(searchPhi, at), R = new(searchR, at), z = new(searchZ, at), PhiR = new(searchPhiR, at), PhiZ = new(searchPhiZ, at);
            Vector<double> Lz2 = Of(Climbing.Momentum2, k), away = w - w0, rise = away * (w + w0), xi = Of(Climbing.Xi0, k) + rise, sigma = one / (one + xi);
            Vector<double> weight = s + d2 * sigma, square = Of(Climbing.Square, k);
            Vector<double> f = square - two * (E * d2 * rise * sigma * Of(Climbing.Sin2, k) + weight * Phi - Of(Climbing.Product, k)) - Lz2 * rise;
            Vector<double> slope = two * d2 * sigma * sigma * (Phi - E) - Lz2 - weight * sigma * (PhiZ * (s + d2) * sigma / z - PhiR * R);
            slope *= two * w;
            Vector<double> bent = Of(Climbing.Rise, k), lift = Of(Climbing.Lift, k);
            Vector<double> missing = f - (square - lift * rise - bent * away), missingSlope = slope + two * lift * w + bent;
            Vector<double> curvature = Curvature(missing, missingSlope, away) - two * lift;
            Vector<double> step = Halley(f, slope, curvature, out Vector<double> newton);
            (w + step).CopyTo(climbNext, k);
            Vector<double> error = Remainder(step, newton, half * xi / w);
            Vector.ConditionalSelect(Vector.LessThan(slope, zero), error, new(double.NaN)).CopyTo(searchAt, at);
        }
    }

    /// <summary>Second derivative, at the point, of the cubic that vanishes with its slope at the star.</summary>
    private static Vector<double> Curvature(Vector<double> value, Vector<double> slope, Vector<double> away)
    {
        Vector<double> square = away * away;
        return Vector.ConditionalSelect(
            Vector.GreaterThan(square, new(1e-12)), (new Vector<double>(4.0) * slope * away - new Vector<double>(6.0) * value) / square, Vector<double>.Zero);
    }

    private static Vector<double> Halley(Vector<double> f, Vector<double> slope, Vector<double> curvature, out Vector<double> newton)
    {
        newton = -f / slope;
        Vector<double> factor = Vector<double>.One + new Vector<double>(0.5) * newton * curvature / slope;
        return newton / Vector.Min(Vector.Max(factor, new(0.5)), new(2.0));
    }

    /// <summary>What a step may leave of the error, as a part of the range: some of what the curvature contributed, and the third order.</summary>
    private static Vector<double> Remainder(Vector<double> step, Vector<double> newton, Vector<double> range)
    {
        Vector<double> relative = step / range;
        return Vector.Abs(step - newton) / Vector.Abs(range) + Vector.Abs(relative * relative * relative);
    }

    private int KeepRadial(int count, bool last)
    {
        int kept = 0;
        for (int k = 0; k < count; k++)
        {
            int i = swingStar[k];
            double step = searchAt[k], next = swingNext[k];
            if (double.IsNaN(step) || (last && step > SearchStep) || hard[i])
            {
                hard[i] = true;
                continue;
            }

            if (step > SearchStep)
            {
                Move(swing, k, kept);
                (swingStar[kept], swing[(int)Swinging.W][kept]) = (i, next);
                kept++;
                continue;
            }

            (swing[(int)Swinging.Side][k] > 0 ? upper : lower)[i] = next * s0[i];
        }

        return kept;
    }

    private int KeepVertical(int count, int offset, bool last)
    {
        int kept = 0;
        for (int k = 0; k < count; k++)
        {
            int i = climbStar[k];
            double step = searchAt[offset + k], next = climbNext[k];
            if (double.IsNaN(step) || (last && step > SearchStep) || hard[i])
            {
                hard[i] = true;
                continue;
            }

            if (step > SearchStep)
            {
                Move(climb, k, kept);
                (climbStar[kept], climb[(int)Climbing.W][kept]) = (i, next);
                kept++;
                continue;
            }

            double w0 = climb[(int)Climbing.W0][k];
            top[i] = Math.Max(xi0[i] + (next - w0) * (next + w0), xi0[i]);
        }

        return kept;
    }

    private Vector<double> Of(Swinging p, int k) => new(swing[(int)p], k);

    private Vector<double> Of(Climbing p, int k) => new(climb[(int)p], k);
}
