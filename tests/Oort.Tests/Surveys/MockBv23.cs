using Oort.Coordinates;
using Oort.Definitions;
using Oort.Models;
using Oort.Surveys;
using Oort.Tests.Support;

namespace Oort.Tests.Surveys;

/// <summary>The survey of surveys/bv23.ini in the BV23 model.</summary>
internal static class MockBv23
{
    public static Galaxy Galaxy { get; } = SolvedBv23.Result.Galaxy;

    public static Survey Survey { get; } = SurveyFile.Read(Path.Combine(Repository.Root, "surveys", "bv23.ini"));

    public static Sun Sun { get; } = Survey.Sun;

    public static ErrorModel Errors { get; } = Survey.Errors!;

    public static SelectedGalaxy Seen { get; } = new(Galaxy, Survey.SeenStars(), threads: 2);

    /// <summary>Table 2.</summary>
    public static SpatialBins Bins { get; } = Survey.Bins;

    public static HistogramAxis[] Axes { get; } = [.. Survey.Axes];

    public static MockSurvey Mock { get; } = new(Seen, Sun, Errors);
}
