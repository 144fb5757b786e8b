namespace Oort.Actions;

internal sealed partial class FudgeBlock
{
    private const double HarmonicRange = 1e-4; // of ln s, below which the radial motion is an epicycle to 1e-8
    private const int LongestSeries = 512;

    private readonly double[] seriesX = new double[LongestSeries], seriesH = new double[LongestSeries];
    private readonly double[] seriesR = new double[LongestSeries], seriesZ = new double[LongestSeries], seriesPhi = new double[LongestSeries];
    private readonly double[] kernel = new double[LongestSeries];

    /// <summary>Derivatives of an action (a quadrature over half an oscillation) and of the generating function up to the star.</summary>
    private struct Derivatives
    {
        internal double E, I3, Lz, StarE, StarI3, StarLz;
    }

    /// <summary>
    /// Angles and frequencies of a star whose actions have just been found: derivatives of the generating function
    /// S = int p_u du + int p_v dv + Lz phi (Binney and Tremaine 2008, section 3.5.3; Sanders and Binney 2016, MNRAS 457, 2107, section 3.1),
    /// where p_u^2 = 2 (E s - I3 - U) - D2 Lz^2/s and p_v^2 = 2 (E D2 sin^2 v + I3 + V) - Lz^2/sin^2 v and U, V and Delta are held fixed.
    /// </summary>
    internal void AnglesAndFrequencies(int i, double azimuth, out (double R, double Z, double Phi) angle, out (double R, double Z, double Phi) frequency)
    {
        if (!bound[i])
        {
            angle = frequency = (double.NaN, double.NaN, double.NaN);
            return;
        }

        double Lz = Math.CopySign(Math.Sqrt(momentum2[i]), momentum[i]);
        Derivatives u = Radial(i, Lz), v = Vertical(i, Lz);
        double determinant = u.E * v.I3 - u.I3 * v.E;
        frequency = (v.I3 / determinant, -u.I3 / determinant, (u.I3 * v.Lz - u.Lz * v.I3) / determinant);
        (double R, double Z) thirdBy = (-v.E / determinant, u.E / determinant); // dI3/dJ
        double thirdByLz = -(thirdBy.R * u.Lz + thirdBy.Z * v.Lz);
        double byE = u.StarE + v.StarE, byI3 = u.StarI3 + v.StarI3, byLz = u.StarLz + v.StarLz;
        angle = (
            Turned(byE * frequency.R + byI3 * thirdBy.R),
            Turned(byE * frequency.Z + byI3 * thirdBy.Z),
            Turned(azimuth + byLz + byE * frequency.Phi + byI3 * thirdByLz));
    }

    private static double Turned(double angle)
    {
        double turned = angle - 2 * Math.PI * Math.Floor(angle / (2 * Math.PI));
        return turned < 2 * Math.PI ? turned : 0;
    }

    private Derivatives Radial(int i, double Lz)
    {
        double s = s0[i], d2 = D2[i], half = 0.5 * Math.Log(upper[i] / lower[i]), atStar = 0.5 * Math.Sqrt(s / (s + d2));
        if (!(half > HarmonicRange))
        {
            double bend = RadialBend(i), h = atStar / Math.Sqrt(bend), phase = Math.Atan2(2 * Math.Sqrt(bend) * pu[i], slopeU[i]);
            Derivatives d = new() { E = s * h, I3 = -h, Lz = -d2 * Lz / s * h };
            (d.StarE, d.StarI3, d.StarLz) = (d.E * phase, d.I3 * phase, d.Lz * phase);
            return d;
        }

        double middle = 0.5 * Math.Log(upper[i] * lower[i]);
        int n = SeriesLength(orderU[i]);
        CosineSeries series = CosineSeries.OfLength(n);
        for (int k = 0; k < n; k++)
        {
            double x = Math.Exp(middle - half * series.Cosine(k));
            (seriesX[k], seriesR[k], seriesZ[k]) = (x, Math.Sqrt(x * sin2[i]), Math.Sqrt((x + d2) * cos2[i]));
        }

        potential.Evaluate(seriesR.AsSpan(0, n), seriesZ.AsSpan(0, n), new() { Phi = seriesPhi.AsSpan(0, n) });
        for (int k = 0; k < n; k++)
        {
            double x = seriesX[k], square = Math.Max(SquareU(i, x, seriesPhi[k]), 1e-300);
            seriesH[k] = 0.5 * Math.Sqrt(x / (x + d2)) * half * series.Sine(k) / Math.Sqrt(square);
        }

        double cosine = Math.Clamp((middle - Math.Log(s)) / half, -1, 1);
        // Close to a turning point the momentum, not the position, tells the phase.
        series.ValueKernel(Math.Acos(cosine), kernel);
        double sine = Sum(n) * pu[i] / (atStar * half);
        double theta = Math.Atan2(sine, cosine);
        series.IntegralKernel(theta < 0 ? theta + 2 * Math.PI : theta, kernel);
        Derivatives result = default;
        for (int k = 0; k < n; k++)
        {
            double h = seriesH[k], x = seriesX[k], w = h * kernel[k];
            result.E += h * x;
            result.I3 -= h;
            result.Lz -= h * d2 * Lz / x;
            result.StarE += w * x;
            result.StarI3 -= w;
            result.StarLz -= w * d2 * Lz / x;
        }

        (result.E, result.I3, result.Lz) = (result.E / n, result.I3 / n, result.Lz / n);
        return result;
    }

    private Derivatives Vertical(int i, double Lz)
    {
        double d2 = D2[i];
        if (top[i] < EpicycleXi)
        {
            double h = 1 / Math.Sqrt(Math.Max(bendV[i], 1e-300)), phase = Math.Atan2(eta0[i], -pv[i] * h);
            Derivatives d = new() { E = d2 * h, I3 = h, Lz = -Lz * h };
            (d.StarE, d.StarI3, d.StarLz) = (d.E * phase, d.I3 * phase, d.Lz * phase);
            return d;
        }

        double b = stretch[i], range = Math.Asinh(Math.Sqrt(top[i]) / b);
        int n = Math.Max(SeriesLength(orderV[i]) / 2, 8);
        // The series is in twice the phase psi from the plane, x = range sin psi.
        CosineSeries series = CosineSeries.OfLength(n);
        for (int k = 0; k < n; k++)
        {
            double x = range * Math.Sqrt(0.5 * (1 - series.Cosine(k))), eta = b * Math.Sinh(x), xi = eta * eta, sigma = 1 / (1 + xi);
            (seriesX[k], seriesR[k], seriesZ[k]) = (xi, Math.Sqrt(s0[i] * sigma), Math.Sqrt((s0[i] + d2) * xi * sigma));
        }

        potential.Evaluate(seriesR.AsSpan(0, n), seriesZ.AsSpan(0, n), new() { Phi = seriesPhi.AsSpan(0, n) });
        for (int k = 0; k < n; k++)
        {
            double xi = seriesX[k], square = Math.Max(SquareV(i, xi, seriesPhi[k]), 1e-300);
            seriesH[k] = Math.Sqrt((b * b + xi) * 0.5 * (1 + series.Cosine(k)) / square) * range / (1 + xi);
        }

        double at = Math.Asinh(eta0[i] / b), sine = Math.Clamp(at / range, -1, 1), angle = 2 * Math.Asin(sine);
        series.ValueKernel(angle, kernel);
        double cosine = -Sum(n) * pv[i] * (1 + xi0[i]) / (Math.Sqrt(b * b + xi0[i]) * range);
        double psi = Math.Atan2(sine, cosine);
        series.IntegralKernel(2 * psi, kernel);
        Derivatives result = default;
        for (int k = 0; k < n; k++)
        {
            double h = seriesH[k], over = 1 + seriesX[k], w = 0.5 * h * kernel[k];
            result.E += h * d2 / over;
            result.I3 += h;
            result.Lz -= h * Lz * over;
            result.StarE += w * d2 / over;
            result.StarI3 += w;
            result.StarLz -= w * Lz * over;
        }

        (result.E, result.I3, result.Lz) = (result.E / n, result.I3 / n, result.Lz / n);
        return result;
    }

    private int SeriesLength(int order)
        => Math.Clamp(accuracy == ActionAccuracy.High ? 2 * order : order, accuracy == ActionAccuracy.Fast ? 16 : 32, LongestSeries);

    private double Sum(int n)
    {
        double sum = 0;
        for (int k = 0; k < n; k++)
        {
            sum += kernel[k] * seriesH[k];
        }

        return sum;
    }

    /// <summary>-1/2 d2 p_u^2 / d(ln s)^2 at the star, from the slopes on both sides.</summary>
    private double RadialBend(int i)
    {
        const double Step = 1e-3;
        Span<double> R = stackalloc double[2], z = stackalloc double[2], p = stackalloc double[2], pR = stackalloc double[2], pz = stackalloc double[2];
        ReadOnlySpan<double> s = [s0[i] * Math.Exp(-Step), s0[i] * Math.Exp(Step)];
        for (int k = 0; k < 2; k++)
        {
            (R[k], z[k]) = (Math.Sqrt(s[k] * sin2[i]), Math.Sqrt((s[k] + D2[i]) * cos2[i]));
        }

        potential.Evaluate(R, z, new() { Phi = p, PhiR = pR, PhiZ = pz });
        SlopeAlongHyperbola(i, s[0], R[0], z[0], p[0], pR[0], pz[0], out double below);
        SlopeAlongHyperbola(i, s[1], R[1], z[1], p[1], pR[1], pz[1], out double above);
        return Math.Max((s[0] * below - s[1] * above) / (4 * Step), 1e-6 * bendU[i]);
    }
}
