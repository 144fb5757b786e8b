using System.Numerics;
using Oort.Numerics;

namespace Oort.Actions;

/// <content>Where the loosest of a set of orbits turns: brackets on the tables' nodes, then few evaluations of their series.</content>
internal sealed partial class NodeActions
{
    /// <summary>Range of rho on the loosest orbit.</summary>
    private (double Inner, double Outer) RadialRange(in RadialCurve curve, double rho0)
    {
        curve.AtNodes(nodeValues);
        int k = 0;
        while (k < tu.Length && table.RhoNodes[k] > rho0)
        {
            k++;
        }

        double atStar = curve.At(rho0, 0), near = rho0, fNear = atStar, far = table.RhoNodes[0], fFar = 0;
        for (int i = k - 1; i >= 0; i--)
        {
            (far, fFar) = (table.RhoNodes[i], nodeValues[i]);
            if (fFar <= 0)
            {
                break;
            }

            (near, fNear) = (far, fFar);
        }

        // In s = rho^2, where the curve is smoother near the axis.
        double outer = RangeEnd(curve, near * near, fNear, far * far, fFar, rho0 * rho0);
        (near, fNear, far) = (rho0, atStar, -1);
        for (int i = k; i < tu.Length; i++)
        {
            double f = nodeValues[i];
            if (f <= 0)
            {
                (far, fFar) = (table.RhoNodes[i], f);
                break;
            }

            (near, fNear) = (table.RhoNodes[i], f);
        }

        if (far < 0)
        {
            (far, fFar) = (0, curve.At(0));
        }

        double inner = RangeEnd(curve, near * near, fNear, far * far, fFar, rho0 * rho0);
        return (Math.Max(Math.Sqrt(Math.Max(inner, 0)), LeastInner * rho0), Math.Sqrt(outer));
    }

    private double VerticalTop(in VerticalCurve curve, double zeta0)
    {
        double near = zeta0, fNear = curve.At(zeta0, 0), far = Math.Sqrt(1 + table.Beta);
        for (int i = tv.Length - 1; i >= 0; i--)
        {
            if (table.ZetaNodes[i] <= zeta0)
            {
                continue;
            }

            double f = curve.At(table.ZetaNodes[i], tv[i]);
            if (f <= 0)
            {
                return RangeEnd(curve, near, fNear, table.ZetaNodes[i], f, Math.Sqrt(table.Beta));
            }

            (near, fNear) = (table.ZetaNodes[i], f);
        }

        return RangeEnd(curve, near, fNear, far, curve.At(far), Math.Sqrt(table.Beta));
    }

    /// <summary>
    /// The root between near (f > 0) and far (f &lt;= 0) to about half a percent of its distance from the anchor and of itself:
    /// it only sets a range.
    /// </summary>
    private static double RangeEnd<TFunction>(in TFunction f, double near, double fNear, double far, double fFar, double anchor)
        where TFunction : struct, ICurve, allows ref struct
    {
        // Inverse interpolation through three points is wrong by about the square of such a step.
        const double SmallStep = 0.05;
        if (!(fNear > 0) || fFar > 0)
        {
            return fFar > 0 ? far : near;
        }

        double x = near + (far - near) * fNear / (fNear - fFar);
        for (int i = 0; i < 40; i++)
        {
            double value = f.At(x);

            // Between ends where f is small it may rise high: then the chord said nothing about the root.
            bool misled = Math.Abs(value) > Math.Max(fNear, -fFar);
            double next = near * fFar * value / ((fNear - fFar) * (fNear - value))
                + x * fNear * fFar / ((value - fNear) * (value - fFar))
                + far * fNear * value / ((fFar - fNear) * (fFar - value));
            if (value > 0)
            {
                (near, fNear) = (x, value);
            }
            else
            {
                (far, fFar) = (x, value);
            }

            if (misled || !((next - near) * (next - far) < 0))
            {
                next = 0.5 * (near + far);
            }
            else if (Math.Abs(next - x) < SmallStep * Math.Min(Math.Abs(next - anchor), Math.Abs(next)))
            {
                return next;
            }

            x = next;
        }

        return x;
    }

    private interface ICurve
    {
        double At(double x);
    }

    private readonly ref struct RadialCurve(NodeActions owner, double E, double barrier, double rho0, double constant) : ICurve
    {
        public double At(double s) => AtRadius(Math.Sqrt(s));

        private double AtRadius(double rho)
            => At(rho, Chebyshev.Evaluate(owner.tuSeries, (Math.Log(rho + owner.table.RadialOffset) - owner.table.LogMiddle) / owner.table.LogHalf));

        public void AtNodes(Span<double> result)
        {
            Vector<double> r0 = new(rho0), here = new(constant + barrier / (rho0 * rho0)), wall = new(barrier), offset = new(barrier / constant);
            for (int k = 0; k < result.Length; k += Vector<double>.Count)
            {
                Vector<double> rho = new(owner.table.RhoNodes, k), t = new(owner.tu, k), s = rho * rho;
                Vector<double> a = here + (rho - r0) * (2 * E * (rho + r0) - 2 * t);
                ((s * a - wall) / (s + offset)).CopyTo(result[k..]);
            }
        }

        // s p^2 over s + (where the barrier matters): of one size from the axis outwards.
        public double At(double rho, double t)
        {
            double s = rho * rho, a = constant + (rho - rho0) * (2 * E * (rho + rho0) - 2 * t) + barrier / (rho0 * rho0);
            return barrier == 0 ? a : (s * a - barrier) / (s + barrier / constant);
        }
    }

    private readonly ref struct VerticalCurve(NodeActions owner, double tide, double Lz, double zeta0, double c0, double constant) : ICurve
    {
        public double At(double zeta)
            => At(zeta, Chebyshev.Evaluate(owner.tvSeries, (zeta - owner.table.ZetaMiddle) / owner.table.ZetaHalf));

        public double At(double zeta, double t)
        {
            double c = zeta * zeta - owner.table.Beta;
            return (1 - c) * (constant - tide * (c - c0) - 2 * (zeta - zeta0) * t + Lz * Lz / (1 - c0)) - Lz * Lz;
        }
    }
}
