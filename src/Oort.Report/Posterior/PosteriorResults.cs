using Oort.Definitions;
using Oort.Inference.Posteriors;
using Oort.Models.Predictions;

namespace Oort.Report.Posterior;

/// <summary>What a page about a posterior shows.</summary>
/// <param name="Name">The chain's file, for the heading.</param>
/// <param name="Sample">The draws.</param>
public sealed record PosteriorResults(string Name, PosteriorSample Sample)
{
    /// <summary>The fit that the chain is of; without it parameters are numbers without units, and nothing is predicted.</summary>
    public FitDefinition? Fit { get; init; }

    /// <summary>What models drawn from the chain predict; null if none were asked for.</summary>
    public PosteriorPredictions? Predictions { get; init; }

    /// <summary>Names of the parameters in the corner plot, <see cref="MostInCorner"/> at most; where none are given, all or those that are most correlated with others.</summary>
    public IReadOnlyList<string> Corner { get; init; } = [];

    /// <summary>What was left out and why.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];

    /// <summary>As many parameters are readable in one corner plot.</summary>
    public const int MostInCorner = 15;

    /// <summary>Refuses parameters of the corner plot that there are not, or too many, before the work.</summary>
    /// <exception cref="InputException">It is so.</exception>
    public void CheckCorner()
    {
        if (Corner.Count > MostInCorner)
        {
            throw new InputException(FormattableString.Invariant($"--corner: {Corner.Count} parameters; {MostInCorner} at most are readable"));
        }

        if (Corner.FirstOrDefault(name => !Sample.Names.Contains(name, StringComparer.OrdinalIgnoreCase)) is string unknown)
        {
            throw new InputException($"--corner {unknown}: there is no such parameter. There are: {string.Join(", ", Sample.Names)}");
        }
    }

    /// <summary>The model of Sun et al. (2025) that a fit's model is one of, by the name of its file; null for any other.</summary>
    /// <param name="fit">The fit.</param>
    public static Sun25Published? PublishedModel(FitDefinition fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return Sun25Published.Named(Path.GetFileName(Path.TrimEndingDirectorySeparator(fit.ModelPath)));
    }
}
