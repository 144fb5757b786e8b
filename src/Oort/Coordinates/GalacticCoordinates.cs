namespace Oort.Coordinates;

/// <summary>
/// Galactic longitude and latitude, degrees, from and to ICRS: as astropy has them, by way of FK5 (USNO circular 179) and the
/// pole of 1958 brought to J2000.
/// </summary>
public static class GalacticCoordinates
{
    private const double MilliArcsecond = Units.Degree / 3_600_000;

    private static readonly Rotation3 FromIcrsAxes =
        Rotation3.AboutZ((180 - 122.9319185680026) * Units.Degree)
        * Rotation3.AboutY((90 - 27.12825118085622) * Units.Degree)
        * Rotation3.AboutZ(192.8594812065348 * Units.Degree)
        * Rotation3.AboutX(19.9 * MilliArcsecond) * Rotation3.AboutY(9.1 * MilliArcsecond) * Rotation3.AboutZ(-22.9 * MilliArcsecond);

    private static readonly Rotation3 ToIcrsAxes = FromIcrsAxes.Inverse;

    /// <summary>Longitudes in [0, 360) and latitudes, degrees; the spans may be the same.</summary>
    public static void FromIcrs(ReadOnlySpan<double> ra, ReadOnlySpan<double> dec, Span<double> l, Span<double> b) => Turn(FromIcrsAxes, ra, dec, l, b);

    /// <summary>Right ascensions in [0, 360) and declinations, degrees; the spans may be the same.</summary>
    public static void ToIcrs(ReadOnlySpan<double> l, ReadOnlySpan<double> b, Span<double> ra, Span<double> dec) => Turn(ToIcrsAxes, l, b, ra, dec);

    private static void Turn(in Rotation3 axes, ReadOnlySpan<double> longitude, ReadOnlySpan<double> latitude, Span<double> newLongitude, Span<double> newLatitude)
    {
        for (int i = 0; i < longitude.Length; i++)
        {
            (double sinLongitude, double cosLongitude) = Math.SinCos(longitude[i] * Units.Degree);
            (double sinLatitude, double cosLatitude) = Math.SinCos(latitude[i] * Units.Degree);
            (double x, double y, double z) = axes.Apply(cosLatitude * cosLongitude, cosLatitude * sinLongitude, sinLatitude);
            newLongitude[i] = Longitude(x, y);
            newLatitude[i] = Math.Atan2(z, Math.Sqrt(x * x + y * y)) / Units.Degree;
        }
    }

    /// <summary>The direction of (x, y), degrees in [0, 360).</summary>
    internal static double Longitude(double x, double y)
    {
        double angle = Math.Atan2(y, x) / Units.Degree;
        // A tiny negative angle would round to 360 exactly.
        return angle >= 0 ? angle : angle + 360 is var turned and < 360 ? turned : double.IsNaN(angle) ? angle : 0;
    }
}
