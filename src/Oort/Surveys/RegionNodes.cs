using Oort.Coordinates;
using Oort.Numerics;

namespace Oort.Surveys;

/// <summary>A position seen from the Sun, with the directions along which velocities are measured there.</summary>
/// <param name="R">Cylindrical radius, kpc.</param>
/// <param name="Z">Height, kpc.</param>
/// <param name="Weight">Its share of the integral over a region, kpc^3.</param>
/// <param name="LineOfSight">The direction away from the Sun.</param>
/// <param name="East">That in which right ascension grows.</param>
/// <param name="North">That in which declination grows.</param>
internal readonly record struct RegionNode(double R, double Z, double Weight, SkyDirection LineOfSight, SkyDirection East, SkyDirection North);

/// <summary>A unit vector at a position and the Sun's velocity along it.</summary>
/// <param name="R">Its component outwards.</param>
/// <param name="Z">Towards the north Galactic pole.</param>
/// <param name="Phi">With Galactic rotation.</param>
/// <param name="Sun">The Sun's velocity along it, km/s.</param>
internal readonly record struct SkyDirection(double R, double Z, double Phi, double Sun);

/// <summary>Nodes of the integral over a region at one distance from the Sun.</summary>
/// <param name="Distance">The distance, kpc.</param>
/// <param name="Nodes">The nodes.</param>
internal sealed record RegionShell(double Distance, IReadOnlyList<RegionNode> Nodes);

/// <summary>Quadrature over regions of the sky: Gauss and Legendre's in distance, longitude and an asinh of the height above the Sun, that thin discs want.</summary>
internal static class RegionNodes
{
    private const double HeightScale = 0.3;

    /// <summary>The shells of a region.</summary>
    /// <param name="region">The region.</param>
    /// <param name="sun">The Sun.</param>
    /// <param name="conditions">Which stars are seen at a distance; null for all.</param>
    /// <param name="refinement">How many times as many nodes along each side as usual.</param>
    public static RegionShell[] Shells(SkyRegion region, Sun sun, RegionConditions? conditions, double refinement = 1)
    {
        GalactocentricTransform transform = new(sun);
        List<RegionShell> shells = [];
        RegionDepth? depth = conditions is null ? null : new(region, conditions);
        if (depth is { HasErrors: true })
        {
            (double[] distances, double[] shares) = depth.Rule(sun, refinement);
            return [.. distances.Zip(shares, (d, share) => new RegionShell(d, Shell(region.Window, transform, d, share, refinement)))];
        }

        DistanceLaw? selection = conditions?.Selection;
        double[] breaks = [region.Nearest, .. (selection?.Distances ?? []).Where(d => d > region.Nearest && d < region.Farthest), region.Farthest];
        double span = Math.Log(region.Farthest / Math.Max(region.Nearest, region.Farthest / 8));
        for (int i = 0; i + 1 < breaks.Length; i++)
        {
            int count = Math.Max(3, (int)Math.Ceiling(refinement * (3 + 3 * span) * (breaks[i + 1] - breaks[i]) / (region.Farthest - region.Nearest)));
            double[] distance = new double[count], weight = new double[count];
            GaussLegendre.Rule(count).Map(breaks[i], breaks[i + 1], distance, weight);
            for (int k = 0; k < count; k++)
            {
                double share = weight[k] * distance[k] * distance[k] * (selection?.At(distance[k]) ?? 1);
                if (share > 0)
                {
                    shells.Add(new(distance[k], Shell(region.Window, transform, distance[k], share, refinement)));
                }
            }
        }

        return [.. shells];
    }

    private static RegionNode[] Shell(SkyWindow window, GalactocentricTransform transform, double distance, double weight, double refinement)
    {
        (double[] l, double[] weightL) = Longitudes(window, distance, refinement);
        (double[] b, double[] weightB) = Latitudes(window, distance, refinement);
        double[] longitude = [.. b.SelectMany(_ => l)], latitude = [.. b.SelectMany(x => Enumerable.Repeat(x, l.Length))];
        int n = longitude.Length;
        double[] ra = new double[n], dec = new double[n], far = new double[n];
        GalacticCoordinates.ToIcrs(longitude, latitude, ra, dec);
        Array.Fill(far, distance);

        // Stars that move with the Sun, and as fast as that by 1 km/s away from it, eastwards and northwards.
        double perUnit = 1 / (GalactocentricTransform.KmPerSecondPerMasPerYearKpc * distance);
        double[][] still = Stars(0, 0, 0), away = Stars(1, 0, 0), east = Stars(0, perUnit, 0), north = Stars(0, 0, perUnit);
        RegionNode[] nodes = new RegionNode[n];
        for (int i = 0; i < n; i++)
        {
            double x = still[0][i], y = still[1][i], R = Math.Sqrt(x * x + y * y), cos = x / R, sin = y / R;
            nodes[i] = new(R, still[2][i], weight * weightB[i / l.Length] * weightL[i % l.Length], Direction(away, i), Direction(east, i), Direction(north, i));

            SkyDirection Direction(double[][] moving, int at)
            {
                double vx = moving[3][at] - still[3][at], vy = moving[4][at] - still[4][at], vz = moving[5][at] - still[5][at];
                return new(vx * cos + vy * sin, vz, vy * cos - vx * sin, vx * still[3][at] + vy * still[4][at] + vz * still[5][at]);
            }
        }

        return nodes;

        double[][] Stars(double vlos, double pmRa, double pmDec)
        {
            double[] alongRa = new double[n], alongDec = new double[n], away = new double[n];
            Array.Fill(alongRa, pmRa);
            Array.Fill(alongDec, pmDec);
            Array.Fill(away, vlos);
            double[][] s = [.. Enumerable.Range(0, 6).Select(_ => new double[n])];
            transform.FromSky(
                new() { Ra = ra, Dec = dec, Distance = far, PmRa = alongRa, PmDec = alongDec, LineOfSightVelocity = away }, GalacticFrame.Model,
                new() { x = s[0], y = s[1], z = s[2], vx = s[3], vy = s[4], vz = s[5] });
            return s;
        }
    }

    /// <summary>Longitudes, degrees, and weights, radians.</summary>
    private static (double[] L, double[] Weights) Longitudes(SkyWindow window, double distance, double refinement)
    {
        double width = (window.LastLongitude - window.FirstLongitude) * Units.Degree, across = distance * width * Math.Cos(Nearest(window) * Units.Degree);
        int count = (int)Math.Ceiling(refinement * (1.5 + Math.Max(0.7 * Math.Min(across, 8), 1.4 * width)));
        double[] l = new double[count], weights = new double[count];
        if (window.LastLongitude - window.FirstLongitude >= 360)
        {
            for (int i = 0; i < count; i++)
            {
                (l[i], weights[i]) = (window.FirstLongitude + 360 * (i + 0.5) / count, 2 * Math.PI / count);
            }
        }
        else
        {
            GaussLegendre.Rule(count).Map(window.FirstLongitude, window.LastLongitude, l, weights);
            for (int i = 0; i < count; i++)
            {
                weights[i] *= Units.Degree;
            }
        }

        return (l, weights);
    }

    /// <summary>The latitude of a window nearest to the plane, degrees.</summary>
    private static double Nearest(SkyWindow window) => Math.Clamp(0, window.FirstLatitude, window.LastLatitude);

    /// <summary>Latitudes, degrees, and weights, those of the integral over their sine.</summary>
    private static (double[] B, double[] Weights) Latitudes(SkyWindow window, double distance, double refinement)
    {
        double scale = HeightScale / distance;
        double[] breaks = window.FirstLatitude < 0 && window.LastLatitude > 0 ? [window.FirstLatitude, 0, window.LastLatitude] : [window.FirstLatitude, window.LastLatitude];
        List<double> b = [], weights = [];
        for (int i = 0; i + 1 < breaks.Length; i++)
        {
            double from = Math.Asinh(Math.Sin(breaks[i] * Units.Degree) / scale), to = Math.Asinh(Math.Sin(breaks[i + 1] * Units.Degree) / scale);
            int count = (int)Math.Ceiling(refinement * (2.2 + 1.8 * Math.Min(to - from, 3)));
            double[] t = new double[count], w = new double[count];
            GaussLegendre.Rule(count).Map(from, to, t, w);
            for (int k = 0; k < count; k++)
            {
                b.Add(Math.Asin(Math.Clamp(scale * Math.Sinh(t[k]), -1, 1)) / Units.Degree);
                weights.Add(w[k] * scale * Math.Cosh(t[k]));
            }
        }

        return ([.. b], [.. weights]);
    }
}
