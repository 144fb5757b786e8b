using Oort.Orbits;
using Oort.Potentials;

namespace Oort.Actions;

/// <summary>
/// Finds shell orbits (launched from the plane perpendicular to it, they return to the plane at the same radius) and
/// the focal distance of the spheroidal coordinates in which their curve through the plane is a coordinate line. A lane follows one energy from the circular orbit
/// to Lz = 0, each orbit starting from the radius extrapolated from the last two; all lanes step together.
/// </summary>
internal sealed class ShellOrbitFinder
{
    // Close to the plane the orbit's curvature is of second order in its height: radii must be known well.
    private const double Tolerance = 1e-11, RadiusTolerance = 1e-8;
    private const int Lanes = 32, MaxTrials = 40, MaxSteps = 2000;

    private readonly Potential potential;
    private readonly double[] momenta;
    private readonly OrbitStepper stepper;
    private readonly Lane[] lanes;
    private readonly bool[] atTop = new bool[Lanes];
    private readonly double[] miss = new double[Lanes];

    /// <summary>A finder for a potential and the columns of the table, Lz/Lcirc from 1 to 0.</summary>
    internal ShellOrbitFinder(Potential potential, double[] momenta)
    {
        this.potential = potential;
        this.momenta = momenta;
        stepper = new(potential, Lanes, Tolerance);
        lanes = new Lane[Lanes];
    }

    private struct Lane
    {
        internal int Row, Column, Trial, Steps;
        internal double Rc, PhiC, Speed, Momentum, Energy; // circular orbit
        internal double Ratio, LastRatio, LastMiss, Slope; // trial radius / Rc; the miss is R vR / (Rc Vc) at the top
    }

    /// <summary>Fills rows of the tables of shell radius and squared focal distance, both in units of the circular orbit's radius.</summary>
    /// <param name="radii">Radii of the circular orbits, one a row.</param>
    /// <param name="firstRow">First row to fill.</param>
    /// <param name="lastRow">Row behind the last to fill.</param>
    /// <param name="ratio">Shell radius over Rc; what is in it, if not NaN, is where the search starts.</param>
    /// <param name="squared">Receives Delta^2/Rc^2 before it is cut at zero.</param>
    internal void Fill(ReadOnlySpan<double> radii, int firstRow, int lastRow, double[,] ratio, double[,] squared)
    {
        int active = 0, row = firstRow;
        while (active < Lanes && row < lastRow)
        {
            StartRow(active++, row, radii[row++], ratio, squared);
        }

        while (active > 0)
        {
            stepper.Attempt(active);
            for (int lane = 0; lane < active; lane++)
            {
                LookForTop(lane);
            }

            for (int lane = active - 1; lane >= 0; lane--)
            {
                if (!AdvanceLane(lane, ratio, squared))
                {
                    if (row < lastRow)
                    {
                        StartRow(lane, row, radii[row++], ratio, squared);
                    }
                    else if (--active > lane)
                    {
                        stepper.Move(active, lane);
                        lanes[lane] = lanes[active];
                    }
                }
            }
        }
    }

    /// <summary>Looks at the step just attempted: has the orbit reached its top, and how far is it from turning round there?</summary>
    private void LookForTop(int lane)
    {
        ref Lane l = ref lanes[lane];
        atTop[lane] = stepper.Accepted(lane) && stepper.After(lane, 5) <= 0;
        if (!atTop[lane])
        {
            return;
        }

        stepper.PrepareDense(lane, 1);
        (double low, double high, double end) = (0, 1, 1);
        double vLow = stepper.Before(lane, 5), vHigh = stepper.After(lane, 5);
        for (int i = 0; i < 60 && high - low > 1e-13; i++)
        {
            // The Illinois rule: the end that stays twice running counts half.
            end = low + (high - low) * Math.Clamp(vLow / (vLow - vHigh), 1e-4, 1 - 1e-4);
            double v = stepper.Interpolate(lane, end, 5);
            if (Math.Abs(v) < 1e-13 * l.Speed)
            {
                break;
            }

            if (v > 0)
            {
                (low, vLow, vHigh) = (end, v, vHigh / 2);
            }
            else
            {
                (high, vHigh, vLow) = (end, v, vLow / 2);
            }
        }

        Span<double> s = stackalloc double[OrbitStepper.Dimensions];
        stepper.Interpolate(lane, end, s);
        miss[lane] = (s[0] * s[3] + s[1] * s[4]) / (l.Rc * l.Speed);
    }

    /// <summary>
    /// Delta^2/Rc^2 from the curvature of the shell orbit where it crosses the plane: on a coordinate line R = R0 - z^2 R0 / (2 (R0^2 + Delta^2)),
    /// on the orbit d2R/dz2 = -(Phi_R - vphi^2/R) / vz^2.
    /// </summary>
    private double Squared(in Lane l)
    {
        double R = l.Ratio * l.Rc, vphi = momenta[l.Column] * l.Momentum / R;
        PotentialPoint at = potential.At(R, 0);
        double pull = R * at.PhiR - vphi * vphi, rise = 2 * (l.Energy - at.Phi) - vphi * vphi;
        return pull > 0 ? l.Ratio * l.Ratio * (rise - pull) / pull : 0;
    }

    /// <summary>Delta^2 Phi_Rz where the potential is of Staeckel form (Sanders 2012, MNRAS 426, 128, eq. 9): the limit for nearly circular orbits.</summary>
    private static double Numerator(double R, double z, double phiR, double phiZ, double phiRR, double phiRZ, double phiZZ)
        => 3 * z * phiR - 3 * R * phiZ + R * z * (phiRR - phiZZ) + (z * z - R * R) * phiRZ;

    /// <summary>Takes the step and goes on: to the next trial, the next orbit. False when the row is done.</summary>
    private bool AdvanceLane(int lane, double[,] ratio, double[,] squared)
    {
        ref Lane l = ref lanes[lane];
        if (stepper.Failed(lane) || ++l.Steps > MaxSteps)
        {
            return NextOrbit(lane, double.NaN, ratio, squared);
        }

        if (!atTop[lane])
        {
            stepper.Advance(lane);
            return true;
        }

        double h = miss[lane];
        if (l.Trial > 0 && l.Ratio != l.LastRatio && h != l.LastMiss)
        {
            double secant = (h - l.LastMiss) / (l.Ratio - l.LastRatio);
            // The miss falls with the radius unless the epicycle frequency is above twice the vertical one.
            l.Slope = secant < -1e-3 ? secant : l.Slope;
        }

        double change = Math.Clamp(-h / l.Slope, -0.2 * l.Ratio, 0.2 * l.Ratio);
        (l.LastRatio, l.LastMiss) = (l.Ratio, h);
        l.Ratio += change;
        if (Math.Abs(change) < RadiusTolerance * l.Ratio)
        {
            return NextOrbit(lane, Squared(l), ratio, squared);
        }

        if (++l.Trial > MaxTrials)
        {
            return NextOrbit(lane, double.NaN, ratio, squared);
        }

        Launch(lane);
        return true;
    }

    private void StartRow(int lane, int row, double Rc, double[,] ratio, double[,] squared)
    {
        PotentialPoint at = potential.At(Rc, 0);
        double speed = Math.Sqrt(Rc * at.PhiR);
        // Where the orbit is nearly circular, both sides of the fit are proportional to z.
        double z = 1e-4 * Rc;
        PotentialPoint above = potential.At(Rc, z);
        double limit = Numerator(Rc, z, above.PhiR, above.PhiZ, above.PhiRR, above.PhiRZ, above.PhiZZ) / (above.PhiRZ * Rc * Rc);
        squared[row, 0] = double.IsFinite(limit) ? limit : 0;
        ratio[row, 0] = 1;
        double kappa = Math.Sqrt(Math.Max(0, at.PhiRR + 3 * at.PhiR / Rc)), nu = Math.Sqrt(Math.Max(at.PhiZZ, 0.01 * at.PhiR / Rc));
        lanes[lane] = new()
        {
            Row = row,
            Rc = Rc,
            PhiC = at.Phi,
            Speed = speed,
            Momentum = Rc * speed,
            Energy = at.Phi + 0.5 * speed * speed,
            Slope = Math.Min(-0.1, -kappa * Rc / speed * Math.Sin(Math.Min(kappa * Math.PI / (2 * nu), 3))),
            Ratio = 1,
        };
        StartOrbit(lane, 1, ratio);
    }

    private bool NextOrbit(int lane, double value, double[,] ratio, double[,] squared)
    {
        ref Lane l = ref lanes[lane];
        squared[l.Row, l.Column] = value;
        ratio[l.Row, l.Column] = double.IsNaN(value) ? double.NaN : l.Ratio;
        if (l.Column + 1 == squared.GetLength(1))
        {
            return false;
        }

        StartOrbit(lane, l.Column + 1, ratio);
        return true;
    }

    private void StartOrbit(int lane, int column, double[,] ratio)
    {
        ref Lane l = ref lanes[lane];
        double guess = ratio[l.Row, column]; // of the previous table, if there is one
        if (double.IsNaN(guess) && column > 1)
        {
            // The radius is smooth in Lz/Lcirc.
            double a = ratio[l.Row, column - 2], b = ratio[l.Row, column - 1];
            double la = momenta[column - 2], lb = momenta[column - 1];
            guess = b + (b - a) * (momenta[column] - lb) / (lb - la);
        }

        (l.Column, l.Trial, l.Steps) = (column, 0, 0);
        l.Ratio = guess is > 0.05 and < 20 ? guess : 1;
        l.LastRatio = 1; // the circular orbit's radius is always allowed
        Launch(lane);
    }

    private void Launch(int lane)
    {
        ref Lane l = ref lanes[lane];
        l.Steps = 0;
        double Lz = momenta[l.Column] * l.Momentum;
        double R = 0, vphi = 0, vz2 = 0;
        for (int i = 0; i < 60; i++)
        {
            R = l.Ratio * l.Rc;
            vphi = Lz / R;
            vz2 = 2 * (l.Energy - potential.Phi(R, 0)) - vphi * vphi;
            if (vz2 > 0)
            {
                break;
            }

            l.Ratio = 0.5 * (l.Ratio + l.LastRatio);
            if (i > 20)
            {
                l.LastRatio = 1;
            }
        }

        stepper.Load(lane, [R, 0, 0, 0, vphi, Math.Sqrt(Math.Max(vz2, 0))]);
    }
}
