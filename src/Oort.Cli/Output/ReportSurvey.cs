using Oort.Definitions;
using Oort.Models;
using Oort.Report.Bv23;
using Oort.Surveys;

namespace Oort.Cli.Output;

/// <summary>What a survey sees of a build, for the report.</summary>
internal static class ReportSurvey
{
    private const string Resource = "survey-bv23.ini";

    // So many that a bin of Figure 9 has some thousand.
    private const int MockStars = 300_000;

    /// <summary>The survey of a file, or that of the paper, surveys/bv23.ini.</summary>
    public static Survey Definition(string? path)
    {
        if (path is not null)
        {
            return SurveyFile.Read(path);
        }

        using Stream stream = typeof(ReportSurvey).Assembly.GetManifestResourceStream(Resource)!;
        using StreamReader reader = new(stream);
        return SurveyFile.Parse(reader.ReadToEnd(), "surveys/bv23.ini");
    }

    /// <summary>Histograms of stars in a survey's bins.</summary>
    /// <exception cref="InputException">They cannot be read, or are of other bins.</exception>
    public static HistogramSet Histograms(string path, Survey survey)
    {
        HistogramSet data = SurveyHistograms.Read(path, survey);
        return data.Bins.Select(b => b.Bin).SequenceEqual(Enumerable.Range(1, survey.Bins.Count))
            ? data
            : throw new InputException($"{path}: lacks some of the {survey.Bins.Count} bins of {survey.Name}; give the survey that oort reduce had (--survey)");
    }

    /// <summary>Predicts the histograms, and compares them with data if there are any.</summary>
    public static SurveyResults Of(Survey survey, HistogramSet? data, Galaxy galaxy, int threads, Stages stages, CancellationToken cancellation)
    {
        HeliocentricSelection used = survey.UsedStars(), seen = survey.SeenStars();
        (SelectedGalaxy usedStars, BinPrediction prediction, HistogramComparison? comparison) = stages.Run("velocity histograms", _ =>
        {
            SelectedGalaxy stars = new(galaxy, used, threads: threads, cancellation: cancellation);
            BinPredictor predictor = new(stars, survey.Bins, survey.Axes, threads);
            return data is null
                ? (stars, predictor.Predict(PredictionPlace.Barycentre, cancellation: cancellation), null)
                : (stars, predictor.AtPoints([.. data.Bins.Select(b => b.R)], [.. data.Bins.Select(b => b.Z)], cancellation: cancellation),
                    new HistogramComparison(data, predictor.Predict(cancellation: cancellation).Total));
        });
        ErrorEffect? errors = survey.Errors is null ? null : stages.Run("observational errors", progress =>
        {
            // Where the cut on parallaxes takes none of the stars that are seen, their densities need not be found again.
            SelectedGalaxy seenStars = ReferenceEquals(seen.Law, used.Law) ? usedStars : new(galaxy, seen, threads: threads, cancellation: cancellation);
            MockSurvey mock = new(seenStars, survey.Sun, survey.Errors, survey.ParallaxZeroPoint);
            return ErrorEffect.Of(mock, survey, MockStars, 1, threads, progress, cancellation);
        });
        return new(survey, prediction, errors) { Data = comparison };
    }
}
