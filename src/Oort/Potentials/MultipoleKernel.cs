using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Oort.Numerics;

namespace Oort.Potentials;

/// <summary>
/// Evaluates a sum of f_l(ln r) P_l(cos theta) at batches of points: the f_l from a table of quintics, the sum over l by
/// Clenshaw's recurrence, in cos^2 theta where only even l occur.
/// </summary>
internal sealed class MultipoleKernel
{
    private const int Chunk = 64;

    // Rows of the work space: geometry, then from F on Phi and its derivatives, then the radial functions.
    private const int Sine = 0, Cosine = 1, OverR = 2, Off = 3, Position = 4, Cell = 5, F = 6, Radial = 12;

    // Below this r^2 a point counts as the centre, approached along the plane.
    private const double CentreSquared = 1e-200;
    private readonly bool even; // only even l occur
    private readonly int terms;
    private readonly int cellCount;
    private readonly double logStart;
    private readonly double inverseStep;
    private readonly double offset;
    private readonly QuinticTable table; // a component for each l
    private readonly double[] a, b, c; // P_(j+1) = (a_j y + b_j) P_j + c_j P_(j-1), y = cos theta or its square; c shifted by one
    private readonly (double RR, double ZZ) atCentre; // second derivatives
    private readonly MultipoleTail[] inner;
    private readonly MultipoleTail[] outer;

    /// <summary>Takes coefficients on a grid equally spaced in ln r.</summary>
    public MultipoleKernel(MultipoleCoefficients coefficients)
    {
        even = coefficients.IsEven;
        int step = even ? 2 : 1;
        offset = coefficients.Offset;
        terms = (coefficients.Values.Length - 1) / step + 1;
        double[] x = coefficients.LogRadii;
        cellCount = x.Length - 1;
        logStart = x[0];
        double h = (x[^1] - x[0]) / cellCount;
        inverseStep = 1 / h;
        table = new(cellCount, terms);
        inner = new MultipoleTail[terms];
        outer = new MultipoleTail[terms];
        (a, b, c) = (new double[terms], new double[terms], new double[terms]);
        Span<double> scaled = stackalloc double[QuinticSpline.CoefficientsPerCell];
        for (int j = 0; j < terms; j++)
        {
            int l = j * step;
            double[] values = coefficients.Values[l], slopes = coefficients.Slopes[l];
            inner[j] = MultipoleTail.Make(l, values, slopes, h, false, offset);
            outer[j] = MultipoleTail.Make(l, values, slopes, h, true, offset);
            QuinticSpline spline = new(x, values, slopes, inner[j].SecondAtEnd, outer[j].SecondAtEnd);
            for (int i = 0; i < cellCount; i++)
            {
                double scale = 1;
                for (int k = 0; k < scaled.Length; k++, scale *= h)
                {
                    scaled[k] = spline.Coefficients(i)[k] * scale;
                }

                table.Set(i, j, scaled);
            }

            // Bonnet's recurrence; over even l only, from three of it.
            (a[j], b[j], double below) = even
                ? ((2 * l + 1.0) * (2 * l + 3) / ((l + 1.0) * (l + 2)),
                    -((l + 1.0) * (l + 1) * (2 * l - 1) + (double)l * l * (2 * l + 3)) / ((l + 1.0) * (l + 2) * (2 * l - 1)),
                    -l * (l - 1.0) * (2 * l + 3) / ((l + 1.0) * (l + 2) * (2 * l - 1)))
                : ((2 * l + 1.0) / (l + 1), 0, -l / (l + 1.0));
            if (j > 0)
            {
                c[j - 1] = below;
            }
        }

        // At the centre that of the first radius: right for a core, finite for a cusp.
        double square = Math.Exp(2 * logStart), mean = inner[0].Laplacian / (3 * square);
        double flattening = coefficients.Values.Length > 2 ? inner[2 / step].Quadratic / square : 0;
        atCentre = (mean - flattening, mean + 2 * flattening);
    }

    /// <summary>See <see cref="Potential.Evaluate"/>.</summary>
    [SkipLocalsInit] // Clearing the work space would cost more than a single point does.
    public void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result)
    {
        int order = result.WantsHessian ? 2 : result.WantsGradient ? 1 : 0;
        Span<double> work = stackalloc double[(Radial + (order + 1) * table.Rows) * Chunk];
        Span<double> radial = work[(Radial * Chunk)..];
        for (int start = 0; start < R.Length; start += Chunk)
        {
            int n = Math.Min(Chunk, R.Length - start), whole = (n + VectorMath.Block - 1) / VectorMath.Block * VectorMath.Block;
            R.Slice(start, n).CopyTo(work);
            z.Slice(start, n).CopyTo(work.Slice(Chunk, n));
            work[n..whole].Fill(1);
            work[(Chunk + n)..(Chunk + whole)].Fill(1);
            Geometry(work, whole);
            (bool within, bool beyond) = Locate(work, whole);
            table.Evaluate(work.Slice(Cell * Chunk, whole), work.Slice(Position * Chunk, whole), radial, Chunk, order);
            if (within)
            {
                Tails(work, radial, n, order, outside: false);
            }

            if (beyond)
            {
                Tails(work, radial, n, order, outside: true);
            }

            switch (order)
            {
                case 0:
                    SumValues(work, radial, whole);
                    break;
                case 1:
                    SumGradients(work, radial, whole);
                    break;
                default:
                    SumHessians(work, radial, whole);
                    break;
            }

            PotentialDerivatives part = result.Slice(start, n);
            Copy(work, F, part.Phi);
            Copy(work, F + 1, part.PhiR);
            Copy(work, F + 2, part.PhiZ);
            Copy(work, F + 3, part.PhiRR);
            Copy(work, F + 4, part.PhiRZ);
            Copy(work, F + 5, part.PhiZZ);
        }

        static void Copy(Span<double> work, int row, Span<double> to) => work.Slice(row * Chunk, to.Length).CopyTo(to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Row(ReadOnlySpan<double> work, int row, int i) => VectorMath.Load(work, row * Chunk + i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Span<double> work, int row, int i, Vector<double> value) => VectorMath.Store(value, work, row * Chunk + i);

    /// <summary>From R and z in the first rows: sin theta, cos theta, 1/r, 0 at the centre and else 1, and ln r^2.</summary>
    private static void Geometry(Span<double> work, int whole)
    {
        Vector<double> tiny = new(CentreSquared), tinyR = new(Math.Sqrt(CentreSquared));
        for (int i = 0; i < whole; i += Vector<double>.Count)
        {
            Vector<double> R = Row(work, 0, i), z = Row(work, 1, i);
            Vector<double> r2 = Vector.FusedMultiplyAdd(R, R, z * z);
            Vector<long> centre = Vector.LessThan(r2, tiny);
            R = Vector.ConditionalSelect(centre, tinyR, R);
            z = Vector.ConditionalSelect(centre, Vector<double>.Zero, z);
            r2 = Vector.ConditionalSelect(centre, tiny, r2);
            Vector<double> overR = Vector<double>.One / Vector.SquareRoot(r2);
            Put(work, Sine, i, R * overR);
            Put(work, Cosine, i, z * overR);
            Put(work, OverR, i, overR);
            Put(work, Off, i, Vector.ConditionalSelect(centre, Vector<double>.Zero, Vector<double>.One));
            Put(work, Position, i, r2);
        }

        VectorMath.LogInPlace(work.Slice(Position * Chunk, whole));
    }

    /// <summary>
    /// The cell in ln r and the place there, from ln r^2; beyond the grid that of the nearest cell, with the place counted on.
    /// Returns whether any point lies within the first radius and whether any lies beyond the last.
    /// </summary>
    private (bool Within, bool Beyond) Locate(Span<double> work, int whole)
    {
        Vector<double> half = new(0.5 * inverseStep), shift = new(-logStart * inverseStep), last = new(cellCount - 1), zero = Vector<double>.Zero;
        Vector<long> within = Vector<long>.Zero, beyond = within;
        for (int i = 0; i < whole; i += Vector<double>.Count)
        {
            Vector<double> at = Vector.FusedMultiplyAdd(Row(work, Position, i), half, shift);
            Vector<double> cell = Vector.Floor(Vector.ConditionalSelect(Vector.GreaterThan(at, zero), at, zero));
            cell = Vector.ConditionalSelect(Vector.LessThan(cell, last), cell, last);
            Vector<double> place = at - cell;
            within |= Vector.LessThan(place, zero);
            beyond |= Vector.GreaterThanOrEqual(place, Vector<double>.One);
            Put(work, Position, i, place);
            Put(work, Cell, i, cell);
        }

        return (within != Vector<long>.Zero, beyond != Vector<long>.Zero);
    }

    /// <summary>Radial functions of the points beyond the grid, on one side of it.</summary>
    [SkipLocalsInit]
    private void Tails(ReadOnlySpan<double> work, Span<double> radial, int n, int order, bool outside)
    {
        // The points that are there, packed together, up to a whole vector.
        Span<double> distance = stackalloc double[Chunk];
        Span<int> points = stackalloc int[Chunk];
        double step = 1 / inverseStep;
        int count = 0, width = Vector<double>.Count;
        for (int i = 0; i < n; i++)
        {
            double place = work[Position * Chunk + i];
            points[count] = i;
            distance[count] = (outside ? place - 1 : place) * step;
            count += (outside ? place >= 1 : place < 0) ? 1 : 0;
        }

        distance[count..((count + width - 1) / width * width)].Clear();
        Vector<double> slopes = new(step), curvatures = new(0.5 * step * step);
        for (int j = 0; j < terms; j++)
        {
            ref readonly MultipoleTail tail = ref (outside ? outer : inner)[j];
            for (int k = 0; k < count; k += width)
            {
                tail.Evaluate(VectorMath.Load(distance, k), out Vector<double> f, out Vector<double> first, out Vector<double> second);
                ReadOnlySpan<int> to = points[k..Math.Min(k + width, count)];
                Scatter(f, to, radial[(j * Chunk)..]);
                if (order > 0)
                {
                    Scatter(first * slopes, to, radial[((table.Rows + j) * Chunk)..]);
                }

                if (order > 1)
                {
                    Scatter(second * curvatures, to, radial[((2 * table.Rows + j) * Chunk)..]);
                }
            }
        }

        static void Scatter(Vector<double> values, ReadOnlySpan<int> points, Span<double> to)
        {
            for (int k = 0; k < points.Length; k++)
            {
                to[points[k]] = values[k];
            }
        }
    }

    // Clenshaw's recurrence: S_j = f_j + (a_j y + b_j) S_(j+1) + c_(j+1) S_(j+2), and its derivatives by y.
    private void SumValues(Span<double> work, ReadOnlySpan<double> radial, int whole)
    {
        ReadOnlySpan<double> a = this.a, b = this.b, c = this.c;
        for (int i = 0; i < whole; i += Vector<double>.Count)
        {
            Vector<double> u = Row(work, Cosine, i), y = even ? u * u : u;
            Vector<double> s = Vector<double>.Zero, before = s;
            for (int j = a.Length - 1; j >= 0; j--)
            {
                Vector<double> factor = Vector.FusedMultiplyAdd(new(a[j]), y, new(b[j]));
                Vector<double> next = Vector.FusedMultiplyAdd(factor, s, Vector.FusedMultiplyAdd(new(c[j]), before, Function(radial, j, i)));
                (before, s) = (s, next);
            }

            Put(work, F, i, s);
        }
    }

    private void SumGradients(Span<double> work, ReadOnlySpan<double> radial, int whole)
    {
        ReadOnlySpan<double> a = this.a, b = this.b, c = this.c;
        int rows = table.Rows;
        for (int i = 0; i < whole; i += Vector<double>.Count)
        {
            Vector<double> u = Row(work, Cosine, i), y = even ? u * u : u, zero = Vector<double>.Zero;
            Vector<double> s = zero, sBefore = zero, sy = zero, syBefore = zero, sx = zero, sxBefore = zero;
            for (int j = a.Length - 1; j >= 0; j--)
            {
                Vector<double> aj = new(a[j]), cj = new(c[j]), factor = Vector.FusedMultiplyAdd(aj, y, new(b[j]));
                Vector<double> x = Vector.FusedMultiplyAdd(factor, sx, Vector.FusedMultiplyAdd(cj, sxBefore, Row(radial, rows + j, i)));
                Vector<double> d = Vector.FusedMultiplyAdd(factor, sy, Vector.FusedMultiplyAdd(cj, syBefore, aj * s));
                Vector<double> v = Vector.FusedMultiplyAdd(factor, s, Vector.FusedMultiplyAdd(cj, sBefore, Function(radial, j, i)));
                (sBefore, s, syBefore, sy, sxBefore, sx) = (s, v, sy, d, sx, x);
            }

            PutGradient(work, i, s, sx * new Vector<double>(inverseStep), even ? (u + u) * sy : sy);
        }
    }

    // The monopole's large constant first, so that what is small far out keeps its digits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<double> Function(ReadOnlySpan<double> radial, int j, int i)
        => j > 0 ? Row(radial, j, i) : Row(radial, 0, i) + new Vector<double>(offset);

    private static void PutGradient(Span<double> work, int i, Vector<double> sum, Vector<double> sumX, Vector<double> sumU)
    {
        // x = ln r, u = cos theta: dx/dR = s/r, dx/dz = u/r, du/dR = -u s/r, du/dz = s^2/r.
        Vector<double> s = Row(work, Sine, i), u = Row(work, Cosine, i), overR = Row(work, OverR, i) * Row(work, Off, i);
        Put(work, F, i, sum);
        Put(work, F + 1, i, (sumX - u * sumU) * s * overR);
        Put(work, F + 2, i, (u * sumX + s * s * sumU) * overR);
    }

    private void SumHessians(Span<double> work, ReadOnlySpan<double> radial, int whole)
    {
        ReadOnlySpan<double> a = this.a, b = this.b, c = this.c;
        int rows = table.Rows;
        Vector<double> zero = Vector<double>.Zero, one = Vector<double>.One, three = new(3), centreRR = new(atCentre.RR), centreZZ = new(atCentre.ZZ), perStep = new(inverseStep);
        for (int i = 0; i < whole; i += Vector<double>.Count)
        {
            Vector<double> u = Row(work, Cosine, i), y = even ? u * u : u;
            Vector<double> sum = zero, sBefore = zero, sumU = zero, syBefore = zero, sumUU = zero, syyBefore = zero;
            Vector<double> sumX = zero, sxBefore = zero, sumXU = zero, sxyBefore = zero, sumXX = zero, sxxBefore = zero;
            for (int j = a.Length - 1; j >= 0; j--)
            {
                Vector<double> aj = new(a[j]), cj = new(c[j]), factor = Vector.FusedMultiplyAdd(aj, y, new(b[j]));
                Vector<double> xx = Vector.FusedMultiplyAdd(factor, sumXX, Vector.FusedMultiplyAdd(cj, sxxBefore, Row(radial, 2 * rows + j, i)));
                Vector<double> xd = Vector.FusedMultiplyAdd(factor, sumXU, Vector.FusedMultiplyAdd(cj, sxyBefore, aj * sumX));
                Vector<double> x = Vector.FusedMultiplyAdd(factor, sumX, Vector.FusedMultiplyAdd(cj, sxBefore, Row(radial, rows + j, i)));
                Vector<double> dd = Vector.FusedMultiplyAdd(factor, sumUU, Vector.FusedMultiplyAdd(cj, syyBefore, (aj + aj) * sumU));
                Vector<double> d = Vector.FusedMultiplyAdd(factor, sumU, Vector.FusedMultiplyAdd(cj, syBefore, aj * sum));
                Vector<double> v = Vector.FusedMultiplyAdd(factor, sum, Vector.FusedMultiplyAdd(cj, sBefore, Function(radial, j, i)));
                (sBefore, sum, syBefore, sumU, syyBefore, sumUU) = (sum, v, sumU, d, sumUU, dd);
                (sxBefore, sumX, sxyBefore, sumXU, sxxBefore, sumXX) = (sumX, x, sumXU, xd, sumXX, xx);
            }

            if (even)
            {
                // From derivatives by u^2.
                sumUU = Vector.FusedMultiplyAdd(new Vector<double>(4) * y, sumUU, sumU + sumU);
                (sumU, sumXU) = ((u + u) * sumU, (u + u) * sumXU);
            }

            (sumX, sumXU, sumXX) = (sumX * perStep, sumXU * perStep, (sumXX + sumXX) * perStep * perStep);
            PutGradient(work, i, sum, sumX, sumU);
            Vector<double> s = Row(work, Sine, i), overR = Row(work, OverR, i);
            Vector<double> s2 = s * s, u2 = u * u, over2 = overR * overR, uR = -u * s;
            Vector<double> rr = sumXX * s2 + sumXU * (s * uR + s * uR) + sumUU * uR * uR
                + sumX * (one - s2 - s2) + sumU * u * (three * s2 - one);
            Vector<double> rz = sumXX * s * u + sumXU * (s * s2 + u * uR) + sumUU * uR * s2
                - (sumX + sumX) * s * u + sumU * s * (three * u2 - one);
            Vector<double> zz = sumXX * u2 + sumXU * (u + u) * s2 + sumUU * s2 * s2
                + sumX * (one - u2 - u2) - three * sumU * u * s2;
            Vector<double> off = Row(work, Off, i);
            Vector<long> centre = Vector.Equals(off, zero);
            Put(work, F + 3, i, Vector.ConditionalSelect(centre, centreRR, rr * over2));
            Put(work, F + 4, i, rz * over2 * off);
            Put(work, F + 5, i, Vector.ConditionalSelect(centre, centreZZ, zz * over2));
        }
    }
}
