using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Oort.Coordinates;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Actions;

/// <summary>
/// Reads <see cref="ActionTable"/> for a block of stars at a time: stages over all stars of what is the same arithmetic, and
/// between them what looks something up, by stars in the order of the table, since neighbours there share what they read. The potential is
/// called twice a star: where it is, and at the centre of the radial motion on its own hyperbola. Differences of large numbers are
/// taken in double precision, coordinates of the table in single. A star's result does not depend on the others'. Not shared between threads.
/// </summary>
internal sealed class InterpolatedBlock(Potential potential, FocalDistances focalDistances, ActionTable table, PlanePotential plane)
{
    internal const int Capacity = 1024;

    private const int Width = 16; // whole vectors of single precision for whatever hardware
    private const int Lines = ActionTable.RadialLines + ActionTable.VerticalLines;

    private readonly double[] R = New(), z = New(), phi = New(), energy = New(), momentum = New(), size = New(); // size: |Lz|
    private readonly double[] logRadius = New(), logMomentum = New(), circular = New(), inverse = New(), ratio = New(), rest = New(), row = New(), column = New();
    private readonly double[] delta = New(), D2 = New(), s0 = New(), sin2 = New(), cos2 = New(), pu2 = New(), pv2 = New(), logPlane = New(), planePhi = New(), centrePhi = New();
    private readonly float[] largest = NewSingle(), top = NewSingle(), middle = NewSingle(), halfRange = NewSingle(), height = NewSingle(), radius = NewSingle();
    private readonly float[] centre = NewSingle(), separatrixU = NewSingle(), separatrixV = NewSingle(), levelU = NewSingle(), levelV = NewSingle();
    private readonly float[] scaleU = NewSingle(), scaleV = NewSingle(), fromE = NewSingle(), fromM = NewSingle(); // of the nearest node
    private readonly float[] weights = new float[16 * Capacity], shapes = new float[ActionTable.ShapeTerms * Capacity];
    private readonly float[] lines = new float[Lines * Capacity]; // Chebyshev polynomials of the line, of either motion
    private readonly int[] cells = new int[Capacity], rows = new int[Capacity], columns = new int[Capacity], order = new int[Capacity], keys = new int[Capacity];
    private readonly int[] begin = new int[table.Energies * table.Momenta + 2];

    /// <summary>Room for what the table does not tell: which stars, and eight numbers of each.</summary>
    internal int[] Untold { get; } = new int[Capacity];

    internal double[] Memory { get; } = new double[8 * Capacity];

    private static double[] New() => new double[Capacity];

    private static float[] NewSingle() => new float[Capacity];

    /// <summary>Actions of some stars; their number in the block goes to <paramref name="untold"/> where the table does not tell them.</summary>
    internal int Actions(PhaseSpaceBatch stars, ActionBatch actions, Span<int> untold)
    {
        int n = stars.Count, padded = (n + Width - 1) / Width * Width;
        Load(stars, n, padded);
        Locate(padded);
        Sort(padded);
        LookUpScales(padded);
        Coordinates(padded);
        LookUpShapes(padded);
        Momenta(padded);
        int missing = 0;
        for (int k = 0; k < padded; k++)
        {
            int i = order[k];
            if (i >= n)
            {
                continue;
            }

            actions.Jphi[i] = momentum[i];
            int cell = cells[i];
            float u = levelU[i], v = levelV[i];
            // Whatever is not a number fails here.
            int groupsU = 0, groupsV = 0;
            if (cell >= 0 && u >= -0.5f && u <= table.Levels - 0.5f && v >= -0.01f && v <= table.Levels - 0.5f
                && height[i] <= 1.0001f && radius[i] >= 0 && radius[i] <= 1)
            {
                (groupsU, groupsV) = (table.RadialGroups(rows[i], columns[i], u), table.VerticalGroups(rows[i], columns[i], v));
            }

            if (groupsU == 0 || groupsV == 0)
            {
                untold[missing++] = i;
                continue;
            }

            Span<float> w = weights.AsSpan(16 * i, 16), line = lines.AsSpan(Lines * i, Lines), across = line[ActionTable.RadialLines..];
            if (groupsV > 8 / ActionTable.Group)
            {
                ActionTable.NextPolynomials(Vector256.Create<float>(across)).CopyTo(across[8..]);
            }

            actions.Jr[i] = Math.Max(0, scaleU[i] * table.Radial(cell, groupsU, w, u, line));
            actions.Jz[i] = scaleV[i] * table.Vertical(cell, groupsV, w, v, across);
        }

        return missing;
    }

    private void Load(PhaseSpaceBatch stars, int n, int padded)
    {
        for (int i = 0; i < n; i++)
        {
            double radius = Math.Abs(stars.R[i]), height = stars.z[i];
            bool finite = double.IsFinite(radius) && double.IsFinite(height);
            R[i] = finite ? Math.Max(radius, 1e-7 * Math.Abs(height) + 1e-12) : 1;
            z[i] = finite ? height : 0;
        }

        for (int i = n; i < padded; i++)
        {
            (R[i], z[i], energy[i], momentum[i], size[i], pu2[i], pv2[i]) = (1, 0, double.NaN, 0, 0, 0, 0);
        }

        potential.Evaluate(R.AsSpan(0, padded), z.AsSpan(0, padded), new() { Phi = phi.AsSpan(0, padded) });
        for (int i = 0; i < n; i++)
        {
            double vR = stars.vR[i], vz = stars.vz[i], vphi = stars.vphi[i];
            momentum[i] = stars.R[i] * vphi;
            size[i] = Math.Abs(momentum[i]);
            energy[i] = phi[i] + 0.5 * (vR * vR + vz * vz + vphi * vphi) + 0 * stars.z[i];
            (pu2[i], pv2[i]) = (vR, vz);
        }
    }

    /// <summary>Where the stars' energies and angular momenta lie in the table.</summary>
    private void Locate(int padded)
    {
        focalDistances.Circular.Logarithms(energy.AsSpan(0, padded), logRadius, logMomentum);
        Vector<double> one = Vector<double>.One, first = new(table.FirstLogRadius), perLog = new(table.EnergiesPerLog), last = new(table.Momenta - 1.0);
        for (int i = 0; i < padded; i += Vector<double>.Count)
        {
            Vector<double> log = new(logRadius, i), perMomentum = VectorMath.Exp(-new Vector<double>(logMomentum, i));
            Vector<double> x = Vector.MinNative(new Vector<double>(size, i) * perMomentum, new(1 - 1e-12));
            Vector<double> t = Vector.SquareRoot(one - x);
            VectorMath.Exp(log).CopyTo(circular, i);
            perMomentum.CopyTo(inverse, i);
            x.CopyTo(ratio, i);
            t.CopyTo(rest, i);
            (t / (t + Vector.SquareRoot(x)) * last).CopyTo(column, i);
            ((log - first) * perLog).CopyTo(row, i);
        }

        focalDistances.Evaluate(logRadius.AsSpan(0, padded), circular, rest, delta);
    }

    /// <summary>The stars in the order of their cells, those outside last.</summary>
    private void Sort(int padded)
    {
        int outside = table.Energies * table.Momenta;
        Array.Clear(begin);
        for (int i = 0; i < padded; i++)
        {
            double x = row[i], y = column[i];
            bool inside = x >= 0 && x <= table.Energies - 1 && y >= 0;
            (x, y) = inside ? (x, y) : (0, 0);
            int e = double.ConvertToIntegerNative<int>(x), m = double.ConvertToIntegerNative<int>(y);
            int nearE = double.ConvertToIntegerNative<int>(x + 0.5), nearM = double.ConvertToIntegerNative<int>(y + 0.5);
            int key = inside ? nearE * table.Momenta + nearM : outside;
            (fromE[i], fromM[i]) = ((float)(x - nearE), (float)(y - nearM));
            (rows[i], columns[i], cells[i]) = (Math.Min(e, table.Energies - 2), Math.Min(m, table.Momenta - 2), inside ? table.Cell(nearE, nearM) : -1);
            keys[i] = key;
            begin[key + 1]++;
        }

        for (int k = 1; k < begin.Length; k++)
        {
            begin[k] += begin[k - 1];
        }

        for (int i = 0; i < padded; i++)
        {
            order[begin[keys[i]]++] = i;
        }
    }

    /// <summary>All numbers that depend on energy and angular momentum alone.</summary>
    private void LookUpScales(int padded)
    {
        for (int k = 0; k < padded; k++)
        {
            int i = order[k], cell = cells[i];
            if (cell < 0)
            {
                break;
            }

            Span<float> w = weights.AsSpan(16 * i, 16);
            ActionTable.Weights(fromE[i], fromM[i], w);
            Span<float> shape = shapes.AsSpan(ActionTable.ShapeTerms * i, ActionTable.ShapeTerms);
            table.Shape(cell, w, shape);
            ReadOnlySpan<float> scales = shape[ActionTable.FirstScale..];
            largest[i] = scales[(int)ActionTable.Scale.Largest];
            top[i] = scales[(int)ActionTable.Scale.Top];
            middle[i] = scales[(int)ActionTable.Scale.Middle];
            halfRange[i] = scales[(int)ActionTable.Scale.HalfRange];
        }
    }

    /// <summary>Spheroidal coordinates and momenta, as in <see cref="FudgeBlock"/>, and the fourth variables.</summary>
    private void Coordinates(int padded)
    {
        Vector<double> one = Vector<double>.One, half = new(0.5), two = new(2.0), zero = Vector<double>.Zero;
        for (int i = 0; i < padded; i += Vector<double>.Count)
        {
            Vector<double> d = new(delta, i), x = new(R, i), h = new(z, i), vR = new(pu2, i), vz = new(pv2, i);
            Vector<double> d2 = d * d, x2 = x * x, difference = x2 + h * h - d2, root = Vector.SquareRoot(difference * difference + new Vector<double>(4.0) * x2 * d2);
            Vector<double> s = Vector.ConditionalSelect(Vector.GreaterThan(difference, zero), half * (difference + root), two * x2 * d2 / (root - difference));
            Vector<double> a2 = s + d2, w = h * h / a2, sigma = Vector.ConditionalSelect(Vector.LessThan(w, half), one - w, x2 / s);
            Vector<double> sine = Vector.SquareRoot(sigma), cosine = Vector.SquareRoot(w);
            cosine = Vector.CopySign(cosine, h);
            Vector<double> a = Vector.SquareRoot(a2), b = Vector.SquareRoot(s);
            Vector<double> pu = a * sine * vR + b * cosine * vz, pv = b * cosine * vR - a * sine * vz;
            (pu * pu).CopyTo(pu2, i);
            (pv * pv).CopyTo(pv2, i);
            d2.CopyTo(D2, i);
            s.CopyTo(s0, i);
            sigma.CopyTo(sin2, i);
            w.CopyTo(cos2, i);
            ((half * VectorMath.Log(s) - new Vector<double>(plane.First)) * new Vector<double>(plane.CellsPerLog)).CopyTo(logPlane, i);
        }

        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector<float> t = Single(rest, i), rc = Single(circular, i), lc = Vector<float>.One / Single(inverse, i), ct = lc * t;
            (new Vector<float>(largest, i) * ct * ct).CopyTo(largest, i);
            ActionTableMaps.HeightCoordinate(Vector.SquareRoot(Single(cos2, i)) / (new Vector<float>(top, i) * t)).CopyTo(height, i);
            ActionTableMaps.RadiusCoordinate((Vector.SquareRoot(Single(s0, i)) - new Vector<float>(middle, i) * rc) / (new Vector<float>(halfRange, i) * rc * t)).CopyTo(radius, i);
        }
    }

    private void LookUpShapes(int padded)
    {
        for (int k = 0; k < padded; k++)
        {
            int i = order[k];
            planePhi[i] = plane.Value(logPlane[i]);
            if (cells[i] < 0)
            {
                continue;
            }

            Vector256<float> u = ActionTable.Polynomials(2 * height[i] - 1), v = ActionTable.Polynomials(2 * radius[i] - 1);
            Span<float> all = lines.AsSpan(Lines * i, Lines);
            u.CopyTo(all);
            v.CopyTo(all[ActionTable.RadialLines..]);
            (centre[i], separatrixU[i], separatrixV[i]) = ActionTable.OnLines(shapes.AsSpan(ActionTable.ShapeTerms * i, ActionTable.ShapeTerms), u, v);
        }
    }

    /// <summary>The momenta at the centres of both motions, and where they lie in the table.</summary>
    private void Momenta(int padded)
    {
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            SingleMath.Exp(new Vector<float>(centre, i)).CopyTo(centre, i);
        }

        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(centre, i), out Vector<double> low, out Vector<double> high);
            Centre(i, low);
            Centre(i + Vector<double>.Count, high);
        }

        potential.Evaluate(R.AsSpan(0, padded), z.AsSpan(0, padded), new() { Phi = centrePhi.AsSpan(0, padded) });
        Vector<double> two = new(2.0);
        for (int i = 0; i < padded; i += Vector<double>.Count)
        {
            Vector<double> s = new(s0, i), d2 = new(D2, i), sigma = new(sin2, i), w = new(cos2, i), E = new(energy, i), Lz = new(size, i), Lz2 = Lz * Lz;
            Vector<double> at = new(logRadius, i), away = at - s, here = (s + d2 * sigma) * new Vector<double>(phi, i);
            Vector<double> pu = new Vector<double>(pu2, i) + two * (E * away - (at + d2 * sigma) * new Vector<double>(centrePhi, i) + here) + d2 * Lz2 * away / (at * s);
            Vector<double> pv = new Vector<double>(pv2, i) + two * (E * d2 * w + here - (s + d2) * new Vector<double>(planePhi, i)) + Lz2 * w / sigma;
            Vector<double> rc = new(circular, i), rc2 = rc * rc, f = rc2 / (rc2 + d2);
            (pu * f).CopyTo(pu2, i);
            (pv * f).CopyTo(pv2, i);
        }

        Vector<float> zero = Vector<float>.Zero, last = new(table.Levels - 1f);
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector<float> pu = Single(pu2, i), pv = Vector.Max(Single(pv2, i), zero), Lz = Single(size, i), Lz2 = Lz * Lz, p = new(largest, i), x = Single(ratio, i);
            Vector<float> most2 = Lz2 + p, most = Vector.SquareRoot(most2), range = p / (most + Lz);
            Vector<float> lu = Vector.SquareRoot(most2 - pu), lv = Vector.SquareRoot(Lz2 + pv);
            Vector<float> levelsU = (p - pu) / ((lu + Lz) * range), riseV = pv / (lv + Lz), least = Lz / most;
            (pu / (most + lu)).CopyTo(scaleU, i);
            riseV.CopyTo(scaleV, i);
            Vector<float> atU = ActionTableMaps.Separatrix(new Vector<float>(separatrixU, i), least);
            Vector<float> atV = ActionTableMaps.Vertical(ActionTableMaps.Separatrix(new Vector<float>(separatrixV, i), least));
            (last * ActionTableMaps.Crowded(levelsU, atU, x)).CopyTo(levelU, i);
            (last * ActionTableMaps.Crowded(ActionTableMaps.Vertical(riseV / range), atV, x)).CopyTo(levelV, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Single(double[] values, int i) => Vector.Narrow(new Vector<double>(values, i), new Vector<double>(values, i + Vector<double>.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Centre(int i, Vector<double> scaled)
    {
        Vector<double> rc = new(circular, i), s = rc * rc * scaled;
        s.CopyTo(logRadius, i);
        Vector.SquareRoot(s * new Vector<double>(sin2, i)).CopyTo(R, i);
        Vector.SquareRoot((s + new Vector<double>(D2, i)) * new Vector<double>(cos2, i)).CopyTo(z, i);
    }
}
