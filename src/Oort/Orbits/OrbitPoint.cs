using Oort.Coordinates;

namespace Oort.Orbits;

/// <summary>A position (kpc) and velocity (km/s) in the model frame, Cartesian.</summary>
public readonly record struct OrbitPoint(double x, double y, double z, double vx, double vy, double vz)
{
    /// <summary>The same point in cylindrical coordinates.</summary>
    public CylindricalPoint Cylindrical => CylindricalPoint.FromCartesian(x, y, z, vx, vy, vz);

    /// <summary>From cylindrical coordinates.</summary>
    public static OrbitPoint FromCylindrical(CylindricalPoint point)
    {
        (double sin, double cos) = Math.SinCos(point.phi);
        return new(point.R * cos, point.R * sin, point.z, point.vR * cos - point.vphi * sin, point.vR * sin + point.vphi * cos, point.vz);
    }
}

/// <summary>
/// Extent of an orbit: smallest and largest distance from the centre and largest height above or below the plane, kpc; eccentricity
/// (apocentre - pericentre)/(apocentre + pericentre). All NaN for an unbound orbit.
/// </summary>
public readonly record struct OrbitShape(double Pericentre, double Apocentre, double ZMax)
{
    /// <summary>(apocentre - pericentre)/(apocentre + pericentre), from 0 to 1.</summary>
    public double Eccentricity => (Apocentre - Pericentre) / (Apocentre + Pericentre);
}
