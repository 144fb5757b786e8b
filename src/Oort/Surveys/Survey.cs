using Oort.Coordinates;

namespace Oort.Surveys;

/// <summary>
/// How a catalogue is read and what is made of it: the Sun, the catalogue's columns, corrections, cuts, bins or regions and the cells of
/// histograms. Read from a survey file by <c>Oort.Definitions.SurveyFile</c>.
/// </summary>
public sealed record Survey
{
    private readonly SpatialBins? bins;

    /// <summary>Name of the file, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>Position and motion of the Sun.</summary>
    public Sun Sun { get; init; } = Sun.Bv23;

    /// <summary>
    /// The part of V that is the Sun's own motion, km/s: V is the circular speed of the model at the Sun and this, where stars of a model are predicted (Sun et al. 2025, section 2: 12.24). Null where V is
    /// the same in any model.
    /// </summary>
    public double? PeculiarV { get; init; }

    /// <summary>Whether R0 is the model's where stars of a model are predicted, as in Sun et al. (2025, Table 2).</summary>
    public bool UsesModelR0 { get; init; }

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

    /// <summary>What is corrected before stars are used.</summary>
    public CatalogueCorrections Corrections { get; init; } = new();

    /// <summary>Cuts on columns.</summary>
    public IReadOnlyList<ColumnCut> Cuts { get; init; } = [];

    /// <summary>Only stars in one of these boxes of temperature and gravity are used; all if there is none.</summary>
    public IReadOnlyList<GiantBox> Giants { get; init; } = [];

    /// <summary>Only stars with velocities within these limits are used; null for all.</summary>
    public VelocityLimits? Limits { get; init; }

    /// <summary>
    /// The limits that stars in <see cref="Regions"/> can be held to: those of <see cref="Limits"/> where the survey measures line-of-sight velocities and both proper motions, from which velocities
    /// follow; else null. What is measured is what there are histograms of.
    /// </summary>
    public VelocityLimits? LimitsInRegions => SkyRegions.Quantities.All(q => Regions?.AxesOf(1).Any(a => a.Quantity == q) ?? false) ? Limits : null;

    /// <summary>Spatial bins in R and |z|.</summary>
    /// <exception cref="InputException">The survey has <see cref="Regions"/> instead.</exception>
    public SpatialBins Bins
    {
        get => bins ?? throw new InputException($"{Name}: has [Regions] of the sky; this needs [Bins] in R and |z|");
        init => bins = value;
    }

    /// <summary>Cells of the histograms in bins, an axis a quantity; regions have their own (<see cref="SkyRegions.AxesOf"/>).</summary>
    public IReadOnlyList<HistogramAxis> Axes { get; init; } = [];

    /// <summary>Regions of the sky that are the bins; null where the bins are in R and |z|.</summary>
    public SkyRegions? Regions { get; init; }

    /// <summary>How histograms in regions are resampled; null where the stars are counted as they are.</summary>
    public ErrorResampling? Resampling { get; init; }

    /// <summary>The fraction of stars that the survey sees as a function of distance, for mock surveys and predictions; null where the file gives none.</summary>
    public DistanceLaw? Selection { get; init; }

    /// <summary>Uncertainties of what is measured, for mock surveys; null where the file gives none.</summary>
    public ErrorModel? Errors { get; init; }

    /// <summary>Number of stars that a mock catalogue has in each of <see cref="Regions"/>, after all cuts; null where the file gives none.</summary>
    public IReadOnlyList<long>? MockStars { get; init; }

    /// <summary>The Sun's position and motion in a model.</summary>
    /// <param name="galaxy">The model.</param>
    /// <param name="modelR0">The model's distance of the Sun from the centre, kpc.</param>
    public Sun SunIn(Models.Galaxy galaxy, double modelR0)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        Sun sun = (UsesModelR0 ? Sun with { R0 = modelR0 } : Sun).Checked();
        return PeculiarV is double own ? sun with { V = galaxy.CircularSpeed(sun.R) + own } : sun;
    }

    /// <summary>The survey with another Sun, in the model's place and motion too: what is given holds for every model.</summary>
    /// <param name="given">Any of R0, z (kpc), U, V, W (km/s) by these names, whatever their case.</param>
    public Survey WithSun(IReadOnlyDictionary<string, double> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        double? Of(string key) => given.Where(g => g.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Select(g => (double?)g.Value).FirstOrDefault();
        return this with
        {
            Sun = Sun with { R0 = Of("R0") ?? Sun.R0, Z = Of("z") ?? Sun.Z, U = Of("U") ?? Sun.U, V = Of("V") ?? Sun.V, W = Of("W") ?? Sun.W },
            UsesModelR0 = UsesModelR0 && Of("R0") is null,
            PeculiarV = Of("V") is null ? PeculiarV : null,
        };
    }

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

    /// <summary>Its name: not all properties can be had of every survey.</summary>
    public override string ToString() => Name;
}
