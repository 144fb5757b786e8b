using Oort.Models;
using Oort.Tables;

namespace Oort.Surveys;

/// <summary>How a mock catalogue is written.</summary>
public sealed record MockCatalogueOptions
{
    /// <summary>Names the draw: the same seed, the same stars.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether what is measured has errors; the columns of uncertainties are there either way.</summary>
    public bool Scatter { get; init; } = true;

    /// <summary>Format.</summary>
    public StreamedFormat Format { get; init; }

    /// <summary>Whether the file is compressed by gzip.</summary>
    public bool Gzip { get; init; }

    /// <summary>Threads on which stars are drawn; the bytes do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>One line on where the stars come from, kept in FITS files.</summary>
    public string History { get; init; } = "";

    /// <summary>Told the share that is done, now and then, from any thread.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Format and compression that a name stands for: .csv, .ecsv, .fits or .fit, and .gz after it.</summary>
    /// <exception cref="InputException">It ends otherwise.</exception>
    public static (StreamedFormat Format, bool Gzip) ByName(string path)
    {
        bool gzip = Path.GetExtension(path).Equals(".gz", StringComparison.OrdinalIgnoreCase);
        string extension = Path.GetExtension(gzip ? Path.GetFileNameWithoutExtension(path) : path).ToUpperInvariant();
        return extension switch
        {
            ".CSV" => (StreamedFormat.Csv, gzip),
            ".ECSV" => (StreamedFormat.Ecsv, gzip),
            ".FITS" or ".FIT" => (StreamedFormat.Fits, gzip),
            _ => throw new InputException($"{path}: the name of a catalogue must end in .csv, .ecsv or .fits, and in .gz besides if it is to be compressed"),
        };
    }
}

/// <summary>
/// Writes mock surveys as catalogues with the column names and units of the Gaia archive (source_id, ra, dec, parallax, pmra, pmdec, radial_velocity, each measurement's error,
/// parallax_over_error), then each star's component and the survey's extra columns. Stars are written as they are drawn: memory does not grow with
/// their number.
/// </summary>
public static class MockCatalogue
{
    /// <summary>Writes a catalogue.</summary>
    /// <param name="stream">Where it goes; the caller closes it.</param>
    /// <param name="mock">The survey.</param>
    /// <param name="count">Number of stars.</param>
    /// <param name="options">Seed, errors, format.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static void Write(Stream stream, MockSurvey mock, long count, MockCatalogueOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        new StreamedTable<MockChunk>(Columns(mock))
        {
            Rows = count,
            ChunkSize = MockSurvey.ChunkSize,
            Create = () => new(MockSurvey.ChunkSize, mock.ExtraColumns.Count),
            Fill = (index, number, chunk) => mock.Fill(index, number, options.Seed, options.Scatter, chunk),
            Threads = options.Threads,
            History = options.History,
            Progress = options.Progress,
        }.Write(stream, options.Format, options.Gzip, cancellation);
    }

    private static List<StreamedColumn<MockChunk>> Columns(MockSurvey mock)
    {
        static StreamedColumn<MockChunk> Number(string name, string unit, string meaning, Func<MockChunk, int, double> number)
            => new() { Name = name, Unit = unit, Meaning = meaning, Number = number };
        List<StreamedColumn<MockChunk>> columns =
        [
            new() { Name = "source_id", Meaning = "number of the star, from 1", Whole = (c, i) => c.First + i + 1 },
            Number("ra", "deg", "right ascension, ICRS", (c, i) => c.Ra[i]),
            Number("dec", "deg", "declination, ICRS", (c, i) => c.Dec[i]),
            Number("parallax", "mas", "parallax", (c, i) => c.Parallax[i]),
            Number("parallax_error", "mas", "its standard error", (c, i) => c.Uncertainties[i].Parallax),
            Number("parallax_over_error", "", "parallax over its standard error", (c, i) => c.Parallax[i] / c.Uncertainties[i].Parallax),
            Number("pmra", "mas / yr", "proper motion in ra times cos(dec)", (c, i) => c.PmRa[i]),
            Number("pmra_error", "mas / yr", "its standard error", (c, i) => c.Uncertainties[i].PmRa),
            Number("pmdec", "mas / yr", "proper motion in dec", (c, i) => c.PmDec[i]),
            Number("pmdec_error", "mas / yr", "its standard error", (c, i) => c.Uncertainties[i].PmDec),
            Number("radial_velocity", "km / s", "barycentric line-of-sight velocity", (c, i) => c.RadialVelocity[i]),
            Number("radial_velocity_error", "km / s", "its standard error", (c, i) => c.Uncertainties[i].RadialVelocity),
            new()
            {
                Name = "component",
                Meaning = "the star's component of the model",
                Word = (c, i) => c.Stars.Component[i],
                Words = [.. mock.Seen.Galaxy.Components.Select(c => c.Name)],
            },
        ];
        for (int k = 0; k < mock.ExtraColumns.Count; k++)
        {
            int column = k;
            ParticleColumn extra = mock.ExtraColumns[k];
            columns.Add(Number(extra.Name, extra.Unit, extra.Meaning, (c, i) => c.Extra[column][i]));
        }

        return columns;
    }
}
