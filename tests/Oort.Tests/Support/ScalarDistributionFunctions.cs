using Oort.DistributionFunctions;

namespace Oort.Tests.Support;

/// <summary>
/// The distribution functions as their papers print them, one value at a time, with the amplitude factor
/// <c>norm</c> given: no logarithms merged, no powers cancelled, no guards.
/// </summary>
public static class ScalarDistributionFunctions
{
    public static double NewExponential(NewExponentialParameters p, double norm, double Jr, double Jz, double Jphi)
    {
        if (!(Jphi > 0))
        {
            return Jphi + Jr + Jz is double sum && double.IsNaN(sum) ? double.NaN : 0;
        }

        double Jv = Jphi + p.AddJvel, Jd = Jphi + p.AddJden;
        double xr = Math.Pow(Jv / p.Jphi0, p.pr), xz = Math.Pow(Jv / p.Jphi0, p.pz);
        double fr = xr / p.Jr0 * Math.Exp(-xr * Jr / p.Jr0), fz = xz / p.Jz0 * Math.Exp(-xz * Jz / p.Jz0);
        return norm / Math.Pow(2 * Math.PI, 3) * Jphi / (p.Jphi0 * p.Jphi0) * Math.Exp(-Jd / p.Jphi0) * fr * fz;
    }

    public static double NewDoublePowerLaw(
        NewDoublePowerLawParameters p, double norm, double zeta, double Jr, double Jz, double Jphi)
    {
        double absJphi = Math.Abs(Jphi), L = Jz + absJphi, c = L / (L + Jr);
        double power = Math.Pow((1.5 * Jr + L) / p.L0, p.Alpha), xi = power / (1 + power);
        double k = (1 - xi) * p.Fin + xi * p.Fout, a = 0.5 * (k + 1), b = 0.5 * (k - 1);
        double scriptL = a * Jz + b * Jz * absJphi / L + absJphi;
        double s = p.Beta * Math.Sin(c * Math.PI / 2);
        double h = Jr * Math.Exp(-s) + 0.5 * (1 + c * xi) * Math.Exp(s) * scriptL;
        double cutoff = p.Jcutoff > 0 ? Math.Exp(-Math.Pow(h / p.Jcutoff, p.CutoffStrength)) : 1;
        return norm / Math.Pow(2 * Math.PI * p.J0, 3)
            * Math.Pow(1 + p.J0 / h, p.SlopeIn) * Math.Pow(1 + h / p.J0, -p.SlopeOut) * cutoff
            * Math.Pow(1 + p.Jcore / h * (p.Jcore / h - zeta), -p.SlopeIn / 2) * Rotation(p.RotFrac, p.Jphi0, Jphi);
    }

    public static double DoublePowerLaw(
        DoublePowerLawParameters p, double norm, double zeta, double Jr, double Jz, double Jphi)
    {
        double h = p.CoefJrIn * Jr + p.CoefJzIn * Jz + (3 - p.CoefJrIn - p.CoefJzIn) * Math.Abs(Jphi);
        double g = p.CoefJrOut * Jr + p.CoefJzOut * Jz + (3 - p.CoefJrOut - p.CoefJzOut) * Math.Abs(Jphi);
        double cutoff = p.Jcutoff > 0 ? Math.Exp(-Math.Pow(g / p.Jcutoff, p.CutoffStrength)) : 1;
        return norm / Math.Pow(2 * Math.PI * p.J0, 3)
            * Math.Pow(1 + Math.Pow(p.J0 / h, p.Steepness), p.SlopeIn / p.Steepness)
            * Math.Pow(1 + Math.Pow(g / p.J0, p.Steepness), -p.SlopeOut / p.Steepness) * cutoff
            * Math.Pow(1 + p.Jcore / h * (p.Jcore / h - zeta), -p.SlopeIn / 2) * Rotation(p.RotFrac, p.Jphi0, Jphi);
    }

    public static double Exponential(ExponentialParameters p, double norm, double Jr, double Jz, double Jphi)
    {
        double J = Math.Abs(Jphi) + p.CoefJr * Jr + p.CoefJz * Jz;
        double den = Math.Sqrt(J * J + p.AddJden * p.AddJden), vel = Math.Sqrt(J * J + p.AddJvel * p.AddJvel);
        double Jr02 = p.Jr0 * p.Jr0, Jz02 = p.Jz0 * p.Jz0;
        return norm / Math.Pow(2 * Math.PI, 3) * den / (p.Jphi0 * p.Jphi0) * Math.Exp(-den / p.Jphi0)
            * vel / Jr02 * Decay(vel * (Jr + Math.Max(0, -Jphi)) / Jr02, p.qJr) * vel / Jz02 * Decay(vel * Jz / Jz02, p.qJz);

        static double Decay(double x, double q) => q == 0 ? Math.Exp(-x) : Math.Pow(1 + q * x, -1 / q);
    }

    private static double Rotation(double rotFrac, double Jphi0, double Jphi)
        => 1 + rotFrac * (Jphi0 > 0 ? Math.Tanh(Jphi / Jphi0) : double.IsNaN(Jphi) ? Jphi : Math.Sign(Jphi));
}
