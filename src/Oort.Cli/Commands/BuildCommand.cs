using System.CommandLine;
using System.Diagnostics;
using Oort.Cli.Output;
using Oort.Definitions;
using Oort.Models;
using Oort.Tables;

namespace Oort.Cli.Commands;

/// <summary><c>oort build</c>: finds a model's self-consistent potential and writes all that follows from it.</summary>
internal static class BuildCommand
{
    public static Command Create(Streams streams)
    {
        Argument<string> file = new("MODEL.ini") { Description = "The model: sections [Potential NAME], [DF NAME], [Component NAME], [SelfConsistentModel NAME]; - is standard input." };
        Option<string> output = new("--out", "-o") { HelpName = "DIR", Description = "The directory to write; files of an earlier build there are replaced.", Required = true };
        Option<int> threads = CommonOptions.Threads();
        SolverSettings defaults = new();
        Option<double> tolerance = CommonOptions.Number(
            "--tolerance", "T", "Largest relative change of the force, from one iteration to the next, that counts as converged.",
            t => t is >= 1e-9 and < 1, "from 1e-9 to below 1", defaults.Tolerance);
        Option<int> iterations = CommonOptions.Integer("--max-iterations", "N", "Iterations after which to give up.", 1, 10_000, defaults.MaxIterations);
        Option<bool> json = new("--json") { Description = "Print summary.json instead of a table." };
        DocumentedCommand command = new("build", """
            Finds the potential that a model's distribution functions and static densities generate together, and writes a
            directory: summary.json, potential.ini, density_NAME.ini, a copy of the model, and tables of the rotation curve
            and of radial and vertical profiles (ECSV, which astropy and pandas read). Exits with 1 if it does not converge;
            the files are written all the same.
            """)
        {
            Examples =
            [
                ("oort build models/bv23.ini --out bv23", "Builds the Milky Way of Binney & Vasiliev (2023)."),
                ("oort build models/bv23.ini --out bv23 --tolerance 1e-4 --json", "To a tighter tolerance, with the summary as JSON."),
            ],
        };
        command.Add(file);
        command.Add(output);
        command.Add(threads);
        command.Add(tolerance);
        command.Add(iterations);
        command.Add(json);
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Run(streams, parsed.GetRequiredValue(file), parsed.GetRequiredValue(output), parsed.GetValue(json), new()
            {
                Tolerance = parsed.GetValue(tolerance),
                MaxIterations = parsed.GetValue(iterations),
                Threads = parsed.GetValue(threads),
            }, cancellation), cancellation));
        return command;
    }

    private static int Run(Streams streams, string file, string output, bool json, SolverSettings settings, CancellationToken cancellation)
    {
        Stopwatch clock = Stopwatch.StartNew();
        ModelDefinition model = PotentialInput.Model(file, streams);
        BuildDirectory.Check(output);
        SelfConsistentModel solver = new(model.Setup, settings);
        SelfConsistentResult result = BuildProgress.Show(streams, settings.Tolerance, progress => Solve(solver, progress, cancellation));
        BuildTables tables = new(result, model.SunRadius);
        (string, EcsvTable)[] all =
        [
            ("rotation_curve.ecsv", tables.RotationCurve()),
            ("radial_profiles.ecsv", tables.RadialProfiles(cancellation)),
            ("vertical_profiles.ecsv", tables.VerticalProfiles(cancellation)),
        ];
        BuildSummary summary = BuildSummary.Of(result, model.SunRadius, settings.Threads, () => clock.Elapsed.TotalSeconds);
        cancellation.ThrowIfCancellationRequested();
        BuildDirectory.Write(output, model.Text, result, summary, all);
        if (json)
        {
            streams.Out.Write(SummaryJson.Text(summary));
        }
        else
        {
            SummaryTable.Write(streams.Out, summary, output);
        }

        if (!result.Converged)
        {
            streams.Error.WriteLine($"oort: not converged after {summary.Iterations} iterations: the residual is {Numbers.Format(summary.Residual)}, the tolerance {Numbers.Format(settings.Tolerance)}");
        }

        return result.Converged ? 0 : 1;
    }

    /// <summary>
    /// Solves the model. Its input has been checked: what a density or potential refuses now, the iteration has brought about.
    /// </summary>
    private static SelfConsistentResult Solve(SelfConsistentModel solver, IProgress<IterationReport> progress, CancellationToken cancellation)
    {
        try
        {
            return solver.Solve(progress, cancellation);
        }
        catch (InputException e)
        {
            throw new NumericalException($"the iteration went astray: {e.Message}");
        }
    }
}
