using System.Text;
using Oort.Definitions;
using Oort.Surveys;
using Oort.Tables;
using Oort.Tests.Cli;
using Oort.Tests.Support;

namespace Oort.Tests.Surveys;

/// <summary>Mock catalogues of regions of the sky, and back through the reduction.</summary>
public sealed class RegionMockTests : IDisposable
{
    private const double R0 = 8.275;

    private static readonly long[] Stars = [30_000, 20_000, 20_000, 15_000];

    private static readonly Survey Survey = SurveyFile.Parse($"""
        [Sun]
        R0 = 8.275
        z = 0.02
        U = 11.1
        V = 250
        W = 7.25
        [Columns]
        radial_velocity = rv
        distance = d_pc [pc]
        [Corrections]
        radial_velocity = 5.7
        distance_ratio = 0.86
        pole_distance_ratio = 0.97
        [Cuts]
        {RegionsText.Limits}
        [Regions]
        1 = 160, 170, -20, -10, 0, 2, in
        2 = 170, 180, 0, 10, 2, 3, mid
        3 = 170, 190, -10, 10, 5, 7, out
        4 = 0, 360, 80, 90, 1.5, 3, pole
        [Histograms]
        vlos = -200, 200, 10
        pmra = -20, 20, 1
        pmdec = -20, 20, 1
        [Histograms out]
        pmra = -6, 6, 0.25
        pmdec = -6, 6, 0.25
        [Errors]
        bins = 120
        farthest = 12
        distance = 0, 12
        radial_velocity = 5, 5
        pmra = 0.02, 0.04
        pmdec = 0.02, 0.04
        distance_error = 0.14, 0.18
        """, "survey");

    private readonly Workplace work = new();

    public void Dispose() => work.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_catalogue_is_reduced_to_what_the_model_predicts(bool scatter)
    {
        string path = work.Path("mock.ecsv");
        File.WriteAllBytes(path, Bytes(Stars, new() { Seed = 2, Scatter = scatter, Format = StreamedFormat.Ecsv, Threads = 2 }));
        CatalogueReduction reduction = CatalogueReduction.Read(path, Survey, 2);
        Assert.Equal(Stars.Select(n => (double)n), reduction.Histograms.Bins.Select(b => b.Stars));
        Assert.Empty(reduction.Rejected);
        (double chi2, int cells) = Compare(reduction.Histograms, Predict(scatter ? Survey.Errors : null));
        Assert.InRange(cells, 250, 500);
        Assert.InRange(chi2 / cells, 1 - 4 * Math.Sqrt(2.0 / cells), 1 + 4 * Math.Sqrt(2.0 / cells));
        if (scatter)
        {
            // Distances do move stars: without their errors the model is not what was drawn.
            (double wrong, int _) = Compare(reduction.Histograms, Predict(ErrorModel.FromLaw(12, 120, d => Survey.Errors!.At(d) with { LogDistance = 0 })));
            Assert.True(wrong > chi2 + 5 * Math.Sqrt(2.0 * cells), $"{wrong} {chi2}");
        }
    }

    [Fact]
    public void Bytes_do_not_depend_on_threads_and_a_region_begins_as_with_more_stars()
    {
        long[] many = [20_000, 0, 300, 17_000];
        byte[] all = Bytes(many, new() { Seed = 3, Threads = 1 });
        Assert.Equal(all, Bytes(many, new() { Seed = 3, Threads = 3 }));
        Assert.NotEqual(all, Bytes(many, new() { Seed = 4, Threads = 3 }));
        string[] longer = Encoding.UTF8.GetString(all).Split('\n'), shorter = Encoding.UTF8.GetString(Bytes([500, 0, 100, 16_500], new() { Seed = 3, Threads = 2 })).Split('\n');
        Assert.Equal("source_id,region,ra,dec,d_pc,distance_error,rv,radial_velocity_error,pmra,pmra_error,pmdec,pmdec_error,component", longer[0]);
        Assert.Equal(Enumerable.Range(1, 37_300).Select(i => $"{i}"), longer[1..^1].Select(l => l.Split(',')[0]));
        Assert.Equal(Of("1", longer).Take(500), Of("1", shorter));
        Assert.Equal(Of("3", longer).Take(100), Of("3", shorter));
        Assert.Equal(Of("4", longer).Take(16_500), Of("4", shorter));

        static IEnumerable<string> Of(string region, string[] lines) => lines.Select(l => l.Split(',', 2)).Where(l => l.Length > 1 && l[1].StartsWith(region + ",", StringComparison.Ordinal)).Select(l => l[1]);
    }

    [Fact]
    public void What_no_star_passes_is_refused()
    {
        Survey fast = Survey with { Limits = new() { Vphi = new(900, 1000) } };
        using MemoryStream stream = new();
        InputException e = Assert.Throws<InputException>(() => new RegionMock(MockBv23.Galaxy, R0, fast).Write(stream, [10, 0, 0, 0], new()));
        Assert.Contains("region 1", e.Message, StringComparison.Ordinal);
        Assert.Contains("[Errors]", Assert.Throws<InputException>(() => new RegionMock(MockBv23.Galaxy, R0, Survey with { Errors = null })).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => new RegionMock(MockBv23.Galaxy, R0, MockBv23.Survey));
        Assert.Throws<InputException>(() => new RegionMock(MockBv23.Galaxy, R0, Survey, _ => false));
    }

    private static byte[] Bytes(long[] stars, MockCatalogueOptions options)
    {
        using MemoryStream stream = new();
        new RegionMock(MockBv23.Galaxy, R0, Survey).Write(stream, stars, options);
        return stream.ToArray();
    }

    private static HistogramSet Predict(ErrorModel? errors)
        => new RegionPredictor(MockBv23.Galaxy, Survey.SunIn(MockBv23.Galaxy, R0), Survey.Regions!, conditions: new() { Limits = Survey.Limits, Errors = errors }, threads: 2).Integrate().Histograms;

    /// <summary>Pearson's chi-squared in cells where ten stars or more are to be expected.</summary>
    private static (double ChiSquared, int Cells) Compare(HistogramSet stars, HistogramSet prediction)
    {
        double chi2 = 0;
        int cells = 0;
        foreach (Histogram h in stars.Histograms)
        {
            Histogram p = prediction[h.Bin, h.Quantity];
            for (int i = 0; i < h.Cells; i++)
            {
                double wanted = Stars[h.Bin - 1] * p.P[i] * (p.Edges[i + 1] - p.Edges[i]);
                if (wanted >= 10)
                {
                    chi2 += (h.Count[i] - wanted) * (h.Count[i] - wanted) / wanted;
                    cells++;
                }
            }
        }

        return (chi2, cells);
    }
}
