namespace Oort.Coordinates;

/// <summary>
/// Where the Sun is and how it moves. The defaults are those of Schoenrich, McMillan &amp; Eyer (2019), which Binney &amp;
/// Vasiliev (2023, section 4.1) take over: R0 = 8.27 kpc, (U, V, W) = (11.1, 250, 7.47) km/s; the height is that of
/// Bennett &amp; Bovy (2019), 20.8 pc.
/// </summary>
public sealed record Sun
{
    /// <summary>The Sun of Binney &amp; Vasiliev (2023).</summary>
    public static Sun Bv23 { get; } = new();

    /// <summary>Distance from the Sun to the Galactic centre, kpc; astropy's <c>galcen_distance</c>.</summary>
    public double R0 { get; init; } = 8.27;

    /// <summary>Height above the Galactic plane, kpc, smaller than R0; astropy's <c>z_sun</c>.</summary>
    public double Z { get; init; } = 0.0208;

    /// <summary>Velocity towards the Galactic centre, km/s: the x component of astropy's <c>galcen_v_sun</c>.</summary>
    public double U { get; init; } = 11.1;

    /// <summary>Velocity in the direction of rotation, km/s, in total: the circular speed and the peculiar motion.</summary>
    public double V { get; init; } = 250;

    /// <summary>Velocity towards the north Galactic pole, km/s.</summary>
    public double W { get; init; } = 7.47;

    /// <summary>Cylindrical radius of the Sun, kpc: slightly less than R0, which is the hypotenuse over the height.</summary>
    public double R => Math.Sqrt(R0 * R0 - Z * Z);

    /// <summary>Throws where a value makes no sense.</summary>
    /// <exception cref="ParameterException">R0 is not above 0, the height not below R0, or a number not finite.</exception>
    internal Sun Checked()
    {
        ParameterException.Check(nameof(Sun), "R0", R0, R0 > 0, "> 0 (kpc)");
        ParameterException.Check(nameof(Sun), "z", Z, Math.Abs(Z) < R0, "smaller than R0 (kpc)");
        ParameterException.Check(nameof(Sun), "U", U, true, "a finite number (km/s)");
        ParameterException.Check(nameof(Sun), "V", V, true, "a finite number (km/s)");
        ParameterException.Check(nameof(Sun), "W", W, true, "a finite number (km/s)");
        return this;
    }
}
