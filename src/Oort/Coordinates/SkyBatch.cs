namespace Oort.Coordinates;

/// <summary>
/// What astrometry and spectroscopy measure of a batch of stars, in the units of catalogues, ICRS; one span a quantity, all of
/// one length. Angles are in degrees here, not radians: this is where catalogues are read and written.
/// </summary>
public readonly ref struct SkyBatch
{
    /// <summary>Right ascension, degrees, in [0, 360) where it is computed.</summary>
    public required Span<double> Ra { get; init; }

    /// <summary>Declination, degrees.</summary>
    public required Span<double> Dec { get; init; }

    /// <summary>Distance from the Sun, kpc.</summary>
    public required Span<double> Distance { get; init; }

    /// <summary>Proper motion in right ascension times the cosine of the declination, mas/yr.</summary>
    public required Span<double> PmRa { get; init; }

    /// <summary>Proper motion in declination, mas/yr.</summary>
    public required Span<double> PmDec { get; init; }

    /// <summary>Heliocentric (barycentric) line-of-sight velocity, km/s, positive where the star recedes.</summary>
    public required Span<double> LineOfSightVelocity { get; init; }

    /// <summary>Number of stars.</summary>
    public int Count => Ra.Length;

    /// <summary>Stars <paramref name="start"/> to <paramref name="start"/> + <paramref name="length"/> - 1.</summary>
    public SkyBatch Slice(int start, int length) => new()
    {
        Ra = Ra.Slice(start, length),
        Dec = Dec.Slice(start, length),
        Distance = Distance.Slice(start, length),
        PmRa = PmRa.Slice(start, length),
        PmDec = PmDec.Slice(start, length),
        LineOfSightVelocity = LineOfSightVelocity.Slice(start, length),
    };
}
