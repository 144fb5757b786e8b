using System.Numerics;
using Oort.Potentials;
using static Oort.Orbits.DormandPrinceTableau;

namespace Oort.Orbits;

/// <summary>
/// Steps a batch of independent orbits with DOP853 (<see cref="DormandPrinceTableau"/>), each with its own step size,
/// all potential calls of a stage in one batch. Cartesian coordinates (x, y, z, vx, vy, vz), so that orbits
/// without angular momentum pass the axis without harm; Lz is kept by the method to its own accuracy.
/// A lane's result does not depend on its neighbours. Not shared between threads.
/// </summary>
internal sealed class OrbitStepper
{
    internal const int Dimensions = 6;

    private readonly Potential potential;
    private readonly double tolerance;
    private readonly int capacity; // lanes, a multiple of the vector length
    private readonly double[][] stages = new double[16][]; // slopes, component by component
    private readonly double[] state, next, point, combination, combination3;
    private readonly double[] radius, force, step, error;
    private readonly bool[] rejected;
    private readonly double[][] dense = new double[8][];

    internal OrbitStepper(Potential potential, int lanes, double tolerance)
    {
        this.potential = potential;
        this.tolerance = tolerance;
        capacity = (lanes + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        for (int i = 0; i < stages.Length; i++)
        {
            stages[i] = new double[Dimensions * capacity];
        }

        for (int i = 0; i < dense.Length; i++)
        {
            dense[i] = new double[Dimensions * capacity];
        }

        state = new double[Dimensions * capacity];
        next = new double[Dimensions * capacity];
        point = new double[Dimensions * capacity];
        combination = new double[Dimensions * capacity];
        combination3 = new double[Dimensions * capacity];
        radius = new double[capacity];
        force = new double[2 * capacity];
        step = new double[capacity];
        error = new double[capacity];
        rejected = new bool[capacity];
    }

    /// <summary>Step that the lane takes, or has taken, in this attempt.</summary>
    internal double Step(int lane) => step[lane];

    /// <summary>Shortens the next step of a lane.</summary>
    internal void LimitStep(int lane, double largest) => step[lane] = Math.Min(step[lane], largest);

    /// <summary>Whether the last attempt kept the error below the tolerance.</summary>
    internal bool Accepted(int lane) => error[lane] <= 1;

    /// <summary>Whether the lane can go no further: a NaN, or a step lost in rounding.</summary>
    internal bool Failed(int lane) => double.IsNaN(error[lane]) || !(step[lane] > 1e-14 * DynamicalTime(lane));

    /// <summary>A component of the state before the last attempt.</summary>
    internal double Before(int lane, int component) => state[component * capacity + lane];

    /// <summary>A component of the state after the last attempt.</summary>
    internal double After(int lane, int component) => next[component * capacity + lane];

    /// <summary>Starts an orbit.</summary>
    internal void Load(int lane, ReadOnlySpan<double> start)
    {
        for (int c = 0; c < Dimensions; c++)
        {
            state[c * capacity + lane] = start[c];
        }

        Slopes(state, stages[0], lane, 1);
        error[lane] = 0;
        rejected[lane] = false;
        step[lane] = 0.5 * Math.Pow(tolerance, 0.125) * DynamicalTime(lane);
    }

    /// <summary>Copies a lane over another.</summary>
    internal void Move(int from, int to)
    {
        for (int c = 0; c < Dimensions; c++)
        {
            state[c * capacity + to] = state[c * capacity + from];
            stages[0][c * capacity + to] = stages[0][c * capacity + from];
        }

        (step[to], error[to], rejected[to]) = (step[from], error[from], rejected[from]);
    }

    /// <summary>Attempts a step of each of the first <paramref name="lanes"/> orbits.</summary>
    internal void Attempt(int lanes)
    {
        for (int stage = 1; stage < 12; stage++)
        {
            Combine(Rows[stage], combination, 0, lanes);
            AddScaled(point, 0, lanes);
            Slopes(point, stages[stage], 0, lanes);
        }

        Combine(Rows[12], combination, 0, lanes);
        AddScaled(next, 0, lanes);
        Slopes(next, stages[12], 0, lanes);
        Combine(Error3, combination3, 0, lanes);
        // The weights of the step are still in the combination: what is left of them is the error of order 3.
        for (int c = 0; c < Dimensions; c++)
        {
            Span<double> weights = combination.AsSpan(c * capacity, lanes), third = combination3.AsSpan(c * capacity, lanes);
            for (int i = 0; i < lanes; i++)
            {
                third[i] -= weights[i];
            }
        }

        Combine(Error5, combination, 0, lanes);
        for (int lane = 0; lane < lanes; lane++)
        {
            error[lane] = Error(lane);
        }
    }

    /// <summary>After an attempt: takes an accepted step, and sets the next step size.</summary>
    internal void Advance(int lane)
    {
        double e = error[lane];
        double factor = Math.Clamp(0.9 * Math.Pow(Math.Max(e, 1e-12), -0.125), 1 / 3.0, 6);
        if (e <= 1)
        {
            for (int c = 0; c < Dimensions; c++)
            {
                state[c * capacity + lane] = next[c * capacity + lane];
                stages[0][c * capacity + lane] = stages[12][c * capacity + lane];
            }

            step[lane] *= rejected[lane] ? Math.Min(factor, 1) : factor;
            rejected[lane] = false;
        }
        else
        {
            step[lane] *= factor;
            rejected[lane] = true;
        }
    }

    /// <summary>Prepares the interpolation within the step for some lanes of the last attempt, before they advance.</summary>
    internal void PrepareDense(int first, int count)
    {
        for (int stage = 13; stage < 16; stage++)
        {
            Combine(Rows[stage], combination, first, count);
            AddScaled(point, first, count);
            Slopes(point, stages[stage], first, count);
        }

        for (int k = 0; k < 4; k++)
        {
            Combine(Dense[k], dense[4 + k], first, count);
        }

        for (int c = 0; c < Dimensions; c++)
        {
            for (int i = c * capacity + first; i < c * capacity + first + count; i++)
            {
                double h = step[i - c * capacity], difference = next[i] - state[i], bend = h * stages[0][i] - difference;
                dense[0][i] = state[i];
                dense[1][i] = difference;
                dense[2][i] = bend;
                dense[3][i] = difference - h * stages[12][i] - bend;
                for (int k = 4; k < 8; k++)
                {
                    dense[k][i] *= h;
                }
            }
        }
    }

    /// <summary>State at a fraction of the last attempted step; its error is of order 7.</summary>
    internal void Interpolate(int lane, double fraction, Span<double> result)
    {
        for (int c = 0; c < Dimensions; c++)
        {
            result[c] = Interpolate(lane, fraction, c);
        }
    }

    /// <summary>One component of the state at a fraction of the last attempted step.</summary>
    internal double Interpolate(int lane, double fraction, int component)
    {
        int i = component * capacity + lane;
        double t = fraction, s = 1 - fraction, sum = dense[7][i];
        for (int k = 6; k >= 0; k--)
        {
            // The powers alternate: t, s, t, s ... from the first difference on.
            sum = dense[k][i] + sum * (k % 2 == 0 ? t : s);
        }

        return sum;
    }

    private double Error(int lane)
    {
        double fifth = 0, third = 0;
        for (int half = 0; half < Dimensions; half += 3)
        {
            double before = 0, after = 0, sum5 = 0, sum3 = 0;
            for (int c = half; c < half + 3; c++)
            {
                int i = c * capacity + lane;
                before += state[i] * state[i];
                after += next[i] * next[i];
                sum5 += combination[i] * combination[i];
                sum3 += combination3[i] * combination3[i];
            }

            // Positions by the distance from the centre, velocities by the speed: a component that passes zero does not matter.
            double scale = tolerance * tolerance * Math.Max(before, after);
            fifth += sum5 / scale;
            third += sum3 / scale;
        }

        double denominator = fifth + 0.01 * third;
        return denominator <= 0 ? 0 : step[lane] * fifth / Math.Sqrt(Dimensions * denominator);
    }

    private double DynamicalTime(int lane)
    {
        double r2 = 0, a2 = 0, v2 = 0;
        for (int c = 0; c < 3; c++)
        {
            double x = state[c * capacity + lane], v = state[(c + 3) * capacity + lane], a = stages[0][(c + 3) * capacity + lane];
            (r2, v2, a2) = (r2 + x * x, v2 + v * v, a2 + a * a);
        }

        double slow = a2 > 0 ? Math.Sqrt(Math.Sqrt(r2 / a2)) : double.PositiveInfinity;
        double fast = v2 > 0 ? Math.Sqrt(r2 / v2) : double.PositiveInfinity;
        return Math.Min(slow, fast) is double time && time > 0 && double.IsFinite(time) ? time : v2 > 0 && a2 > 0 ? Math.Sqrt(v2 / a2) : 1e-6;
    }

    private void Combine(Term[] terms, double[] result, int first, int count)
    {
        // Rounded up to whole vectors where the batch starts at its beginning: the lanes behind are spare.
        int end = first == 0 ? Math.Min(capacity, (count + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count) : count;
        for (int c = 0; c < Dimensions; c++)
        {
            Span<double> sum = result.AsSpan(c * capacity + first, end);
            sum.Clear();
            foreach ((int stage, double a) in terms)
            {
                ReadOnlySpan<double> k = stages[stage].AsSpan(c * capacity + first, end);
                int i = 0;
                for (Vector<double> va = new(a); i <= end - Vector<double>.Count; i += Vector<double>.Count)
                {
                    Vector.FusedMultiplyAdd(va, new Vector<double>(k[i..]), new Vector<double>(sum[i..])).CopyTo(sum[i..]);
                }

                for (; i < end; i++)
                {
                    sum[i] = Math.FusedMultiplyAdd(a, k[i], sum[i]);
                }
            }
        }
    }

    private void AddScaled(double[] result, int first, int count)
    {
        for (int c = 0; c < Dimensions; c++)
        {
            for (int lane = first, i = c * capacity + first; lane < first + count; lane++, i++)
            {
                result[i] = Math.FusedMultiplyAdd(step[lane], combination[i], state[i]);
            }
        }
    }

    private void Slopes(double[] at, double[] slopes, int first, int count)
    {
        Span<double> x = at.AsSpan(first, count), y = at.AsSpan(capacity + first, count), r = radius.AsSpan(first, count);
        for (int i = 0; i < count; i++)
        {
            r[i] = Math.Sqrt(x[i] * x[i] + y[i] * y[i]);
        }

        Span<double> phiR = force.AsSpan(first, count), phiZ = force.AsSpan(capacity + first, count);
        potential.Evaluate(r, at.AsSpan(2 * capacity + first, count), new() { PhiR = phiR, PhiZ = phiZ });
        at.AsSpan(3 * capacity + first, count).CopyTo(slopes.AsSpan(first));
        at.AsSpan(4 * capacity + first, count).CopyTo(slopes.AsSpan(capacity + first));
        at.AsSpan(5 * capacity + first, count).CopyTo(slopes.AsSpan(2 * capacity + first));
        for (int i = 0; i < count; i++)
        {
            double pull = r[i] > 0 ? -phiR[i] / r[i] : 0;
            slopes[3 * capacity + first + i] = pull * x[i];
            slopes[4 * capacity + first + i] = pull * y[i];
            slopes[5 * capacity + first + i] = -phiZ[i];
        }
    }
}
