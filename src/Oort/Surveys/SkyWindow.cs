namespace Oort.Surveys;

/// <summary>A part of the sky between two Galactic longitudes and two latitudes.</summary>
/// <param name="FirstLongitude">Galactic longitude, degrees, where it begins, eastwards.</param>
/// <param name="LastLongitude">Where it ends, above the first by 360 or less.</param>
/// <param name="FirstLatitude">Smallest Galactic latitude, degrees, not below -90.</param>
/// <param name="LastLatitude">Largest, not above 90.</param>
public sealed record SkyWindow(double FirstLongitude, double LastLongitude, double FirstLatitude, double LastLatitude)
{
    /// <summary>All of the sky.</summary>
    public static SkyWindow WholeSky { get; } = new(-180, 180, -90, 90);

    /// <summary>Whether it is all of the sky.</summary>
    public bool IsWholeSky => LastLongitude - FirstLongitude >= 360 && FirstLatitude <= -90 && LastLatitude >= 90;

    /// <summary>Whether a direction, degrees, is in it.</summary>
    public bool Contains(double longitude, double latitude)
    {
        double east = longitude - FirstLongitude;
        east -= 360 * Math.Floor(east / 360);
        return east <= LastLongitude - FirstLongitude && latitude >= FirstLatitude && latitude <= LastLatitude;
    }

    /// <summary>The parallel at which it begins as seen around the north Galactic pole: (90 - b) cos l and (90 - b) sin l, degrees, the first point again as the last (<see cref="CatalogueViews.Pole"/>).</summary>
    /// <param name="points">Number of points, but for the last.</param>
    public (double[] X, double[] Y) AroundPole(int points)
    {
        double[] turn = [.. Enumerable.Range(0, points + 1).Select(i => 2 * Math.PI * (i % points) / points)];
        return ([.. turn.Select(t => (90 - FirstLatitude) * Math.Cos(t))], [.. turn.Select(t => (90 - FirstLatitude) * Math.Sin(t))]);
    }

    internal SkyWindow Checked()
    {
        ParameterException.Check(nameof(SkyWindow), "longitudes", LastLongitude, LastLongitude > FirstLongitude && LastLongitude - FirstLongitude <= 360, "above the first by 360 degrees or less");
        ParameterException.Check(nameof(SkyWindow), "latitudes", LastLatitude, LastLatitude > FirstLatitude && FirstLatitude >= -90 && LastLatitude <= 90, "above the first and within -90 to 90 degrees");
        return this;
    }
}
