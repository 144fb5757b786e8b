using System.Numerics;
using Oort.Numerics;

namespace Oort.Models;

/// <summary>
/// Integrals of a distribution function over the part of a <see cref="VelocityBox"/> on one side of a plane: cumulative distributions of the velocity along any direction. f is integrated over
/// the cells of the lines of nodes along the axis of the box that is nearest to the direction; the lines, each shifted by what its other two velocities have along the direction, are summed. A shift by a fraction of
/// a cell interpolates a line's cumulative distribution by polynomials through six edges. Keeps scratch space: one instance serves one thread.
/// </summary>
internal sealed class BoxProjection
{
    private const int Points = 6;

    private readonly VelocityBox box;
    private readonly int lanes = Vector<double>.Count;
    private readonly double[] f, nodes, row, lineWeights, stencils, weightR, weightR1, weightR2;
    private readonly double[] shifts;
    private readonly int[] firsts;
    private double[] forward = [], mirrored = [];
    private double side, meanPhi2, meanR2, meanZ2, meanRZ;

    public BoxProjection(VelocityBox box)
    {
        this.box = box;
        int longest = Math.Max(box.R.Count, Math.Max(box.Z.Count, box.Phi.Count)), cells = Math.Max(box.R.Cells, Math.Max(box.Z.Cells, box.Phi.Cells));
        int most = Padded(Math.Max(box.Phi.Count * box.HalfZ, Math.Max(box.HalfZ * box.R.Count, box.Phi.Count * HalfR)));
        f = new double[box.Count + lanes];
        nodes = new double[longest];
        row = new double[cells + 2 * Points + 3 * lanes];
        (lineWeights, shifts, firsts) = (new double[most], new double[2 * most], new int[2 * most]);
        stencils = new double[2 * most * Points];
        (weightR, weightR1, weightR2) = (new double[Padded(box.R.Count)], new double[Padded(box.R.Count)], new double[Padded(box.R.Count)]);
        for (int i = 0; i < box.R.Count; i++)
        {
            double w = box.R.Weights[i], v = box.R.V[i];
            (weightR[i], weightR1[i], weightR2[i]) = (w, w * v, w * v * v);
        }
    }

    private int HalfR => (box.R.Count + 1) / 2;

    /// <summary>f at the nodes, to be filled in before <see cref="Loaded"/>.</summary>
    public Span<double> F => f.AsSpan(0, box.Count);

    /// <summary>Integral of f: density, Msun/kpc^3.</summary>
    public double Density { get; private set; }

    /// <summary>Mean v_phi, km/s.</summary>
    public double MeanPhi { get; private set; }

    /// <summary>Takes over what has been filled in.</summary>
    /// <param name="below">Whether it is that of the same place above the plane.</param>
    public void Loaded(bool below)
    {
        side = below ? -1 : 1;
        double sum = 0, phi = 0, phi2 = 0, r2 = 0, z2 = 0, rz = 0;
        int at = 0, middle = box.Z.Count / 2;
        for (int j = 0; j < box.Phi.Count; j++)
        {
            double s0 = 0, sR = 0, sZ = 0, sRZ = 0;
            for (int k = 0; k < box.HalfZ; k++, at += box.R.Count)
            {
                double vz = box.Z.V[middle + k], w = box.Z.Weights[middle + k] * (k == 0 ? 1 : 2);
                Vector<double> a = Vector<double>.Zero, b = a, c = a;
                for (int i = 0; i < weightR.Length; i += lanes)
                {
                    Vector<double> value = VectorMath.Load(f, at + i);
                    a = Vector.FusedMultiplyAdd(value, VectorMath.Load(weightR, i), a);
                    b = Vector.FusedMultiplyAdd(value, VectorMath.Load(weightR1, i), b);
                    c = Vector.FusedMultiplyAdd(value, VectorMath.Load(weightR2, i), c);
                }

                double none = w * Vector.Sum(a);
                s0 += none;
                sR += w * Vector.Sum(c);
                sZ += none * vz * vz;
                sRZ += w * Vector.Sum(b) * vz;
            }

            double vphi = box.Phi.V[j], wphi = box.Phi.Weights[j];
            sum += wphi * s0;
            phi += wphi * s0 * vphi;
            phi2 += wphi * s0 * vphi * vphi;
            r2 += wphi * sR;
            z2 += wphi * sZ;
            rz += wphi * sRZ;
        }

        (Density, MeanPhi, meanPhi2, meanR2, meanZ2, meanRZ) = (sum, phi / sum, phi2 / sum, r2 / sum, z2 / sum, side * rz / sum);
    }

    /// <summary>Mean square velocity along a direction.</summary>
    public double MeanSquare(double nR, double nZ, double nPhi)
        => nR * nR * meanR2 + nZ * nZ * meanZ2 + nPhi * nPhi * meanPhi2 + 2 * nR * nZ * meanRZ;

    /// <summary>Adds a weight times the integral of f over the velocities whose component along a direction is below each of some limits.</summary>
    /// <param name="nR">Component of the direction along R, outwards.</param>
    /// <param name="nZ">Along z.</param>
    /// <param name="nPhi">With rotation.</param>
    /// <param name="limits">Limits, km/s, ascending.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="cumulative">Added to.</param>
    public void Add(double nR, double nZ, double nPhi, ReadOnlySpan<double> limits, double weight, Span<double> cumulative)
    {
        nZ *= side;
        double inR = Math.Abs(nR) * box.R.Finest, inZ = Math.Abs(nZ) * box.Z.Finest, inPhi = Math.Abs(nPhi) * box.Phi.Finest;
        BoxAxis axis = inR >= inZ && inR >= inPhi ? box.R : inPhi >= inZ ? box.Phi : box.Z;

        // Along the axis the component is to be positive, if need be that in the opposite direction.
        double n = axis == box.R ? nR : axis == box.Phi ? nPhi : nZ, sign = n < 0 ? -1 : 1;
        (nR, nZ, nPhi, n) = (sign * nR, sign * nZ, sign * nPhi, Math.Abs(n));
        double first = axis == box.R ? AlongR(nR, nZ, nPhi) : axis == box.Phi ? AlongPhi(nR, nZ, nPhi) : AlongZ(nR, nZ, nPhi);
        Cumulate(forward);
        Cumulate(mirrored);
        double turned = mirrored[^1], total = forward[^1] + turned, width = n * axis.CellWidth;
        for (int m = 0; m < limits.Length; m++)
        {
            double x = sign * limits[m] / width, below = At(forward, x - first) + turned - At(mirrored, -x - first);
            cumulative[m] += weight * (sign < 0 ? total - below : below);
        }
    }

    /// <summary>Lines along v_R, one for each v_phi and v_z >= 0; those at -v_z are the same turned round.</summary>
    private double AlongR(double nR, double nZ, double nPhi)
    {
        int count = box.Phi.Count * box.HalfZ, stride = Padded(count), middle = box.Z.Count / 2;
        for (int j = 0, line = 0; j < box.Phi.Count; j++)
        {
            double inPhi = nPhi * box.Phi.V[j], w = box.Phi.Weights[j];
            for (int k = 0; k < box.HalfZ; k++, line++)
            {
                double inZ = nZ * box.Z.V[middle + k];
                lineWeights[line] = w * box.Z.Weights[middle + k] * (k == 0 ? 0.5 : 1);
                (shifts[line], shifts[stride + line]) = (inZ + inPhi, inZ - inPhi);
            }
        }

        double first = Begin(box.R, nR, count);
        for (int line = 0; line < count; line++)
        {
            Line(box.R, f.AsSpan(line * box.R.Count, box.R.Count), line, stride, mirrored);
        }

        return first;
    }

    /// <summary>Lines along v_phi, one for each v_z >= 0 and v_R; those at -v_z and -v_R are the same.</summary>
    private double AlongPhi(double nR, double nZ, double nPhi)
    {
        int count = box.HalfZ * box.R.Count, stride = Padded(count), middle = box.Z.Count / 2;
        for (int k = 0, line = 0; k < box.HalfZ; k++)
        {
            double inZ = nZ * box.Z.V[middle + k], w = box.Z.Weights[middle + k] * (k == 0 ? 0.5 : 1);
            for (int i = 0; i < box.R.Count; i++, line++)
            {
                double shift = inZ + nR * box.R.V[i];
                lineWeights[line] = w * box.R.Weights[i];
                (shifts[line], shifts[stride + line]) = (shift, -shift);
            }
        }

        double first = Begin(box.Phi, nPhi, count);
        Span<double> own = nodes.AsSpan(0, box.Phi.Count);
        for (int line = 0; line < count; line++)
        {
            for (int j = 0, at = line; j < own.Length; j++, at += count)
            {
                own[j] = f[at];
            }

            Line(box.Phi, own, line, stride, forward);
        }

        return first;
    }

    /// <summary>Lines along v_z, one for each v_phi and v_R >= 0; those at -v_R are the same turned round.</summary>
    private double AlongZ(double nR, double nZ, double nPhi)
    {
        int half = HalfR, middleR = box.R.Count / 2, middle = box.Z.Count / 2, count = box.Phi.Count * half, stride = Padded(count);
        for (int j = 0, line = 0; j < box.Phi.Count; j++)
        {
            double inPhi = nPhi * box.Phi.V[j], w = box.Phi.Weights[j];
            for (int i = 0; i < half; i++, line++)
            {
                double inR = nR * box.R.V[middleR + i];
                lineWeights[line] = w * box.R.Weights[middleR + i] * (i == 0 ? 0.5 : 1);
                (shifts[line], shifts[stride + line]) = (inR + inPhi, inR - inPhi);
            }
        }

        double first = Begin(box.Z, nZ, count);
        Span<double> own = nodes.AsSpan(0, box.Z.Count);
        for (int j = 0, line = 0; j < box.Phi.Count; j++)
        {
            for (int i = 0; i < half; i++, line++)
            {
                for (int k = 0, at = j * box.HalfZ * box.R.Count + middleR; k <= middle; k++, at += box.R.Count)
                {
                    (own[middle + k], own[middle - k]) = (f[at + i], f[at - i]);
                }

                own[middle] = f[j * box.HalfZ * box.R.Count + middleR + i];
                Line(box.Z, own, line, stride, mirrored);
            }
        }

        return first;
    }

    private int Padded(int count) => (count + lanes - 1) / lanes * lanes;

    /// <summary>Turns shifts into whole cells and the weights of the six edges around the rest; gives where the first cell begins, in cells from zero.</summary>
    private double Begin(BoxAxis axis, double n, int count)
    {
        int stride = Padded(count);
        shifts.AsSpan(count, stride - count).Fill(shifts[0]);
        shifts.AsSpan(stride + count, stride - count).Fill(shifts[0]);
        lineWeights.AsSpan(count, stride - count).Clear();
        double inverse = 1 / (n * axis.CellWidth);
        Vector<double> least = new(double.PositiveInfinity), most = new(double.NegativeInfinity);
        for (int i = 0; i < 2 * stride; i += lanes)
        {
            Vector<double> s = VectorMath.Load(shifts, i) * inverse;
            (least, most) = (Vector.Min(least, s), Vector.Max(most, s));
            VectorMath.Store(s, shifts, i);
        }

        double lowest = double.PositiveInfinity, highest = double.NegativeInfinity;
        for (int lane = 0; lane < lanes; lane++)
        {
            (lowest, highest) = (Math.Min(lowest, least[lane]), Math.Max(highest, most[lane]));
        }

        lowest = Math.Floor(lowest);
        int size = (int)(Math.Floor(highest) - lowest) + axis.Cells + Points;
        if (forward.Length != size + lanes)
        {
            (forward, mirrored) = (new double[size + lanes], new double[size + lanes]);
        }

        Array.Clear(forward);
        Array.Clear(mirrored);
        Span<double> d = stackalloc double[lanes];
        for (int i = 0; i < 2 * stride; i += lanes)
        {
            Vector<double> s = VectorMath.Load(shifts, i) - new Vector<double>(lowest), whole = Vector.Floor(s), t = s - whole, w = VectorMath.Load(lineWeights, i % stride);
            whole.CopyTo(d);
            for (int lane = 0; lane < lanes; lane++)
            {
                firsts[i + lane] = (int)d[lane];
            }

            // Lagrange's polynomials of the nodes -3, ..., 2 at -t.
            Vector<double> x = -t, a = x + new Vector<double>(3), b = x + new Vector<double>(2), c = x + Vector<double>.One, e = x - Vector<double>.One, g = x - new Vector<double>(2);
            Vector<double> ab = a * b, cx = c * x, eg = e * g, cxeg = cx * eg * w, abeg = ab * eg * w, abcx = ab * cx * w;
            int at = i * Points;
            VectorMath.Store(b * cxeg * (-1.0 / 120), stencils, at);
            VectorMath.Store(a * cxeg * (1.0 / 24), stencils, at + lanes);
            VectorMath.Store(x * abeg * (-1.0 / 12), stencils, at + 2 * lanes);
            VectorMath.Store(c * abeg * (1.0 / 12), stencils, at + 3 * lanes);
            VectorMath.Store(g * abcx * (-1.0 / 24), stencils, at + 4 * lanes);
            VectorMath.Store(e * abcx * (1.0 / 120), stencils, at + 5 * lanes);
        }

        Array.Clear(row);
        return lowest + axis.V[0] / axis.CellWidth - (Points / 2 - 1);
    }

    private void Line(BoxAxis axis, ReadOnlySpan<double> values, int line, int stride, double[] other)
    {
        axis.Integrate(values, row.AsSpan(Points - 1));
        Deposit(axis.Cells, line, forward);
        Deposit(axis.Cells, stride + line, other);
    }

    /// <summary>Adds the row, shifted.</summary>
    private void Deposit(int cells, int line, double[] to)
    {
        int first = firsts[line], at = line / lanes * lanes * Points + line % lanes;
        Vector<double> c0 = new(stencils[at]), c1 = new(stencils[at + lanes]), c2 = new(stencils[at + 2 * lanes]);
        Vector<double> c3 = new(stencils[at + 3 * lanes]), c4 = new(stencils[at + 4 * lanes]), c5 = new(stencils[at + 5 * lanes]);
        for (int r = 0; r < cells + Points - 1; r += lanes)
        {
            Vector<double> sum = VectorMath.Load(to, first + r), even = c0 * VectorMath.Load(row, r);
            sum = Vector.FusedMultiplyAdd(c1, VectorMath.Load(row, r + 1), sum);
            even = Vector.FusedMultiplyAdd(c2, VectorMath.Load(row, r + 2), even);
            sum = Vector.FusedMultiplyAdd(c3, VectorMath.Load(row, r + 3), sum);
            even = Vector.FusedMultiplyAdd(c4, VectorMath.Load(row, r + 4), even);
            sum = Vector.FusedMultiplyAdd(c5, VectorMath.Load(row, r + 5), sum);
            VectorMath.Store(sum + even, to, first + r);
        }
    }

    private static void Cumulate(double[] cells)
    {
        double sum = 0;
        for (int i = 0; i < cells.Length; i++)
        {
            double cell = cells[i];
            cells[i] = sum;
            sum += cell;
        }
    }

    /// <summary>A cumulative distribution at a place between its edges, in units of their distance.</summary>
    private static double At(double[] cumulative, double x)
    {
        if (!(x > 0))
        {
            return 0;
        }

        if (x >= cumulative.Length - 1)
        {
            return cumulative[^1];
        }

        int start = Math.Clamp((int)x - (Points / 2 - 1), 0, cumulative.Length - Points);
        Span<double> weights = stackalloc double[Points];
        UniformStencil.Value(x - start, weights);
        double sum = 0;
        for (int k = 0; k < Points; k++)
        {
            sum += weights[k] * cumulative[start + k];
        }

        return sum;
    }
}
