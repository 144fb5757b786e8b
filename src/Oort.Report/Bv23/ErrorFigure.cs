using System.Globalization;
using Oort.Surveys;

namespace Oort.Report.Bv23;

/// <summary>Figure 9: what observational errors do to the histograms.</summary>
internal static class ErrorFigure
{
    /// <summary>The section.</summary>
    public static Section? Of(SurveyResults? results)
    {
        if (results?.Errors is not ErrorEffect errors)
        {
            return null;
        }

        SpatialBins bins = results.Survey.Bins;
        int heights = bins.Heights.Count - 1;
        int[] shown = [bins.Count - heights + 1, 1];
        Style before = new(Colour.Ink, Width: 1.3), after = new(Colour.Vermillion, Width: 1.3);
        Panel[] panels =
        [
            .. shown.SelectMany(bin => errors.Before.Quantities.Select(q => new Panel(VelocityFigures.Place(bins[bin]), QuantityText.AxisOf(q, errors.Before[bin, q]),
                VelocityFigures.Probability, [VelocityFigures.Steps("Without errors", before, errors.Before[bin, q]), VelocityFigures.Steps("With errors", after, errors.After[bin, q])]))),
        ];
        long stars = errors.Checks.Sum(c => c.Stars);
        double distance = shown.Max(bin => errors.Before.Quantities.Max(q => errors.CumulativeDistance(bin, q)));
        return new("figure-9", "Figure 9", "Observational errors",
            $"Velocity histograms of {stars.ToString("N0", CultureInfo.InvariantCulture)} stars drawn from the model as the survey sees it, in the farthest bins next to the plane: as they are, and after parallaxes, proper motions and line-of-sight velocities "
            + $"are scattered by their uncertainties. The cumulative distributions differ by {Markup.Of(distance, 2)} at most.",
            [new Figure("figure-9-panels", "Velocity histograms of mock stars with and without observational errors", 3, panels)])
        {
            Missing = "The uncertainties are a smooth law of the survey file, in bins of distance; the averages of the Gaia DR2 uncertainties that the paper used are not to hand.",
        };
    }
}
