using System.Numerics;
using Oort.Orbits;
using Oort.Potentials;
using static Oort.Orbits.DormandPrinceTableau;

namespace Oort.Actions;

/// <summary>
/// Steps a batch of orbits in the meridional plane with DOP853, each with its own step size, all potential calls of a stage in one batch.
/// The variables are w = R^2, z, their time derivatives and q = vR^2 + vphi^2: d2w/dt2 = 2 (q - R Phi_R), dq/dt = -(dw/dt) Phi_R/R, without the
/// centrifugal term, so that orbits may pass the axis; and circular motion being at rest in w, errors are relative to the
/// orbit's departure from it. A lane's result does not depend on its neighbours.
/// </summary>
internal sealed class ShellOrbitStepper
{
    private const int Dimensions = 5, W = 0, Z = 1, Moment = 2, Speed = 3, Planar = 4; // Moment is dw/dt = 2 R vR

    private readonly Potential potential;
    private readonly double tolerance;
    private readonly int capacity;
    private readonly double[][] slopes = new double[13][];
    private readonly double[] state, next, point, scale;
    private readonly double[] radius, phiR, phiZ, step, error;

    internal ShellOrbitStepper(Potential potential, int lanes, double tolerance)
    {
        this.potential = potential;
        this.tolerance = tolerance;
        capacity = (lanes + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        for (int i = 0; i < slopes.Length; i++)
        {
            slopes[i] = new double[Dimensions * capacity];
        }

        (state, next, point) = (new double[Dimensions * capacity], new double[Dimensions * capacity], new double[Dimensions * capacity]);
        scale = new double[Dimensions * capacity];
        (radius, phiR, phiZ) = (new double[capacity], new double[capacity], new double[capacity]);
        (step, error) = (new double[capacity], new double[capacity]);
    }

    /// <summary>Step that the lane takes in the next attempt, or took in the last.</summary>
    internal ref double Step(int lane) => ref step[lane];

    /// <summary>Error of the last attempt in units of the tolerance; NaN if it left the potential.</summary>
    internal double Error(int lane) => error[lane];

    /// <summary>Factor by which the error says the step should change.</summary>
    internal double StepFactor(int lane) => Math.Clamp(0.9 * Math.Pow(Math.Max(error[lane], 1e-12), -0.125), 1 / 3.0, 6);

    /// <summary>Vertical velocity after the last attempt.</summary>
    internal double SpeedAfter(int lane) => next[Speed * capacity + lane];

    /// <summary>Launches an orbit perpendicularly from the plane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="R">Radius.</param>
    /// <param name="vz">Vertical velocity.</param>
    /// <param name="vphi">Azimuthal velocity.</param>
    /// <param name="pull">R Phi_R there.</param>
    /// <param name="precision">Tolerance of this orbit, in units of that of all.</param>
    internal void Launch(int lane, double R, double vz, double vphi, double pull, double precision)
    {
        double v2 = vz * vz + vphi * vphi, lift = vz * vz / v2;
        ReadOnlySpan<double> start = [R * R, 0, 0, vz, vphi * vphi], slope = [0, vz, 2 * (vphi * vphi - pull), 0, 0];
        ReadOnlySpan<double> units = [R * R * lift, R * Math.Sqrt(lift), R * Math.Sqrt(v2) * lift, vz, v2 * lift];
        for (int c = 0; c < Dimensions; c++)
        {
            state[c * capacity + lane] = start[c];
            slopes[0][c * capacity + lane] = slope[c];
            scale[c * capacity + lane] = 1 / (tolerance * precision * units[c]);
        }
    }

    /// <summary>Copies a lane over another.</summary>
    internal void Move(int from, int to)
    {
        for (int c = 0; c < Dimensions * capacity; c += capacity)
        {
            state[c + to] = state[c + from];
            slopes[0][c + to] = slopes[0][c + from];
            scale[c + to] = scale[c + from];
        }

        step[to] = step[from];
    }

    /// <summary>Attempts a step of each of the first <paramref name="lanes"/> orbits.</summary>
    internal void Attempt(int lanes)
    {
        for (int stage = 1; stage <= 12; stage++)
        {
            double[] at = stage < 12 ? point : next;
            for (int c = 0; c < Dimensions; c++)
            {
                for (int lane = 0; lane < lanes; lane += Vector<double>.Count)
                {
                    int i = c * capacity + lane;
                    Vector.FusedMultiplyAdd(new Vector<double>(step, lane), Sum(Rows[stage], i), new Vector<double>(state, i)).CopyTo(at, i);
                }
            }

            Slopes(at, slopes[stage], lanes);
        }

        for (int lane = 0; lane < lanes; lane += Vector<double>.Count)
        {
            Vector<double> fifth = Vector<double>.Zero, third = Vector<double>.Zero;
            for (int c = 0; c < Dimensions; c++)
            {
                int i = c * capacity + lane;
                Vector<double> unit = new(scale, i), e5 = unit * Sum(Error5, i), e3 = unit * (Sum(Error3, i) - Sum(Rows[12], i));
                fifth += e5 * e5;
                third += e3 * e3;
            }

            Vector<double> denominator = Vector.SquareRoot(new Vector<double>(Dimensions) * (fifth + new Vector<double>(0.01) * third));
            (new Vector<double>(step, lane) * fifth / Vector.Max(denominator, new(1e-300))).CopyTo(error, lane);
        }
    }

    /// <summary>Takes the step just attempted.</summary>
    internal void Advance(int lane)
    {
        for (int i = lane; i < Dimensions * capacity; i += capacity)
        {
            state[i] = next[i];
            slopes[0][i] = slopes[12][i];
        }
    }

    /// <summary>When in the step just attempted, as a fraction of it, the orbit is at its top; it may be a little later.</summary>
    internal double Top(int lane)
    {
        int i = Speed * capacity + lane;
        Hermite speed = new(next[Z * capacity + lane] - state[Z * capacity + lane], state[i], next[i], slopes[0][i], slopes[12][i], step[lane]);
        double t = 1;
        for (int k = 0; k < 8; k++)
        {
            (double v, double a) = speed.At(t);
            double change = a < 0 ? -v / a : double.NaN;
            t = Math.Clamp(t + change, 0, 2);
            if (!(Math.Abs(change) > 1e-12))
            {
                break;
            }
        }

        return t;
    }

    /// <summary>R vR at a fraction of the step just attempted.</summary>
    internal double RadialMoment(int lane, double t)
    {
        int i = Moment * capacity + lane;
        Hermite moment = new(next[W * capacity + lane] - state[W * capacity + lane], state[i], next[i], slopes[0][i], slopes[12][i], step[lane]);
        return 0.5 * moment.At(t).Value;
    }

    private Vector<double> Sum(Term[] terms, int i)
    {
        Vector<double> sum = Vector<double>.Zero;
        foreach ((int stage, double a) in terms)
        {
            sum = Vector.FusedMultiplyAdd(new Vector<double>(a), new Vector<double>(slopes[stage], i), sum);
        }

        return sum;
    }

    private void Slopes(double[] at, double[] slope, int lanes)
    {
        Vector<double> two = new(2.0), least = new(1e-100);
        for (int i = 0; i < lanes; i += Vector<double>.Count)
        {
            Vector.SquareRoot(Vector.Max(new Vector<double>(at, i), least)).CopyTo(radius, i);
        }

        potential.Evaluate(radius.AsSpan(0, lanes), at.AsSpan(Z * capacity, lanes), new() { PhiR = phiR.AsSpan(0, lanes), PhiZ = phiZ.AsSpan(0, lanes) });
        for (int i = 0; i < lanes; i += Vector<double>.Count)
        {
            Vector<double> moment = new(at, Moment * capacity + i), R = new(radius, i), force = new(phiR, i);
            moment.CopyTo(slope, W * capacity + i);
            new Vector<double>(at, Speed * capacity + i).CopyTo(slope, Z * capacity + i);
            (two * (new Vector<double>(at, Planar * capacity + i) - R * force)).CopyTo(slope, Moment * capacity + i);
            (-new Vector<double>(phiZ, i)).CopyTo(slope, Speed * capacity + i);
            (-moment * force / R).CopyTo(slope, Planar * capacity + i);
        }
    }

    /// <summary>
    /// Derivative of the quintic through a coordinate and its first two derivatives at both ends of a step; at t near 1 its relative error
    /// is (omega h)^5 (1 - t)^2 / 240.
    /// </summary>
    private readonly struct Hermite
    {
        private readonly double start, slope, c2, c3, c4;

        internal Hermite(double difference, double v0, double v1, double a0, double a1, double h)
        {
            // Velocity v0 + a0 h t + c2 t^2 + c3 t^3 + c4 t^4: two conditions at the end, and its integral.
            (start, slope) = (v0, a0 * h);
            double p = v1 - v0 - slope, q = (a1 - a0) * h, s = difference / h - v0 - 0.5 * slope;
            // c2 + c3 + c4 = p, 2 c2 + 3 c3 + 4 c4 = q, c2/3 + c3/4 + c4/5 = s.
            c2 = 30 * s - 12 * p + 1.5 * q;
            c3 = -60 * s + 28 * p - 4 * q;
            c4 = 30 * s - 15 * p + 2.5 * q;
        }

        internal (double Value, double Slope) At(double t)
            => (start + t * (slope + t * (c2 + t * (c3 + t * c4))), slope + t * (2 * c2 + t * (3 * c3 + t * 4 * c4)));
    }
}
