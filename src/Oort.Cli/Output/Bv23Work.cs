using Oort.Chemistry;
using Oort.Definitions;
using Oort.Models;
using Oort.Models.DiscParameters;
using Oort.Models.Predictions;
using Oort.Report;
using Oort.Report.Bv23;
using Oort.Surveys;

namespace Oort.Cli.Output;

/// <summary>Asks the library for what a page after Binney &amp; Vasiliev (2023) shows, one result after the other, and tells how far it is.</summary>
internal static class Bv23Work
{
    /// <summary>Everything that the files given allow.</summary>
    public static Bv23Results Of(ReportRequest request, Survey survey, Stages stages, CancellationToken cancellation)
    {
        // What cannot be read is refused before the work.
        MeasuredSpeeds? speeds = ReportObservations.CircularSpeeds(request.Observations, [MeasuredSpeeds.Published[0]], stages).FirstOrDefault(m => m.Name == MeasuredSpeeds.Eilers);
        HistogramSet? data = request.Data is string histograms ? ReportSurvey.Histograms(histograms, survey) : null;
        ChemistrySetup chemistry = request.Chemistry is string file ? ChemistryFile.Read(file) : ChemistryFile.BinneyVasiliev2023;
        string build = request.Builds[0];
        SolvedGalaxy solved = stages.Run("the model", _ => GalaxyFile.ReadSolved(build, threads: request.Threads));
        (Galaxy galaxy, double sunRadius, int threads) = (solved.Galaxy, GalaxyFile.SunRadius(build), request.Threads);
        GalaxyComponent[] stars = [.. galaxy.Components.Where(c => c is { Kind: ComponentKind.Stars, DistributionFunction: not null })];
        GalaxyComponent[] dark = [.. galaxy.Components.Where(c => c is { Kind: ComponentKind.Dark, DistributionFunction: not null })];

        Bv23Results results = new(build, stages.Run("densities and velocities", progress => GalaxyPredictions.Of(solved, sunRadius, progress, cancellation)))
        {
            HubbleConstant = survey.HubbleConstant,
            MeasuredSpeeds = speeds is null ? null : CircularSpeedComparison.Of(speeds.Data, galaxy),
            Discs = stages.Try("discs in its potential", progress => DiscParameterStudy.Of(galaxy, sunRadius, threads, progress, cancellation)),
            Survey = stars.Length == 0 ? null : ReportSurvey.Of(survey, data, galaxy, threads, stages, cancellation),
            PrimordialHalo = dark.Length != 1 ? null : stages.Try("the halo without baryons",
                _ => PrimordialHaloModel.Solve(galaxy, new() { HubbleConstant = survey.HubbleConstant, Threads = threads }, cancellation: cancellation)),

            // The paper's chemistry is for a model of its components; one that was asked for has to fit.
            Chemistry = request.Chemistry is null && galaxy.Components.Any(c => c.Kind == ComponentKind.Stars && chemistry.Find(c.Name) is null) ? null : stages.Try("chemistry", _ =>
            {
                ChemicalBins bins = new(new(galaxy, chemistry, sunRadius), threads: threads);
                return new ChemistryResults(bins.Maps(cancellation: cancellation), ChemistryRow.Of(bins), HighAlphaCurve.Of(bins.Chemistry));
            }),
        };
        return results with { Failures = stages.Failures };
    }
}
