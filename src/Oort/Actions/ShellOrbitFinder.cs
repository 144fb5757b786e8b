using Oort.Potentials;

namespace Oort.Actions;

/// <summary>
/// Finds shell orbits (launched from the plane perpendicular to it, they return to the plane at the same radius) and
/// the focal distance of the spheroidal coordinates in which their curve through the plane is a coordinate line. A lane follows one energy from the circular orbit
/// to Lz = 0, each orbit starting from that of a similar potential or from the last two extrapolated; all lanes step together.
/// </summary>
internal sealed class ShellOrbitFinder
{
    // What the integration and the search leave in Delta^2, is below 1e-4 of it for almost all orbits, and below 1e-6 R^2 in nearly round potentials.
    private const double Tolerance = 1e-8, SquareTolerance = 5e-5;
    private const int Lanes = 48, MaxTrials = 40, MaxTrialsAgain = 4, MaxSteps = 200;

    private readonly Potential potential;
    private readonly double[] momenta;
    private readonly ShellOrbit[,] orbits;
    private readonly double[,] squared;
    private readonly ShellOrbitStepper stepper;
    private readonly Lane[] lanes = new Lane[Lanes];
    private readonly int[] launching = new int[Lanes];
    private readonly double[] R = new double[Lanes], zero = new double[Lanes], phi = new double[Lanes], phiR = new double[Lanes], phiRR = new double[Lanes];

    /// <summary>A finder for a potential, the columns of the table, Lz/Lcirc from 1 to 0, and the tables it fills.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="momenta">Lz/Lcirc of the columns, from 1 to 0.</param>
    /// <param name="orbits">The shell orbits; what is in it, if known, is where the search starts.</param>
    /// <param name="squared">Receives Delta^2/Rc^2 before it is cut at zero.</param>
    internal ShellOrbitFinder(Potential potential, double[] momenta, ShellOrbit[,] orbits, double[,] squared)
    {
        (this.potential, this.momenta, this.orbits, this.squared) = (potential, momenta, orbits, squared);
        stepper = new(potential, Lanes, Tolerance);
    }

    private struct Lane
    {
        internal int Row, Column, Trial, MostTrials, Steps;
        internal double Rc, Speed, Energy; // circular orbit
        internal double Ratio, LastRatio, LastMiss; // trial radius / Rc; the miss is R vR / (Rc Vc) at the top
        internal double Slope, Trust; // of the miss, and its relative error
        internal double Precision; // of the integration: better where the miss hardly depends on the radius, as in a harmonic core
        internal double Quarter, Elapsed, FirstStep; // times
        internal double Phi, PhiR, PhiRR; // where launched
        internal bool Launching;
    }

    /// <summary>Fills rows of the tables.</summary>
    /// <param name="radii">Radii of the circular orbits, one a row.</param>
    /// <param name="firstRow">First row to fill.</param>
    /// <param name="lastRow">Row behind the last to fill.</param>
    internal void Fill(ReadOnlySpan<double> radii, int firstRow, int lastRow)
    {
        int active = 0, row = firstRow;
        while (active < Lanes && row < lastRow)
        {
            StartRow(active++, row, radii[row++]);
        }

        while (active > 0)
        {
            Launch(active);
            stepper.Attempt(active);
            for (int lane = active - 1; lane >= 0; lane--)
            {
                if (!AdvanceLane(lane))
                {
                    if (row < lastRow)
                    {
                        StartRow(lane, row, radii[row++]);
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

    /// <summary>
    /// Delta^2/Rc^2 from the curvature of the shell orbit where it crosses the plane: on a coordinate line R = R0 - z^2 R0 / (2 (R0^2 + Delta^2)),
    /// on the orbit d2R/dz2 = -(Phi_R - vphi^2/R) / vz^2. The radius is one close to the last launch.
    /// </summary>
    private double Squared(in Lane l, double ratio)
    {
        double radius = ratio * l.Rc, d = radius - l.LastRatio * l.Rc, vphi = momenta[l.Column] * l.Rc * l.Speed / radius;
        double pull = radius * (l.PhiR + d * l.PhiRR) - vphi * vphi, rise = 2 * (l.Energy - l.Phi - d * (l.PhiR + 0.5 * d * l.PhiRR)) - vphi * vphi;
        return pull > 0 ? ratio * ratio * (rise - pull) / pull : 0;
    }

    /// <summary>Delta^2 Phi_Rz where the potential is of Staeckel form (Sanders 2012, MNRAS 426, 128, eq. 9): the limit for nearly circular orbits.</summary>
    private static double Numerator(double R, double z, double phiR, double phiZ, double phiRR, double phiRZ, double phiZZ)
        => 3 * z * phiR - 3 * R * phiZ + R * z * (phiRR - phiZZ) + (z * z - R * R) * phiRZ;

    /// <summary>Takes the step and goes on: to the next trial, the next orbit. False when the row is done.</summary>
    private bool AdvanceLane(int lane)
    {
        ref Lane l = ref lanes[lane];
        double error = stepper.Error(lane), h = stepper.Step(lane), suggested = h * stepper.StepFactor(lane);
        if (double.IsNaN(error) || ++l.Steps > MaxSteps)
        {
            return NextOrbit(lane, double.NaN);
        }

        if (error > 1)
        {
            stepper.Step(lane) = Math.Min(suggested, h);
            return true;
        }

        l.FirstStep = l.Elapsed == 0 ? suggested : l.FirstStep;
        bool passed = stepper.SpeedAfter(lane) <= 0, due = l.Elapsed + h > 0.7 * l.Quarter;
        if (passed || due)
        {
            double top = stepper.Top(lane);
            if (Math.Abs(top - 1) < 0.15)
            {
                l.Quarter = l.Elapsed + top * h;
                return Correct(lane, stepper.RadialMoment(lane, top) / (l.Rc * l.Speed));
            }

            if (passed)
            {
                // Too far behind the top for the interpolation: the same step again, shorter.
                stepper.Step(lane) = h * Math.Clamp(top, 0.1, 0.9);
                return true;
            }

            l.Quarter = Math.Max(l.Elapsed + Math.Max(top, 1.1) * h, l.Elapsed + 1.1 * h);
        }

        stepper.Advance(lane);
        l.Elapsed += h;
        stepper.Step(lane) = NextStep(suggested, l.Quarter - l.Elapsed);
        return true;
    }

    /// <summary>Equal steps to the expected top, none longer than suggested, or hardly.</summary>
    private static double NextStep(double suggested, double left) => left > 0 ? left / Math.Max(1, Math.Ceiling(left / suggested - 0.1)) : suggested;

    /// <summary>Corrects the radius by what the orbit missed; goes on to the next orbit if it will do. False when the row is done.</summary>
    private bool Correct(int lane, double miss)
    {
        ref Lane l = ref lanes[lane];
        if (l.Trial > 0 && l.Ratio != l.LastRatio && miss != l.LastMiss)
        {
            double secant = (miss - l.LastMiss) / (l.Ratio - l.LastRatio);
            // The miss falls with the radius unless the epicycle frequency is above twice the vertical one.
            if (secant < -1e-5)
            {
                l.Trust = Math.Max(0.02, 0.5 * Math.Abs(secant / l.Slope - 1));
                l.Slope = secant;
            }
        }

        double change = Math.Clamp(-miss / l.Slope, -0.2 * l.Ratio, 0.2 * l.Ratio);
        (l.LastRatio, l.LastMiss) = (l.Ratio, miss);
        l.Ratio += change;
        if (Math.Abs(change) < 3e-3 * l.Ratio)
        {
            double value = Squared(l, l.Ratio), doubt = l.Trust * change;
            bool bends = value != 0 && Math.Abs(Squared(l, l.Ratio + doubt) - value) < SquareTolerance * (Math.Abs(value) + 1e-3);
            if (bends || Math.Abs(doubt) < 1e-9 * l.Ratio)
            {
                return NextOrbit(lane, value);
            }
        }

        if (++l.Trial > l.MostTrials)
        {
            return NextOrbit(lane, double.NaN);
        }

        l.Launching = true;
        return true;
    }

    private void StartRow(int lane, int row, double Rc)
    {
        PotentialPoint at = potential.At(Rc, 0);
        double speed = Math.Sqrt(Rc * at.PhiR);
        // Where the orbit is nearly circular, both sides of the fit are proportional to z.
        double z = 1e-4 * Rc;
        PotentialPoint above = potential.At(Rc, z);
        double limit = Numerator(Rc, z, above.PhiR, above.PhiZ, above.PhiRR, above.PhiRZ, above.PhiZZ) / (above.PhiRZ * Rc * Rc);
        squared[row, 0] = double.IsFinite(limit) ? limit : 0;
        double kappa = Math.Sqrt(Math.Max(0, at.PhiRR + 3 * at.PhiR / Rc)), nu = Math.Sqrt(Math.Max(at.PhiZZ, 0.01 * at.PhiR / Rc));
        double sine = Math.Abs(Math.Sin(kappa * Math.PI / (2 * nu)));
        double slope = Math.Min(-0.1, -kappa * Rc / speed * Math.Sin(Math.Min(kappa * Math.PI / (2 * nu), 3)));
        orbits[row, 0] = new(1, 0.5 * Math.PI / nu * speed / Rc, slope, 0.2);
        lanes[lane] = new() { Row = row, Rc = Rc, Speed = speed, Energy = at.Phi + 0.5 * speed * speed, Precision = Math.Max(sine, 1e-4) };
        StartOrbit(lane, 1);
    }

    private bool NextOrbit(int lane, double value)
    {
        ref Lane l = ref lanes[lane];
        squared[l.Row, l.Column] = value;
        double time = l.Rc / l.Speed;
        orbits[l.Row, l.Column] = double.IsNaN(value) ? ShellOrbit.Unknown : new(l.Ratio, l.Quarter / time, l.Slope, l.FirstStep / l.Quarter);
        if (l.Column + 1 == squared.GetLength(1))
        {
            return false;
        }

        StartOrbit(lane, l.Column + 1);
        return true;
    }

    private void StartOrbit(int lane, int column)
    {
        ref Lane l = ref lanes[lane];
        ShellOrbit guess = orbits[l.Row, column]; // of the previous table, if there is one
        bool known = !double.IsNaN(guess.Ratio);
        if (!known)
        {
            guess = Extrapolated(l.Row, column);
        }

        (l.Column, l.Trial, l.Steps) = (column, 0, 0);
        l.Ratio = guess.Ratio is > 0.05 and < 20 ? guess.Ratio : 1;
        l.LastRatio = 1; // the circular orbit's radius is always allowed
        l.Slope = guess.Slope < -1e-5 ? guess.Slope : -1;
        l.Trust = known ? 0.05 : column == 1 ? 10 : 0.2; // the epicycles' slope may be far off
        l.Quarter = (guess.Quarter > 0 ? guess.Quarter : 1) * l.Rc / l.Speed;
        l.FirstStep = Math.Clamp(guess.Step > 0 ? guess.Step : 0.2, 0.001, 1) * l.Quarter;
        l.MostTrials = known && double.IsNaN(guess.Step) ? MaxTrialsAgain : MaxTrials;
        l.Launching = true;
    }

    /// <summary>A guess from the orbits of the row: they are smooth in Lz/Lcirc.</summary>
    private ShellOrbit Extrapolated(int row, int column)
    {
        int last = column - 1;
        while (double.IsNaN(orbits[row, last].Ratio))
        {
            last--;
        }

        ShellOrbit b = orbits[row, last];
        if (last == 0 || double.IsNaN(orbits[row, last - 1].Ratio))
        {
            return b;
        }

        double la = momenta[last - 1], lb = momenta[last];
        ShellOrbit ahead = ShellOrbit.Between(orbits[row, last - 1], b, 1 + (momenta[column] - lb) / (lb - la));
        return ahead with { Slope = b.Slope, Quarter = Math.Clamp(ahead.Quarter, 0.7 * b.Quarter, 1.5 * b.Quarter), Step = b.Step };
    }

    /// <summary>Launches the orbits that wait for it, where that is possible; their potential is found in one batch.</summary>
    private void Launch(int active)
    {
        for (int round = 0; round < 60; round++)
        {
            int n = 0;
            for (int lane = 0; lane < active; lane++)
            {
                if (lanes[lane].Launching)
                {
                    (launching[n], R[n]) = (lane, lanes[lane].Ratio * lanes[lane].Rc);
                    n++;
                }
            }

            if (n == 0)
            {
                return;
            }

            potential.Evaluate(R.AsSpan(0, n), zero.AsSpan(0, n), new() { Phi = phi.AsSpan(0, n), PhiR = phiR.AsSpan(0, n), PhiRR = phiRR.AsSpan(0, n) });
            for (int k = 0; k < n; k++)
            {
                ref Lane l = ref lanes[launching[k]];
                double vphi = momenta[l.Column] * l.Rc * l.Speed / R[k], vz2 = 2 * (l.Energy - phi[k]) - vphi * vphi;
                if (vz2 > 0 || round == 59)
                {
                    (l.Launching, l.Elapsed, l.Steps) = (false, 0, 0);
                    (l.Phi, l.PhiR, l.PhiRR) = (phi[k], phiR[k], phiRR[k]);
                    // Where the orbit bends little (Delta is large), what bends it must be known better too.
                    double pull = R[k] * phiR[k], bend = Math.Abs(pull - vphi * vphi) / vz2;
                    double need = vz2 > 0 ? Math.Min(l.Precision, -l.Slope) * Math.Min(bend, 1) : 1, precision = need > 0.05 ? 1 : Math.Max(need, Math.Max(1e-4, 1e-6 * (1 + vphi * vphi / vz2)));
                    stepper.Launch(launching[k], R[k], Math.Sqrt(Math.Max(vz2, 0)), vphi, pull, precision);
                    stepper.Step(launching[k]) = NextStep(l.FirstStep, l.Quarter);
                    continue;
                }

                l.Ratio = 0.5 * (l.Ratio + l.LastRatio);
                l.LastRatio = round > 20 ? 1 : l.LastRatio;
            }
        }
    }
}
