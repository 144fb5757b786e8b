using Oort.Coordinates;
using Oort.Models;
using Oort.Tables;

namespace Oort.Surveys;

/// <summary>
/// A mock catalogue of a survey of regions of the sky (Sun et al. 2025): stars of a galaxy that are in the regions by what is measured of them and pass the survey's limits on velocities, as many in each region as
/// are asked for, with the errors of the survey and all corrections undone, so that <see cref="CatalogueReduction"/> gives back what was seen.
/// </summary>
/// <remarks>
/// Every star has a random stream's place of its own: the same seed gives the same stars whatever the number of threads, and a region begins as it does with more stars. Limits on velocities need both
/// proper motions and the line-of-sight velocity; where the survey has no histograms of one of them it is not measured, and there are no limits.
/// </remarks>
public sealed class RegionMock
{
    private const int ChunkSize = SelectedGalaxy.ChunkSize;

    // Draws for a chunk of stars: where fewer than one in so many is taken the limits are a mistake.
    private const int MostDraws = 64;

    private readonly Survey survey;
    private readonly SkyRegions regions;
    private readonly Sun sun;
    private readonly Galaxy galaxy;
    private readonly Func<GalaxyComponent, bool> components;
    private readonly ErrorModel errors;

    /// <summary>A mock of a survey.</summary>
    /// <param name="galaxy">The galaxy.</param>
    /// <param name="modelR0">The model's distance of the Sun from the centre, kpc, which may be the survey's.</param>
    /// <param name="survey">A survey with regions and errors.</param>
    /// <param name="components">Which components are seen; if null, the stellar discs.</param>
    /// <exception cref="InputException">The survey has no regions or no errors, or no component chosen has a distribution function.</exception>
    public RegionMock(Galaxy galaxy, double modelR0, Survey survey, Func<GalaxyComponent, bool>? components = null)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        ArgumentNullException.ThrowIfNull(survey);
        (this.galaxy, this.survey, this.components) = (galaxy, survey, components ?? (c => c.IsDisc));
        regions = survey.Regions ?? throw new InputException($"{survey.Name}: has no section [Regions]");
        errors = survey.Errors ?? throw new InputException($"{survey.Name}: has no section [Errors], which says how uncertain what is measured is");
        sun = survey.SunIn(galaxy, modelR0);
        if (!galaxy.Components.Any(c => c.DistributionFunction is not null && this.components(c)))
        {
            throw new InputException("there are no stars: none of the components chosen has a distribution function");
        }
    }

    /// <summary>Writes a catalogue, region after region, with the column names that the survey file gives or else those of <c>oort reduce</c>.</summary>
    /// <param name="stream">Where it goes; the caller closes it.</param>
    /// <param name="stars">Number of stars in each region, after all cuts.</param>
    /// <param name="options">Seed, errors, format.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">Hardly any star of a region is within the limits.</exception>
    public void Write(Stream stream, IReadOnlyList<long> stars, MockCatalogueOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stars);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNotEqual(stars.Count, regions.Count);
        RegionConditions conditions = RegionConditions.Of(survey, options.Scatter ? MeasurementErrors.Once : MeasurementErrors.None, "a mock with scatter");
        RegionDraw draw = new(galaxy, components, sun, regions, conditions, options.Threads, cancellation, survey.Sun);
        (int Region, long Index, int Count)[] chunks =
        [
            .. stars.SelectMany((n, r) => Enumerable.Range(0, (int)((n + ChunkSize - 1) / ChunkSize)).Select(i => (r + 1, (long)i, (int)Math.Min(ChunkSize, n - (long)i * ChunkSize)))),
        ];
        long[] first = [.. regions.All.Select((_, r) => stars.Take(r).Sum())];
        long[,] known = new long[regions.Count + 1, 2];
        new StreamedTable<RegionMockChunk>(Columns())
        {
            Rows = stars.Sum(),
            ChunkSize = ChunkSize,
            Sizes = [.. chunks.Select(c => c.Count)],
            Create = () => new(ChunkSize),
            Fill = (index, count, chunk) =>
            {
                (int region, long part, _) = chunks[index];
                (chunk.Region, chunk.First) = (region, first[region - 1] + part * ChunkSize);
                Fill(draw, part, count, options.Seed, known, chunk);
            },
            Threads = options.Threads,
            History = options.History,
            Progress = options.Progress,
        }.Write(stream, options.Format, options.Gzip, cancellation);
    }

    private void Fill(RegionDraw draw, long part, int count, ulong seed, long[,] known, RegionMockChunk chunk)
    {
        int region = chunk.Region;
        chunk.Count = 0;
        for (int i = 0; i < MostDraws; i++)
        {
            // So many that they will do, by the share that was taken so far, and all if they do not.
            double share = (1.0 + Interlocked.Read(ref known[region, 1])) / (2 + Interlocked.Read(ref known[region, 0]));
            int before = chunk.Count, asked = (int)Math.Clamp(1.05 * (count - before) / share + 100, 1, ChunkSize);
            Take(asked);
            if (chunk.Count < count && asked < ChunkSize)
            {
                chunk.Count = before;
                Take(ChunkSize);
            }

            if (chunk.Count == count)
            {
                return;
            }

            void Take(int asked)
            {
                draw.Fill(region, part * MostDraws + i, asked, seed, chunk.Draw);
                Interlocked.Add(ref known[region, 0], asked);
                Interlocked.Add(ref known[region, 1], chunk.Draw.Count);
                Add(chunk, count);
            }
        }

        throw new InputException(FormattableString.Invariant($"region {region}: hardly any star is within the limits of [Cuts] on velocities: {chunk.Count} of {(long)MostDraws * ChunkSize}"));
    }

    /// <summary>Stars as they are in the catalogue.</summary>
    private void Add(RegionMockChunk chunk, int count)
    {
        RegionDrawChunk drawn = chunk.Draw;
        int all = chunk.Draw.Stars.Stars.Count;
        GalacticCoordinates.FromIcrs(drawn.Measured[0].AsSpan(0, all), drawn.Measured[1].AsSpan(0, all), chunk.Longitude, chunk.Latitude);
        for (int k = 0; k < drawn.Count && chunk.Count < count; k++)
        {
            int i = drawn.Taken[k];
            double distance = drawn.Measured[2][i], latitude = chunk.Latitude[i];

            // At the very edge they may differ in the last digits.
            if (regions[chunk.Region].Contains(chunk.Longitude[i], latitude, distance))
            {
                Uncertainties u = errors.At(drawn.True[2][i]);
                double listed = distance * survey.Corrections.Ratio(latitude);
                chunk.Rows[chunk.Count++] = new(
                    drawn.Measured[0][i], drawn.Measured[1][i], listed, u.LogDistance * listed, drawn.Measured[3][i], u.PmRa, drawn.Measured[4][i], u.PmDec,
                    drawn.Measured[5][i] - survey.Corrections.LineOfSightVelocity, u.RadialVelocity, drawn.Stars.Component[i]);
            }
        }
    }

    private List<StreamedColumn<RegionMockChunk>> Columns()
    {
        List<StreamedColumn<RegionMockChunk>> columns =
        [
            new() { Name = "source_id", Meaning = "number of the star, from 1", Whole = (c, i) => c.First + i + 1 },
            new() { Name = "region", Meaning = "number of the region that it is seen in", Whole = (c, _) => c.Region },
            Number("ra", "deg", "right ascension, ICRS", s => s.Ra),
            Number("dec", "deg", "declination, ICRS", s => s.Dec),
            Number("distance", "kpc", "distance, uncorrected", s => s.Distance),
        ];
        if (errors.Bins.Any(u => u.LogDistance > 0))
        {
            columns.Add(Number("distance_error", "kpc", "its standard error", s => s.DistanceError));
        }

        foreach (HistogramAxis axis in regions.AxesOf(1))
        {
            columns.AddRange(axis.Quantity switch
            {
                "pmra" => [Number("pmra", "mas / yr", "proper motion in ra times cos(dec)", s => s.PmRa), Number("pmra_error", "mas / yr", "its standard error", s => s.PmRaError)],
                "pmdec" => [Number("pmdec", "mas / yr", "proper motion in dec", s => s.PmDec), Number("pmdec_error", "mas / yr", "its standard error", s => s.PmDecError)],
                _ => (IEnumerable<StreamedColumn<RegionMockChunk>>)
                    [Number("radial_velocity", "km / s", "line-of-sight velocity, uncorrected", s => s.Velocity), Number("radial_velocity_error", "km / s", "its standard error", s => s.VelocityError)],
            });
        }

        columns.Add(new()
        {
            Name = "component",
            Meaning = "the star's component of the model",
            Word = (c, i) => c.Rows[i].Component,
            Words = [.. galaxy.Components.Select(c => c.Name)],
        });
        return columns;

        StreamedColumn<RegionMockChunk> Number(string meaning, string unit, string description, Func<RegionMockRow, double> value)
        {
            CatalogueColumn named = survey.Columns.Named.TryGetValue(meaning, out IReadOnlyList<CatalogueColumn>? names) ? names[0] : new(meaning);
            double factor = named.Unit is null ? 1 : UnitText.Factor(named.Unit, unit.Replace(" ", "", StringComparison.Ordinal))
                ?? throw new InputException($"{survey.Name}: [Columns] {meaning}: the unit [{named.Unit}] cannot be converted to {unit}");
            return new() { Name = named.Name, Unit = named.Unit ?? unit, Meaning = description, Number = (c, i) => value(c.Rows[i]) / factor };
        }
    }
}

/// <summary>A star of a mock catalogue of regions, in the units of docs/conventions.md.</summary>
internal readonly record struct RegionMockRow(
    double Ra, double Dec, double Distance, double DistanceError, double PmRa, double PmRaError, double PmDec, double PmDecError, double Velocity, double VelocityError, int Component);

/// <summary>Some stars of one region of a mock catalogue.</summary>
internal sealed class RegionMockChunk(int capacity)
{
    /// <summary>Number of the first star in the catalogue, from 0.</summary>
    public long First { get; set; }

    /// <summary>Number of their region.</summary>
    public int Region { get; set; }

    /// <summary>How many there are.</summary>
    public int Count { get; set; }

    /// <summary>The stars.</summary>
    public RegionMockRow[] Rows { get; } = new RegionMockRow[capacity];

    /// <summary>Stars as they are drawn.</summary>
    public RegionDrawChunk Draw { get; } = new();

    /// <summary>Galactic longitudes of these, degrees.</summary>
    public double[] Longitude { get; } = new double[capacity];

    /// <summary>Galactic latitudes, degrees.</summary>
    public double[] Latitude { get; } = new double[capacity];
}
