using Oort.Actions;
using Oort.Definitions;
using Oort.Inference;
using Oort.Models;
using Oort.Models.Predictions;
using Oort.Report;
using Oort.Report.Sun25;
using Oort.Surveys;

namespace Oort.Cli.Output;

/// <summary>Asks the library for what a page after Sun et al. (2025) shows, one result after the other, and tells how far it is.</summary>
internal static class Sun25Work
{
    /// <summary>Everything that the files given allow.</summary>
    public static Sun25Results Of(ReportRequest request, Survey survey, Stages stages, CancellationToken cancellation)
    {
        // What cannot be read is refused before the work.
        HistogramSet? data = request.Data is string path ? SurveyHistograms.ReadRegions(path, survey).Counted()
            : request.Catalogue is string file ? stages.Run("histograms", progress => CatalogueReduction.Read(file, survey, request.Threads, progress, cancellation).Histograms.Counted()) : null;
        IReadOnlyList<MeasuredSpeeds> speeds = ReportObservations.CircularSpeeds(request.Observations, MeasuredSpeeds.Published, stages);
        if (request.Catalogue is string catalogue)
        {
            CatalogueViews.Check(catalogue, survey);
        }

        _ = KernelCompilation.BeginVelocities();
        List<Sun25Model> models = [];
        foreach (string build in request.Builds)
        {
            SolvedGalaxy solved = stages.Run($"{build}: the model", _ => GalaxyFile.ReadSolved(build, threads: request.Threads));
            Sun25Model model = InRegions(new(build, solved, GalaxyFile.SunRadius(build)), survey, data, request.Threads, stages, cancellation);
            models.Add(Predicted(model, request.Threads, stages, cancellation));
        }

        return new(survey, models)
        {
            Data = data is null ? null : new(Path.GetFileName(request.Data ?? request.Catalogue!), data),
            Catalogue = request.Catalogue is string stars ? Stars(stars, survey, models, request.Threads, stages, cancellation) : null,
            MeasuredSpeeds = speeds,
            Failures = stages.Failures,
        };
    }

    /// <summary>The model with what it predicts of densities and velocities, and how plain iterations lead to it.</summary>
    private static Sun25Model Predicted(Sun25Model model, int threads, Stages stages, CancellationToken cancellation)
    {
        GalaxyPredictions? predictions = stages.Try($"{model.Name}: densities and velocities", progress => GalaxyPredictions.Of(model.Solved, model.SunRadius, progress, cancellation));
        IterationHistory? iterations = stages.Try($"{model.Name}: iterations", progress => IterationHistory.Of(
            model.Definition.Setup, model.Solved, model.SunRadius, Sun25ModelFile.InitialParts(model.Definition), threads, progress, cancellation));
        Sun25Numbers? numbers = Sun25ModelFile.Parameters(model.Definition) is Sun25Parameters parameters
            ? stages.Try($"{model.Name}: circular speed and mass", _ => Sun25Numbers.Of(parameters, model.Definition.Setup.InitialPotential, model.Solved.Galaxy)) : null;
        return model with { Predictions = predictions, Iterations = iterations, Numbers = numbers };
    }

    /// <summary>The model with what it predicts to be seen in the regions, and chi-squared of that beside the data.</summary>
    private static Sun25Model InRegions(Sun25Model model, Survey survey, HistogramSet? data, int threads, Stages stages, CancellationToken cancellation)
    {
        Galaxy galaxy = model.Solved.Galaxy;
        if (!galaxy.Components.Any(c => c.IsDisc))
        {
            return model;
        }

        RegionConditions conditions = RegionConditions.Of(survey, survey.Errors is null ? MeasurementErrors.None : MeasurementErrors.Once, "the report");
        RegionPrediction? prediction = stages.Try($"{model.Name}: velocities in regions", _
            => new RegionPredictor(galaxy, survey.SunIn(galaxy, model.SunRadius), survey.Regions!, conditions: conditions, threads: threads).Integrate(cancellation));
        bool isCompared = prediction is not null && data is not null && data.Histograms.Any(h => h.Count.Any(n => n >= HistogramMisfit.LeastStars));
        return model with { Regions = prediction, Misfit = isCompared ? new HistogramMisfit(data!, MisfitStatistic.ChiSquared).Of(prediction!.Histograms) : null };
    }

    private static Sun25Catalogue Stars(string path, Survey survey, IReadOnlyList<Sun25Model> models, int threads, Stages stages, CancellationToken cancellation)
        => stages.Run("the catalogue", progress =>
        {
            StaeckelFudgeFinder[] orbits = [.. models.Select(m => new StaeckelFudgeFinder(m.Solved.Galaxy.Potential, m.Solved.Galaxy.FocalDistances))];
            return new Sun25Catalogue(Path.GetFileName(path), CatalogueViews.Read(path, survey, orbits, threads, progress, cancellation));
        });
}
