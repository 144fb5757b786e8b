using Oort.Coordinates;

namespace Oort.Surveys;

/// <summary>Receives the stars of a catalogue, one thread's share of them.</summary>
internal interface IStarSink
{
    /// <summary>Takes stars into account.</summary>
    void Add(StarBatch stars);
}

/// <summary>Stars of a catalogue, corrected; as many as <see cref="Longitude"/> has, the other arrays may be longer.</summary>
internal readonly ref struct StarBatch
{
    /// <summary>Positions, kpc, and velocities, km/s, in the model frame; velocities are NaN where something is not measured.</summary>
    public required CartesianBatch Model { get; init; }

    /// <summary>Galactic longitudes, degrees.</summary>
    public required ReadOnlySpan<double> Longitude { get; init; }

    /// <summary>Galactic latitudes, degrees.</summary>
    public required ReadOnlySpan<double> Latitude { get; init; }

    /// <summary>Distances from the Sun, kpc.</summary>
    public required ReadOnlySpan<double> Distance { get; init; }

    /// <summary>Zero points of parallaxes, mas; NaN where they cannot be known.</summary>
    public required ReadOnlySpan<double> ZeroPoint { get; init; }

    /// <summary>Numbers of columns that are kept, as in the catalogue; NaN where they are missing.</summary>
    public required IReadOnlyList<double[]> Kept { get; init; }
}
