using System.Diagnostics;
using Oort.Definitions;
using Oort.Inference;
using Oort.Inference.Likelihoods;
using Oort.Models;
using Oort.Surveys;
using Oort.Tests.Support;
using Oort.Tests.Surveys;
using Xunit.Abstractions;

namespace Oort.Tests.Inference.Likelihoods;

/// <summary>Histograms from kept actions against those found anew, and what they cost.</summary>
public sealed class KeptActionHistogramsTests(ITestOutputHelper output)
{
    private const double Stars = 1e6;

    /// <summary>Some of the 35 bins, with as many stars as the whole survey has: near the plane and away from it, inside and outside.</summary>
    private static readonly HistogramSet Bins = new(
        [new(1, 1, 6.16, 0.048, []), new(5, 1, 6.2, 0.68, []), new(15, 1, 8.24, 0.048, []), new(19, 1, 8.24, 0.67, []), new(21, 1, 8.25, 2.06, []), new(33, 1, 10.24, 0.68, [])], []);

    private static readonly HistogramSet AllBins = new(
        [.. Enumerable.Range(1, 35).Select(b => new HistogramBin(b, 1, 0.5 * (MockBv23.Bins[b].RLow + MockBv23.Bins[b].RHigh), 0.5 * (MockBv23.Bins[b].ZLow + MockBv23.Bins[b].ZHigh), []))], []);

    private static Galaxy Reference => MockBv23.Galaxy;

    /// <summary>BV23 with the discs' Jr0 and Jz0 multiplied, and other masses, in its own potential.</summary>
    private static Galaxy With(double jr0 = 1, double jz0 = 1, double youngMass = 0.175e10)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "models", "bv23.ini"));
        foreach ((string key, double value, double factor) in new[]
        {
            ("Jr0", 10, jr0), ("Jr0", 17, jr0), ("Jr0", 22, jr0), ("Jr0", 63, jr0), ("Jz0", 0.65, jz0), ("Jz0", 2.8, jz0), ("Jz0", 5, jz0), ("Jz0", 30, jz0), ("mass", 0.175e10, youngMass / 0.175e10),
        })
        {
            string before = key == "mass" ? "mass = 0.175e10\n" : FormattableString.Invariant($"{key} = {value}\n");
            Assert.Contains(before, text, StringComparison.Ordinal);
            text = text.Replace(before, FormattableString.Invariant($"{key} = {value * factor:R}\n"), StringComparison.Ordinal);
        }

        return new(Reference.Potential, [.. ModelFile.Parse(text).Setup.Components], focalDistances: Reference.FocalDistances, threads: 2);
    }

    private static double[] Numbers(HistogramSet set) => [.. set.Histograms.SelectMany(h => h.P), .. set.Bins.SelectMany(b => b.Moments).SelectMany(m => new[] { m.Mean, m.Dispersion })];

    /// <summary>
    /// Chi-squared between both for a million stars, the bias that one takes over the other: below 0.7 a quantity, far below its noise, where discs are as in the reference and a quarter hotter or colder.
    /// </summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1.25, 0.8)]
    [InlineData(0.8, 1.25)]
    public void Barycentres_have_the_histograms_that_are_found_anew(double jr0, double jz0)
    {
        Galaxy galaxy = With(jr0, jz0);
        KeptActionHistograms kept = new(Bins, MockBv23.Survey, Reference, PredictionPlace.Barycentre, 2);
        Compare(kept.Predict(galaxy), new BarycentreHistograms(Bins, MockBv23.Survey, 2).Predict(galaxy), 0.7);
    }

    /// <summary>Weights of places are those of the reference galaxy, while its discs are hotter or colder.</summary>
    [Fact]
    public void Whole_bins_have_the_histograms_that_are_found_anew()
    {
        Galaxy galaxy = With(1.2, 1.2);
        KeptActionHistograms kept = new(Bins, MockBv23.Survey, Reference, PredictionPlace.Bin, 2);
        Compare(kept.Predict(galaxy), new BinHistograms(MockBv23.Survey, 2).Predict(galaxy), 0.7);
    }

    [Fact]
    public void A_prediction_depends_on_the_galaxy_alone()
    {
        Galaxy first = With(1.1), heavier = With(1.1, youngMass: 0.3e10), other = With(1, 1.3);
        KeptActionHistograms one = new(Bins, MockBv23.Survey, Reference, PredictionPlace.Barycentre, 1), two = new(Bins, MockBv23.Survey, Reference, PredictionPlace.Barycentre, 3);
        double[][] alone = [.. new[] { first, heavier, other }.Select(g => Numbers(new KeptActionHistograms(Bins, MockBv23.Survey, Reference, PredictionPlace.Barycentre, 2).Predict(g)))];
        Assert.Equal(alone[0], Numbers(one.Predict(first)));
        Assert.Equal(alone[1], Numbers(one.Predict(heavier)));
        Assert.Equal(alone[2], Numbers(one.Predict(other)));
        Assert.Equal(alone[1], Numbers(two.Predict(heavier)));
        Assert.Equal(alone[0], Numbers(two.Predict(first)));
        Assert.NotEqual(alone[0], alone[1]);
    }

    /// <summary>Errors widen a distribution by their mean square and leave its mean; a histogram has what they carry over its edges in both directions: it is part of a wider one.</summary>
    [Fact]
    public void Errors_add_to_the_variance_of_a_histogram()
    {
        HistogramSet bins = new([new(15, 1, 8.24, 0.048, []), new(29, 1, 10.3, 0.05, [])], []);
        Survey all = MockBv23.Survey with { Axes = [.. MockBv23.Axes.Select(a => new HistogramAxis(a.Quantity, a.Low - 80 * a.Width, a.High + 80 * a.Width, a.Width))] };
        HistogramSet without = new KeptActionHistograms(bins, all, Reference, PredictionPlace.Barycentre, 2).Predict(Reference);
        HistogramSet with = new KeptActionHistograms(bins, all, Reference, PredictionPlace.Barycentre, 2, true).Predict(Reference);
        HistogramSet part = new KeptActionHistograms(bins, MockBv23.Survey, Reference, PredictionPlace.Barycentre, 2, true).Predict(Reference);
        VelocityErrors errors = new(MockBv23.Sun, MockBv23.Errors, MockBv23.Survey.Selection);
        foreach (HistogramBin bin in bins.Bins)
        {
            HistogramBin moments = without.Bins.First(b => b.Bin == bin.Bin);
            IReadOnlyList<(double Sigma, double Share)>[] here = errors.At(bin.R, bin.Z, new(1, moments.Moments[2].Mean, Square(moments.Moments[0].Dispersion), Square(moments.Moments[1].Dispersion),
                Square(moments.Moments[2].Dispersion) + Square(moments.Moments[2].Mean), 0));
            for (int q = 0; q < 3; q++)
            {
                string quantity = MockBv23.Axes[q].Quantity;
                double square = here[q].Sum(e => e.Share * e.Sigma * e.Sigma);
                (double sum, double mean, double variance) = Summed(without[bin.Bin, quantity]);
                (double kept, double shifted, double wider) = Summed(with[bin.Bin, quantity]);
                Assert.Equal(1, here[q].Sum(e => e.Share), 1e-9);
                Assert.InRange(square, 0.5, 400);
                output.WriteLine(FormattableString.Invariant($"{bin.Bin} {quantity}: {variance:f3} + {square:f4}, gained {(wider - variance) / square - 1:e1}, mean {shifted - mean:e1}, sum {kept - sum:e1}"));
                Assert.Equal(1, (wider - variance) / square, 2e-3);
                Assert.Equal(mean, shifted, 1e-3);
                Assert.Equal(sum, kept, 1e-5);
                IReadOnlyList<double> own = part[bin.Bin, quantity].P, whole = with[bin.Bin, quantity].P;
                Assert.All(own.Select((p, i) => p - whole[i + 80]), d => Assert.InRange(d, -1e-6 * whole.Max(), 1e-6 * whole.Max()));
            }
        }

        static double Square(double x) => x * x;

        static (double Sum, double Mean, double Variance) Summed(Histogram h)
        {
            double[] v = [.. Enumerable.Range(0, h.Cells).Select(i => 0.5 * (h.Edges[i] + h.Edges[i + 1]))];
            double width = v[1] - v[0], sum = h.P.Sum() * width, mean = v.Zip(h.P, (x, p) => x * p).Sum() * width / sum;
            return (sum, mean, v.Zip(h.P, (x, p) => Square(x - mean) * p).Sum() * width / sum);
        }
    }

    /// <summary>Errors of all directions together do not depend on where a star is seen: sigma_los once and sigma_mu d twice.</summary>
    [Fact]
    public void Errors_turned_keep_their_sum()
    {
        ErrorModel los = ErrorModel.FromLaw(3, 10, _ => new(0, 0, 0, 1.5)), motions = ErrorModel.FromLaw(3, 10, _ => new(0, 0.1, 0.1, 0));
        Moments still = new(1, 250, 900, 400, 250.0 * 250, 0);
        double Sum(ErrorModel errors, DistanceLaw? law, double R) => new VelocityErrors(MockBv23.Sun, errors, law).At(R, 0, still).Sum(axis => axis.Sum(e => e.Share * e.Sigma * e.Sigma));
        Assert.Equal(1.5 * 1.5, Sum(los, null, 8.6), 1e-9);
        Assert.Equal(1.5 * 1.5, Sum(los, null, 7.1), 1e-9);

        // Seen at 1 kpc only, where a circle of R = R0 crosses.
        double nearly = Sum(motions, DistanceLaw.Uniform(0.9, 1.1), 8.27);
        Assert.InRange(nearly / (2 * Math.Pow(4.740470463533349 * 0.1, 2)), 0.81, 1.21);
    }

    /// <summary>
    /// A search follows chi-squared down to 0.01, so a star in a cell where a million have but few expected must not say something else because another node's value came to fall below a limit: between
    /// parameters so near that ln p is a straight line, it has no steps.
    /// </summary>
    [Fact]
    public void Probabilities_of_far_cells_have_no_steps()
    {
        KeptActionHistograms kept = new(AllBins, MockBv23.Survey, Reference, PredictionPlace.Barycentre, 2);
        HistogramSet[] found = [.. Enumerable.Range(0, 12).Select(i => kept.Predict(With(jz0: 1 + 2e-4 * i)))];
        double most = 0;
        foreach ((int bin, string quantity) in found[0].Histograms.Select(h => (h.Bin, h.Quantity)))
        {
            Histogram[] p = [.. found.Select(f => f[bin, quantity])];
            for (int cell = 0; cell < p[0].Cells; cell++)
            {
                for (int i = 1; i < p.Length - 1 && p[0].P[cell] * Stars > 1e-4; i++)
                {
                    most = Math.Max(most, Math.Abs(Math.Log(p[i - 1].P[cell] * p[i + 1].P[cell] / (p[i].P[cell] * p[i].P[cell]))));
                }
            }
        }

        output.WriteLine($"{most:g3}");
        Assert.InRange(most, 0, 1e-5);
    }

    /// <summary>The bar is 100 ms of processor time for all 35 bins with all four discs changed (50 ms on two cores); what is measured is the least of some, since others use the machine.</summary>
    [Fact]
    public void All_bins_cost_less_than_a_tenth_of_a_second_of_processor_time()
    {
        KeptActionHistograms kept = new(AllBins, MockBv23.Survey, Reference, PredictionPlace.Barycentre, 1);
        Galaxy[] galaxies = [.. Enumerable.Range(0, 30).Select(i => With(1.01 + 0.01 * i, 0.99 - 0.01 * i))];
        _ = kept.Predict(Reference);
        double least = double.PositiveInfinity;
        foreach (Galaxy galaxy in galaxies)
        {
            Stopwatch clock = Stopwatch.StartNew();
            _ = kept.Predict(galaxy);
            least = Math.Min(least, clock.Elapsed.TotalMilliseconds);
        }

        output.WriteLine($"{least:f1} ms, {kept.KeptBytes(Reference) / 1e6:f1} MB");
        Assert.InRange(least, 0, 100);
        Assert.InRange(kept.KeptBytes(Reference), 1, 40_000_000);
    }

    private void Compare(HistogramSet found, HistogramSet exact, double most)
    {
        foreach (string quantity in found.Quantities)
        {
            double sum = 0;
            foreach (HistogramBin bin in found.Bins)
            {
                Histogram p = found[bin.Bin, quantity], q = exact[bin.Bin, quantity];
                sum += Enumerable.Range(0, p.Cells).Sum(i => Stars / found.Bins.Count * 5 * Math.Pow(p.P[i] - q.P[i], 2) / (q.P[i] + 1e-9));
            }

            output.WriteLine($"{quantity}: {sum:g3}");
            Assert.InRange(sum, 0, most);
        }

        foreach (HistogramBin bin in found.Bins)
        {
            HistogramBin other = exact.Bins.First(b => b.Bin == bin.Bin);
            for (int q = 0; q < 3; q++)
            {
                Assert.Equal(other.Moments[q].Mean, bin.Moments[q].Mean, 0.05);
                Assert.Equal(other.Moments[q].Dispersion, bin.Moments[q].Dispersion, 1e-3 * other.Moments[q].Dispersion);
            }
        }
    }
}
