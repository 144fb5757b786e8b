using Oort.Models;
using Oort.Surveys;

namespace Oort.Inference;

/// <summary>The distributions of line-of-sight velocity and proper motions in regions of the sky (<see cref="RegionPredictor"/>), as Sun et al. (2025, section 3.1) compare them.</summary>
public sealed class RegionHistograms : IHistogramPredictor
{
    private readonly Survey survey;
    private readonly SkyRegions regions;
    private readonly int[] numbers;
    private readonly RegionConditions conditions;
    private readonly HashSet<string> components;
    private readonly double modelR0;
    private readonly int threads;

    /// <summary>A predictor for the regions that some data are of; no work is done for others.</summary>
    /// <param name="data">Histograms in regions: their regions and quantities.</param>
    /// <param name="survey">The survey that they are of.</param>
    /// <param name="conditions">Cuts, selection and errors.</param>
    /// <param name="components">Names of the components whose stars are seen; none for the stellar discs.</param>
    /// <param name="modelR0">The model's distance of the Sun from the centre, kpc.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <exception cref="InputException">The data have a region, a quantity or cells that the survey has not.</exception>
    public RegionHistograms(HistogramSet data, Survey survey, RegionConditions conditions, IReadOnlyCollection<string> components, double modelR0, int threads)
    {
        (regions, numbers) = Seen(data, survey);
        (this.survey, this.conditions, this.components, this.modelR0, this.threads) = (survey, conditions, [.. components], modelR0, threads);
    }

    /// <inheritdoc/>
    public HistogramSet Predict(Galaxy galaxy, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        RegionPredictor predictor = new(galaxy, survey.SunIn(galaxy, modelR0), regions, components.Count > 0 ? c => components.Contains(c.Name) : null, conditions, threads);
        HistogramSet predicted = predictor.Integrate(RegionAccuracy.Fit, cancellation).Histograms;
        return new([.. predicted.Bins.Select(b => b with { Bin = numbers[b.Bin - 1] })], [.. predicted.Histograms.Select(h => h with { Bin = numbers[h.Bin - 1] })]);
    }

    /// <summary>The regions that some data are of, numbered from 1 with the quantities of the data, and their numbers in the survey.</summary>
    /// <exception cref="InputException">The data have a region, a quantity or cells that the survey has not.</exception>
    internal static (SkyRegions Regions, int[] Numbers) Seen(HistogramSet data, Survey survey)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(survey);
        SkyRegions all = survey.Regions ?? throw new InputException($"{survey.Name}: has no section [Regions]");
        foreach (Histogram h in data.Histograms)
        {
            HistogramAxis? axis = h.Bin >= 1 && h.Bin <= all.Count ? all.AxesOf(h.Bin).FirstOrDefault(a => a.Quantity == h.Quantity) : null;
            if (axis is null || !axis.Edges.SequenceEqual(h.Edges))
            {
                throw new InputException($"region {h.Bin}, {h.Quantity}: the catalogue's cells are not those of {survey.Name}");
            }
        }

        int[] numbers = [.. data.Bins.Select(b => b.Bin)];
        SkyRegions regions = new([.. numbers.Select((n, i) => all[n] with { Number = i + 1 })],
            [.. numbers.Select(n => all.AxesOf(n).Where(a => data.Quantities.Contains(a.Quantity)).ToArray())]);
        return (regions, numbers);
    }
}
