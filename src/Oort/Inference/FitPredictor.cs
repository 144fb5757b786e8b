using Oort.Models;

namespace Oort.Inference;

/// <summary>What a fit compares with its data: galaxies by values of the parameters, and the histograms that the survey would see of each.</summary>
public sealed class FitPredictor
{
    private readonly IGalaxySource galaxies;
    private readonly Func<IReadOnlyList<double>, IHistogramPredictor> histograms;
    private readonly Func<IReadOnlyList<double>, double> sunRadius;

    /// <summary>Such a predictor.</summary>
    /// <param name="galaxies">Galaxies by values of the parameters.</param>
    /// <param name="histograms">What the survey sees of the galaxy with given values.</param>
    /// <param name="sunRadius">The model's distance of the Sun from the centre with given values, kpc.</param>
    public FitPredictor(IGalaxySource galaxies, Func<IReadOnlyList<double>, IHistogramPredictor> histograms, Func<IReadOnlyList<double>, double> sunRadius)
        => (this.galaxies, this.histograms, this.sunRadius) = (galaxies, histograms, sunRadius);

    /// <summary>The galaxy with these values and the histograms that it predicts.</summary>
    /// <param name="values">Values, in the order of the parameters.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="NumericalException">There is no such model.</exception>
    /// <exception cref="InputException">A value is not allowed.</exception>
    public (Galaxy Galaxy, Surveys.HistogramSet Histograms) At(IReadOnlyList<double> values, CancellationToken cancellation = default)
    {
        Galaxy galaxy = galaxies.At(values, cancellation);
        return (galaxy, histograms(values).Predict(galaxy, cancellation));
    }

    /// <summary>The model's distance of the Sun from the centre with these values, kpc.</summary>
    public double SunRadius(IReadOnlyList<double> values) => sunRadius(values);

    /// <summary>The function that a fit minimises.</summary>
    /// <param name="misfit">How histograms are compared.</param>
    internal HistogramObjective Objective(HistogramMisfit misfit) => new(galaxies, histograms, misfit);
}
