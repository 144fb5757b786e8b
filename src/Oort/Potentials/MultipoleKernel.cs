using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Oort.Numerics;

namespace Oort.Potentials;

/// <summary>
/// Evaluates a sum of f_l(ln r) P_l(cos theta) at batches of points. The coefficients of a radial cell lie
/// together, degree by degree, so that a point's f_l come from contiguous loads; the sums over l run over points.
/// </summary>
internal sealed class MultipoleKernel
{
    private const int Chunk = 64;
    private const int Powers = QuinticSpline.CoefficientsPerCell;

    // Below this r^2 a point counts as the centre, approached along the plane.
    private const double CentreSquared = 1e-200;

    private readonly int lmax;
    private readonly int step; // 2 where only even l occur
    private readonly int terms;
    private readonly int padded; // terms, rounded up to whole vectors
    private readonly int cellCount;
    private readonly double logStart;
    private readonly double inverseStep;
    private readonly double offset;
    private readonly double[] cells; // [cell][power of t][term], t = 0..1 across the cell
    private readonly MultipoleTail[] inner;
    private readonly MultipoleTail[] outer;

    /// <summary>Takes coefficients on a grid equally spaced in ln r.</summary>
    public MultipoleKernel(MultipoleCoefficients coefficients)
    {
        step = coefficients.IsEven ? 2 : 1;
        offset = coefficients.Offset;
        terms = (coefficients.Values.Length - 1) / step + 1;
        lmax = (terms - 1) * step;
        padded = (terms + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        double[] x = coefficients.LogRadii;
        cellCount = x.Length - 1;
        logStart = x[0];
        double h = (x[^1] - x[0]) / cellCount;
        inverseStep = 1 / h;
        cells = new double[cellCount * Powers * padded];
        inner = new MultipoleTail[terms];
        outer = new MultipoleTail[terms];
        for (int j = 0; j < terms; j++)
        {
            int l = j * step;
            double[] values = coefficients.Values[l], slopes = coefficients.Slopes[l];
            inner[j] = MultipoleTail.Make(l, values, slopes, h, false, offset);
            outer[j] = MultipoleTail.Make(l, values, slopes, h, true, offset);
            QuinticSpline spline = new(x, values, slopes, inner[j].SecondAtEnd, outer[j].SecondAtEnd);
            for (int i = 0; i < cellCount; i++)
            {
                ReadOnlySpan<double> c = spline.Coefficients(i);
                double scale = 1;
                for (int k = 0; k < Powers; k++, scale *= h)
                {
                    cells[(i * Powers + k) * padded + j] = c[k] * scale;
                }
            }
        }
    }

    /// <summary>See <see cref="Potential.Evaluate"/>.</summary>
    [SkipLocalsInit] // Clearing the work space would cost more than a single point does.
    public void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result)
    {
        int order = result.WantsHessian ? 2 : result.WantsGradient ? 1 : 0;
        int width = Vector<double>.Count;
        // Five geometry rows, six results, then the radial functions: value, slope, second derivative of every term.
        Span<double> work = stackalloc double[(11 + 3 * terms) * Chunk + 3 * padded];
        Span<double> output = work.Slice(5 * Chunk, 6 * Chunk);
        Span<double> radial = work[(11 * Chunk)..];
        for (int start = 0; start < R.Length; start += Chunk)
        {
            int n = Math.Min(Chunk, R.Length - start), whole = (n + width - 1) / width * width;
            R.Slice(start, n).CopyTo(work);
            z.Slice(start, n).CopyTo(work.Slice(Chunk, n));
            work[n..whole].Fill(1);
            work[(Chunk + n)..(Chunk + whole)].Fill(1);
            Geometry(work, whole);
            RadialFunctions(work.Slice(4 * Chunk, n), radial, order);
            switch (order)
            {
                case 0:
                    SumValues(work, radial, output, whole);
                    break;
                case 1:
                    SumGradients(work, radial, output, whole);
                    break;
                default:
                    SumHessians(work, radial, output, whole);
                    break;
            }

            PotentialDerivatives part = result.Slice(start, n);
            Copy(output, 0, part.Phi);
            Copy(output, 1, part.PhiR);
            Copy(output, 2, part.PhiZ);
            Copy(output, 3, part.PhiRR);
            Copy(output, 4, part.PhiRZ);
            Copy(output, 5, part.PhiZZ);
        }

        static void Copy(Span<double> output, int row, Span<double> to) => output.Slice(row * Chunk, to.Length).CopyTo(to);
    }

    private static Vector<double> Row(Span<double> work, int row, int i)
        => Vector.LoadUnsafe(ref MemoryMarshal.GetReference(work), (nuint)(row * Chunk + i));

    private static void Put(Span<double> work, int row, int i, Vector<double> value)
        => value.StoreUnsafe(ref MemoryMarshal.GetReference(work), (nuint)(row * Chunk + i));

    /// <summary>Rows 0-4 from R, z: sin theta, cos theta, 1/r, 1 or 0 at the centre, and (ln r - ln r_0)/h.</summary>
    private void Geometry(Span<double> work, int whole)
    {
        Vector<double> tiny = new(CentreSquared), tinyR = new(Math.Sqrt(CentreSquared));
        Vector<double> half = new(0.5 * inverseStep), shift = new(logStart * inverseStep);
        for (int i = 0; i < whole; i += Vector<double>.Count)
        {
            Vector<double> R = Row(work, 0, i), z = Row(work, 1, i);
            Vector<double> r2 = R * R + z * z;
            Vector<long> centre = Vector.LessThan(r2, tiny);
            R = Vector.ConditionalSelect(centre, tinyR, R);
            z = Vector.ConditionalSelect(centre, Vector<double>.Zero, z);
            r2 = Vector.ConditionalSelect(centre, tiny, r2);
            Vector<double> overR = Vector<double>.One / Vector.SquareRoot(r2);
            Put(work, 0, i, R * overR);
            Put(work, 1, i, z * overR);
            Put(work, 2, i, overR);
            Put(work, 3, i, Vector.ConditionalSelect(centre, Vector<double>.Zero, Vector<double>.One));
            Put(work, 4, i, Vector.Log(r2) * half - shift);
        }
    }

    /// <summary>Radial functions and derivatives in ln r of each point, as rows of points.</summary>
    private void RadialFunctions(ReadOnlySpan<double> position, Span<double> radial, int order)
    {
        int rows = terms * Chunk;
        Span<double> lane = radial[(3 * rows)..];
        for (int i = 0; i < position.Length; i++)
        {
            double at = position[i];
            if (at >= 0 && at < cellCount)
            {
                int cell = (int)at;
                Horner(cell, at - cell, lane, order);
                for (int j = 0; j < terms; j++)
                {
                    radial[j * Chunk + i] = lane[j];
                }

                if (order > 0)
                {
                    for (int j = 0; j < terms; j++)
                    {
                        radial[rows + j * Chunk + i] = lane[padded + j];
                    }
                }

                if (order > 1)
                {
                    for (int j = 0; j < terms; j++)
                    {
                        radial[2 * rows + j * Chunk + i] = lane[2 * padded + j];
                    }
                }
            }
            else
            {
                bool outside = at >= cellCount;
                MultipoleTail[] tails = outside ? outer : inner;
                double y = (outside ? at - cellCount : at) / inverseStep;
                for (int j = 0; j < terms; j++)
                {
                    int k = j * Chunk + i;
                    (radial[k], radial[rows + k], radial[2 * rows + k]) = tails[j].Evaluate(y);
                }
            }
        }
    }

    private void Horner(int cell, double t, Span<double> lane, int order)
    {
        ref double c = ref cells[cell * Powers * padded];
        ref double to = ref MemoryMarshal.GetReference(lane);
        Vector<double> tt = new(t), scale = new(inverseStep), scale2 = new(2 * inverseStep * inverseStep);
        for (int j = 0; j < padded; j += Vector<double>.Count)
        {
            Vector<double> p = Vector.LoadUnsafe(ref c, (nuint)((Powers - 1) * padded + j));
            Vector<double> d = Vector<double>.Zero, s = Vector<double>.Zero;
            for (int k = Powers - 2; k >= 0; k--)
            {
                if (order > 1)
                {
                    s = Vector.MultiplyAddEstimate(s, tt, d);
                }

                if (order > 0)
                {
                    d = Vector.MultiplyAddEstimate(d, tt, p);
                }

                p = Vector.MultiplyAddEstimate(p, tt, Vector.LoadUnsafe(ref c, (nuint)(k * padded + j)));
            }

            p.StoreUnsafe(ref to, (nuint)j);
            (d * scale).StoreUnsafe(ref to, (nuint)(padded + j));
            (s * scale2).StoreUnsafe(ref to, (nuint)(2 * padded + j));
        }
    }

    private void SumValues(Span<double> work, Span<double> radial, Span<double> output, int whole)
    {
        for (int i = 0; i < whole; i += Vector<double>.Count)
        {
            Vector<double> u = Row(work, 1, i), p = Vector<double>.One, before = Vector<double>.Zero;
            Vector<double> sum = new(offset);
            for (int l = 0, j = 0, skip = 0; l <= lmax; l++)
            {
                if (skip == 0)
                {
                    sum = Vector.MultiplyAddEstimate(Row(radial, j++, i), p, sum);
                    skip = step;
                }

                skip--;
                Vector<double> next = u * p * new Vector<double>((2 * l + 1.0) / (l + 1)) - before * new Vector<double>(l / (l + 1.0));
                (before, p) = (p, next);
            }

            Put(output, 0, i, sum);
        }
    }

    private void SumGradients(Span<double> work, Span<double> radial, Span<double> output, int whole)
    {
        for (int i = 0; i < whole; i += Vector<double>.Count)
        {
            Vector<double> u = Row(work, 1, i);
            Vector<double> p = Vector<double>.One, pBefore = Vector<double>.Zero, d = Vector<double>.Zero, dBefore = Vector<double>.Zero;
            Vector<double> sum = new(offset), sumX = Vector<double>.Zero, sumU = Vector<double>.Zero;
            for (int l = 0, j = 0, skip = 0; l <= lmax; l++)
            {
                if (skip == 0)
                {
                    Vector<double> f = Row(radial, j, i);
                    sum = Vector.MultiplyAddEstimate(f, p, sum);
                    sumU = Vector.MultiplyAddEstimate(f, d, sumU);
                    sumX = Vector.MultiplyAddEstimate(Row(radial, terms + j++, i), p, sumX);
                    skip = step;
                }

                skip--;
                Vector<double> dNext = Vector.MultiplyAddEstimate(new Vector<double>(2 * l + 1), p, dBefore);
                Vector<double> pNext = u * p * new Vector<double>((2 * l + 1.0) / (l + 1)) - pBefore * new Vector<double>(l / (l + 1.0));
                (pBefore, p, dBefore, d) = (p, pNext, d, dNext);
            }

            PutGradient(work, output, i, sum, sumX, sumU);
        }
    }

    private static void PutGradient(Span<double> work, Span<double> output, int i, Vector<double> sum, Vector<double> sumX, Vector<double> sumU)
    {
        // x = ln r, u = cos theta: dx/dR = s/r, dx/dz = u/r, du/dR = -u s/r, du/dz = s^2/r.
        Vector<double> s = Row(work, 0, i), u = Row(work, 1, i), overR = Row(work, 2, i) * Row(work, 3, i);
        Put(output, 0, i, sum);
        Put(output, 1, i, (sumX - u * sumU) * s * overR);
        Put(output, 2, i, (u * sumX + s * s * sumU) * overR);
    }

    private void SumHessians(Span<double> work, Span<double> radial, Span<double> output, int whole)
    {
        for (int i = 0; i < whole; i += Vector<double>.Count)
        {
            Vector<double> u = Row(work, 1, i), zero = Vector<double>.Zero;
            Vector<double> p = Vector<double>.One, pBefore = zero, d = zero, dBefore = zero, e = zero, eBefore = zero;
            Vector<double> sum = new(offset), sumX = zero, sumU = zero, sumXX = zero, sumXU = zero, sumUU = zero;
            for (int l = 0, j = 0, skip = 0; l <= lmax; l++)
            {
                if (skip == 0)
                {
                    Vector<double> f = Row(radial, j, i), g = Row(radial, terms + j, i);
                    sum = Vector.MultiplyAddEstimate(f, p, sum);
                    sumX = Vector.MultiplyAddEstimate(g, p, sumX);
                    sumU = Vector.MultiplyAddEstimate(f, d, sumU);
                    sumXX = Vector.MultiplyAddEstimate(Row(radial, 2 * terms + j++, i), p, sumXX);
                    sumXU = Vector.MultiplyAddEstimate(g, d, sumXU);
                    sumUU = Vector.MultiplyAddEstimate(f, e, sumUU);
                    skip = step;
                }

                skip--;
                Vector<double> odd = new(2 * l + 1);
                Vector<double> eNext = Vector.MultiplyAddEstimate(odd, d, eBefore);
                Vector<double> dNext = Vector.MultiplyAddEstimate(odd, p, dBefore);
                Vector<double> pNext = u * p * new Vector<double>((2 * l + 1.0) / (l + 1)) - pBefore * new Vector<double>(l / (l + 1.0));
                (pBefore, p, dBefore, d, eBefore, e) = (p, pNext, d, dNext, e, eNext);
            }

            PutGradient(work, output, i, sum, sumX, sumU);
            Vector<double> s = Row(work, 0, i), overR = Row(work, 2, i), one = Vector<double>.One, three = new(3);
            Vector<double> s2 = s * s, u2 = u * u, over2 = overR * overR, uR = -u * s;
            Vector<double> rr = sumXX * s2 + sumXU * (s * uR + s * uR) + sumUU * uR * uR
                + sumX * (one - s2 - s2) + sumU * u * (three * s2 - one);
            Vector<double> rz = sumXX * s * u + sumXU * (s * s2 + u * uR) + sumUU * uR * s2
                - (sumX + sumX) * s * u + sumU * s * (three * u2 - one);
            Vector<double> zz = sumXX * u2 + sumXU * (u + u) * s2 + sumUU * s2 * s2
                + sumX * (one - u2 - u2) - three * sumU * u * s2;
            Put(output, 3, i, rr * over2);
            Put(output, 4, i, rz * over2 * Row(work, 3, i));
            Put(output, 5, i, zz * over2);
        }
    }
}
