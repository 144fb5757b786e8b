namespace Oort.Coordinates;

/// <summary>Ecliptic latitude from ICRS, for the obliquity of J2000 that Gaia's archive uses.</summary>
internal static class EclipticCoordinates
{
    /// <summary>84381.411 arc seconds. The archive's turn about the equator's pole by -0.055 arc seconds is left out: it changes latitudes by less than 0.03 of them.</summary>
    private const double Obliquity = 84381.411 / 3600 * Units.Degree;

    private static readonly (double Sin, double Cos) Tilt = Math.SinCos(Obliquity);

    /// <summary>Ecliptic latitude, degrees, of a direction in degrees.</summary>
    public static double Latitude(double ra, double dec)
    {
        (double sinDec, double cosDec) = Math.SinCos(dec * Units.Degree);
        return Math.Asin(Math.Clamp(sinDec * Tilt.Cos - cosDec * Tilt.Sin * Math.Sin(ra * Units.Degree), -1, 1)) / Units.Degree;
    }
}
