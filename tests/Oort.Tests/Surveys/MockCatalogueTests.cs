using System.Text;
using Oort.Chemistry;
using Oort.Coordinates;
using Oort.Definitions;
using Oort.Surveys;
using Oort.Tables;
using Oort.Tests.Cli;
using Oort.Tests.Support;

namespace Oort.Tests.Surveys;

/// <summary>Mock catalogues as files, and back.</summary>
public sealed class MockCatalogueTests : IDisposable
{
    private const int Stars = 20_000;

    private readonly Workplace work = new();

    public void Dispose() => work.Dispose();

    private static byte[] Bytes(MockSurvey mock, int count, MockCatalogueOptions options)
    {
        using MemoryStream stream = new();
        MockCatalogue.Write(stream, mock, count, options);
        return stream.ToArray();
    }

    [Theory]
    [InlineData("mock.csv", true)]
    [InlineData("mock.ecsv.gz", true)]
    [InlineData("mock.csv.gz", false)]
    public void A_catalogue_is_reduced_to_the_histograms_of_its_stars(string name, bool scatter)
    {
        (StreamedFormat format, bool gzip) = MockCatalogueOptions.ByName(name);
        string path = work.Path(name);
        File.WriteAllBytes(path, Bytes(MockBv23.Mock, Stars, new() { Seed = 4, Scatter = scatter, Format = format, Gzip = gzip }));
        CatalogueReduction reduction = CatalogueReduction.Read(path, MockBv23.Survey, 2);
        Assert.Equal(Stars, reduction.Rows);
        ErrorEffect effect = ErrorEffect.Of(MockBv23.Mock, MockBv23.Survey, Stars, seed: 4);
        HistogramSet expected = scatter ? effect.After : effect.Before;

        // Nine digits may carry a star over an edge.
        Assert.InRange(expected.Bins.Zip(reduction.Histograms.Bins, (a, b) => Math.Abs(a.Stars - b.Stars)).Sum(), 0, 4);
        for (int b = 0; b < 35; b++)
        {
            if (expected.Bins[b].Stars > 100)
            {
                Assert.Equal(expected.Bins[b].Moments[2].Mean, reduction.Histograms.Bins[b].Moments[2].Mean, 0.5);
            }
        }
    }

    [Fact]
    public void Bytes_do_not_depend_on_threads_and_a_catalogue_begins_as_a_longer_one()
    {
        foreach (StreamedFormat format in Enum.GetValues<StreamedFormat>())
        {
            Assert.Equal(Bytes(MockBv23.Mock, Stars, new() { Format = format, Threads = 1 }), Bytes(MockBv23.Mock, Stars, new() { Format = format, Threads = 2 }));
        }

        byte[] all = Bytes(MockBv23.Mock, Stars, new()), some = Bytes(MockBv23.Mock, 1000, new());
        Assert.Equal(some, all[..some.Length]);
        Assert.NotEqual(some, Bytes(MockBv23.Mock, 1000, new() { Seed = 2 }));
    }

    [Fact]
    public void Without_errors_the_same_stars_are_measured_exactly()
    {
        CsvTable exact = Table(Bytes(MockBv23.Mock, 2000, new() { Scatter = false })), scattered = Table(Bytes(MockBv23.Mock, 2000, new()));
        Assert.Equal("source_id,ra,dec,parallax,parallax_error,parallax_over_error,pmra,pmra_error,pmdec,pmdec_error,radial_velocity,radial_velocity_error,component", exact.Header);
        Assert.Equal(exact.Numbers("ra"), scattered.Numbers("ra"));
        Assert.Equal(exact.Text("component"), scattered.Text("component"));
        Assert.Equal(exact.Numbers("parallax_error"), scattered.Numbers("parallax_error"));
        double[] a = exact.Numbers("parallax"), b = scattered.Numbers("parallax"), error = exact.Numbers("parallax_error"), quality = scattered.Numbers("parallax_over_error");
        Assert.Equal(1, Math.Sqrt(a.Select((x, i) => Math.Pow((b[i] - x) / error[i], 2)).Average()), 0.06);
        for (int i = 0; i < a.Length; i++)
        {
            Assert.Equal(b[i] / error[i], quality[i], 1e-7 * quality[i]);
            Assert.InRange(1 / a[i], 0, 3.0001);
        }

        Assert.Equal(Enumerable.Range(1, 2000).Select(i => (double)i), exact.Numbers("source_id"));
    }

    [Fact]
    public void A_FITS_table_holds_what_the_text_does()
    {
        byte[] fits = Bytes(MockBv23.Mock, 300, new() { Format = StreamedFormat.Fits, History = "oort mock bv23" });
        Assert.Equal(0, fits.Length % 2880);
        string header = Encoding.ASCII.GetString(fits, 2880, 2880 * 2);
        Assert.Contains("TTYPE1  = 'source_id'", header, StringComparison.Ordinal);
        Assert.Contains("TFORM1  = 'K       '", header, StringComparison.Ordinal);
        Assert.Contains("TUNIT7  = 'mas/yr  '", header, StringComparison.Ordinal);
        int end = header.IndexOf("END ", StringComparison.Ordinal), start = 2880 + (end / 2880 + 1) * 2880;
        int width = Enumerable.Range(0, MockBv23.Galaxy.Components.Count).Max(c => MockBv23.Galaxy.Components[c].Name.Length), row = 12 * 8 + width;
        CsvTable text = Table(Bytes(MockBv23.Mock, 300, new()));
        string[] columns = ["ra", "dec", "parallax", "parallax_error", "parallax_over_error", "pmra", "pmra_error", "pmdec", "pmdec_error", "radial_velocity", "radial_velocity_error"];
        for (int i = 0; i < 300; i += 7)
        {
            Span<byte> cells = fits.AsSpan(start + i * row, row);
            Assert.Equal(i + 1, System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(cells));
            for (int k = 0; k < columns.Length; k++)
            {
                double value = System.Buffers.Binary.BinaryPrimitives.ReadDoubleBigEndian(cells[(8 + 8 * k)..]);
                Assert.Equal(text.Numbers(columns[k])[i], value, 1e-8 * Math.Abs(value));
            }

            Assert.Equal(text.Text("component")[i], Encoding.ASCII.GetString(cells[(12 * 8)..]).TrimEnd());
        }
    }

    [Fact]
    public void Abundances_are_columns_that_leave_the_others_as_they_are()
    {
        GalaxyChemistry chemistry = new(MockBv23.Galaxy, ChemistryFile.Read(Path.Combine(Repository.Root, "models", "bv23-chemistry.ini")), MockBv23.Sun.R0);
        MockSurvey mock = new(MockBv23.Seen, MockBv23.Sun, MockBv23.Errors, chemistry: chemistry);
        CsvTable with = Table(Bytes(mock, 3000, new() { Threads = 2 })), without = Table(Bytes(MockBv23.Mock, 3000, new()));
        Assert.Equal(without.Header + ",fe_h,alpha_fe", with.Header);
        Assert.Equal(without.Numbers("pmdec"), with.Numbers("pmdec"));
        string[] component = with.Text("component");
        double[] alpha = with.Numbers("alpha_fe");
        double thick = alpha.Where((_, i) => component[i] == "thick disk").Average(), young = alpha.Where((_, i) => component[i] == "young disk").Average();
        Assert.True(thick > young + 0.05, $"{thick} {young}");
        Assert.All(with.Numbers("fe_h"), x => Assert.InRange(x, -5, 2));
    }

    [Fact]
    public void A_zero_point_is_in_the_parallaxes()
    {
        MockSurvey shifted = new(MockBv23.Seen, MockBv23.Sun, MockBv23.Errors, zeroPoint: -0.05);
        double[] a = Table(Bytes(MockBv23.Mock, 100, new())).Numbers("parallax"), b = Table(Bytes(shifted, 100, new())).Numbers("parallax");
        for (int i = 0; i < a.Length; i++)
        {
            Assert.Equal(a[i] - 0.05, b[i], 1e-6 * a[i]);
        }
    }

    [Theory]
    [InlineData("mock.txt")]
    [InlineData("mock.gz")]
    public void Other_names_are_refused(string name)
        => Assert.Contains(".csv, .ecsv or .fits", Assert.Throws<InputException>(() => MockCatalogueOptions.ByName(name)).Message, StringComparison.Ordinal);

    private static CsvTable Table(byte[] csv) => CsvTable.Read(new StringReader(Encoding.UTF8.GetString(csv)), "csv");
}
