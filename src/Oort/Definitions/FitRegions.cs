using System.Globalization;
using Oort.Inference;
using Oort.Surveys;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>The keys of [Fit] for surveys of regions of the sky.</summary>
internal static class FitRegions
{
    private const string RegionsKey = "regions";

    /// <summary>Reads them.</summary>
    /// <param name="r">The section [Fit].</param>
    /// <param name="survey">The survey, which has regions.</param>
    /// <param name="components">Names of the model's components with a distribution function.</param>
    public static RegionSettings Read(SectionReader r, Survey survey, IReadOnlyList<string> components)
    {
        string[] seen = [.. r.List("components").Select(n => Find(r, "components", n, components))];
        string[] groups = [.. r.List("groups").Select(n => Find(r, "groups", n, survey.Regions!.Groups))];
        int[] regions = [.. r.List(RegionsKey).Select(n => Number(r, n, survey.Regions!, groups))];
        bool resampled = r.Has("histograms") && r.Choice("histograms", ("counted", false), ("resampled", true));
        MeasurementErrors errors = r.Has("errors") ? r.Choice("errors", ("none", MeasurementErrors.None), ("once", MeasurementErrors.Once), ("twice", MeasurementErrors.Twice))
            : resampled ? MeasurementErrors.Twice : MeasurementErrors.Once;
        return errors == MeasurementErrors.None || survey.Errors is not null ? new() { Components = seen, Groups = groups, Regions = regions, IsResampled = resampled, Errors = errors }
            : throw r.Error("errors", $"the model is to be convolved with the errors of the data, but {survey.Name} has no section [Errors]; give it one, or errors = none");
    }

    /// <summary>The histograms of the regions that have stars and are to be compared.</summary>
    public static HistogramSet Compared(HistogramSet data, string path, Survey survey, RegionSettings settings, MisfitStatistic statistic)
    {
        if (data.Bins.FirstOrDefault(b => b.Bin < 1 || b.Bin > survey.Regions!.Count) is HistogramBin outside)
        {
            throw new InputException($"{path}: has a region {outside.Bin}; {survey.Name} has the regions 1 to {survey.Regions!.Count}");
        }

        if (settings.IsResampled && statistic == MisfitStatistic.Likelihood)
        {
            throw new InputException($"{path}: statistic = likelihood needs numbers of stars: histograms = counted");
        }

        HistogramSet all = settings.IsResampled ? data : data.Counted();
        HistogramBin[] bins = [.. all.Bins.Where(b => b.Stars > 0 && (settings.Groups.Count == 0 || settings.Groups.Contains(survey.Regions![b.Bin].Group)) && (settings.Regions.Count == 0 || settings.Regions.Contains(b.Bin)))];
        foreach (int missing in settings.Regions.Except(bins.Select(b => b.Bin)))
        {
            throw new InputException($"{path}: has no stars in region {missing}, which {RegionsKey} names");
        }

        return new(bins, [.. from b in bins from q in all.Quantities select all[b.Bin, q]]);
    }

    private static int Number(SectionReader r, string text, SkyRegions all, string[] groups)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1 || number > all.Count)
        {
            throw r.Error(RegionsKey, $"'{text}' is no region: {all.Count} are numbered from 1");
        }

        return groups.Length == 0 || groups.Contains(all[number].Group) ? number
            : throw r.Error(RegionsKey, $"region {number} is of the group {all[number].Group}, which groups does not name");
    }

    private static string Find(SectionReader r, string key, string name, IReadOnlyList<string> among)
        => among.FirstOrDefault(a => a.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw r.Error(key, $"there is no '{name}'{(Suggestion.Nearest(name, among) is string s ? $"; did you mean {s}?" : ".")} There are: {string.Join(", ", among)}");
}
