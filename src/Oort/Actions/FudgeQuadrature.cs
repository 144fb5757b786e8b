using System.Numerics;
using Oort.Numerics;

namespace Oort.Actions;

internal sealed partial class FudgeBlock
{
    private const int FirstOrder = 4, HighestOrder = 1024, NodesAtOnce = 8;

    // One entry a quadrature under way: what its integrand needs, and the sum so far.
    private readonly int[] taskStar = new int[Capacity];
    private readonly double[][] task = [.. Enumerable.Range(0, 12).Select(_ => New())];
    private readonly double[] taskSum = New(), taskLast = New();
    private readonly double[] nodeX = new double[NodesAtOnce * Capacity + Padding], nodeWeight = new double[NodesAtOnce * Capacity + Padding];
    private readonly double[] nodeR = new double[NodesAtOnce * Capacity + Padding], nodeZ = new double[NodesAtOnce * Capacity + Padding], nodePhi = new double[NodesAtOnce * Capacity + Padding];
    private readonly double[] planeSquare = New(); // p_v^2 at the plane
    private readonly double[] stretch = New(), rangeV = New(); // b of cot v = b sinh x, range of x
    private readonly double[] middleU = New(), halfU = New(); // of ln s
    private readonly int[] orderU = new int[Capacity], orderV = new int[Capacity];

    private double Tolerance => accuracy switch { ActionAccuracy.Fast => 6e-5, ActionAccuracy.Standard => 3e-7, _ => 3e-10 };

    /// <summary>Actions of the loaded stars; NaN where unbound.</summary>
    internal void Actions(int count, Span<double> Jr, Span<double> Jz, Span<double> Jphi)
    {
        for (int i = 0; i < count; i++)
        {
            Jphi[i] = bound[i] ? momentum[i] : double.NaN;
            Jr[i] = Jz[i] = double.NaN;
            settledU[i] = settledV[i] = false;
            orderU[i] = orderV[i] = 0;
        }

        BeginTurningPoints(count);

        if (accuracy == ActionAccuracy.Fast)
        {
            FindRanges(count);
            Rule(count, true, Jr);
            Rule(count, false, Jz);
        }

        FindTurningPoints(count);
        FindRanges(count);
        int tasks = 0;
        for (int i = 0; i < count; i++)
        {
            if (!bound[i] || (settledU[i] && !hard[i]))
            {
                continue;
            }

            if (rangeU[i] > EpicycleRange)
            {
                if (upper[i] > lower[i])
                {
                    SetTask(tasks++, i, true);
                }
                else
                {
                    Jr[i] = 0;
                }
            }
            else
            {
                double bend = 0.5 * bendU[i];
                Jr[i] = 0.25 * Math.Sqrt(s0[i] / (s0[i] + D2[i])) * (pu[i] * pu[i] + slopeU[i] * slopeU[i] / (4 * bend)) / Math.Sqrt(bend);
            }
        }

        Integrate(tasks, true, Jr);
        tasks = 0;
        for (int i = 0; i < count; i++)
        {
            if (!bound[i] || (settledV[i] && !hard[i]))
            {
                continue;
            }

            if (top[i] < EpicycleXi)
            {
                Jz[i] = top[i] == 0 ? 0 : 0.5 * top[i] * Math.Sqrt(bendV[i]);
            }
            else
            {
                SetTask(tasks++, i, false);
            }
        }

        Integrate(tasks, false, Jz);
    }

    /// <summary>
    /// Middle and half range of ln s; and b of cot v = b sinh x and the range of x: b is the height where the force stops rising, if p_v^2 falls like
    /// sqrt(b^2 + cot^2 v), from its bend at the plane.
    /// </summary>
    private void FindRanges(int count)
    {
        Vector<double> zero = Vector<double>.Zero, one = Vector<double>.One, half = new(0.5);
        for (int i = 0; i < count; i += Vector<double>.Count)
        {
            Vector<double> low = new(lower, i), high = new(upper, i), xi = new(top, i), bend = new(bendV, i);
            (half * VectorMath.Log(low * high)).CopyTo(middleU, i);
            (half * VectorMath.Log(high / low)).CopyTo(halfU, i);
            Vector<double> harmonic = new Vector<double>(planeSquare, i) / (bend * xi), eta = Vector.SquareRoot(xi);
            Vector<long> bends = Vector.GreaterThan(bend, zero) & Vector.GreaterThan(harmonic, zero) & Vector.LessThan(harmonic, new Vector<double>(0.999));
            Vector<double> b = Vector.ConditionalSelect(bends, half * eta * harmonic / Vector.SquareRoot(one - harmonic), one);
            b = VectorMath.AtMost(1, VectorMath.AtLeast(1e-4, b));
            Vector<double> x = eta / b;
            b.CopyTo(stretch, i);
            VectorMath.Log(x + Vector.SquareRoot(x * x + one)).CopyTo(rangeV, i);
        }
    }

    private void SetTask(int k, int i, bool radial)
    {
        taskStar[k] = i;
        (taskSum[k], taskTail[k], taskLast[k]) = (0, 0, double.NaN);
        (task[0][k], task[1][k]) = radial ? (middleU[i], halfU[i]) : (stretch[i], rangeV[i]);
        (task[2][k], task[3][k]) = (energy[i], D2[i]);
        (task[4][k], task[5][k], task[6][k], task[7][k]) = (s0[i], sin2[i], cos2[i], momentum2[i]);
        (task[8][k], task[9][k], task[10][k], task[11][k]) = (xi0[i], product[i], pu[i], pv[i]);
    }

    /// <summary>
    /// The trapezoidal rule in the angle theta, x = middle - half cos(theta): Chebyshev's for square-root ends. Orders double, nodes are
    /// kept, and the last two sums tell the error.
    /// </summary>
    private void Integrate(int active, bool radial, Span<double> result)
    {
        for (int order = FirstOrder; active > 0; order *= 2)
        {
            // The vertical motion is symmetric about the plane: half the nodes do, the one in the plane counts half.
            int last = radial ? order - 1 : order / 2, step = order == FirstOrder ? 1 : 2, lanes = active;
            int at = 1;
            while (at <= last)
            {
                int nodes = 0;
                for (; nodes < NodesAtOnce && at <= last; nodes++, at += step)
                {
                    (double sine, double cosine) = Math.SinCos(Math.PI * at / order);
                    PlaceNodes(radial, nodes * lanes, lanes, cosine, radial || 2 * at == order ? sine : 2 * sine);
                }

                int points = nodes * lanes;
                potential.Evaluate(nodeR.AsSpan(0, points), nodeZ.AsSpan(0, points), new() { Phi = nodePhi.AsSpan(0, points) });
                for (int node = 0; node < nodes; node++)
                {
                    AddNodes(radial, node * lanes, lanes, 0);
                }
            }

            active = Settle(active, order, radial, result);
        }
    }

    // Nodes lie one behind the other: what a node's last vector writes too much, the next overwrites.
    private void PlaceNodes(bool radial, int offset, int lanes, double cosine, double sine)
    {
        Vector<double> one = Vector<double>.One, c = new(cosine), w = new(sine), half = new(0.5);
        for (int k = 0; k < lanes; k += Vector<double>.Count)
        {
            Vector<double> middle = new(task[0], k), range = new(task[1], k), d2 = new(task[3], k);
            Vector<double> R2, z2, weight, x;
            if (radial)
            {
                x = VectorMath.Exp(middle - range * c);
                weight = w * half * Vector.SquareRoot(x / (x + d2));
                R2 = x * new Vector<double>(task[5], k);
                z2 = (x + d2) * new Vector<double>(task[6], k);
            }
            else
            {
                // cot v = b sinh x, dv = b cosh x sin^2 v dx
                Vector<double> e = VectorMath.Exp(range * c), inverse = one / e;
                Vector<double> eta = half * middle * (e - inverse);
                x = eta * eta;
                Vector<double> sigma = one / (one + x);
                weight = w * half * middle * (e + inverse) * sigma;
                Vector<double> s = new(task[4], k);
                R2 = s * sigma;
                z2 = (s + d2) * x * sigma;
            }

            x.CopyTo(nodeX, offset + k);
            weight.CopyTo(nodeWeight, offset + k);
            Vector.SquareRoot(R2).CopyTo(nodeR, offset + k);
            Vector.SquareRoot(z2).CopyTo(nodeZ, offset + k);
        }
    }

    private void AddNodes(bool radial, int offset, int lanes, double tail)
    {
        Vector<double> one = Vector<double>.One, two = new(2.0);
        for (int k = 0; k < lanes; k += Vector<double>.Count)
        {
            Vector<double> x = new(nodeX, offset + k), phi = new(nodePhi, offset + k), E = new(task[2], k), d2 = new(task[3], k);
            Vector<double> s = new(task[4], k), sin2 = new(task[5], k), momentum2 = new(task[7], k), product = new(task[9], k), square;
            if (radial)
            {
                Vector<double> p = new(task[10], k), away = x - s;
                square = p * p + two * (E * away - ((x + d2 * sin2) * phi - product)) + d2 * momentum2 * away / (x * s);
            }
            else
            {
                Vector<double> p = new(task[11], k), rise = x - new Vector<double>(task[8], k), sigma = one / (one + x);
                square = p * p - two * (E * d2 * rise * sigma * sin2 + (s + d2 * sigma) * phi - product) - momentum2 * rise;
            }

            // A rule of one order must know where p^2 is negative; one that doubles its order need not.
            Vector<double> root = Vector.SquareRoot(tail != 0 ? square : VectorMath.AtLeast(0, square)), part = root * new Vector<double>(nodeWeight, offset + k);
            (new Vector<double>(taskSum, k) + part).CopyTo(taskSum, k);
            (new Vector<double>(taskTail, k) + new Vector<double>(tail) * part).CopyTo(taskTail, k);
        }
    }

    /// <summary>Which quadratures are done; the others move together.</summary>
    private int Settle(int active, int order, bool radial, Span<double> result)
    {
        // Two low orders may agree by accident.
        int kept = 0, lowest = accuracy == ActionAccuracy.Fast || radial ? 8 : 16;
        for (int k = 0; k < active; k++)
        {
            int i = taskStar[k];
            double J = task[1][k] / order * taskSum[k], change = Math.Abs(J - taskLast[k]);
            // Errors fall geometrically where the potential is smooth, by a power of the order where it is a spline.
            double error = Math.Max(4 * change * change / (J + 1e-300), (radial ? 0.005 : 0.2) * change);
            if ((error < Tolerance * (J + 1) && order >= lowest) || order == HighestOrder || double.IsNaN(J))
            {
                result[i] = J;
                (radial ? orderU : orderV)[i] = order;
                continue;
            }

            for (int p = 0; p < task.Length; p++)
            {
                task[p][kept] = task[p][k];
            }

            (taskStar[kept], taskSum[kept], taskLast[kept]) = (i, taskSum[k], J);
            kept++;
        }

        return kept;
    }
}
