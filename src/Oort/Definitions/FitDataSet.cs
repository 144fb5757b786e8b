using Oort.Inference;
using Oort.Inference.Likelihoods;
using Oort.Models;
using Oort.Models.Predictions;
using Oort.Surveys;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>What a data set of a fit is.</summary>
public enum FitDataType
{
    /// <summary>Velocity histograms of <c>oort reduce</c>.</summary>
    VelocityHistograms,

    /// <summary>Numbers of stars in bins of |z| of each ring of radii: the table of bins beside the histograms of <c>oort reduce</c>.</summary>
    StarCounts,

    /// <summary>Circular speeds: R, v_c and its errors.</summary>
    CircularSpeeds,

    /// <summary>Velocities of single stars: a catalogue as <c>oort reduce</c> reads it.</summary>
    Velocities,
}

/// <summary>A section [Data NAME] of a fit file, and the data that it names. Immutable.</summary>
public sealed record FitDataSet
{
    /// <summary>Header of the sections.</summary>
    internal const string Section = "Data";

    /// <summary>Name, before the quantities in tables.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required FitDataType Type { get; init; }

    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The survey file; null where the data need none.</summary>
    public string? SurveyPath { get; init; }

    /// <summary>The survey; null where the data need none.</summary>
    public Survey? Survey { get; init; }

    /// <summary>Histograms or numbers of stars; null for other data.</summary>
    public HistogramSet? Histograms { get; init; }

    /// <summary>Where in the bins velocity distributions are predicted.</summary>
    public PredictionPlace Place { get; init; } = PredictionPlace.Barycentre;

    /// <summary>How histograms are compared.</summary>
    public MisfitStatistic Statistic { get; init; } = MisfitStatistic.Likelihood;

    /// <summary>Whether the velocities of histograms are convolved with the survey's errors.</summary>
    public bool WithErrors { get; init; }

    /// <summary>Circular speeds; null for other data.</summary>
    public CircularSpeedData? CircularSpeeds { get; init; }

    /// <summary>Standard deviation of an offset common to all circular speeds, km/s.</summary>
    public double Offset { get; init; }

    /// <summary>All of it that a result depends on but what is in the files, for fingerprints.</summary>
    internal string Description => FormattableString.Invariant($"[{Name}] {Type} {Place} {Statistic} {WithErrors} {Offset:R}");

    /// <summary>The files it comes from, by what they are.</summary>
    internal IEnumerable<(string What, string Path)> Files
    {
        get
        {
            yield return ($"data {Name}", Type == FitDataType.StarCounts ? HistogramSet.BinsPath(Path) : Path);
            if (Type == FitDataType.VelocityHistograms)
            {
                yield return ($"bins of the data {Name}", HistogramSet.BinsPath(Path));
            }

            if (SurveyPath is not null)
            {
                yield return ($"survey {Name}", SurveyPath);
            }
        }
    }

    /// <summary>Reads a section; names of files are relative to a folder.</summary>
    internal static FitDataSet Read(IniSection section, string name, string folder)
    {
        SectionReader r = new(section);
        if (name.Length == 0)
        {
            throw r.Error($"has no name: write [{Section} NAME]");
        }

        FitDataType type = r.Choice("type", ("velocity-histograms", FitDataType.VelocityHistograms), ("star-counts", FitDataType.StarCounts), ("circular-speeds", FitDataType.CircularSpeeds), ("velocities", FitDataType.Velocities));
        FitDataSet set = new() { Name = name, Type = type, Path = System.IO.Path.Combine(folder, r.Text("file")) };
        if (type == FitDataType.CircularSpeeds)
        {
            double offset = r.Number("offset", 0);
            set = set with { CircularSpeeds = CircularSpeedData.Read(set.Path), Offset = offset >= 0 ? offset : throw r.Error("offset", "must be >= 0 (km/s)") };
        }
        else
        {
            string surveyPath = System.IO.Path.Combine(folder, r.Text("survey"));
            Survey survey = SurveyFile.Read(surveyPath);
            if (survey.Regions is not null)
            {
                throw r.Error("survey", "has regions of the sky; these are for the key survey of [Fit], without sections [Data NAME] of their kind");
            }

            set = set with
            {
                SurveyPath = surveyPath,
                Survey = survey,
                Histograms = type == FitDataType.Velocities ? null : HistogramSet.Read(set.Path),
                Place = type == FitDataType.StarCounts ? PredictionPlace.Bin : PredictionPlace.Barycentre,
            };
            if (type == FitDataType.VelocityHistograms)
            {
                set = set with
                {
                    Place = r.Has("at") ? r.Choice("at", ("barycentre", PredictionPlace.Barycentre), ("bin", PredictionPlace.Bin)) : PredictionPlace.Barycentre,
                    Statistic = r.Has("statistic") ? r.Choice("statistic", ("chi-squared", MisfitStatistic.ChiSquared), ("likelihood", MisfitStatistic.Likelihood)) : MisfitStatistic.Likelihood,
                    WithErrors = r.Has("errors") && r.Choice("errors", ("none", false), ("once", true)),
                };
            }

            if (set.WithErrors && survey.Errors is null)
            {
                throw r.Error("survey", "has no section [Errors]; give it one, or errors = none");
            }

            if (set.Place == PredictionPlace.Bin && survey.Selection is null)
            {
                throw r.Error("survey", "has no section [Selection], which says what fraction of the stars it sees at which distance");
            }
        }

        r.Done();
        return set;
    }

    /// <summary>The likelihood of these data.</summary>
    /// <param name="start">The galaxy at the start of the fit.</param>
    /// <param name="predictors">Predictors made before, for data of the same bins.</param>
    /// <param name="threads">Threads to use; results do not depend on it.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal ILikelihood Likelihood(Galaxy start, Dictionary<(string, string, PredictionPlace, bool), KeptActionHistograms> predictors, int threads, CancellationToken cancellation)
    {
        if (CircularSpeeds is not null)
        {
            return new CircularSpeedLikelihood(CircularSpeeds, Offset);
        }

        if (Type == FitDataType.Velocities)
        {
            return new VelocityLikelihood(StarVelocities.Read(Path, Survey!, threads, cancellation), Survey!.Bins, start, threads);
        }

        // Numbers of stars have no velocities: any predictor of their bins will do.
        (string, string, PredictionPlace, bool) key = (Path, SurveyPath!, Place, WithErrors), other = key with { Item4 = !WithErrors };
        if (!predictors.TryGetValue(key, out KeptActionHistograms? predictor) && !(Type == FitDataType.StarCounts && predictors.TryGetValue(other, out predictor)))
        {
            predictors.Add(key, predictor = new(Histograms!, Survey!, start, Place, threads, WithErrors, cancellation));
        }

        return Type == FitDataType.StarCounts ? new StarCountLikelihood(predictor, Histograms!, Survey!.Bins) : new HistogramLikelihood(predictor, new(Histograms!, Statistic));
    }
}
