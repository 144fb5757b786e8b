using Oort.Inference.Chains;

namespace Oort.Report.Posterior;

/// <summary>The page that shows the posterior of a fit: parameters, corner plot, traces, bands beside the data, numbers that follow.</summary>
public static class PosteriorReport
{
    private const double EnoughTimes = 50, LargestRHat = 1.05;

    /// <summary>Makes the page.</summary>
    /// <exception cref="InputException">The corner plot is asked for a parameter that there is not, or for too many.</exception>
    public static Page Of(PosteriorResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        ShownParameter[] all = [.. results.Sample.Names.Select((_, i) => new ShownParameter(results, i))];
        IEnumerable<Section?> sections =
        [
            ParameterSection.Of(results, all),
            ParameterSection.Corner(results, all),
            TraceFigures.Of(results, all),
            BandFigures.Of(results),
            DerivedSection.Of(results),
        ];
        return new($"The posterior of {Path.GetFileName(results.Name)}", Introduction(results), [.. sections.OfType<Section>()]);
    }

    private static string Introduction(PosteriorResults results)
    {
        ChainSummary s = results.Sample.Summary;
        string fit = results.Fit is { } f ? $"The fit <code>{Markup.Of(Path.GetFileName(f.Source))}</code> of the model <code>{Markup.Of(Path.GetFileName(Path.TrimEndingDirectorySeparator(f.ModelPath)))}</code> to <code>{Markup.Of(Path.GetFileName(f.DataPath))}</code>"
            + $"{(f.IsPotentialFixed ? ", in a fixed potential" : ", self-consistent at every point")}. " : "";
        double worst = s.Parameters.Max(p => p.RHat);
        List<string> warnings = [];
        if (!(s.LengthInTimes >= EnoughTimes))
        {
            warnings.Add(double.IsFinite(s.LengthInTimes)
                ? $"The chain is {Markup.Of(s.LengthInTimes, 2)} autocorrelation times long, fewer than {EnoughTimes}: intervals are uncertain, and the times themselves are underestimated."
                : "The chain is too short for its autocorrelation time to be told: intervals are uncertain.");
        }

        if (!(worst <= LargestRHat))
        {
            warnings.Add(double.IsFinite(worst) ? $"Split R-hat is up to {Markup.Of(worst, 3)}: the walkers have not come to one distribution yet." : "Split R-hat cannot be told from so few steps.");
        }

        return $"""
            <p>{fit}{s.Steps} steps of {s.Walkers} walkers, the first {s.BurnIn} left out; {s.Evaluations} evaluations in {Markup.Of(s.Seconds / 3600, 2)} hours; {Markup.Of(100 * s.Acceptance, 2)} % of the proposals were accepted.</p>
            {string.Concat(warnings.Concat(results.Failures.Select(x => $"Left out, for it could not be found: {Markup.Of(x)}")).Select(w => $"<p class=\"missing\">{w}</p>"))}
            <p>Curves are shown and hidden by the entries above each figure. A panel’s numbers are behind its button CSV.</p>
            """;
    }
}
