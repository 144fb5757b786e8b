namespace Oort.Coordinates;

/// <summary>
/// Galactocentric Cartesian positions (kpc) and velocities (km/s) of a batch of stars; one span a coordinate, all of one
/// length. Which frame they are in (<see cref="GalacticFrame"/>) whoever takes or gives them says.
/// </summary>
public readonly ref struct CartesianBatch
{
    /// <summary>x, kpc.</summary>
    public required Span<double> x { get; init; }

    /// <summary>y, kpc.</summary>
    public required Span<double> y { get; init; }

    /// <summary>z, kpc.</summary>
    public required Span<double> z { get; init; }

    /// <summary>Velocity along x, km/s.</summary>
    public required Span<double> vx { get; init; }

    /// <summary>Velocity along y, km/s.</summary>
    public required Span<double> vy { get; init; }

    /// <summary>Velocity along z, km/s.</summary>
    public required Span<double> vz { get; init; }

    /// <summary>Number of stars.</summary>
    public int Count => x.Length;

    /// <summary>Stars <paramref name="start"/> to <paramref name="start"/> + <paramref name="length"/> - 1.</summary>
    public CartesianBatch Slice(int start, int length) => new()
    {
        x = x.Slice(start, length),
        y = y.Slice(start, length),
        z = z.Slice(start, length),
        vx = vx.Slice(start, length),
        vy = vy.Slice(start, length),
        vz = vz.Slice(start, length),
    };
}

/// <summary>The two Galactocentric frames: they differ in the signs of x and v_x.</summary>
public enum GalacticFrame
{
    /// <summary>The model frame: the Sun at x = +R0; left-handed, v_phi &gt; 0 with rotation.</summary>
    Model,

    /// <summary>The sky frame: astropy's Galactocentric, the Sun at x = -R0; right-handed, Lz &lt; 0 with rotation.</summary>
    Sky,
}
