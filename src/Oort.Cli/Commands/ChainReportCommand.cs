using System.CommandLine;
using Oort.Cli.Output;
using Oort.Definitions;
using Oort.Inference.Chains;
using Oort.Inference.Posteriors;
using Oort.Report;
using Oort.Report.Posterior;
using Oort.Tables;

namespace Oort.Cli.Commands;

/// <summary><c>oort chain report</c>: a page that shows the posterior of a fit.</summary>
internal static class ChainReportCommand
{
    private const int DefaultDraws = 40;

    /// <summary>The command.</summary>
    /// <param name="streams">Where it writes.</param>
    /// <param name="file">The chain.</param>
    /// <param name="burn">The burn-in.</param>
    public static Command Create(Streams streams, Argument<string> file, Option<int?> burn)
    {
        Option<string?> fit = new("--fit") { HelpName = "FIT.ini", Description = "The fit file that the chain was sampled with: for units, published values, bands beside the data and numbers that follow." };
        Option<string?> data = new("--data") { HelpName = "HIST", Description = "Histograms that oort reduce wrote, instead of those that the fit file names." };
        Option<int> draws = CommonOptions.Integer("--draws", "N", "Models drawn from the chain for bands and derived numbers; with 0 there are none.", 0, 100_000, DefaultDraws);
        Option<string?> corner = new("--corner") { HelpName = "NAME,NAME", Description = "Parameters in the corner plot, 15 at most; otherwise all, or the 15 that are most correlated with another." };
        Option<string?> output = CommonOptions.Out();
        Option<int> threads = CommonOptions.Threads();
        DocumentedCommand command = new("report", """
            Draws the posterior of a fit: one HTML page with the parameters beside published values, a corner plot, traces with autocorrelation,
            and, with the fit file, bands of models drawn from the chain beside the data and densities, circular speeds and masses that follow.
            The page holds all it needs and works offline.
            """)
        {
            Examples =
            [
                ("oort chain report run.db --out posterior.html", "Parameters, corner plot and traces, in a second."),
                ("oort chain report run.db --fit models/bv23.fit.ini --data hist.csv --draws 40 --out posterior.html", "All of it; a self-consistent model of each draw costs seconds."),
            ],
        };
        command.Add(file);
        foreach (Option option in (Option[])[fit, data, draws, corner, burn, output, threads])
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            string? path = parsed.GetValue(output);
            ResultFile.Check(path);
            string db = parsed.GetRequiredValue(file);
            using ChainStore chain = ChainStore.OpenToRead(db);
            FitDefinition? definition = parsed.GetValue(fit) is string name ? FitFile.Read(name, parsed.GetValue(data)) : null;
            if (definition is null && parsed.GetValue(data) is not null)
            {
                throw new InputException("--data: goes with --fit FIT.ini, which says how the histograms were compared");
            }

            if (definition is not null)
            {
                chain.Check(definition.PosteriorFingerprints());
            }

            Stages stages = new(streams, "report");
            PosteriorSample sample = stages.Run("the chain", _ => PosteriorSample.Of(chain, parsed.GetValue(burn), cancellation));
            PosteriorResults results = new(db, sample)
            {
                Fit = definition,
                Corner = [.. (parsed.GetValue(corner) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            };
            results.CheckCorner();
            if (definition is not null && parsed.GetValue(draws) is int count and > 0)
            {
                results = results with { Predictions = Predictions(definition, sample, count, parsed.GetValue(threads), stages, cancellation), Failures = stages.Failures };
            }

            Page page = stages.Run("the page", _ => PosteriorReport.Of(results));
            if (path is null)
            {
                page.Write(streams.Out);
            }
            else
            {
                OutputFile.Write(path, page.Write);
            }
        }, cancellation));
        return command;
    }

    private static PosteriorPredictions? Predictions(FitDefinition fit, PosteriorSample sample, int draws, int threads, Stages stages, CancellationToken cancellation)
        => stages.Try("the model at the start", _ => fit.Predictor(threads, cancellation: cancellation)) is { } predictor
            ? stages.Try(FormattableString.Invariant($"models of {draws} draws"), progress
                => PosteriorPredictions.Of(predictor, sample, draws, PosteriorResults.PublishedModel(fit), progress, cancellation)) : null;
}
