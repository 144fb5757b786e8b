using Oort.Potentials;

namespace Oort.Orbits;

/// <summary>
/// Integrates orbits in an axisymmetric potential with DOP853, the Runge-Kutta method of order 8 with dense output of order 7
/// (Hairer, Norsett and Wanner 1993, section II.10), many orbits at a time. With the default tolerance the energy is
/// kept to 1e-10 relative over 100 orbits, also for orbits through the axis. Immutable and safe to share between threads.
/// </summary>
public sealed class OrbitIntegrator
{
    /// <summary>Tolerance that keeps energies to 1e-10 relative over 100 orbits.</summary>
    public const double DefaultTolerance = 1e-13;

    private const int Lanes = 32;

    private readonly Potential potential;
    private readonly double tolerance;
    private readonly int threads;

    /// <summary>An integrator.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="tolerance">Error of a step relative to distance and speed, from 1e-14 to 1e-3.</param>
    /// <param name="threads">Threads among which batches of stars are shared; results do not depend on it.</param>
    public OrbitIntegrator(Potential potential, double tolerance = DefaultTolerance, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        this.potential = potential;
        this.threads = threads;
        this.tolerance = ParameterException.Check("orbit", nameof(tolerance), tolerance, tolerance is >= 1e-14 and <= 1e-3, "from 1e-14 to 1e-3");
    }

    /// <summary>One orbit at the given times; see <see cref="Trajectories"/>.</summary>
    public OrbitPoint[] Trajectory(OrbitPoint start, double[] times) => Trajectories([start], times)[0];

    /// <summary>
    /// Orbits at the given times, by dense output: the times do not influence the steps.
    /// </summary>
    /// <param name="stars">Positions and velocities at time zero.</param>
    /// <param name="times">Times, kpc/(km/s), either from 0 upwards or from 0 downwards, ordered.</param>
    /// <returns>[star][time]; NaN for a star with a NaN coordinate, and from where an orbit can be followed no further.</returns>
    public OrbitPoint[][] Trajectories(OrbitPoint[] stars, double[] times)
    {
        ArgumentNullException.ThrowIfNull(stars);
        ArgumentNullException.ThrowIfNull(times);
        int direction = times.Length > 0 && times[^1] < 0 ? -1 : 1;
        for (int k = 0; k < times.Length; k++)
        {
            if (!(direction * times[k] >= (k > 0 ? direction * times[k - 1] : 0)) || !double.IsFinite(times[k]))
            {
                throw new InputException(FormattableString.Invariant($"orbit: time {times[k]} is out of order: times must run from 0 upwards or from 0 downwards"));
            }
        }

        OrbitPoint[][] result = new OrbitPoint[stars.Length][];
        ForChunks(stars.Length, (first, count) => FollowTimes(stars, times, direction, result, first, count));
        return result;
    }

    /// <summary>Pericentre, apocentre, greatest height and eccentricity of a batch of stars, from <paramref name="passages"/> apocentre passages.</summary>
    /// <param name="stars">Positions and velocities.</param>
    /// <param name="passages">Number of maxima of the distance after which an orbit is taken to be known.</param>
    /// <returns>One shape a star, NaN where unbound or where a coordinate is NaN.</returns>
    public OrbitShape[] Shapes(OrbitPoint[] stars, int passages = 50)
    {
        ArgumentNullException.ThrowIfNull(stars);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(passages);
        OrbitShape[] result = new OrbitShape[stars.Length];
        ForChunks(stars.Length, (first, count) => FollowShapes(stars, passages, result, first, count));
        return result;
    }

    private void ForChunks(int n, Action<int, int> follow)
    {
        int chunks = (n + 4 * Lanes - 1) / (4 * Lanes);
        if (threads == 1)
        {
            follow(0, n);
            return;
        }

        Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = threads }, c => follow(c * 4 * Lanes, Math.Min(4 * Lanes, n - c * 4 * Lanes)));
    }

    private void FollowTimes(OrbitPoint[] stars, double[] times, int direction, OrbitPoint[][] result, int first, int count)
    {
        OrbitStepper stepper = new(potential, Lanes, tolerance);
        int[] star = new int[Lanes], next = new int[Lanes];
        double[] time = new double[Lanes];
        int queue = first, active = 0;
        Span<double> s = stackalloc double[OrbitStepper.Dimensions];
        while (true)
        {
            for (; active < Lanes && queue < first + count; queue++)
            {
                OrbitPoint p = stars[queue];
                OrbitPoint[] points = result[queue] = new OrbitPoint[times.Length];
                Array.Fill(points, new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN));
                int k = 0;
                bool finite = double.IsFinite(p.x + p.y + p.z + p.vx + p.vy + p.vz);
                for (; k < times.Length && times[k] == 0 && finite; k++)
                {
                    points[k] = p;
                }

                if (k < times.Length && finite)
                {
                    // Backwards in time is forwards with the velocities turned round.
                    stepper.Load(active, [p.x, p.y, p.z, direction * p.vx, direction * p.vy, direction * p.vz]);
                    (star[active], next[active], time[active]) = (queue, k, 0);
                    active++;
                }
            }

            if (active == 0)
            {
                return;
            }

            stepper.Attempt(active);
            for (int lane = active - 1; lane >= 0; lane--)
            {
                bool done = stepper.Failed(lane);
                if (stepper.Accepted(lane))
                {
                    double h = stepper.Step(lane), end = time[lane] + h;
                    int k = next[lane];
                    if (direction * times[k] <= end)
                    {
                        stepper.PrepareDense(lane, 1);
                    }

                    for (; k < times.Length && direction * times[k] <= end; k++)
                    {
                        stepper.Interpolate(lane, (direction * times[k] - time[lane]) / h, s);
                        result[star[lane]][k] = new(s[0], s[1], s[2], direction * s[3], direction * s[4], direction * s[5]);
                    }

                    (next[lane], time[lane]) = (k, end);
                    done |= k == times.Length;
                }

                stepper.Advance(lane);
                if (done && --active > lane)
                {
                    stepper.Move(active, lane);
                    (star[lane], next[lane], time[lane]) = (star[active], next[active], time[active]);
                }
            }
        }
    }

    private void FollowShapes(OrbitPoint[] stars, int passages, OrbitShape[] result, int first, int count)
    {
        OrbitStepper stepper = new(potential, Lanes, tolerance);
        int[] star = new int[Lanes], apocentres = new int[Lanes];
        double[] left = new double[Lanes];
        int queue = first, active = 0;
        while (true)
        {
            for (; active < Lanes && queue < first + count; queue++)
            {
                OrbitPoint p = stars[queue];
                double r = Math.Sqrt(p.x * p.x + p.y * p.y + p.z * p.z);
                double energy = potential.Phi(Math.Sqrt(p.x * p.x + p.y * p.y), p.z) + 0.5 * (p.vx * p.vx + p.vy * p.vy + p.vz * p.vz);
                result[queue] = new(double.NaN, double.NaN, double.NaN);
                if (!double.IsFinite(energy) || (energy >= 0 && potential.HasEscapeSpeed))
                {
                    continue;
                }

                result[queue] = new(r, r, Math.Abs(p.z));
                if (r == 0 && p.vx == 0 && p.vy == 0 && p.vz == 0)
                {
                    continue;
                }

                stepper.Load(active, [p.x, p.y, p.z, p.vx, p.vy, p.vz]);
                double period = Period(energy);
                // A circular orbit has no maxima to count.
                (star[active], apocentres[active], left[active]) = (queue, 0, 2 * passages * period);
                active++;
            }

            if (active == 0)
            {
                return;
            }

            stepper.Attempt(active);
            for (int lane = active - 1; lane >= 0; lane--)
            {
                bool done = stepper.Failed(lane);
                if (stepper.Accepted(lane))
                {
                    apocentres[lane] += Extend(stepper, lane, ref result[star[lane]]) ? 1 : 0;
                    left[lane] -= stepper.Step(lane);
                    done |= apocentres[lane] >= passages || left[lane] < 0;
                }

                stepper.Advance(lane);
                if (done && --active > lane)
                {
                    stepper.Move(active, lane);
                    (star[lane], apocentres[lane], left[lane]) = (star[active], apocentres[active], left[active]);
                }
            }
        }
    }

    private double Period(double energy)
    {
        double R = 0;
        CircularMotion.RadiusOfEnergy(potential, new(in energy), new(ref R));
        double speed = R > 0 ? CircularMotion.Speed(potential, R) : double.NaN;
        return 2 * Math.PI * (speed > 0 ? R / speed : 1);
    }

    /// <summary>Extends a shape by the extremes within the last step; true if there is a maximum of the distance among them.</summary>
    private static bool Extend(OrbitStepper stepper, int lane, ref OrbitShape shape)
    {
        static double Radial(OrbitStepper s, int lane, double at)
            => s.Interpolate(lane, at, 0) * s.Interpolate(lane, at, 3) + s.Interpolate(lane, at, 1) * s.Interpolate(lane, at, 4) + s.Interpolate(lane, at, 2) * s.Interpolate(lane, at, 5);
        double before = 0, after = 0;
        for (int c = 0; c < 3; c++)
        {
            before += stepper.Before(lane, c) * stepper.Before(lane, c + 3);
            after += stepper.After(lane, c) * stepper.After(lane, c + 3);
        }

        bool turnsInR = before > 0 != after > 0, turnsInZ = stepper.Before(lane, 5) > 0 != stepper.After(lane, 5) > 0;
        if (!turnsInR && !turnsInZ)
        {
            return false;
        }

        stepper.PrepareDense(lane, 1);
        if (turnsInR)
        {
            double at = Root(t => Radial(stepper, lane, t), before, after), r2 = 0;
            for (int c = 0; c < 3; c++)
            {
                double x = stepper.Interpolate(lane, at, c);
                r2 += x * x;
            }

            double r = Math.Sqrt(r2);
            shape = shape with { Pericentre = Math.Min(shape.Pericentre, r), Apocentre = Math.Max(shape.Apocentre, r) };
        }

        if (turnsInZ)
        {
            double at = Root(t => stepper.Interpolate(lane, t, 5), stepper.Before(lane, 5), stepper.After(lane, 5));
            shape = shape with { ZMax = Math.Max(shape.ZMax, Math.Abs(stepper.Interpolate(lane, at, 2))) };
        }

        return turnsInR && before > 0;
    }

    /// <summary>Where in a step a smooth function changes sign: the Illinois rule.</summary>
    private static double Root(Func<double, double> f, double before, double after)
    {
        (double low, double high, double fLow, double fHigh, double at) = (0, 1, before, after, 0);
        for (int i = 0; i < 60 && high - low > 1e-12; i++)
        {
            at = low + (high - low) * (fLow == fHigh ? 0.5 : Math.Clamp(fLow / (fLow - fHigh), 1e-6, 1 - 1e-6));
            double value = f(at);
            if (value == 0)
            {
                break;
            }

            if (value > 0 == before > 0)
            {
                (low, fLow, fHigh) = (at, value, fHigh / 2);
            }
            else
            {
                (high, fHigh, fLow) = (at, value, fLow / 2);
            }
        }

        return at;
    }
}
