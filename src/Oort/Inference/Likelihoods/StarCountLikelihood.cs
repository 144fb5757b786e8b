using Oort.Models;
using Oort.Surveys;

namespace Oort.Inference.Likelihoods;

/// <summary>
/// The vertical density profile: numbers of stars in the bins of |z| of each ring of radii. How many stars a ring has in all is taken from the data, which is the same as a free normalisation of each ring with a
/// prior that is flat in its logarithm, integrated over: numbers are multinomial then. What the survey's selection does to the profile is in the prediction; it must be known up to a factor for each ring.
/// </summary>
public sealed class StarCountLikelihood : ILikelihood
{
    /// <summary>The quantity's name in parts of the misfit.</summary>
    public const string Quantity = "stars";

    private const double LeastShare = 1e-12;

    private readonly IHistogramPredictor predictor;
    private readonly Dictionary<int, double> stars;
    private readonly int[][] rings;

    /// <summary>Such a likelihood.</summary>
    /// <param name="predictor">Predicts numbers of stars, up to a factor: <see cref="KeptActionHistograms"/> over whole bins.</param>
    /// <param name="data">Bins with their numbers of stars.</param>
    /// <param name="bins">Where they are.</param>
    /// <exception cref="InputException">No ring has stars in two bins, or a bin is not one of these.</exception>
    public StarCountLikelihood(IHistogramPredictor predictor, HistogramSet data, SpatialBins bins)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(bins);
        this.predictor = predictor;
        if (data.Bins.FirstOrDefault(b => b.Bin < 1 || b.Bin > bins.Count) is HistogramBin outside)
        {
            throw new InputException($"there is a bin {outside.Bin}; the survey has the bins 1 to {bins.Count}: the numbers are of another survey");
        }

        stars = data.Bins.Where(b => b.Stars > 0).ToDictionary(b => b.Bin, b => b.Stars);
        rings = [.. stars.Keys.Order().GroupBy(b => bins[b].RLow).Select(g => g.ToArray()).Where(g => g.Length > 1)];
        if (rings.Length == 0)
        {
            throw new InputException("numbers of stars say nothing of the vertical profile: no ring of radii has stars in two bins of |z|");
        }
    }

    /// <inheritdoc/>
    public Misfit Evaluate(Galaxy galaxy, CancellationToken cancellation = default)
    {
        HistogramSet model = predictor.Predict(galaxy, cancellation);
        Dictionary<int, double> mass = model.Bins.ToDictionary(b => b.Bin, b => b.Stars);
        List<MisfitPart> parts = [];
        List<double> residuals = [];
        foreach (int[] ring in rings)
        {
            double all = ring.Sum(b => stars[b]), total = ring.Sum(b => mass[b]);
            foreach (int bin in ring)
            {
                // Twice the logarithm of the likelihood ratio; the terms e - n add up to nothing over a ring.
                double n = stars[bin], expected = all * Math.Max(LeastShare, mass[bin] / total), deviance = 2 * (n * Math.Log(n / expected) + expected - n);
                parts.Add(new(bin, Quantity, bin == ring[0] ? 0 : 1, double.IsNaN(deviance) ? double.PositiveInfinity : deviance));
                residuals.Add(Math.CopySign(Math.Sqrt(Math.Max(0, deviance)), n - expected));
            }
        }

        double sum = parts.Sum(p => p.ChiSquared);
        return new(sum, parts.Sum(p => p.Cells), parts) { Residuals = double.IsFinite(sum) ? residuals : [] };
    }
}
