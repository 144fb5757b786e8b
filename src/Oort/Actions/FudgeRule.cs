using System.Numerics;

namespace Oort.Actions;

internal sealed partial class FudgeBlock
{
    // Orders of the trapezoidal rule in theta by the range of x: radially order - 1 nodes, vertically (order - 1)/2, none in the plane.
    private static readonly int[] RadialOrders = [4, 5, 6, 8, 10, 13], VerticalOrders = [5, 7, 9, 11, 15, 21];
    private static readonly double[] RadialRanges = [0.3, 0.7, 1.2, 2, 3], VerticalRanges = [0.4, 1, 1.5, 2.2, 3];

    private readonly bool[] settledU = new bool[Capacity], settledV = new bool[Capacity];
    private readonly double[] taskTail = New();
    private readonly int[] ruleClass = new int[Capacity];

    /// <summary>
    /// Quadratures by the rule of one order that suits their range. The square of the last coefficient that the nodes can tell of the
    /// integrand's series in Chebyshev polynomials of the second kind is the error: where it is too large the quadrature is not settled, and where
    /// p^2 is negative between the turning points the star is hard.
    /// </summary>
    private void Rule(int count, bool radial, Span<double> result)
    {
        int[] orders = radial ? RadialOrders : VerticalOrders;
        double[] ranges = radial ? RadialRanges : VerticalRanges;
        for (int i = 0; i < count; i++)
        {
            ruleClass[i] = -1;
            if (!bound[i] || hard[i] || (!radial && top[i] < EpicycleXi))
            {
                continue;
            }

            double range = radial ? halfU[i] : rangeV[i];
            ruleClass[i] = 0;
            while (ruleClass[i] < ranges.Length && range > ranges[ruleClass[i]])
            {
                ruleClass[i]++;
            }
        }

        for (int c = 0; c < orders.Length; c++)
        {
            int lanes = 0, order = orders[c];
            for (int i = 0; i < count; i++)
            {
                if (ruleClass[i] == c)
                {
                    SetTask(lanes++, i, radial);
                }
            }

            if (lanes == 0)
            {
                continue;
            }

            int last = radial ? order - 1 : (order - 1) / 2;
            for (int at = 1; at <= last;)
            {
                int from = at, nodes = 0;
                for (; nodes < NodesAtOnce && at <= last; nodes++, at++)
                {
                    (double sine, double cosine) = Math.SinCos(Math.PI * at / order);
                    PlaceNodes(radial, nodes * lanes, lanes, cosine, radial ? sine : 2 * sine);
                }

                int points = nodes * lanes;
                potential.Evaluate(nodeR.AsSpan(0, points), nodeZ.AsSpan(0, points), new() { Phi = nodePhi.AsSpan(0, points) });
                for (int node = 0; node < nodes; node++)
                {
                    // The integrand is even in the vertical motion: its last coefficient is one lower.
                    double sign = ((from + node) & 1) == 0 ? -1 : 1;
                    AddNodes(radial, node * lanes, lanes, radial ? sign : 2 * sign * Math.Cos(Math.PI * (from + node) / order));
                }
            }

            for (int k = 0; k < lanes; k++)
            {
                int i = taskStar[k];
                double J = task[1][k] / order * taskSum[k], tail = taskTail[k] / taskSum[k];
                result[i] = J;
                (radial ? orderU : orderV)[i] = 2 * order;
                hard[i] |= !(taskTail[k] <= double.MaxValue);
                (radial ? settledU : settledV)[i] = J * (c == 0 ? Math.Abs(tail) : 1) * tail * tail < Tolerance * (J + 1);
            }
        }
    }
}
