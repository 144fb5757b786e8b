using Oort.Models;
using Oort.Surveys;
using Oort.Tests.Support;
using Xunit.Abstractions;

namespace Oort.Tests.Surveys;

/// <summary>The loop from a model to a mock survey and back to the model's own prediction, and what errors do to it (Figure 9 of BV23).</summary>
public class MockSurveyTests(ITestOutputHelper output)
{
    private const int Stars = 1_000_000;

    private static readonly Lazy<ErrorEffect> Effect = new(() => ErrorEffect.Of(MockBv23.Mock, MockBv23.Survey, Stars, seed: 6, threads: 2));

    private static readonly Lazy<BinPrediction> Expected = new(() => new BinPredictor(MockBv23.Seen, MockBv23.Bins, MockBv23.Axes).Predict(PredictionPlace.Bin, Stars));

    [Fact]
    public void A_mock_of_a_million_stars_without_errors_is_what_the_model_predicts() => CheckLoop(Effect.Value.Before, Expected.Value);

    [Fact]
    public void Differences_from_the_truth_are_as_large_as_the_uncertainties()
    {
        double[] chi2 = new double[4];
        int bins = 0;
        foreach (ScatterCheck check in Effect.Value.Checks)
        {
            if (check.Stars < 100)
            {
                continue;
            }

            bins++;
            (double Found, double Used)[] pairs =
            [
                (check.Found.Parallax, check.Used.Parallax), (check.Found.PmRa, check.Used.PmRa),
                (check.Found.PmDec, check.Used.PmDec), (check.Found.RadialVelocity, check.Used.RadialVelocity),
            ];
            for (int k = 0; k < 4; k++)
            {
                // The relative error of a root mean square of n Gaussian numbers is 1/sqrt(2 n).
                double deviation = (pairs[k].Found / pairs[k].Used - 1) * Math.Sqrt(2.0 * check.Stars);
                chi2[k] += deviation * deviation;
            }
        }

        Assert.True(bins >= 48, $"{bins} bins");
        Assert.Equal(Stars, Effect.Value.Checks.Sum(c => c.Stars));
        output.WriteLine($"{bins} bins of distance: chi-squared {string.Join(' ', chi2.Select(c => c.ToString("F1")))}");
        Assert.All(chi2, c => Assert.InRange(Statistics.ChiSquared(c, bins), 1e-3, 0.9995));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(29)]
    public void Errors_do_not_matter_in_the_most_distant_bins_near_the_plane(int bin)
    {
        // |z| < 0.1 kpc at R - R0 from -3 to -1.5 and from 1.5 to 3 kpc.
        SpatialBin place = MockBv23.Bins[bin];
        Assert.Equal((0, 0.1), (place.ZLow, place.ZHigh));
        Assert.Equal(1.5, Math.Min(Math.Abs(place.RLow - MockBv23.Sun.R0), Math.Abs(place.RHigh - MockBv23.Sun.R0)), 1e-9);
        foreach ((HistogramAxis axis, int q) in MockBv23.Axes.Select((a, i) => (a, i)))
        {
            HistogramBin before = Effect.Value.Before.Bins[bin - 1], after = Effect.Value.After.Bins[bin - 1];
            double distance = Effect.Value.CumulativeDistance(bin, axis.Quantity), widened = after.Moments[q].Dispersion / before.Moments[q].Dispersion - 1;
            double shift = (after.Moments[q].Mean - before.Moments[q].Mean) / before.Moments[q].Dispersion;
            output.WriteLine($"bin {bin} {axis.Quantity}: cumulative distributions {distance:E1} apart, dispersion {widened:P1} more, mean {shift:F3} of it shifted; {before.Stars} and {after.Stars} stars");
            Assert.InRange(distance, 0, 0.015);
            Assert.InRange(Math.Abs(widened), 0, 0.025);
            Assert.InRange(Math.Abs(shift), 0, 0.02);
        }
    }

    [Fact]
    public void Errors_that_are_too_large_do_matter()
    {
        // What the test above would not let pass: a tenth of a parallax of 0.4 mas, and 1 mas/yr or 12 km/s at 2.5 kpc.
        MockSurvey poor = new(MockBv23.Seen, MockBv23.Sun, new(3, [new(0.05, 1, 1, 10)]));
        ErrorEffect effect = ErrorEffect.Of(poor, MockBv23.Survey, 40_000, seed: 5, threads: 2);
        Assert.True(effect.After.Bins[0].Moments[1].Dispersion > 1.05 * effect.Before.Bins[0].Moments[1].Dispersion);
        Assert.True(effect.CumulativeDistance(1, "Vz") > 0.03);
    }

    [Fact]
    public void The_effect_of_errors_does_not_depend_on_threads()
    {
        ErrorEffect[] effects = [.. ((int[])[1, 2]).Select(t => ErrorEffect.Of(MockBv23.Mock, MockBv23.Survey, 40_000, seed: 3, threads: t))];
        Assert.Equal(effects[0].Checks, effects[1].Checks);
        Assert.Equal(effects[0].After.Histograms.SelectMany(h => h.Count), effects[1].After.Histograms.SelectMany(h => h.Count));
    }

    [Fact]
    public void A_cut_on_exact_parallaxes_is_a_cut_on_distance()
    {
        // 5 errors of 0.1 mas: 2 kpc.
        ErrorModel errors = new(3, [new(0.1, 0, 0, 0)]);
        Survey survey = MockBv23.Survey with { Errors = errors };
        Assert.Equal(2, survey.UsedStars().Law.Farthest, 1e-12);
        Assert.Equal(MockBv23.Survey.Selection!.At(1.9), survey.UsedStars().Law.At(1.9), 1e-12);
        Assert.Equal(3, MockBv23.Survey.UsedStars().Law.Farthest);
        SelectedGalaxy used = new(MockBv23.Galaxy, survey.UsedStars(), threads: 2);
        const int N = 60_000;
        ErrorEffect effect = ErrorEffect.Of(new(MockBv23.Seen, MockBv23.Sun, errors), survey, N, seed: 8, threads: 2);
        double expected = N * used.SelectedMass.Sum() / MockBv23.Seen.SelectedMass.Sum();
        HistogramAxis[] axes = [MockBv23.Axes[1]];
        BinPrediction prediction = new BinPredictor(used, MockBv23.Bins, axes).Predict(PredictionPlace.Bin, expected);
        double chi2 = prediction.Total.Bins.Zip(effect.Before.Bins, (p, b) => p.Stars > 10 ? (b.Stars - p.Stars) * (b.Stars - p.Stars) / p.Stars : 0).Sum();
        int terms = prediction.Total.Bins.Count(p => p.Stars > 10);
        Assert.InRange(terms, 25, 35);
        Assert.InRange(Statistics.ChiSquared(chi2, terms), 1e-3, 0.9995);
    }

    private void CheckLoop(HistogramSet found, BinPrediction expected)
    {
        double[] chi2 = new double[3];
        int[] terms = new int[3];
        double numbers = 0;
        for (int b = 0; b < MockBv23.Bins.Count; b++)
        {
            HistogramBin mean = expected.Total.Bins[b], stars = found.Bins[b];
            numbers += Math.Pow(stars.Stars - mean.Stars, 2) / mean.Stars;
            Assert.InRange(stars.R - mean.R, -5 / Math.Sqrt(mean.Stars), 5 / Math.Sqrt(mean.Stars));
            for (int a = 0; a < 3; a++)
            {
                (double x, int n) = ChiSquared(found[b + 1, MockBv23.Axes[a].Quantity], expected.Total[b + 1, MockBv23.Axes[a].Quantity], stars.Stars);
                chi2[a] += x;
                terms[a] += n;
            }
        }

        double reduced = chi2.Sum() / terms.Sum();
        output.WriteLine($"reduced chi-squared {reduced:F3} of {terms.Sum()}: {string.Join(' ', chi2.Zip(terms, (c, n) => (c / n).ToString("F3")))}; numbers p = {Statistics.ChiSquared(numbers, 35):F3}");
        Assert.InRange(reduced, 0.93, 1.07);
        Assert.All(chi2.Zip(terms, (c, n) => c / n), r => Assert.InRange(r, 0.9, 1.1));
        Assert.InRange(Statistics.ChiSquared(numbers, MockBv23.Bins.Count), 1e-3, 0.9995);
    }

    /// <summary>
    /// Chi-squared (Pearson's) of a histogram, of cells joined with their neighbours until ten stars are to be expected; what is outside the edges belongs to the
    /// last. The number of terms is one less, since the number of stars is given.
    /// </summary>
    private static (double Chi2, int Terms) ChiSquared(Histogram found, Histogram expected, double stars)
    {
        const double Few = 10;
        List<(double Found, double Expected)> joined = [];
        double f = 0, e = 0, leftFound = stars, leftExpected = stars;
        for (int i = 0; i < found.Cells; i++)
        {
            f += found.Count[i];
            e += stars * expected.P[i] * (expected.Edges[i + 1] - expected.Edges[i]);
            if (e >= Few && leftExpected - e >= Few)
            {
                joined.Add((f, e));
                (leftFound, leftExpected, f, e) = (leftFound - f, leftExpected - e, 0, 0);
            }
        }

        joined.Add((leftFound, leftExpected));
        return (joined.Sum(j => (j.Found - j.Expected) * (j.Found - j.Expected) / j.Expected), joined.Count - 1);
    }
}
