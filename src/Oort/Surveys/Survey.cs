using Oort.Coordinates;

namespace Oort.Surveys;

/// <summary>
/// How a catalogue is read and what is made of it: the Sun, the catalogue's columns, quality cuts, spatial bins and the cells of
/// histograms. Read from a survey file by <c>Oort.Definitions.SurveyFile</c>.
/// </summary>
public sealed record Survey
{
    /// <summary>Name of the file, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>Position and motion of the Sun.</summary>
    public Sun Sun { get; init; } = Sun.Bv23;

    /// <summary>The Hubble constant for M200 and r200, km/s/Mpc.</summary>
    public double HubbleConstant { get; init; } = 70;

    /// <summary>Which columns of a catalogue mean what.</summary>
    public CatalogueColumns Columns { get; init; } = new();

    /// <summary>
    /// Stars are used only if their parallax exceeds this many times its error; null for all stars. Binney &amp; Vasiliev (2023, section 4.1): 5.
    /// </summary>
    public double? LeastParallaxOverError { get; init; }

    /// <summary>
    /// Zero point of the parallaxes, mas, that is subtracted from them before they are inverted where a catalogue has no distances: negative for Gaia.
    /// </summary>
    public double ParallaxZeroPoint { get; init; }

    /// <summary>Spatial bins.</summary>
    public required SpatialBins Bins { get; init; }

    /// <summary>Cells of the histograms, an axis a quantity.</summary>
    public required IReadOnlyList<HistogramAxis> Axes { get; init; }

    /// <summary>The fraction of stars that the survey sees as a function of distance, for mock surveys and predictions; null where the file gives none.</summary>
    public DistanceLaw? Selection { get; init; }

    /// <summary>Uncertainties of what is measured, for mock surveys; null where the file gives none.</summary>
    public ErrorModel? Errors { get; init; }

    /// <summary>The selection of the stars that the survey sees, before any cut.</summary>
    /// <exception cref="InputException">The survey file gives none.</exception>
    public HeliocentricSelection SeenStars()
        => new(Sun, Selection ?? throw new InputException($"{Name}: has no section [Selection], which says what fraction of the stars the survey sees at which distance"));

    /// <summary>
    /// The selection of the stars that are left by the cut on parallax_over_error where parallaxes are exact: it is a cut on distance then.
    /// </summary>
    /// <inheritdoc cref="SeenStars" path="/exception"/>
    public HeliocentricSelection UsedStars()
    {
        HeliocentricSelection seen = SeenStars();
        return LeastParallaxOverError is double least && Errors is not null ? new(Sun, seen.Law.Within(Errors.DistanceLimit(least, ParallaxZeroPoint))) : seen;
    }
}
