using Oort.Actions;
using Oort.Potentials;

namespace Oort.Tests.Actions;

/// <summary>
/// The Staeckel fudge written down plainly, in u and v: R = Delta sinh u sin v, z = Delta cosh u cos v (Binney 2012, MNRAS 426, 1324, eqs 1 to 8),
/// with bisection for the turning points and a midpoint rule in an angle.
/// </summary>
internal static class BruteForceFudge
{
    public static (double Jr, double Jz) Actions(Potential potential, FocalDistances focal, double R, double z, double vR, double vz, double vphi)
    {
        double E = potential.Phi(R, z) + 0.5 * (vR * vR + vz * vz + vphi * vphi), Lz = R * vphi, d = focal.At(E, Lz);
        double plus = Math.Sqrt(R * R + (z + d) * (z + d)), minus = Math.Sqrt(R * R + (z - d) * (z - d));
        double u0 = Math.Acosh((plus + minus) / (2 * d)), v0 = Math.Acos(Math.Clamp((plus - minus) / (2 * d), -1, 1));
        double pu0 = d * (Math.Cosh(u0) * Math.Sin(v0) * vR + Math.Sinh(u0) * Math.Cos(v0) * vz);
        double pv0 = d * (Math.Sinh(u0) * Math.Cos(v0) * vR - Math.Cosh(u0) * Math.Sin(v0) * vz);
        double Sinh2(double u) => Math.Sinh(u) * Math.Sinh(u);
        double Sin2(double v) => Math.Sin(v) * Math.Sin(v);
        double Weighted(double u, double v)
            => (Sinh2(u) + Sin2(v)) * potential.Phi(d * Math.Sinh(u) * Math.Sin(v), d * Math.Cosh(u) * Math.Cos(v));
        double Pu2(double u) => pu0 * pu0 + 2 * d * d * (E * (Sinh2(u) - Sinh2(u0)) - Weighted(u, v0) + Weighted(u0, v0))
            - Lz * Lz * (1 / Sinh2(u) - 1 / Sinh2(u0));
        double Pv2(double v) => pv0 * pv0 + 2 * d * d * (E * (Sin2(v) - Sin2(v0)) - Weighted(u0, v) + Weighted(u0, v0))
            - Lz * Lz * (1 / Sin2(v) - 1 / Sin2(v0));
        double u1 = Turn(Pu2, u0, u => u * 0.99), u2 = Turn(Pu2, u0, u => u * 1.01);
        double above = Turn(Pv2, v0 < Math.PI / 2 ? v0 : Math.PI - v0, v => v * 0.99);
        return (Integral(Pu2, u1, u2) / Math.PI, 2 / Math.PI * Integral(Pv2, above, Math.PI - above) / 2);
    }

    private static double Turn(Func<double, double> square, double from, Func<double, double> outwards)
    {
        double inside = from, outside = outwards(from);
        while (square(outside) > 0)
        {
            (inside, outside) = (outside, outwards(outside));
        }

        for (int i = 0; i < 100; i++)
        {
            double middle = 0.5 * (inside + outside);
            (inside, outside) = square(middle) > 0 ? (middle, outside) : (inside, middle);
        }

        return inside;
    }

    private static double Integral(Func<double, double> square, double a, double b)
    {
        const int Nodes = 20000;
        double sum = 0;
        for (int k = 0; k < Nodes; k++)
        {
            double theta = Math.PI * (k + 0.5) / Nodes;
            sum += Math.Sqrt(Math.Max(0, square(0.5 * (a + b) - 0.5 * (b - a) * Math.Cos(theta)))) * Math.Sin(theta);
        }

        return sum * 0.5 * (b - a) * Math.PI / Nodes;
    }
}
