using System.Numerics;

namespace Oort.Models;

/// <summary>
/// Integrals of a distribution function over the part of a <see cref="VelocityBox"/> on one side of a plane: cumulative distributions of the velocity along any direction. Across the
/// direction nearest to it f is summed over lines of nodes; along a line, its integral is the polynomial of the fifth degree with the integrals, values and slopes of f at the nodes. Keeps scratch space: one
/// instance serves one thread.
/// </summary>
internal sealed class BoxProjection
{
    // Lines that together have less than this share of f are left out.
    private const double LeastShare = 3e-6;

    private readonly VelocityBox box;
    private readonly double[] f, lines, lineWeights, firstShift, secondShift, integral, value, slope;
    private readonly int lanes = Vector<double>.Count;
    private double side, meanPhi2, meanR2, meanZ2, meanRZ;

    public BoxProjection(VelocityBox box)
    {
        this.box = box;
        int longest = Math.Max(box.R.Count, Math.Max(box.Z.Count, box.Phi.Count)), most = box.R.Count * box.Z.Count * box.Phi.Count / Math.Min(box.R.Count, Math.Min(box.Z.Count, box.Phi.Count)) + lanes;
        f = new double[box.Count];
        lines = new double[longest * most];
        (lineWeights, firstShift, secondShift) = (new double[most], new double[most], new double[most]);
        (integral, value, slope) = (new double[longest * lanes], new double[longest * lanes], new double[longest * lanes]);
    }

    /// <summary>f at the nodes, to be filled in before <see cref="Loaded"/>.</summary>
    public Span<double> F => f;

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
            for (int k = 0; k < box.HalfZ; k++)
            {
                double vz = box.Z.V[middle + k], w = box.Z.Weights[middle + k] * (k == 0 ? 1 : 2), a = 0, b = 0, c = 0;
                for (int i = 0; i < box.R.Count; i++, at++)
                {
                    double g = box.R.Weights[i] * f[at], v = box.R.V[i];
                    a += g;
                    b += g * v;
                    c += g * v * v;
                }

                s0 += w * a;
                sR += w * c;
                sZ += w * a * vz * vz;
                sRZ += w * b * vz;
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
        if (inR >= inZ && inR >= inPhi)
        {
            Run(box.R, AlongR(nZ, nPhi), nR, -nR, limits, weight, cumulative);
        }
        else if (inPhi >= inZ)
        {
            Run(box.Phi, AlongPhi(nR, nZ), nPhi, nPhi, limits, weight, cumulative);
        }
        else
        {
            Run(box.Z, AlongZ(nR, nPhi), nZ, -nZ, limits, weight, cumulative);
        }
    }

    /// <summary>Lines along v_R, one for each v_phi and v_z >= 0; the second shift is that of the line at -v_z turned round.</summary>
    private int AlongR(double nZ, double nPhi)
    {
        int count = box.Phi.Count * box.HalfZ, stride = Padded(count), middle = box.Z.Count / 2;
        for (int line = 0; line < count; line++)
        {
            (int j, int k) = Math.DivRem(line, box.HalfZ);
            for (int i = 0; i < box.R.Count; i++)
            {
                lines[i * stride + line] = f[line * box.R.Count + i];
            }

            lineWeights[line] = box.Phi.Weights[j] * box.Z.Weights[middle + k] * (k == 0 ? 0.5 : 1);
            (firstShift[line], secondShift[line]) = (nPhi * box.Phi.V[j] + nZ * box.Z.V[middle + k], nPhi * box.Phi.V[j] - nZ * box.Z.V[middle + k]);
        }

        return count;
    }

    /// <summary>Lines along v_phi, one for each v_z >= 0 and v_R, and their mirror images.</summary>
    private int AlongPhi(double nR, double nZ)
    {
        int count = box.HalfZ * box.R.Count, stride = Padded(count), middle = box.Z.Count / 2;
        for (int j = 0; j < box.Phi.Count; j++)
        {
            f.AsSpan(j * count, count).CopyTo(lines.AsSpan(j * stride));
        }

        for (int line = 0; line < count; line++)
        {
            (int k, int i) = Math.DivRem(line, box.R.Count);
            double shift = nR * box.R.V[i] + nZ * box.Z.V[middle + k];
            lineWeights[line] = box.R.Weights[i] * box.Z.Weights[middle + k] * (k == 0 ? 0.5 : 1);
            (firstShift[line], secondShift[line]) = (shift, -shift);
        }

        return count;
    }

    /// <summary>Lines along v_z, one for each v_phi and v_R >= 0; the second shift is that of the line at -v_R turned round.</summary>
    private int AlongZ(double nR, double nPhi)
    {
        int half = (box.R.Count + 1) / 2, middleR = box.R.Count / 2, middle = box.Z.Count / 2, count = box.Phi.Count * half, stride = Padded(count);
        for (int line = 0; line < count; line++)
        {
            (int j, int i) = Math.DivRem(line, half);
            for (int k = 0; k < box.Z.Count; k++)
            {
                int up = Math.Abs(k - middle);
                lines[k * stride + line] = f[(j * box.HalfZ + up) * box.R.Count + middleR + (k < middle ? -i : i)];
            }

            lineWeights[line] = box.Phi.Weights[j] * box.R.Weights[middleR + i] * (i == 0 ? 0.5 : 1);
            (firstShift[line], secondShift[line]) = (nPhi * box.Phi.V[j] + nR * box.R.V[middleR + i], nPhi * box.Phi.V[j] - nR * box.R.V[middleR + i]);
        }

        return count;
    }

    private int Padded(int count) => (count + lanes - 1) / lanes * lanes;

    private void Run(BoxAxis axis, int count, double n, double otherN, ReadOnlySpan<double> limits, double weight, Span<double> cumulative)
    {
        double least = LeastShare * Density / count;
        for (int from = 0; from < count; from += lanes)
        {
            Prepare(axis, from, Padded(count));
            for (int lane = 0; lane < lanes && from + lane < count; lane++)
            {
                int line = from + lane;
                double share = lineWeights[line];
                if (share * integral[(axis.Count - 1) * lanes + lane] > least)
                {
                    Line(axis, lane, n, firstShift[line], limits, weight * share, cumulative);
                    Line(axis, lane, otherN, secondShift[line], limits, weight * share, cumulative);
                }
            }
        }
    }

    /// <summary>Integrals, values and slopes of f at the nodes of as many lines as a vector holds.</summary>
    private void Prepare(BoxAxis axis, int from, int stride)
    {
        Vector<double> sum = Vector<double>.Zero;
        for (int i = 0; i < axis.Count; i++)
        {
            sum.CopyTo(integral, i * lanes);
            Vector<double> here = new(lines, i * stride + from), along = Vector<double>.Zero;
            here.CopyTo(value, i * lanes);
            (int start, double[] weights) = axis.DerivativeAt(i);
            for (int k = 0; k < weights.Length; k++)
            {
                along += weights[k] * new Vector<double>(lines, (start + k) * stride + from);
            }

            (along / (axis.Step * axis.Rate[i])).CopyTo(slope, i * lanes);
            if (i == axis.Count - 1)
            {
                break;
            }

            (start, weights) = axis.IntegralFrom(i);
            for (int k = 0; k < weights.Length; k++)
            {
                sum += weights[k] * axis.Step * axis.Rate[start + k] * new Vector<double>(lines, (start + k) * stride + from);
            }
        }
    }

    /// <summary>Adds one line: where its component along the direction, shift + n v, is below each limit.</summary>
    private void Line(BoxAxis axis, int lane, double n, double shift, ReadOnlySpan<double> limits, double weight, Span<double> cumulative)
    {
        ReadOnlySpan<double> v = axis.V;
        int last = v.Length - 1, interval = -1;
        double total = integral[last * lanes + lane], inverse = 1 / n, start = 0, length = 0, c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, first = v[0], end = v[last];
        bool backwards = n < 0;
        int at = 0;
        for (int m = 0; m < limits.Length; m++)
        {
            // In the order of rising v.
            int limit = backwards ? limits.Length - 1 - m : m;
            double x = (limits[limit] - shift) * inverse, below;
            if (x <= first)
            {
                below = 0;
            }
            else if (x >= end)
            {
                below = total;
            }
            else
            {
                while (x > v[at + 1])
                {
                    at++;
                }

                if (at != interval)
                {
                    interval = at;
                    (start, length) = (v[at], 1 / (v[at + 1] - v[at]));
                    double h = v[at + 1] - v[at], i0 = integral[at * lanes + lane], p0 = h * value[at * lanes + lane], q0 = h * h * slope[at * lanes + lane];
                    double p1 = h * value[(at + 1) * lanes + lane], q1 = h * h * slope[(at + 1) * lanes + lane], rise = integral[(at + 1) * lanes + lane] - i0;

                    // What is left of the rise, the values and the slopes at the end once the first three terms are taken away.
                    double d = rise - p0 - 0.5 * q0, e = p1 - p0 - q0, g = q1 - q0;
                    (c0, c1, c2) = (i0, p0, 0.5 * q0);
                    (c3, c4, c5) = (10 * d - 4 * e + 0.5 * g, -15 * d + 7 * e - g, 6 * d - 3 * e + 0.5 * g);
                }

                double u = (x - start) * length;
                below = c0 + u * (c1 + u * (c2 + u * (c3 + u * (c4 + u * c5))));
            }

            cumulative[limit] += weight * (backwards ? total - below : below);
        }
    }
}
