namespace Oort.Coordinates;

/// <summary>
/// The units used everywhere: kpc, km/s, solar masses; time in kpc/(km/s); angles in radians.
/// </summary>
public static class Units
{
    /// <summary>Newton's constant in kpc (km/s)^2 / Msun.</summary>
    public const double G = 4.30091727e-6;

    /// <summary>One pc^-3 in kpc^-3: divide a density in Msun/kpc^3 by it to get Msun/pc^3.</summary>
    public const double PerCubicParsec = 1e9;

    /// <summary>One pc^-2 in kpc^-2: divide a surface density in Msun/kpc^2 by it to get Msun/pc^2.</summary>
    public const double PerSquareParsec = 1e6;

    /// <summary>Radians in a degree.</summary>
    public const double Degree = Math.PI / 180;
}
