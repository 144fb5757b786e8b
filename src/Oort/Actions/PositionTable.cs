using System.Numerics;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Actions;

/// <summary>
/// The potential along the two coordinate curves of a position (R, z) in prolate spheroidal coordinates, for every
/// focal distance Delta that occurs there. The Staeckel fudge (Binney 2012) needs nothing else of the potential.
/// With D = Delta^2, s = rho^2 = lambda - D and c = cos^2 v (R^2 = s (1 - c), z^2 = (s + D) c), the curves are
/// U(rho) = (s + D (1 - c0)) Phi at c = c0 and V(zeta) = (s0 + D (1 - c)) Phi at s = s0, zeta^2 = c + beta.
/// Kept are the difference quotients [U(rho) - U0] / (rho - rho0) and [V(zeta) - V0] / (zeta - zeta0), regular for
/// circular orbits and for Delta -> 0, as Chebyshev series in ln(rho + h) and ln(zeta + sqrt(beta)), at Chebyshev nodes in Delta.
/// </summary>
internal sealed class PositionTable
{
    private readonly Chebyshev radial, vertical;
    private readonly Chebyshev[] focal;
    private readonly double[] uValues, uSeries, vValues, vSeries, pointR, pointZ, phi;
    private double deltaMiddle, deltaHalf;
    private Chebyshev focalRule;

    /// <summary>
    /// Radius within which the potential's structure is not resolved, and half thickness of the thinnest layer, kpc:
    /// they set h and beta. A layer thinner than that costs accuracy in Jz. Far out, h grows: orbits there see less of the centre.
    /// </summary>
    private const double Core = 0.2, CoreByRadius = 0.2, Thickness = 0.1;

    private const int MostFocalTerms = 7;

    public PositionTable(int radialTerms, int verticalTerms)
    {
        const int focalTerms = MostFocalTerms;
        radial = new(radialTerms);
        vertical = new(verticalTerms);
        focal = [.. Enumerable.Range(1, focalTerms).Select(n => new Chebyshev(n))];
        focalRule = focal[^1];
        uValues = new double[focalTerms * radialTerms];
        uSeries = new double[uValues.Length];
        vValues = new double[focalTerms * verticalTerms];
        vSeries = new double[vValues.Length];
        pointR = new double[uValues.Length + vValues.Length];
        pointZ = new double[pointR.Length];
        phi = new double[pointR.Length];
        RhoNodes = new double[radialTerms];
        ZetaNodes = new double[verticalTerms];
    }

    public double R { get; private set; }

    public double Z { get; private set; }

    /// <summary>Phi at the position.</summary>
    public double Phi0 { get; private set; }

    /// <summary>Offset h of the radial coordinate ln(rho + h), kpc.</summary>
    public double RadialOffset { get; private set; } = Core;

    /// <summary>Offset beta of the vertical coordinate zeta = sqrt(c + beta).</summary>
    public double Beta { get; private set; }

    /// <summary>ln(rho + h) = LogMiddle + LogHalf x.</summary>
    public double LogMiddle { get; private set; }

    public double LogHalf { get; private set; }

    /// <summary>ln(zeta + sqrt(beta)) = ZetaMiddle + ZetaHalf x.</summary>
    public double ZetaMiddle { get; private set; }

    public double ZetaHalf { get; private set; }

    /// <summary>Radial nodes rho, descending; kpc.</summary>
    public double[] RhoNodes { get; }

    /// <summary>Vertical nodes zeta, descending.</summary>
    public double[] ZetaNodes { get; }

    /// <summary>Spheroidal coordinates of the position: s0 and c0 for a given D = Delta^2.</summary>
    public static (double S0, double C0) Spheroidal(double R, double z, double delta2)
    {
        double b = R * R + z * z - delta2;
        double root = Math.Sqrt(b * b + 4 * delta2 * R * R);
        double s0 = b >= 0 ? 0.5 * (b + root) : 2 * delta2 * R * R / (root - b);
        return (s0, z * z / (s0 + delta2));
    }

    /// <summary>Tabulates the curves through (R, z).</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="R">Radius, kpc, positive.</param>
    /// <param name="z">Height, kpc, not negative.</param>
    /// <param name="phi0">Phi(R, z).</param>
    /// <param name="deltaMin">Smallest focal distance that will be asked for, kpc.</param>
    /// <param name="deltaMax">Largest focal distance that will be asked for, kpc.</param>
    /// <param name="rhoMax">Largest semi-axis rho that an orbit reaches, kpc.</param>
    public void Build(Potential potential, double R, double z, double phi0,
        double deltaMin, double deltaMax, double rhoMax)
    {
        this.R = R;
        Z = z;
        Phi0 = phi0;
        deltaMiddle = 0.5 * (deltaMin + deltaMax);
        deltaHalf = Math.Max(0.5 * (deltaMax - deltaMin), 1e-9 * (R + z));
        focalRule = focal[FocalCount(deltaMin, deltaMax) - 1];

        RadialOffset = Core + CoreByRadius * Math.Sqrt(R * R + z * z);
        (LogMiddle, LogHalf) = (0.5 * Math.Log((rhoMax + RadialOffset) * RadialOffset), 0.5 * Math.Log((rhoMax + RadialOffset) / RadialOffset));
        for (int k = 0; k < RhoNodes.Length; k++)
        {
            RhoNodes[k] = Math.Exp(LogMiddle + LogHalf * radial.Nodes[k]) - RadialOffset;
        }

        (double sMiddle, _) = Spheroidal(R, z, deltaMiddle * deltaMiddle);
        Beta = Thickness * Thickness / (sMiddle + deltaMiddle * deltaMiddle);
        double low = Math.Sqrt(Beta), high = Math.Sqrt(1 + Beta);
        double logLow = Math.Log(2 * low), logHigh = Math.Log(high + low);
        (ZetaMiddle, ZetaHalf) = (0.5 * (logLow + logHigh), 0.5 * (logHigh - logLow));
        for (int k = 0; k < ZetaNodes.Length; k++)
        {
            ZetaNodes[k] = Math.Exp(ZetaMiddle + ZetaHalf * vertical.Nodes[k]) - low;
        }

        int points = focalRule.Count * (RhoNodes.Length + ZetaNodes.Length);
        PlacePoints();
        potential.Evaluate(pointR.AsSpan(0, points), pointZ.AsSpan(0, points), new() { Phi = phi.AsSpan(0, points) });
        FormQuotients(potential);
        for (int d = 0; d < focalRule.Count; d++)
        {
            radial.Coefficients(uValues.AsSpan(d * RhoNodes.Length, RhoNodes.Length), uSeries.AsSpan(d * RhoNodes.Length));
            vertical.Coefficients(vValues.AsSpan(d * ZetaNodes.Length, ZetaNodes.Length), vSeries.AsSpan(d * ZetaNodes.Length));
        }
    }

    /// <summary>The radial quotients for each lane's focal distance: node values and Chebyshev coefficients, the lanes of each together.</summary>
    public void Radial(Vector<double> delta, Span<double> values, Span<double> series) => Combine(delta, uValues, values, uSeries, series);

    /// <summary>The vertical quotients, likewise.</summary>
    public void Vertical(Vector<double> delta, Span<double> values, Span<double> series) => Combine(delta, vValues, values, vSeries, series);

    private void Combine(Vector<double> delta, double[] valueRows, Span<double> values, double[] seriesRows, Span<double> series)
    {
        Span<double> weights = stackalloc double[MostFocalTerms * Vector<double>.Count];
        weights = weights[..(focalRule.Count * Vector<double>.Count)];
        focalRule.LagrangeWeights((delta - new Vector<double>(deltaMiddle)) * (1 / deltaHalf), weights);
        LinearCombination.Of(valueRows, weights, values);
        LinearCombination.Of(seriesRows, weights, series);
    }

    // Chebyshev nodes in Delta gain a factor q each, q from the distance of the singularity at z + iR in half widths: enough for 1e-5.
    private int FocalCount(double deltaMin, double deltaMax)
    {
        double middle = 0.5 * (deltaMin + deltaMax) - Z;
        double x = Math.Sqrt(middle * middle + R * R) / Math.Max(0.5 * (deltaMax - deltaMin), 1e-300);
        return Math.Clamp((int)Math.Ceiling(11.5 / Math.Log(x + Math.Sqrt(1 + x * x))), 1, MostFocalTerms);
    }

    private double Delta(int d) => Math.Max(0, deltaMiddle + deltaHalf * focalRule.Nodes[d]);

    private void PlacePoints()
    {
        int i = 0;
        for (int d = 0; d < focalRule.Count; d++)
        {
            double delta2 = Delta(d) * Delta(d);
            (double s0, double c0) = Spheroidal(R, Z, delta2);
            double sin = Math.Sqrt(1 - c0), cos = Math.Sqrt(c0), outer = Math.Sqrt(s0 + delta2), inner = Math.Sqrt(s0);
            foreach (double rho in RhoNodes)
            {
                (pointR[i], pointZ[i++]) = (rho * sin, Math.Sqrt(rho * rho + delta2) * cos);
            }

            foreach (double zeta in ZetaNodes)
            {
                double c = Math.Clamp(zeta * zeta - Beta, 0, 1);
                (pointR[i], pointZ[i++]) = (inner * Math.Sqrt(1 - c), outer * Math.Sqrt(c));
            }
        }
    }

    private void FormQuotients(Potential potential)
    {
        // Closer than this to the position, the derivative half way is the better quotient: its error is of third order.
        const double Close = 1e-4;
        int i = 0;
        for (int d = 0; d < focalRule.Count; d++)
        {
            double delta2 = Delta(d) * Delta(d);
            (double s0, double c0) = Spheroidal(R, Z, delta2);
            double rho0 = Math.Sqrt(s0), zeta0 = Math.Sqrt(c0 + Beta), start = (s0 + delta2 * (1 - c0)) * Phi0;
            for (int k = 0; k < RhoNodes.Length; k++, i++)
            {
                double rho = RhoNodes[k];
                uValues[d * RhoNodes.Length + k] = Math.Abs(rho - rho0) < Close * (rho0 + RadialOffset)
                    ? SlopeU(potential, 0.5 * (rho + rho0), c0, delta2)
                    : ((rho * rho + delta2 * (1 - c0)) * phi[i] - start) / (rho - rho0);
            }

            for (int k = 0; k < ZetaNodes.Length; k++, i++)
            {
                double zeta = ZetaNodes[k], c = Math.Clamp(zeta * zeta - Beta, 0, 1);
                vValues[d * ZetaNodes.Length + k] = Math.Abs(zeta - zeta0) < Close * zeta0
                    ? SlopeV(potential, 0.5 * (zeta + zeta0), s0, delta2)
                    : ((s0 + delta2 * (1 - c)) * phi[i] - start) / (zeta - zeta0);
            }
        }
    }

    private static double SlopeU(Potential potential, double rho, double c0, double delta2)
    {
        double sin = Math.Sqrt(1 - c0), cos = Math.Sqrt(c0), outer = Math.Sqrt(rho * rho + delta2);
        PotentialPoint p = potential.At(rho * sin, outer * cos);
        double dz = outer > 0 ? rho * cos / outer : cos;
        return 2 * rho * p.Phi + (rho * rho + delta2 * (1 - c0)) * (p.PhiR * sin + p.PhiZ * dz);
    }

    private double SlopeV(Potential potential, double zeta, double s0, double delta2)
    {
        double c = Math.Clamp(zeta * zeta - Beta, 1e-12, 1 - 1e-12);
        double radius = Math.Sqrt(s0 * (1 - c)), height = Math.Sqrt((s0 + delta2) * c);
        PotentialPoint p = potential.At(radius, height);
        double dc = -delta2 * p.Phi + (s0 + delta2 * (1 - c)) * (p.PhiZ * (s0 + delta2) / (2 * height) - p.PhiR * s0 / (2 * radius));
        return 2 * zeta * dc;
    }
}
