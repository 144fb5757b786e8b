using Oort.Chemistry;
using Oort.Definitions;
using Oort.Models;
using Oort.Models.DiscParameters;
using Oort.Models.Predictions;
using Oort.Report.Bv23;

namespace Oort.Cli.Output;

/// <summary>Asks the library for what a report shows, one result after the other, and tells how far it is.</summary>
internal static class ReportResults
{
    private const string CircularSpeedFile = "eilers2019_circular_velocity.txt";

    /// <summary>Everything that the files given allow.</summary>
    public static Bv23Results Of(ReportRequest request, Stages stages, CancellationToken cancellation)
    {
        CircularSpeedData? speeds = request.Observations is string folder ? CircularSpeedData.Read(Path.Combine(folder, CircularSpeedFile)) : null;
        SolvedGalaxy solved = stages.Run("the model", _ => GalaxyFile.ReadSolved(request.Build, threads: request.Threads));
        Galaxy galaxy = solved.Galaxy;
        double sunRadius = GalaxyFile.SunRadius(request.Build);
        Bv23Results results = new(request.Build, stages.Run("densities and velocities", progress => GalaxyPredictions.Of(solved, sunRadius, progress, cancellation)));
        results = results with
        {
            MeasuredSpeeds = speeds is null ? null : CircularSpeedComparison.Of(speeds, galaxy),
            Discs = stages.Run("discs in its potential", progress => DiscParameterStudy.Of(galaxy, sunRadius, request.Threads, progress, cancellation)),
        };
        GalaxyComponent[] dark = [.. galaxy.Components.Where(c => c.Kind == ComponentKind.Dark)];
        if (dark is [{ DistributionFunction: not null }])
        {
            results = results with
            {
                PrimordialHalo = stages.Run("the halo without baryons", _ => PrimordialHaloModel.Solve(galaxy, new() { Threads = request.Threads }, cancellation: cancellation)),
            };
        }

        return results with { Chemistry = Chemistry(request, galaxy, sunRadius, stages, cancellation) };
    }

    /// <summary>Abundances as a file has them, or as the paper does where its components are the model's.</summary>
    private static ChemistryResults? Chemistry(ReportRequest request, Galaxy galaxy, double sunRadius, Stages stages, CancellationToken cancellation)
    {
        ChemistrySetup setup = request.Chemistry is string file ? ChemistryFile.Read(file) : ChemistryFile.BinneyVasiliev2023;
        if (request.Chemistry is null && galaxy.Components.Any(c => c.Kind == ComponentKind.Stars && setup.Find(c.Name) is null))
        {
            return null;
        }

        return stages.Run("chemistry", _ =>
        {
            ChemicalBins bins = new(new(galaxy, setup, sunRadius), threads: request.Threads);
            return new ChemistryResults(bins.Maps(cancellation: cancellation), ChemistryRow.Of(bins), HighAlphaCurve.Of(bins.Chemistry));
        });
    }
}

/// <summary>What a report is made of.</summary>
/// <param name="Build">A build's directory.</param>
/// <param name="Chemistry">A file of abundances; the paper's if none.</param>
/// <param name="Observations">A folder of published data; none are drawn if none.</param>
/// <param name="Threads">Threads to use; the page does not depend on it.</param>
internal sealed record ReportRequest(string Build, string? Chemistry, string? Observations, int Threads);
