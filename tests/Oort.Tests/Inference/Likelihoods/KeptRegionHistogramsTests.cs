using System.Diagnostics;
using Oort.Coordinates;
using Oort.Definitions;
using Oort.Inference;
using Oort.Inference.Likelihoods;
using Oort.Models;
using Oort.Surveys;
using Oort.Tests.Support;
using Oort.Tests.Surveys;
using Xunit.Abstractions;

namespace Oort.Tests.Inference.Likelihoods;

/// <summary>What surveys see in regions of the sky, from kept actions beside integrals that are taken anew.</summary>
public sealed class KeptRegionHistogramsTests(ITestOutputHelper output)
{
    private const double Stars = 1000;

    private static readonly RegionConditions Conditions = new()
    {
        Limits = new() { VR = new(-200, 200), Vphi = new(100, 350), Vz = new(-150, 150) },
        Selection = new([0, 1, 12], [1, 0.4, 0.02]),
        Errors = ErrorModel.FromLaw(12, 12, d => new(0.04, 0.05, 0.06 + 0.01 * d, 5 + d, 0.1)),
    };

    // Of a survey: the first and the third of these.
    private static readonly Survey Survey = new()
    {
        Name = "regions",
        Sun = MockBv23.Sun,
        Regions = new([new(1, new(170, 180, 0, 10), 2, 3), new(2, new(160, 170, -20, -10), 0, 2), new(3, new(0, 360, 80, 90), 1.5, 3)],
            [.. Enumerable.Repeat<HistogramAxis[]>([new("vlos", -200, 200, 20), new("pmra", -30, 30, 2), new("pmdec", -30, 30, 2)], 3)]),
    };

    private static readonly Lazy<KeptRegionHistograms> Kept = new(() => Predictor(Stars, 2));

    private static Galaxy Reference => MockBv23.Galaxy;

    /// <summary>25 times as many as a region has: what the points add to reduced chi-squared is 0.04 at most. Discs may be hotter or colder than the reference galaxy's.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1.4)]
    [InlineData(0.7)]
    public void Histograms_err_like_those_of_many_stars(double hotter)
    {
        Galaxy galaxy = With(hotter);
        HistogramSet kept = Kept.Value.Predict(galaxy), integrals = new RegionHistograms(Data(Stars), Survey, Conditions, [], 8.2, 2).Predict(galaxy);
        Assert.Equal([1, 3], kept.Bins.Select(b => b.Bin));
        foreach (Histogram h in integrals.Histograms)
        {
            // For stars drawn from it the mean is one over their number.
            Histogram own = kept[h.Bin, h.Quantity];
            double[] share = [.. h.P.Select((p, i) => p * (h.Edges[i + 1] - h.Edges[i]))], other = [.. own.P.Select((p, i) => p * (h.Edges[i + 1] - h.Edges[i]))];
            double stars = 1 / share.Zip(other).Where(p => p.First > 1e-3).Average(p => (p.First - p.Second) * (p.First - p.Second) / p.First);
            output.WriteLine(FormattableString.Invariant($"discs {hotter} times as hot, region {h.Bin}, {h.Quantity}: errors like those of {stars:E1} stars"));
            Assert.True(stars > 25 * Stars, $"{h.Bin} {h.Quantity}: {stars:E2}");
        }

        foreach ((HistogramBin a, HistogramBin b) in kept.Bins.Zip(integrals.Bins))
        {
            Assert.Equal(b.R, a.R, 0.01);
            Assert.Equal(b.Z, a.Z, 0.01);
            foreach (((double Mean, double Dispersion) x, (double Mean, double Dispersion) y) in a.Moments.Zip(b.Moments))
            {
                Assert.InRange((x.Mean - y.Mean) / y.Dispersion, -0.01, 0.01);
                Assert.InRange(x.Dispersion / y.Dispersion, 0.99, 1.01);
            }
        }
    }

    [Fact]
    public void More_stars_ask_for_more_points_and_threads_do_not_matter()
    {
        Assert.InRange((double)Predictor(3000, 2).KeptBytes / Kept.Value.KeptBytes, 2.5, 3.2);
        Galaxy galaxy = With(1.2);
        HistogramSet one = Predictor(Stars, 1).Predict(galaxy), two = Kept.Value.Predict(galaxy);
        _ = Kept.Value.Predict(Reference);
        Assert.Equal(Numbers(one), Numbers(two));
        Assert.Equal(Numbers(one), Numbers(Kept.Value.Predict(galaxy)));
        Assert.NotEqual(Numbers(one), Numbers(Kept.Value.Predict(Reference)));

        static double[] Numbers(HistogramSet set) => [.. set.Histograms.SelectMany(h => h.P), .. set.Bins.SelectMany(b => b.Moments).SelectMany(m => new[] { m.Mean, m.Dispersion })];
    }

    [Fact]
    public void A_prediction_costs_a_small_part_of_the_integrals()
    {
        Galaxy galaxy = With(1.1);
        RegionHistograms integrals = new(Data(Stars), Survey, Conditions, [], 8.2, 1);
        KeptRegionHistograms kept = Predictor(Stars, 1);
        _ = kept.Predict(galaxy);
        double quick = Enumerable.Range(0, 3).Min(_ => Seconds(() => kept.Predict(galaxy))), slow = Seconds(() => integrals.Predict(galaxy));
        output.WriteLine(FormattableString.Invariant($"{1e3 * quick:F0} ms, integrals {1e3 * slow:F0} ms; {kept.KeptBytes / 1e6:F0} MB"));
        Assert.True(quick < 0.1 * slow, $"{quick} {slow}");

        static double Seconds(Action what)
        {
            long start = Stopwatch.GetTimestamp();
            what();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    [Fact]
    public void Other_potentials_and_other_cells_are_refused()
    {
        Galaxy other = new(PotentialFile.Parse("[Potential p]\ntype = Isochrone\nmass = 1e11\nscaleRadius = 3\n"), Reference.Components, threads: 2);
        Assert.Contains("another potential", Assert.Throws<ArgumentException>(() => Kept.Value.Predict(other)).Message);
        HistogramSet cells = new([new(1, 10, 9, 0.1, [(0, 1)])], [Histogram.OfCounts(1, "vlos", [-10, 0, 10], [5, 5], 10)]);
        Assert.Contains("the catalogue's cells are not those of", Assert.Throws<InputException>(() => new KeptRegionHistograms(cells, Survey, Conditions, [], 8.2, Reference, 1)).Message);
        Assert.True(KeptRegionHistograms.ServesFor(Data(4000)) && !KeptRegionHistograms.ServesFor(Data(5000)));
        Assert.Contains("nothing can be predicted", Assert.Throws<InputException>(() => new KeptRegionHistograms(Data(10), Survey, Conditions, ["gas"], 8.2, Reference, 1)).Message);
    }

    private static KeptRegionHistograms Predictor(double stars, int threads) => new(Data(stars), Survey, Conditions, [], 8.2, Reference, threads);

    private static HistogramSet Data(double stars) => new(
        [.. new[] { 1, 3 }.Select(r => new HistogramBin(r, stars, 9, 0.1, [(0, 1), (0, 1), (0, 1)]))],
        [.. from r in new[] { 1, 3 } from a in Survey.Regions!.AxesOf(r) select Histogram.OfCounts(r, a.Quantity, a.Edges, new double[a.Count], stars)]);

    /// <summary>BV23 with its discs' Jr0 and Jz0 multiplied, in its own potential.</summary>
    private static Galaxy With(double hotter)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "models", "bv23.ini"));
        foreach ((string key, double value) in new[] { ("Jr0", 10.0), ("Jr0", 17), ("Jr0", 22), ("Jr0", 63), ("Jz0", 0.65), ("Jz0", 2.8), ("Jz0", 5), ("Jz0", 30) })
        {
            string before = FormattableString.Invariant($"{key} = {value}\n");
            Assert.Contains(before, text, StringComparison.Ordinal);
            text = text.Replace(before, FormattableString.Invariant($"{key} = {value * hotter:R}\n"), StringComparison.Ordinal);
        }

        return new(Reference.Potential, [.. ModelFile.Parse(text).Setup.Components], focalDistances: Reference.FocalDistances, threads: 2);
    }
}
