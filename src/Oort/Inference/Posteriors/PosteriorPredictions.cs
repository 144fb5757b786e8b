using Oort.Models.Predictions;
using Oort.Surveys;

namespace Oort.Inference.Posteriors;

/// <summary>A predicted histogram over draws from a posterior.</summary>
/// <param name="Best">That of the best model.</param>
/// <param name="Bands">Median and credible intervals of p in each cell.</param>
public sealed record HistogramBand(Histogram Best, IReadOnlyList<CredibleInterval> Bands);

/// <summary>What models drawn from a posterior predict: bands of each histogram, and intervals of numbers that follow from the parameters.</summary>
/// <param name="Draws">Models of draws that were found; the best one is another.</param>
/// <param name="Failed">Draws of which there is no model.</param>
/// <param name="Bands">Histograms in the order of the data's.</param>
/// <param name="BestNumbers">Derived numbers of the best model.</param>
/// <param name="Numbers">Credible intervals of these, in their order.</param>
/// <param name="CircularSpeeds">Credible intervals of the circular speed at the radii of <see cref="DerivedNumbers.R"/>, km/s.</param>
public sealed record PosteriorPredictions(
    int Draws, int Failed, IReadOnlyList<HistogramBand> Bands, DerivedNumbers BestNumbers, IReadOnlyList<CredibleInterval> Numbers, IReadOnlyList<CredibleInterval> CircularSpeeds)
{
    /// <summary>Finds the best model and those of some draws.</summary>
    /// <param name="predictor">Models and their histograms.</param>
    /// <param name="sample">The draws of the chain.</param>
    /// <param name="draws">How many of them serve.</param>
    /// <param name="published">Whose numbers stand beside derived ones (<see cref="DerivedNumbers.Of"/>).</param>
    /// <param name="progress">Told which share of the work is done.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="NumericalException">There is no model at the largest log density, or at no draw.</exception>
    public static PosteriorPredictions Of(
        FitPredictor predictor, PosteriorSample sample, int draws, Sun25Published? published = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(sample);
        (HistogramSet best, DerivedNumbers bestNumbers) = Find(predictor, sample.Summary.BestValues, published, cancellation);
        IReadOnlyList<double[]> points = sample.Draws(draws);
        List<(HistogramSet Histograms, DerivedNumbers Numbers)> found = [];
        for (int k = 0; k < points.Count; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                found.Add(Find(predictor, points[k], published, cancellation));
            }
            catch (Exception e) when (Failure.Of(e) is NumericalException)
            {
                // Counted below.
            }

            progress?.Report((k + 1.0) / points.Count);
        }

        if (found.Count == 0)
        {
            throw new NumericalException(FormattableString.Invariant($"none of {points.Count} draws from the chain has a model"));
        }

        return new(
            found.Count, points.Count - found.Count,
            [.. best.Histograms.Select(h => Band(h, [.. found.Select(f => f.Histograms[h.Bin, h.Quantity])]))],
            bestNumbers,
            [.. bestNumbers.Numbers.Select((_, i) => CredibleInterval.Of(found.Select(f => f.Numbers.Numbers[i].Value)))],
            [.. bestNumbers.R.Select((_, i) => CredibleInterval.Of(found.Select(f => f.Numbers.CircularSpeed[i])))]);
    }

    private static HistogramBand Band(Histogram best, Histogram[] drawn) => new(best, [.. Enumerable.Range(0, best.Cells).Select(i => CredibleInterval.Of(drawn.Select(d => d.P[i])))]);

    private static (HistogramSet Histograms, DerivedNumbers Numbers) Find(FitPredictor predictor, IReadOnlyList<double> values, Sun25Published? published, CancellationToken cancellation)
    {
        (Models.Galaxy galaxy, HistogramSet histograms) = predictor.At(values, cancellation);
        return (histograms, DerivedNumbers.Of(galaxy, predictor.SunRadius(values), published, cancellation));
    }
}
