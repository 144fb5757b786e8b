using Oort.Coordinates;
using Oort.Models;
using Oort.Numerics;

namespace Oort.Surveys;

/// <summary>
/// A selection that depends on the distance from the Sun alone, within a window of the sky or all of it. Immutable and safe to share between threads.
/// </summary>
public sealed class HeliocentricSelection : SelectionFunction
{
    // Latitudes crowd towards the plane on the scale of 1/30: a thin disc at the largest distances.
    private const double Sharpness = 30;
    private const int ArcNodes = 12;
    private const double Smallest = 1e-6, LeastR = 1e-2;

    private static readonly double Kappa = Math.Asinh(Sharpness);

    private readonly DistanceLaw law;
    private readonly SkyWindow window;
    private readonly double sunR, sunZ, cosTilt, sinTilt, firstT, lastT;

    /// <summary>A selection as seen from a Sun.</summary>
    /// <param name="sun">Where the Sun is.</param>
    /// <param name="law">The fraction at a distance.</param>
    /// <param name="window">The part of the sky that is seen; all if null.</param>
    public HeliocentricSelection(Sun sun, DistanceLaw law, SkyWindow? window = null)
    {
        ArgumentNullException.ThrowIfNull(sun);
        ArgumentNullException.ThrowIfNull(law);
        (Sun, this.law, this.window) = (sun, law, (window ?? SkyWindow.WholeSky).Checked());
        (sunR, sunZ) = (sun.R, sun.Z);
        // The plane b = 0 goes through the Sun and the centre, which are not at the same height.
        (sinTilt, cosTilt) = (sun.Z / sun.R0, sun.R / sun.R0);
        (firstT, lastT) = (Crowded(this.window.FirstLatitude), Crowded(this.window.LastLatitude));
        Bounds = this.window.IsWholeSky ? new(Math.Max(LeastR, sunR - law.Farthest), sunR + law.Farthest, Math.Abs(sunZ) + law.Farthest) : Box();
    }

    /// <summary>Where the Sun is.</summary>
    public Sun Sun { get; }

    /// <summary>The fraction at a distance.</summary>
    public DistanceLaw Law => law;

    /// <summary>The part of the sky that is seen.</summary>
    public SkyWindow Window => window;

    /// <inheritdoc/>
    public override SelectionBounds Bounds { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<double> Breaks => [.. law.Distances.Select(d => (d - law.Nearest) / (law.Farthest - law.Nearest))];

    /// <inheritdoc/>
    public override double At(double x, double y, double z)
    {
        double dx = sunR - x, dz = z - sunZ, distance = Math.Sqrt(dx * dx + y * y + dz * dz), fraction = law.At(distance);
        if (fraction == 0 || window.IsWholeSky)
        {
            return fraction;
        }

        double towards = cosTilt * dx - sinTilt * dz, up = sinTilt * dx + cosTilt * dz;
        double latitude = distance > 0 ? Math.Asin(Math.Clamp(up / distance, -1, 1)) : 0;
        return window.Contains(Math.Atan2(y, towards) / Units.Degree, latitude / Units.Degree) ? fraction : 0;
    }

    /// <inheritdoc/>
    public override double MeanOverAzimuth(double R, double z)
    {
        // d^2 = s^2 + h^2 with h = c sin(phi/2); with h = s sinh(tau) the law is smooth in tau between its distances.
        double dR = R - sunR, dz = z - sunZ, s = Math.Max(Smallest, Math.Sqrt(dR * dR + dz * dz)), c = 2 * Math.Sqrt(R * sunR), farthest = law.Farthest;
        if (s >= farthest)
        {
            return 0;
        }

        if (!window.IsWholeSky || farthest * farthest - s * s > 0.9 * c * c)
        {
            return base.MeanOverAzimuth(R, z);
        }

        GaussLegendre rule = GaussLegendre.Rule(ArcNodes);
        double sum = 0, from = 0;
        foreach (double knot in law.Distances)
        {
            if (knot <= s)
            {
                continue;
            }

            double to = Math.Acosh(knot / s), half = 0.5 * (to - from);
            for (int k = 0; k < rule.Count; k++)
            {
                double tau = from + half * (1 + rule.Nodes[k]), cosh = Math.Cosh(tau), sin = s * Math.Sinh(tau) / c;
                sum += half * rule.Weights[k] * law.At(s * cosh) * 2 * s * cosh / (c * Math.Sqrt(1 - sin * sin));
            }

            from = to;
        }

        return sum / Math.PI;
    }

    /// <summary>The coordinates are distance, latitude and longitude.</summary>
    /// <inheritdoc/>
    public override void Map(ReadOnlySpan<double> u, Span<double> x, Span<double> y, Span<double> z, Span<double> weight)
    {
        int n = x.Length;
        double range = law.Farthest - law.Nearest, across = lastT - firstT, round = (window.LastLongitude - window.FirstLongitude) * Units.Degree;
        double firstLongitude = window.FirstLongitude * Units.Degree;
        for (int i = 0; i < n; i++)
        {
            double distance = law.Nearest + range * u[i], t = firstT + across * u[n + i];
            double sinB = Math.Clamp(Math.Sinh(Kappa * t) / Sharpness, -1, 1), cosB = Math.Sqrt(1 - sinB * sinB);
            (double sinL, double cosL) = Math.SinCos(firstLongitude + round * u[2 * n + i]);
            double towards = distance * cosB * cosL, up = distance * sinB;
            x[i] = sunR - (cosTilt * towards + sinTilt * up);
            y[i] = distance * cosB * sinL;
            z[i] = sunZ - sinTilt * towards + cosTilt * up;
            weight[i] = law.At(distance) * range * distance * distance * across * Kappa * Math.Cosh(Kappa * t) / Sharpness * round;
        }
    }

    private static double Crowded(double latitude) => Math.Asinh(Math.Sin(latitude * Units.Degree) * Sharpness) / Kappa;

    /// <summary>Bounds of a window, from a lattice in it and one spacing beyond.</summary>
    private SelectionBounds Box()
    {
        const int Side = 33;
        double[] u = new double[3 * Side], x = new double[Side], y = new double[Side], z = new double[Side], weight = new double[Side];
        double inner = double.PositiveInfinity, outer = 0, height = 0;
        for (int i = 0; i < Side * Side; i++)
        {
            for (int k = 0; k < Side; k++)
            {
                (u[k], u[Side + k], u[2 * Side + k]) = (i / Side / (Side - 1.0), i % Side / (Side - 1.0), k / (Side - 1.0));
            }

            Map(u, x, y, z, weight);
            for (int k = 0; k < Side; k++)
            {
                double R = Math.Sqrt(x[k] * x[k] + y[k] * y[k]);
                (inner, outer, height) = (Math.Min(inner, R), Math.Max(outer, R), Math.Max(height, Math.Abs(z[k])));
            }
        }

        double beyond = law.Farthest * (window.LastLongitude - window.FirstLongitude) * Units.Degree / (Side - 1);
        return new(Math.Max(LeastR, inner - beyond), outer + beyond, Math.Max(height, beyond));
    }
}
