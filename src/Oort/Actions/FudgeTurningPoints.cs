using Oort.Orbits;

namespace Oort.Actions;

internal sealed partial class FudgeBlock
{
    private const double Probe = 1e-10; // xi of the point that stands for the plane
    private const int MaxIterations = 60, SearchLength = 3 * Capacity + Padding;

    private enum Turn
    {
        Inner,
        Outer,
        Plane,
        Top,
    }

    // One entry a search under way.
    private readonly int[] searchStar = new int[SearchLength];
    private readonly Turn[] searchTurn = new Turn[SearchLength];
    private readonly double[] searchAt = new double[SearchLength], searchInside = new double[SearchLength], searchOutside = new double[SearchLength];
    private readonly double[] searchR = new double[SearchLength], searchZ = new double[SearchLength];
    private readonly double[] searchPhi = new double[SearchLength], searchPhiR = new double[SearchLength], searchPhiZ = new double[SearchLength];

    /// <summary>
    /// Extents of the loaded stars' orbits; NaN where unbound. r^2 = s + D2 cos^2 v is least in the plane, at the inner turning point, and largest at the outer one, as high as the orbit goes.
    /// </summary>
    internal void Shapes(int count, Span<OrbitShape> shapes)
    {
        BeginTurningPoints(count);
        FindTurningPoints(count);
        for (int i = 0; i < count; i++)
        {
            double height = top[i] / (1 + top[i]);
            shapes[i] = bound[i] ? new(Math.Sqrt(lower[i]), Math.Sqrt(upper[i] + D2[i] * height), Math.Sqrt((upper[i] + D2[i]) * height)) : new(double.NaN, double.NaN, double.NaN);
        }
    }

    /// <summary>Turning points of all stars but those that are marked as hard.</summary>
    private void BeginTurningPoints(int count)
    {
        bound.AsSpan(0, count).CopyTo(hard);
        if (accuracy != ActionAccuracy.High)
        {
            SearchTurningPoints(count);
        }
    }

    /// <summary>
    /// Turning points of the stars marked as hard: Newton's method within brackets that grow outwards from the star, since at
    /// low angular momentum there may be a second allowed range; one potential call for all searches.
    /// </summary>
    private void FindTurningPoints(int count)
    {
        int active = 0;
        for (int i = 0; i < count; i++)
        {
            if (!hard[i])
            {
                continue;
            }

            double root = Math.Sqrt(slopeU[i] * slopeU[i] + 2 * bendU[i] * pu[i] * pu[i]);
            double up = (root + slopeU[i]) / bendU[i], down = (root - slopeU[i]) / bendU[i];
            rangeU[i] = up + down;
            lower[i] = upper[i] = s0[i];
            if (rangeU[i] > EpicycleRange)
            {
                Start(active++, i, Turn.Outer, s0[i] * Math.Exp(Math.Min(up, 1.5)), s0[i]);
                Start(active++, i, Turn.Inner, s0[i] * Math.Exp(-Math.Min(down, 1.5)), s0[i]);
            }

            Start(active++, i, Turn.Plane, Probe, 0);
        }

        for (int iteration = 0; active > 0; iteration++)
        {
            for (int k = 0; k < active; k++)
            {
                int i = searchStar[k];
                double x = searchAt[k];
                bool radial = searchTurn[k] <= Turn.Outer;
                double sigma = 1 / (1 + x);
                searchR[k] = Math.Sqrt(radial ? x * sin2[i] : s0[i] * sigma);
                searchZ[k] = Math.Sqrt(radial ? (x + D2[i]) * cos2[i] : (s0[i] + D2[i]) * x * sigma);
            }

            potential.Evaluate(searchR.AsSpan(0, active), searchZ.AsSpan(0, active), new()
            {
                Phi = searchPhi.AsSpan(0, active),
                PhiR = searchPhiR.AsSpan(0, active),
                PhiZ = searchPhiZ.AsSpan(0, active),
            });
            int kept = 0;
            for (int k = 0; k < active; k++)
            {
                bool goesOn = searchTurn[k] switch
                {
                    Turn.Plane => LeavePlane(k),
                    Turn.Top => Climb(k),
                    _ => Swing(k),
                };
                if (goesOn && iteration < MaxIterations)
                {
                    (searchStar[kept], searchTurn[kept]) = (searchStar[k], searchTurn[k]);
                    (searchAt[kept], searchInside[kept], searchOutside[kept]) = (searchAt[k], searchInside[k], searchOutside[k]);
                    kept++;
                }
            }

            active = kept;
        }
    }

    private void Start(int k, int star, Turn turn, double at, double inside)
        => (searchStar[k], searchTurn[k], searchAt[k], searchInside[k], searchOutside[k]) = (star, turn, at, inside, double.NaN);

    /// <summary>A step of a search for a turning point in s; false when it is found.</summary>
    private bool Swing(int k)
    {
        int i = searchStar[k];
        double s = searchAt[k], square = SquareU(i, s, searchPhi[k]);
        SlopeAlongHyperbola(i, s, searchR[k], searchZ[k], searchPhi[k], searchPhiR[k], searchPhiZ[k], out double slope);
        bool outer = searchTurn[k] == Turn.Outer;
        if (square > 0)
        {
            searchInside[k] = s;
        }
        else
        {
            searchOutside[k] = s;
        }

        // p_u^2 s/(s + D2) has neither a pole at s = 0 nor a root there.
        double value = square * s / (s + D2[i]), rise = (slope * s + square - value) / (s + D2[i]);
        double next = s - value / rise, inside = searchInside[k], outside = searchOutside[k];
        bool right = outer ? rise < 0 : rise > 0;
        if (right && Math.Abs(next - s) <= Precision * Math.Min(1, rangeU[i]) * s && next > 0)
        {
            (outer ? upper : lower)[i] = next;
            return false;
        }

        if (double.IsNaN(outside))
        {
            next = outer ? Math.Clamp(right ? next : 3 * s, s, 6 * s) : Math.Clamp(right ? next : s / 3, s / 64, s);
        }
        else if (!right || next <= Math.Min(inside, outside) || next >= Math.Max(inside, outside))
        {
            next = Math.Sqrt(inside * outside);
        }

        (outer ? upper : lower)[i] = next;
        searchAt[k] = next;
        return next > 1e-40 * s0[i] && next != s;
    }

    // Newton's method doubles the digits: its last step may be much larger than the error it leaves.
    private double Precision => accuracy switch { ActionAccuracy.Fast => 3e-4, ActionAccuracy.Standard => 1e-5, _ => 3e-7 };

    /// <summary>From the value beside the plane: is the vertical motion harmonic, and if not, where does the search start?</summary>
    private bool LeavePlane(int k)
    {
        int i = searchStar[k];
        double bend = -SlopeAlongEllipse(i, Probe, searchR[k], searchZ[k], searchPhi[k], searchPhiR[k], searchPhiZ[k]);
        bendV[i] = bend;
        if (pv[i] == 0 && xi0[i] == 0)
        {
            top[i] = 0;
            return false;
        }

        double harmonic = xi0[i] + pv[i] * pv[i] / bend;
        if (bend > 0 && harmonic < EpicycleXi)
        {
            top[i] = harmonic;
            return false;
        }

        planeSquare[i] = SquareV(i, Probe, searchPhi[k]) + bend * Probe;
        double start = bend > 0 ? planeSquare[i] / bend : 2 * xi0[i];
        if (xi0[i] > Probe && slopeV[i] < 0)
        {
            start = Math.Max(start, xi0[i] - pv[i] * pv[i] / slopeV[i]);
        }

        searchTurn[k] = Turn.Top;
        searchInside[k] = Math.Max(xi0[i], Probe);
        searchAt[k] = Math.Max(start, searchInside[k]);
        return true;
    }

    /// <summary>A step of the search for the turning point in xi; false when it is found.</summary>
    private bool Climb(int k)
    {
        int i = searchStar[k];
        double xi = searchAt[k], square = SquareV(i, xi, searchPhi[k]);
        double slope = SlopeAlongEllipse(i, xi, searchR[k], searchZ[k], searchPhi[k], searchPhiR[k], searchPhiZ[k]);
        if (square > 0)
        {
            searchInside[k] = xi;
        }
        else
        {
            searchOutside[k] = xi;
        }

        double next = xi - square / slope, inside = searchInside[k], outside = searchOutside[k];
        if (slope < 0 && Math.Abs(next - xi) <= Precision * xi)
        {
            top[i] = next;
            return false;
        }

        if (double.IsNaN(outside))
        {
            next = slope < 0 ? Math.Clamp(next, xi, 1e4 * xi) : 4 * xi;
        }
        else if (!(slope < 0) || next < inside || next >= outside)
        {
            next = Math.Sqrt(inside * outside);
        }

        top[i] = next;
        searchAt[k] = next;
        return next != xi;
    }
}
