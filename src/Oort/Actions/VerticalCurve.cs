using System.Numerics;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Actions;

/// <summary>
/// Vertical actions of the Staeckel fudge along one ellipse s = const of the spheroidal coordinates of <see cref="FudgeBlock"/>, for one
/// energy and angular momentum and any value P of p_v^2 in the plane: p_v^2 = P + xi Q(xi), xi = cot^2 v,
/// xi Q = -2 E D2 xi/(1 + xi) - Lz^2 xi - 2 [V(xi) - V(0)]. The potential is asked once for a table of Q in asinh(cot v / b),
/// whatever the number of actions. Not shared between threads.
/// </summary>
internal sealed class VerticalCurve(Potential potential)
{
    private const double Scale = 0.02, Step = 0.12, Probe = 1e-10;
    private const int Capacity = 256, AtOnce = 16, Nodes = 16;

    private static readonly double[] GridXi = [.. Enumerable.Range(0, Capacity).Select(k => Xi(k * Step))];
    private static readonly double[] Sine = [.. Enumerable.Range(0, Nodes).Select(k => Math.Sin(0.5 * Math.PI * (k + 0.5) / Nodes))];
    private static readonly double[] Cosine = [.. Enumerable.Range(0, Nodes).Select(k => Math.Cos(0.5 * Math.PI * (k + 0.5) / Nodes))];

    private readonly double[] value = new double[Capacity], slope = new double[Capacity]; // Q and dQ/dx
    private readonly double[] R = new double[AtOnce], z = new double[AtOnce], phi = new double[AtOnce], phiR = new double[AtOnce], phiZ = new double[AtOnce];
    private readonly double[] nodeX = new double[Nodes], nodeXi = new double[Nodes];
    private double E, D2, s, momentum2, planePhi;
    private int count;

    /// <summary>P of the orbit on one ellipse that just reaches the axis, if it had no angular momentum: there the action's slope is infinite.</summary>
    internal double SeparatrixOf(double E, double momentum, double D2, double s)
        => 2 * E * D2 - momentum * momentum + 2 * (s * potential.Phi(1e-6 * Math.Sqrt(s), Math.Sqrt(s + D2)) - (s + D2) * potential.Phi(Math.Sqrt(s), 0));

    /// <summary>Chooses the curve and tabulates p_v^2 as far as it is positive for P up to the given value.</summary>
    internal bool MoveTo(double E, double momentum, double D2, double s, double largest)
    {
        (this.E, this.D2, this.s, momentum2) = (E, D2, s, momentum * momentum);
        planePhi = potential.Phi(Math.Sqrt(s), 0);
        for (count = 0; count < Capacity; count += AtOnce)
        {
            Fill(count);
            if (!(largest + GridXi[count + AtOnce - 1] * value[count + AtOnce - 1] > 0))
            {
                count += AtOnce;
                return true;
            }
        }

        return false;
    }

    /// <summary>cos^2 v of the turning point for a value of P, (kpc km/s)^2.</summary>
    internal double Top(double P)
    {
        double xi = Xi(Turn(P));
        return xi / (1 + xi);
    }

    /// <summary>The vertical action for a value of P.</summary>
    internal double Action(double P)
    {
        double xi = Xi(Turn(P)), eta = Math.Sqrt(xi), bend = -value[0];
        double harmonic = bend > 0 ? P / (bend * xi) : 1;
        double b = Math.Clamp(harmonic is > 0 and < 0.999 ? eta * harmonic / (2 * Math.Sqrt(1 - harmonic)) : 1, 1e-4, 1);
        double range = Math.Asinh(eta / b);
        Vector<double> r = new(range), half = new(0.5 * b), one = Vector<double>.One, sum = Vector<double>.Zero, p = new(P);
        for (int k = 0; k < Nodes; k += Vector<double>.Count)
        {
            Vector<double> e = VectorMath.Exp(r * new Vector<double>(Sine, k)), at = half * (e - one / e);
            (at * at).CopyTo(nodeXi, k);
            (AsinhScale.Asinh(at * new Vector<double>(1 / Scale)) * new Vector<double>(1 / Step)).CopyTo(nodeX, k);
        }

        for (int k = 0; k < Nodes; k++)
        {
            nodeX[k] = Interpolate(nodeX[k]);
        }

        for (int k = 0; k < Nodes; k += Vector<double>.Count)
        {
            Vector<double> xis = new(nodeXi, k), squares = Vector.Max(p + xis * new Vector<double>(nodeX, k), Vector<double>.Zero);
            // d eta = b cosh x dx
            Vector<double> rise = Vector.SquareRoot(xis + new Vector<double>(b * b));
            sum += new Vector<double>(Cosine, k) * rise / (one + xis) * Vector.SquareRoot(squares);
        }

        return range / Nodes * Vector.Sum(sum);
    }

    private static double Xi(double x)
    {
        // A third of the time of the runtime's sinh; absolute precision will do.
        double e = Math.Exp(x), eta = 0.5 * Scale * (e - 1 / e);
        return eta * eta;
    }

    /// <summary>Q at x, in steps of the grid.</summary>
    private double Interpolate(double x)
    {
        int k = Math.Min((int)x, count - 2);
        double t = x - k, secant = value[k + 1] - value[k], a = slope[k] * Step, b = slope[k + 1] * Step;
        return value[k] + t * (a + t * (3 * secant - 2 * a - b + t * (a + b - 2 * secant)));
    }

    /// <summary>asinh(cot v / b) of the turning point.</summary>
    private double Turn(double P)
    {
        int k = 1;
        while (k < count - 1 && P + GridXi[k] * value[k] > 0)
        {
            k++;
        }

        double inside = k - 1, outside = k, at = inside;
        double fInside = P + GridXi[k - 1] * value[k - 1], fOutside = P + GridXi[k] * value[k];
        for (int i = 0; i < 30; i++)
        {
            double next = i == 0 && k == 1
                ? outside * Math.Sqrt(P / (P - fOutside))
                : inside + (outside - inside) * Math.Clamp(fInside / (fInside - fOutside), 0.01, 0.99);
            double f = P + Xi(Step * next) * Interpolate(next);
            bool done = Math.Abs(next - at) < 1e-5 * next;
            at = next;
            if (done || f == 0)
            {
                break;
            }

            if (f > 0)
            {
                (inside, fInside, fOutside) = (next, f, 0.5 * fOutside);
            }
            else
            {
                (outside, fOutside, fInside) = (next, f, 0.5 * fInside);
            }
        }

        return at * Step;
    }

    private void Fill(int from)
    {
        for (int k = 0; k < AtOnce; k++)
        {
            double xi = from + k == 0 ? Probe : GridXi[from + k], sigma = 1 / (1 + xi);
            (R[k], z[k]) = (Math.Sqrt(s * sigma), Math.Sqrt((s + D2) * xi * sigma));
        }

        potential.Evaluate(R, z, new() { Phi = phi, PhiR = phiR, PhiZ = phiZ });
        for (int k = 0; k < AtOnce; k++)
        {
            double x = (from + k) * Step, xi = from + k == 0 ? Probe : GridXi[from + k], sigma = 1 / (1 + xi);
            double rise = -2 * E * D2 * sigma * sigma - momentum2
                + 2 * D2 * sigma * sigma * phi[k] - (s + D2 * sigma) * sigma * (phiZ[k] * (s + D2) * sigma / z[k] - phiR[k] * R[k]);
            if (from + k == 0)
            {
                (value[0], slope[0]) = (rise, 0);
                continue;
            }

            // V - V(0) without loss of digits: D2 (sigma - 1) = -D2 xi sigma.
            double q = -2 * E * D2 * sigma - momentum2 + 2 * D2 * sigma * phi[k] - 2 * (s + D2) * (phi[k] - planePhi) / xi;
            value[from + k] = q;
            slope[from + k] = (rise - q) / xi * 2 * Math.Sqrt(xi) * Scale * Math.Cosh(x);
        }
    }
}
