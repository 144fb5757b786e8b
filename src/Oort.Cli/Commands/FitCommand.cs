using System.CommandLine;
using Oort.Cli.Output;
using Oort.Definitions;
using Oort.Inference;
using Oort.Tables;

namespace Oort.Cli.Commands;

/// <summary><c>oort fit</c>: looks for the parameters of a model that agree best with histograms.</summary>
internal static class FitCommand
{
    private const int Unfinished = 1, Interrupted = 130;

    public static Command Create(Streams streams)
    {
        Argument<string> file = new("FIT.ini") { Description = "The fit file: a section [Fit], which names model, survey and data, and a section [Parameter NAME] for each free parameter." };
        Option<string> output = new("--out", "-o") { HelpName = "RUN.db", Description = "The log of the fit, an SQLite database; where it exists already, the fit goes on.", Required = true };
        Option<string?> data = new("--data") { HelpName = "HIST", Description = "Histograms that oort reduce wrote, instead of those that the fit file names." };
        Option<string?> best = new("--model") { HelpName = "BEST.ini", Description = "Write the model file with the best parameters, for oort build." };
        Option<int> evaluations = CommonOptions.Integer("--evaluations", "N", "Models after which to stop, those of the log included; otherwise the fit file's.", 1, 100_000_000);
        Option<bool> json = new("--json") { Description = "Print the result as JSON instead of a table." };
        Option<int> threads = CommonOptions.Threads();
        DocumentedCommand command = new("fit", """
            Fits a model's parameters to the velocity histograms of a catalogue.

            Looks for the least chi-squared by Nelder and Mead's method, again from the best point until that no longer helps.
            Standard errors follow from the curvature of chi-squared there.

            Every model is logged before the next is begun. A fit that was interrupted, in whatever way, goes on with the same
            command as if it had not been. A log goes with its fit file, model, survey and data; with others it is refused.
            Exits with 1 where the fit has not come to its end; docs/fitting.md says more.
            """)
        {
            Examples =
            [
                ("oort fit models/bv23.fit.ini --data hist.csv --out run.db", "Fits the radial and vertical actions of BV23's discs to histograms of oort reduce."),
                ("oort fit models/bv23.fit.ini --data hist.csv --out run.db --evaluations 100 --json", "Stops after 100 models, for now."),
                ("oort fit models/bv23.fit.ini --data hist.csv --out run.db --model best.ini", "Goes on to the end and writes the best model."),
            ],
        };
        command.Add(file);
        foreach (Option option in (Option[])[output, data, evaluations, best, json, threads])
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            string? model = parsed.GetValue(best);
            ResultFile.Check(model);
            FitDefinition definition = FitFile.Read(parsed.GetRequiredValue(file), parsed.GetValue(data));
            int most = parsed.GetValue(evaluations) is int n and > 0 ? n : definition.Evaluations, workers = parsed.GetValue(threads);
            using FitLog log = FitLog.Open(parsed.GetRequiredValue(output), definition.Parameters, definition.Fingerprints());
            Fit fit = new(definition.Parameters, definition.Search, () => definition.Objective(workers, cancellation: cancellation));
            FitResult result;
            try
            {
                using FitProgress progress = new(streams, definition.Parameters);
                result = fit.Run(log, most, progress, cancellation);
            }
            catch (OperationCanceledException)
            {
                streams.Error.WriteLine($"oort: interrupted after {log.Evaluations.Count} models; the same command goes on from there");
                return Interrupted;
            }

            if (model is not null)
            {
                OutputFile.Write(model, w => w.Write(definition.ModelText(result.Values)));
            }

            FitSummary summary = new(definition, result, log.Evaluations.Count(e => e.Failure is not null));
            streams.Out.Write(parsed.GetValue(json) ? summary.Json() : summary.Table());
            if (summary.Trouble(most) is string trouble)
            {
                streams.Error.WriteLine($"oort: {trouble}");
            }

            return result.Converged ? 0 : Unfinished;
        }, cancellation));
        return command;
    }
}
