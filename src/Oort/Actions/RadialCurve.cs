using System.Numerics;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Actions;

/// <summary>
/// Radial actions of the Staeckel fudge along one hyperbola v = const of the spheroidal coordinates of <see cref="FudgeBlock"/>,
/// for one energy and angular momentum and any value P that p_u^2 has where it is largest:
/// p_u^2(s) = P + g(s), g = 2 E (s - s*) - 2 [U(s) - U(s*)] - D2 Lz^2 (1/s - 1/s*). The potential is asked once for a table of U in
/// ln s, whatever the number of actions. Not shared between threads.
/// </summary>
internal sealed class RadialCurve(Potential potential)
{
    private const double FineStep = 0.05, Step = 0.1, FineRange = 0.6, FineNodes = FineRange / FineStep, FurthestIn = 36, TurnPrecision = 1e-5;
    private const int Capacity = 1024, AtOnce = 16, MostNodes = 64;

    // Of Gauss-Chebyshev rules of several orders; the first node's sine is 0, so that it does not count.
    private static readonly (int Order, double[] Sine, double[] Cosine)[] Rules = [.. new[] { 12, 20, 32, MostNodes }.Select(MakeRule)];

    private readonly double[] y = new double[Capacity], value = new double[Capacity], slope = new double[Capacity]; // 2 (E s - U) and d/dy of it
    private readonly double[] newR = new double[AtOnce], newZ = new double[AtOnce], newPhi = new double[AtOnce], newPhiR = new double[AtOnce], newPhiZ = new double[AtOnce];
    private readonly double[] square = new double[Capacity], cubics = new double[4 * Capacity]; // g at the nodes, and 2 (E s - U) between them
    private readonly double[] nodeY = new double[MostNodes], nodeS = new double[MostNodes];
    private int middle, last, first;
    private double E, D2, sin2, cos2, pole, offset;

    /// <summary>s where p_u^2 is largest.</summary>
    internal double Centre { get; private set; }

    /// <summary>(s + D2 sin^2 v) [2 (E - Phi) - Lz^2/R^2] at the centre: the largest p_u^2 that leaves p_v real there.</summary>
    internal double Largest { get; private set; }

    /// <summary>P of the orbit that just reaches the focus, if it had no angular momentum: there the action's slope is infinite.</summary>
    internal double Separatrix => offset + 2 * D2 * sin2 * potential.Phi(1e-6 * Math.Sqrt(Centre), Math.Sqrt(D2 * cos2));

    /// <summary>Chooses the curve and finds its centre, starting from a guess of s; false if there is none.</summary>
    internal bool MoveTo(double E, double momentum, double D2, double cos2, double guess)
    {
        (this.E, this.D2, sin2, this.cos2, pole) = (E, D2, 1 - cos2, cos2, D2 * momentum * momentum);
        // Newton's method with differences within a bracket, on the slope of p_u^2 in ln s.
        double at = Math.Log(guess), low = double.NaN, high = double.NaN, atLast = double.NaN, rateLast = double.NaN;
        for (int iteration = 0; iteration < 60; iteration++)
        {
            double rate = Rate(at);
            if (rate > 0)
            {
                low = at;
            }
            else
            {
                high = at;
            }

            double next = double.IsNaN(atLast) ? double.NaN : at - rate * (at - atLast) / (rate - rateLast);
            (atLast, rateLast) = (at, rate);
            bool bracketed = !double.IsNaN(low) && !double.IsNaN(high);
            if (bracketed ? !(next > low && next < high) : !(Math.Abs(next - at) < 1 && (next > at) == (rate > 0)))
            {
                next = bracketed ? 0.5 * (low + high) : at + (rate > 0 ? 0.25 : -0.25);
            }

            double moved = Math.Abs(next - at);
            at = next;
            if (moved < 1e-7)
            {
                break;
            }
        }

        if (!double.IsFinite(at))
        {
            return false;
        }

        Centre = Math.Exp(at);
        double s = Centre, R2 = s * sin2;
        double phi = potential.Phi(Math.Sqrt(R2), Math.Sqrt((s + D2) * cos2));
        offset = 2 * (E * s - (s + D2 * sin2) * phi) - pole / s;
        Largest = (s + D2 * sin2) * (2 * (E - phi) - momentum * momentum / R2);
        return true;
    }

    /// <summary>Tabulates p_u^2 as far as it is positive for P up to the given value; false if that is too far.</summary>
    internal bool Tabulate(double largest)
    {
        double centre = Math.Log(Centre);
        middle = first = last = Capacity / 2;
        y[middle] = centre;
        Fill(middle, 1);
        offset = value[middle] - pole / Centre;
        slope[middle] = -pole / Centre; // so that g is flat there
        square[middle] = 0;
        for (int direction = -1; direction <= 1; direction += 2)
        {
            bool done = false;
            while (!done)
            {
                int from = direction > 0 ? last + 1 : first - AtOnce;
                if (from < 0 || from + AtOnce > Capacity)
                {
                    return false;
                }

                for (int k = from; k < from + AtOnce; k++)
                {
                    double away = Math.Abs(k - middle);
                    y[k] = centre + direction * (away <= FineNodes ? away * FineStep : FineRange + (away - FineNodes) * Step);
                }

                Fill(from, AtOnce);
                for (int k = from; k < from + AtOnce; k++)
                {
                    square[k] = value[k] - pole * Math.Exp(-y[k]) - offset;
                }

                (first, last) = direction > 0 ? (first, last + AtOnce) : (first - AtOnce, last);
                int end = direction > 0 ? last : first;
                done = !(largest + square[end] > 0) || centre - y[end] > FurthestIn;
            }
        }

        for (int k = first; k < last; k++)
        {
            double h = y[k + 1] - y[k], secant = value[k + 1] - value[k], a = slope[k] * h, b = slope[k + 1] * h;
            Span<double> c = cubics.AsSpan(4 * k, 4);
            (c[0], c[1], c[2], c[3]) = (value[k], a, 3 * secant - 2 * a - b, a + b - 2 * secant);
        }

        return true;
    }

    /// <summary>ln s of the turning points for a value of P.</summary>
    internal (double Lower, double Upper) Turns(double P) => (Turn(P, -1), Turn(P, 1));

    /// <summary>The radial action for a value of P, (kpc km/s)^2.</summary>
    internal double Action(double P)
    {
        (double lower, double upper) = Turns(P);
        double half = 0.5 * (upper - lower), mean = 0.5 * (upper + lower);
        (int n, double[] sine, double[] cosine) = Rules[half < 0.7 ? 0 : half < 2 ? 1 : half < 4 ? 2 : 3];
        Vector<double> h = new(half), m = new(mean), sum = Vector<double>.Zero, p = new(P - offset), d2 = new(D2), c = new(pole);
        for (int k = 0; k < n; k += Vector<double>.Count)
        {
            Vector<double> at = m + h * new Vector<double>(cosine, k);
            at.CopyTo(nodeY, k);
            VectorMath.Exp(at).CopyTo(nodeS, k);
        }

        for (int k = 0; k < n; k++)
        {
            nodeY[k] = Interpolate(nodeY[k]);
        }

        for (int k = 0; k < n; k += Vector<double>.Count)
        {
            Vector<double> s = new(nodeS, k), squares = Vector.Max(p + new Vector<double>(nodeY, k) - c / s, Vector<double>.Zero);
            sum += new Vector<double>(sine, k) * Vector.SquareRoot(squares * s / (s + d2));
        }

        return 0.5 * half / n * Vector.Sum(sum);
    }

    private static (int Order, double[] Sine, double[] Cosine) MakeRule(int n)
    {
        // Filled up to whole vectors with nodes of no weight.
        int padded = (n + 7) / 8 * 8;
        double[] sine = new double[padded], cosine = new double[padded];
        for (int k = 1; k < n; k++)
        {
            (sine[k], cosine[k]) = Math.SinCos(Math.PI * k / n);
        }

        return (padded > n ? n : padded, sine, cosine);
    }

    private double Interpolate(double at)
    {
        double d = at - y[middle], away = Math.Abs(d), x = away < FineRange ? away * (1 / FineStep) : FineNodes + (away - FineRange) * (1 / Step);
        int k = (int)x;
        double t = x - k;
        k = middle + k;
        if (d < 0)
        {
            (k, t) = (2 * middle - k - 1, 1 - t);
        }

        if (k < first || k >= last)
        {
            return d < 0 ? value[first] : value[last];
        }

        ReadOnlySpan<double> c = cubics.AsSpan(4 * k, 4);
        return c[0] + t * (c[1] + t * (c[2] + t * c[3]));
    }

    /// <summary>ln s of the turning point on one side of the centre.</summary>
    private double Turn(double P, int direction)
    {
        int k = middle, end = direction > 0 ? last : first;
        while (k != end && P + square[k] > 0)
        {
            k += direction;
        }

        double outside = y[k], fOutside = P + square[k];
        if (fOutside > 0)
        {
            return outside;
        }

        int inner = k - direction;
        double inside = y[inner], fInside = P + square[inner], at = inside;
        for (int i = 0; i < 30; i++)
        {
            // First a parabola at the centre, else the Illinois rule.
            double next = i == 0 && inner == middle
                ? inside + (outside - inside) * Math.Sqrt(P / (P - fOutside))
                : inside + (outside - inside) * Math.Clamp(fInside / (fInside - fOutside), 0.01, 0.99);
            double f = P + Interpolate(next) - pole * Math.Exp(-next) - offset;
            bool done = Math.Abs(next - at) < TurnPrecision * Math.Abs(next - y[middle]);
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

        return at;
    }

    private double Rate(double at)
    {
        double s = Math.Exp(at);
        (y[0], first) = (at, 0);
        Fill(0, 1);
        return slope[0] + pole / s;
    }

    private void Fill(int from, int count)
    {
        for (int k = 0; k < count; k++)
        {
            double s = Math.Exp(y[from + k]);
            (newR[k], newZ[k]) = (Math.Sqrt(s * sin2), Math.Sqrt((s + D2) * cos2));
        }

        potential.Evaluate(newR.AsSpan(0, count), newZ.AsSpan(0, count), new()
        {
            Phi = newPhi.AsSpan(0, count),
            PhiR = newPhiR.AsSpan(0, count),
            PhiZ = newPhiZ.AsSpan(0, count),
        });
        for (int k = 0; k < count; k++)
        {
            double s = Math.Exp(y[from + k]), a = s + D2 * sin2;
            value[from + k] = 2 * (E * s - a * newPhi[k]);
            slope[from + k] = 2 * s * (E - newPhi[k]) - a * (newPhiR[k] * newR[k] + newPhiZ[k] * newZ[k] * s / (s + D2));
        }
    }
}
