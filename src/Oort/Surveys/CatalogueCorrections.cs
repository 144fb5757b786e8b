namespace Oort.Surveys;

/// <summary>What is corrected in a catalogue before it is used (Sun et al. 2025, section 2).</summary>
public sealed record CatalogueCorrections
{
    /// <summary>Added to line-of-sight velocities, km/s: 5.7 for LAMOST, whose velocities are too small by that (Tian et al. 2015).</summary>
    public double LineOfSightVelocity { get; init; }

    /// <summary>Distances of the catalogue over true ones, but for those at <see cref="PoleLatitude"/> and above: 0.86 for the photometric ones of Carlin et al. (2015).</summary>
    public double DistanceRatio { get; init; } = 1;

    /// <summary>Distances of the catalogue over true ones at the north Galactic pole: 0.97.</summary>
    public double PoleDistanceRatio { get; init; } = 1;

    /// <summary>Galactic latitude, degrees, from which on <see cref="PoleDistanceRatio"/> holds.</summary>
    public double PoleLatitude { get; init; } = 80;

    /// <summary>Whether the zero point of each star's parallax is that of <see cref="ParallaxZeroPoint"/>, not the survey's constant.</summary>
    public bool ParallaxZeroPoint2021 { get; init; }

    /// <summary>Whether distances are changed.</summary>
    internal bool ChangeDistances => DistanceRatio != 1 || PoleDistanceRatio != 1;

    /// <summary>A distance of the catalogue, corrected.</summary>
    /// <param name="distance">As in the catalogue.</param>
    /// <param name="latitude">Galactic latitude, degrees.</param>
    public double Distance(double distance, double latitude) => distance / Ratio(latitude);

    /// <summary>Distances of the catalogue over corrected ones.</summary>
    /// <param name="latitude">Galactic latitude, degrees.</param>
    internal double Ratio(double latitude) => latitude >= PoleLatitude ? PoleDistanceRatio : DistanceRatio;
}
