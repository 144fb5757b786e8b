namespace Oort.Models.Predictions;

/// <summary>
/// What a solved model says of the Galaxy, figure by figure and number by number as in Binney &amp; Vasiliev (2023), section 4.4.2. Everything
/// that needs velocity integrals comes from one pass over some thousand positions: seconds on two cores.
/// </summary>
/// <param name="SunRadius">The Sun's distance from the centre, kpc.</param>
/// <param name="Meridional">Figure 13.</param>
/// <param name="Vertical">Figure 14.</param>
/// <param name="CircularSpeeds">Figure 15.</param>
/// <param name="MidPlane">Figures 16 and 18.</param>
/// <param name="FaceOn">Figure 17.</param>
/// <param name="Table4">Table 4.</param>
/// <param name="Quoted">The other numbers of sections 4.3, 4.4.2 and 5.</param>
public sealed record GalaxyPredictions(
    double SunRadius, MeridionalDensities Meridional, VerticalDensities Vertical, CircularSpeeds CircularSpeeds, MidPlane MidPlane, FaceOn FaceOn,
    IReadOnlyList<ComparedNumber> Table4, IReadOnlyList<ComparedNumber> Quoted)
{
    /// <summary>Asks a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sunRadius">The Sun's distance from the centre, kpc.</param>
    /// <param name="progress">Told which share of the work is done, from any thread.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ParameterException">The Sun's distance is not positive.</exception>
    public static GalaxyPredictions Of(
        SolvedGalaxy model, double sunRadius, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ParameterException.Check(nameof(GalaxyPredictions), "R0", sunRadius, sunRadius > 0, "> 0 (kpc)");
        Galaxy galaxy = model.Galaxy;
        MomentBatch batch = new();
        double[] faceOnRadii = FaceOn.RadiiWith(sunRadius), heights = VerticalDensities.Heights;

        // Of the costliest positions, those near the centre, the first: so that all threads end together.
        int faceOn = FaceOn.Add(batch, faceOnRadii);
        int plane = batch.Add(MidPlane.Radii, new double[MidPlane.Radii.Length]);
        int vertical = batch.Add([.. heights.Select(_ => sunRadius)], heights);
        int local = SolarNeighbourhood.Add(batch, sunRadius);
        Moments[,] moments = batch.Find(galaxy, progress, cancellation);

        VerticalDensities above = VerticalDensities.Of(galaxy, moments, vertical);
        FaceOn seen = FaceOn.Of(galaxy, faceOnRadii, moments, faceOn);
        MidPlane inPlane = MidPlane.Of(galaxy, moments, plane);
        SolarNeighbourhood sun = SolarNeighbourhood.Of(galaxy, sunRadius, moments, local);
        return new(
            sunRadius, MeridionalDensities.Of(model), above, CircularSpeeds.Of(model), inPlane, seen,
            sun.Table4(), [.. sun.Quoted(), .. GalaxyNumbers.Of(model, seen, inPlane, sunRadius)]);
    }
}
