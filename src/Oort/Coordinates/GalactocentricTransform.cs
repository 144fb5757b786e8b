namespace Oort.Coordinates;

/// <summary>
/// Positions and velocities seen from the Sun (ICRS) to Galactocentric ones and back, for a given <see cref="Coordinates.Sun"/>. The frame is
/// astropy's Galactocentric of the definition v4.0: the centre at (ra, dec) = (266.4051, -28.936175) degrees, at the distance R0;
/// the x axis from the point below the Sun in the plane to the centre, z towards the north Galactic pole, the whole rolled by
/// 58.5986320306 degrees about the line of sight so that b = 0 is level. In the model frame x and v_x are negated.
/// </summary>
/// <remarks>
/// The Sun is at (-sqrt(R0^2 - z^2), 0, z) of the sky frame, and (U, V, W) are along that frame's axes, as in astropy. Agreement with astropy is
/// to rounding (tests). Immutable, so threads may share it.
/// </remarks>
public sealed class GalactocentricTransform
{
    /// <summary>
    /// km/s in one kpc mas/yr: the astronomical unit, 149597870.7 km, a Julian year of 365.25 days, since a parsec is an
    /// astronomical unit over an arc second.
    /// </summary>
    public const double KmPerSecondPerMasPerYearKpc = 149_597_870.7 / (365.25 * 86_400);

    private readonly Rotation3 toCentre, fromCentre;
    private readonly double sunX, sunZ;

    /// <summary>The transformation for a Sun.</summary>
    /// <exception cref="ParameterException">A value of the Sun's is out of its range.</exception>
    public GalactocentricTransform(Sun sun)
    {
        Sun = sun.Checked();
        toCentre = Rotation3.AboutY(-Math.Asin(sun.Z / sun.R0))
            * Rotation3.AboutX(58.5986320306 * Units.Degree) * Rotation3.AboutY(28.936175 * Units.Degree) * Rotation3.AboutZ(266.4051 * Units.Degree);
        fromCentre = toCentre.Inverse;
        (sunX, sunZ) = (-sun.R, sun.Z);
    }

    /// <summary>The Sun's position and motion.</summary>
    public Sun Sun { get; }

    /// <summary>
    /// Galactocentric positions and velocities. A NaN spoils what depends on it: without a line-of-sight velocity or proper motion
    /// there is still a position.
    /// </summary>
    /// <param name="sky">Stars as seen from the Sun.</param>
    /// <param name="frame">Frame of the result.</param>
    /// <param name="result">As many stars; its spans must not be those of <paramref name="sky"/>.</param>
    public void FromSky(in SkyBatch sky, GalacticFrame frame, in CartesianBatch result)
    {
        double sign = frame == GalacticFrame.Model ? -1 : 1;
        for (int i = 0; i < sky.Count; i++)
        {
            (double sinRa, double cosRa) = Math.SinCos(sky.Ra[i] * Units.Degree);
            (double sinDec, double cosDec) = Math.SinCos(sky.Dec[i] * Units.Degree);
            double d = sky.Distance[i], vlos = sky.LineOfSightVelocity[i];
            double east = KmPerSecondPerMasPerYearKpc * d * sky.PmRa[i], north = KmPerSecondPerMasPerYearKpc * d * sky.PmDec[i];
            (double x, double y, double z) = toCentre.Apply(d * cosDec * cosRa, d * cosDec * sinRa, d * sinDec);
            double outwards = vlos * cosDec - north * sinDec;
            (double vx, double vy, double vz) = toCentre.Apply(
                outwards * cosRa - east * sinRa, outwards * sinRa + east * cosRa, vlos * sinDec + north * cosDec);
            result.x[i] = sign * (x + sunX);
            result.y[i] = y;
            result.z[i] = z + sunZ;
            result.vx[i] = sign * (vx + Sun.U);
            result.vy[i] = vy + Sun.V;
            result.vz[i] = vz + Sun.W;
        }
    }

    /// <summary>What is seen from the Sun. At the Sun itself directions and proper motions are not defined: NaN.</summary>
    /// <param name="stars">Galactocentric positions and velocities.</param>
    /// <param name="frame">Their frame.</param>
    /// <param name="sky">As many stars; its spans must not be those of <paramref name="stars"/>.</param>
    public void ToSky(in CartesianBatch stars, GalacticFrame frame, in SkyBatch sky)
    {
        double sign = frame == GalacticFrame.Model ? -1 : 1;
        for (int i = 0; i < stars.Count; i++)
        {
            (double x, double y, double z) = fromCentre.Apply(sign * stars.x[i] - sunX, stars.y[i], stars.z[i] - sunZ);
            (double vx, double vy, double vz) = fromCentre.Apply(sign * stars.vx[i] - Sun.U, stars.vy[i] - Sun.V, stars.vz[i] - Sun.W);
            double inPlane = Math.Sqrt(x * x + y * y), d = Math.Sqrt(inPlane * inPlane + z * z);
            // At a celestial pole any right ascension will do.
            (double cosRa, double sinRa) = inPlane > 0 ? (x / inPlane, y / inPlane) : (1, 0);
            (double cosDec, double sinDec) = (inPlane / d, z / d);
            double outwards = vx * cosRa + vy * sinRa;
            sky.Ra[i] = d > 0 ? GalacticCoordinates.Longitude(cosRa, sinRa) : double.NaN;
            sky.Dec[i] = d > 0 ? Math.Atan2(z, inPlane) / Units.Degree : double.NaN;
            sky.Distance[i] = d;
            double perUnit = d > 0 ? KmPerSecondPerMasPerYearKpc * d : double.NaN;
            sky.PmRa[i] = (vy * cosRa - vx * sinRa) / perUnit;
            sky.PmDec[i] = (vz * cosDec - outwards * sinDec) / perUnit;
            sky.LineOfSightVelocity[i] = outwards * cosDec + vz * sinDec;
        }
    }
}
