namespace Oort.Coordinates;

/// <summary>
/// A position and velocity in the model frame, cylindrical: R, z in kpc, azimuth phi in radians,
/// velocities in km/s. vR points outwards, vphi > 0 is Galactic rotation.
/// </summary>
public readonly record struct CylindricalPoint(double R, double z, double phi, double vR, double vz, double vphi)
{
    /// <summary>From Cartesian coordinates of the model frame (kpc, km/s).</summary>
    public static CylindricalPoint FromCartesian(double x, double y, double z, double vx, double vy, double vz)
    {
        double R = Math.Sqrt(x * x + y * y);
        // On the axis the azimuth is undefined; take the x axis as outwards.
        (double cos, double sin) = R > 0 ? (x / R, y / R) : (1.0, 0.0);
        return new(R, z, Math.Atan2(sin, cos), vx * cos + vy * sin, vz, vy * cos - vx * sin);
    }
}

/// <summary>
/// A batch of positions and velocities in the model frame, one span a coordinate, all of one length.
/// R, z in kpc, phi in radians, velocities in km/s.
/// </summary>
public readonly ref struct PhaseSpaceBatch
{
    /// <summary>Cylindrical radius, kpc.</summary>
    public required ReadOnlySpan<double> R { get; init; }

    /// <summary>Height above the plane, kpc.</summary>
    public required ReadOnlySpan<double> z { get; init; }

    /// <summary>Azimuth, radians; may be empty where only actions and frequencies are asked for.</summary>
    public ReadOnlySpan<double> phi { get; init; }

    /// <summary>Radial velocity, km/s, positive outwards.</summary>
    public required ReadOnlySpan<double> vR { get; init; }

    /// <summary>Vertical velocity, km/s.</summary>
    public required ReadOnlySpan<double> vz { get; init; }

    /// <summary>Azimuthal velocity, km/s, positive with Galactic rotation.</summary>
    public required ReadOnlySpan<double> vphi { get; init; }

    /// <summary>Number of points.</summary>
    public int Count => R.Length;
}
