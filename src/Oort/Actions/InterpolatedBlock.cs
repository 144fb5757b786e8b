using System.Numerics;
using System.Runtime.Intrinsics;
using Oort.Coordinates;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Actions;

/// <summary>
/// Reads <see cref="ActionTable"/> for a block of stars at a time: stages over all stars of what is the same arithmetic, and
/// between them what looks something up. The potential is called twice a star: where it is, and at the centre of the radial motion on its
/// own hyperbola. A star's result does not depend on the others'. Not shared between threads.
/// </summary>
internal sealed class InterpolatedBlock(Potential potential, FocalDistances focalDistances, ActionTable table, PlanePotential plane)
{
    internal const int Capacity = 128;

    private const int Width = 8; // whole vectors for whatever hardware
    private const int Lines = ActionTable.RadialLines + ActionTable.VerticalLines;

    private readonly double[] R = New(), z = New(), phi = New(), energy = New(), momentum = New(), size = New(); // size: |Lz|
    private readonly double[] logRadius = New(), logMomentum = New(), delta = New(), ratio = New(), rest = New(), row = New(), column = New();
    private readonly double[] D2 = New(), s0 = New(), sin2 = New(), cos2 = New(), pu2 = New(), pv2 = New(), height = New(), radius = New(), centre = New();
    private readonly double[] largest = New(), top = New(), middle = New(), halfRange = New(), logPlane = New(), planePhi = New();
    private readonly double[] separatrixU = New(), separatrixV = New(), levelU = New(), levelV = New(), scaleU = New(), scaleV = New();
    private readonly float[] weights = new float[16 * Capacity], shapes = new float[ActionTable.ShapeTerms * Capacity];
    private readonly int[] cells = new int[Capacity], rows = new int[Capacity], columns = new int[Capacity];
    private readonly float[] lines = new float[Lines * Capacity]; // Chebyshev polynomials of the line, of either motion

    private static double[] New() => new double[Capacity];

    /// <summary>Actions of some stars; their number in the block goes to <paramref name="untold"/> where the table does not tell them.</summary>
    internal int Actions(PhaseSpaceBatch stars, ActionBatch actions, Span<int> untold)
    {
        int n = stars.Count, padded = (n + Width - 1) / Width * Width;
        Load(stars, n, padded);
        Locate(padded);
        LookUpScales(padded);
        Coordinates(padded);
        LookUpShapes(padded);
        Momenta(padded);
        int missing = 0;
        for (int i = 0; i < n; i++)
        {
            actions.Jphi[i] = momentum[i];
            int cell = cells[i];
            double u = levelU[i], v = levelV[i];
            // Whatever is not a number fails here.
            int groupsU = 0, groupsV = 0;
            if (cell >= 0 && u >= -0.5 && u <= table.Levels - 0.5 && v >= -0.01 && v <= table.Levels - 0.5
                && height[i] <= 1.0001 && radius[i] >= 0 && radius[i] <= 1)
            {
                (groupsU, groupsV) = (table.RadialGroups(rows[i], columns[i], u), table.VerticalGroups(rows[i], columns[i], v));
            }

            if (groupsU == 0 || groupsV == 0)
            {
                untold[missing++] = i;
                continue;
            }

            ReadOnlySpan<float> w = weights.AsSpan(16 * i, 16);
            actions.Jr[i] = Math.Max(0, scaleU[i] * table.Radial(cell, groupsU, w, u, lines.AsSpan(Lines * i, ActionTable.RadialLines)));
            actions.Jz[i] = scaleV[i] * table.Vertical(cell, groupsV, w, v, lines.AsSpan(Lines * i + ActionTable.RadialLines, ActionTable.VerticalLines));
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
        focalDistances.Evaluate(energy.AsSpan(0, padded), size.AsSpan(0, padded), delta);
        Vector<double> one = Vector<double>.One, first = new(table.FirstLogRadius), perLog = new(table.EnergiesPerLog), last = new(table.Momenta - 1.0);
        for (int i = 0; i < padded; i += Vector<double>.Count)
        {
            Vector<double> x = Vector.MinNative(new Vector<double>(size, i) * VectorMath.Exp(-new Vector<double>(logMomentum, i)), new(1 - 1e-12));
            Vector<double> t = Vector.SquareRoot(one - x);
            x.CopyTo(ratio, i);
            t.CopyTo(rest, i);
            (t / (t + Vector.SquareRoot(x)) * last).CopyTo(column, i);
            ((new Vector<double>(logRadius, i) - first) * perLog).CopyTo(row, i);
        }
    }

    /// <summary>All numbers that depend on energy and angular momentum alone.</summary>
    private void LookUpScales(int padded)
    {
        for (int i = 0; i < padded; i++)
        {
            double x = row[i], y = column[i];
            if (!(x >= 0 && x <= table.Energies - 1 && y >= 0))
            {
                cells[i] = -1;
                continue;
            }

            int e = Math.Min((int)x, table.Energies - 2), m = Math.Min((int)y, table.Momenta - 2);
            Span<float> w = weights.AsSpan(16 * i, 16);
            ActionTable.Weights(x - e, y - m, w);
            (rows[i], columns[i], cells[i]) = (e, m, table.Cell(e, m));
            Span<float> shape = shapes.AsSpan(ActionTable.ShapeTerms * i, ActionTable.ShapeTerms);
            table.Shape(cells[i], w, shape);
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
            Vector<double> w = h * h / (s + d2), sigma = Vector.ConditionalSelect(Vector.LessThan(w, half), one - w, x2 / s);
            Vector<double> sine = Vector.SquareRoot(sigma), cosine = Vector.SquareRoot(w);
            cosine = Vector.ConditionalSelect(Vector.LessThan(h, zero), -cosine, cosine);
            Vector<double> a = Vector.SquareRoot(s + d2), b = Vector.SquareRoot(s);
            Vector<double> pu = a * sine * vR + b * cosine * vz, pv = b * cosine * vR - a * sine * vz;
            (pu * pu).CopyTo(pu2, i);
            (pv * pv).CopyTo(pv2, i);
            d2.CopyTo(D2, i);
            s.CopyTo(s0, i);
            sigma.CopyTo(sin2, i);
            w.CopyTo(cos2, i);
            Vector<double> t = new(rest, i), rc = VectorMath.Exp(new Vector<double>(logRadius, i)), lc = VectorMath.Exp(new Vector<double>(logMomentum, i));
            rc.CopyTo(logRadius, i);
            (new Vector<double>(largest, i) * lc * lc * t * t).CopyTo(largest, i);
            ActionTableMaps.HeightCoordinate(Vector.Abs(cosine) / (new Vector<double>(top, i) * t)).CopyTo(height, i);
            ActionTableMaps.RadiusCoordinate((b - new Vector<double>(middle, i) * rc) / (new Vector<double>(halfRange, i) * rc * t)).CopyTo(radius, i);
            ((half * VectorMath.Log(s) - new Vector<double>(plane.First)) * new Vector<double>(plane.CellsPerLog)).CopyTo(logPlane, i);
        }
    }

    private void LookUpShapes(int padded)
    {
        for (int i = 0; i < padded; i++)
        {
            planePhi[i] = plane.Value(logPlane[i]);
            if (cells[i] < 0)
            {
                continue;
            }

            Vector256<float> u = ActionTable.Polynomials(2 * height[i] - 1), v = ActionTable.Polynomials(2 * radius[i] - 1);
            Span<float> all = lines.AsSpan(Lines * i, Lines);
            u.CopyTo(all);
            v.CopyTo(all[ActionTable.RadialLines..]);
            ActionTable.NextPolynomials(v).CopyTo(all[(ActionTable.RadialLines + 8)..]);
            (centre[i], separatrixU[i], separatrixV[i]) = ActionTable.OnLines(shapes.AsSpan(ActionTable.ShapeTerms * i, ActionTable.ShapeTerms), u, v);
        }
    }

    /// <summary>The momenta at the centres of both motions, and where they lie in the table.</summary>
    private void Momenta(int padded)
    {
        for (int i = 0; i < padded; i += Vector<double>.Count)
        {
            Vector<double> rc = new(logRadius, i), s = rc * rc * VectorMath.Exp(new Vector<double>(centre, i));
            s.CopyTo(centre, i);
            Vector.SquareRoot(s * new Vector<double>(sin2, i)).CopyTo(R, i);
            Vector.SquareRoot((s + new Vector<double>(D2, i)) * new Vector<double>(cos2, i)).CopyTo(z, i);
        }

        potential.Evaluate(R.AsSpan(0, padded), z.AsSpan(0, padded), new() { Phi = delta.AsSpan(0, padded) });
        Vector<double> one = Vector<double>.One, two = new(2.0), last = new(table.Levels - 1.0), zero = Vector<double>.Zero;
        for (int i = 0; i < padded; i += Vector<double>.Count)
        {
            Vector<double> s = new(s0, i), d2 = new(D2, i), sigma = new(sin2, i), w = new(cos2, i), E = new(energy, i), Lz = new(size, i), Lz2 = Lz * Lz;
            Vector<double> at = new(centre, i), away = at - s, here = (s + d2 * sigma) * new Vector<double>(phi, i);
            Vector<double> pu = new Vector<double>(pu2, i) + two * (E * away - (at + d2 * sigma) * new Vector<double>(delta, i) + here) + d2 * Lz2 * away / (at * s);
            Vector<double> pv = new Vector<double>(pv2, i) + two * (E * d2 * w + here - (s + d2) * new Vector<double>(planePhi, i)) + Lz2 * w / sigma;
            Vector<double> rc = new(logRadius, i), rc2 = rc * rc, f = rc2 / (rc2 + d2);
            pu *= f;
            pv = Vector.Max(pv * f, zero);
            Vector<double> most2 = Lz2 + new Vector<double>(largest, i), most = Vector.SquareRoot(most2), range = new Vector<double>(largest, i) / (most + Lz);
            Vector<double> lu = Vector.SquareRoot(most2 - pu), lv = Vector.SquareRoot(Lz2 + pv), x = new(ratio, i);
            Vector<double> levelsU = (new Vector<double>(largest, i) - pu) / ((lu + Lz) * range), riseV = pv / (lv + Lz);
            (pu / (most + lu)).CopyTo(scaleU, i);
            riseV.CopyTo(scaleV, i);
            Vector<double> atU = ActionTableMaps.Separatrix(new Vector<double>(separatrixU, i), Lz / most);
            Vector<double> atV = ActionTableMaps.Vertical(ActionTableMaps.Separatrix(new Vector<double>(separatrixV, i), Lz / most));
            (last * ActionTableMaps.Crowded(levelsU, atU, x)).CopyTo(levelU, i);
            (last * ActionTableMaps.Crowded(ActionTableMaps.Vertical(riseV / range), atV, x)).CopyTo(levelV, i);
        }
    }
}
