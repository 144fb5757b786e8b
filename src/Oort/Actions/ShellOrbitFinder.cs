using Oort.Numerics;
using Oort.Orbits;
using Oort.Potentials;

namespace Oort.Actions;

/// <summary>
/// Finds shell orbits (launched from the plane perpendicular to it, they return to the plane at the same radius) and
/// the focal distance that fits the potential along them. A lane follows one energy from the circular orbit
/// to Lz = 0, each orbit starting from the radius extrapolated from the last two; all lanes step together.
/// </summary>
internal sealed class ShellOrbitFinder
{
    private const double Tolerance = 1e-8;
    private const int NodesPerStep = 6, Lanes = 32, MaxTrials = 40, MaxSteps = 2000;

    private readonly Potential potential;
    private readonly double[] momenta;
    private readonly OrbitStepper stepper;
    private readonly Lane[] lanes;
    private readonly double[] nodeR, nodeZ, nodeWeight, nodePhiR, nodePhiZ, nodePhiRR, nodePhiRZ, nodePhiZZ;
    private readonly int[] nodeLane;
    private readonly bool[] atTop = new bool[Lanes];
    private readonly double[] miss = new double[Lanes];

    /// <summary>A finder for a potential and the columns of the table, Lz/Lcirc from 1 to 0.</summary>
    internal ShellOrbitFinder(Potential potential, double[] momenta)
    {
        this.potential = potential;
        this.momenta = momenta;
        stepper = new(potential, Lanes, Tolerance);
        lanes = new Lane[Lanes];
        int n = Lanes * NodesPerStep;
        (nodeR, nodeZ, nodeWeight, nodePhiR, nodePhiZ) = (new double[n], new double[n], new double[n], new double[n], new double[n]);
        (nodePhiRR, nodePhiRZ, nodePhiZZ, nodeLane) = (new double[n], new double[n], new double[n], new int[n]);
    }

    private struct Lane
    {
        internal int Row, Column, Trial, Steps;
        internal bool Final;
        internal double Rc, PhiC, Speed, Momentum, Energy; // circular orbit
        internal double Ratio, LastRatio, LastMiss, Slope; // trial radius / Rc; the miss is R vR / (Rc Vc) at the top
        internal double SumXY, SumXX;
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
            int nodes = 0;
            for (int lane = 0; lane < active; lane++)
            {
                Follow(lane, ref nodes);
            }

            AddNodes(nodes);
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

    /// <summary>Looks at the step just attempted: has the orbit reached its top, and, in the last pass, what does it add to the fit?</summary>
    private void Follow(int lane, ref int nodes)
    {
        atTop[lane] = false;
        if (!stepper.Accepted(lane))
        {
            return;
        }

        ref Lane l = ref lanes[lane];
        double end = 1;
        bool top = stepper.After(lane, 5) <= 0;
        if (top || l.Final)
        {
            stepper.PrepareDense(lane, 1);
        }

        if (top)
        {
            (double low, double high) = (0, 1);
            double vLow = stepper.Before(lane, 5), vHigh = stepper.After(lane, 5);
            for (int i = 0; i < 60 && high - low > 1e-13; i++)
            {
                // The Illinois rule: the end that stays twice running counts half.
                end = low + (high - low) * Math.Clamp(vLow / (vLow - vHigh), 1e-4, 1 - 1e-4);
                double v = stepper.Interpolate(lane, end, 5);
                if (Math.Abs(v) < 1e-12 * l.Speed)
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

            atTop[lane] = true;
            Span<double> s = stackalloc double[6];
            stepper.Interpolate(lane, end, s);
            miss[lane] = (s[0] * s[3] + s[1] * s[4]) / (l.Rc * l.Speed);
        }

        if (l.Final)
        {
            GaussLegendre rule = GaussLegendre.Rule(NodesPerStep);
            for (int k = 0; k < NodesPerStep; k++, nodes++)
            {
                double at = 0.5 * end * (1 + rule.Nodes[k]);
                double x = stepper.Interpolate(lane, at, 0), y = stepper.Interpolate(lane, at, 1);
                nodeR[nodes] = Math.Sqrt(x * x + y * y);
                nodeZ[nodes] = stepper.Interpolate(lane, at, 2);
                nodeWeight[nodes] = rule.Weights[k] * end * stepper.Step(lane);
                nodeLane[nodes] = lane;
            }
        }
    }

    private void AddNodes(int n)
    {
        if (n == 0)
        {
            return;
        }

        potential.Evaluate(nodeR.AsSpan(0, n), nodeZ.AsSpan(0, n), new()
        {
            PhiR = nodePhiR.AsSpan(0, n),
            PhiZ = nodePhiZ.AsSpan(0, n),
            PhiRR = nodePhiRR.AsSpan(0, n),
            PhiRZ = nodePhiRZ.AsSpan(0, n),
            PhiZZ = nodePhiZZ.AsSpan(0, n),
        });
        for (int i = 0; i < n; i++)
        {
            ref Lane l = ref lanes[nodeLane[i]];
            double y = Numerator(nodeR[i], nodeZ[i], nodePhiR[i], nodePhiZ[i], nodePhiRR[i], nodePhiRZ[i], nodePhiZZ[i]);
            l.SumXY += nodeWeight[i] * nodePhiRZ[i] * y;
            l.SumXX += nodeWeight[i] * nodePhiRZ[i] * nodePhiRZ[i];
        }
    }

    /// <summary>Delta^2 Phi_Rz where the potential is of Staeckel form: Sanders 2012 (MNRAS 426, 128), eq. 9.</summary>
    private static double Numerator(double R, double z, double phiR, double phiZ, double phiRR, double phiRZ, double phiZZ)
        => 3 * z * phiR - 3 * R * phiZ + R * z * (phiRR - phiZZ) + (z * z - R * R) * phiRZ;

    /// <summary>Takes the step and goes on: to the next trial, the last pass, the next orbit. False when the row is done.</summary>
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

        if (l.Final)
        {
            return NextOrbit(lane, l.SumXX > 0 ? l.SumXY / l.SumXX / (l.Rc * l.Rc) : 0, ratio, squared);
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
        bool done = Math.Abs(change) < 1e-6 * l.Ratio;
        if (!done && ++l.Trial > MaxTrials)
        {
            return NextOrbit(lane, double.NaN, ratio, squared);
        }

        l.Ratio += change;
        l.Final = done;
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

        (l.Column, l.Trial, l.Steps, l.Final, l.SumXX, l.SumXY) = (column, 0, 0, false, 0, 0);
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
