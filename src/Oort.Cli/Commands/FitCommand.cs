using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Oort.Cli.Output;
using Oort.Definitions;
using Oort.Inference;
using Oort.Inference.Chains;
using Oort.Inference.Ranks;
using Oort.Tables;

namespace Oort.Cli.Commands;

/// <summary><c>oort fit</c>: looks for the parameters of a model that agree best with histograms, or samples their posterior.</summary>
internal static class FitCommand
{
    private const int Unfinished = 1, Interrupted = 130;

    public static Command Create(Streams streams)
    {
        FitOptions options = new();
        DocumentedCommand command = new("fit", """
            Fits a model's parameters to the velocity histograms of a catalogue.

            Looks for the least chi-squared, priors counted in, by default by least squares (Gauss and Newton).
            Standard errors follow from the curvature there.
            With method = sample in the fit file or --method sample, draws from the posterior by an ensemble of walkers instead.

            Every model or step is logged before the next is begun. A fit that was interrupted, in whatever way, goes on with the same
            command as if it had not been. A log goes with its fit file, model, survey and data; with others it is refused.
            Exits with 1 where the search has not come to its end, with 0 where the chain has. Under mpirun models are spread over the ranks.
            docs/fitting.md and docs/clusters.md say more.
            """)
        {
            Examples =
            [
                ("oort fit models/bv23.fit.ini --data hist.csv --out run.db", "Fits the radial and vertical actions of BV23's discs to histograms of oort reduce."),
                ("oort fit models/bv23.fit.ini --data hist.csv --out run.db --evaluations 100 --json", "Stops after 100 models, for now."),
                ("oort fit models/bv23.fit.ini --data hist.csv --out run.db --model best.ini", "Goes on to the end and writes the best model."),
                ("oort fit models/bv23.fit.ini --data hist.csv --out run.db --method sample", "Samples the posterior; oort chain info run.db tells how it goes."),
                ("oort fit models/bv23.fit.ini --data hist.csv --out run.db --method sample --slurm job.sh --ranks 64", "A job for Slurm: sbatch job.sh."),
                ("mpirun -n 16 oort fit models/bv23.fit.ini --data hist.csv --out run.db --method sample", "The same with 16 processes, and the same chain."),
            ],
        };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(streams, parsed, options, cancellation), cancellation));
        return command;
    }

    private static int Run(Streams streams, ParseResult parsed, FitOptions options, CancellationToken cancellation)
    {
        options.CheckSlurm(parsed);
        if (parsed.GetValue(options.Slurm) is string script)
        {
            return WriteScript(streams, parsed, options, script);
        }

        using RankedRun ranks = RankedRun.Join(streams);
        if (ranks.Serves)
        {
            ranks.Serve(() =>
            {
                FitDefinition asked = options.Definition(parsed);
                int workers = options.Workers(parsed, ranks);
                return asked.Method == FitMethod.Sample ? RankWork.Of(asked.Posterior(workers, cancellation: cancellation), Fingerprint(asked))
                    : RankWork.Of(asked.Objective(workers, cancellation: cancellation), Fingerprint(asked));
            }, cancellation);
            return 0;
        }

        ResultFile.Check(parsed.GetValue(options.Best));
        FitDefinition definition = options.Definition(parsed);
        return definition.Method == FitMethod.Sample ? Sample(streams, parsed, options, definition, ranks, cancellation) : Search(streams, parsed, options, definition, ranks, cancellation);
    }

    private static int Search(Streams streams, ParseResult parsed, FitOptions options, FitDefinition definition, RankedRun ranks, CancellationToken cancellation)
    {
        int most = parsed.GetValue(options.Evaluations) is int n and > 0 ? n : definition.Evaluations;
        using FitLog log = FitLog.Open(parsed.GetRequiredValue(options.Output), definition.Parameters, definition.Fingerprints());
        Fit fit = new(definition.Parameters, definition.Search, () => ranks.Spread(definition.Objective(options.Workers(parsed, ranks), cancellation: cancellation), Fingerprint(definition), cancellation));
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

        WriteModel(parsed.GetValue(options.Best), definition, result.Values);
        FitSummary summary = new(definition, result, log.Evaluations.Count(e => e.Failure is not null));
        streams.Out.Write(parsed.GetValue(options.Json) ? summary.Json() : summary.Table());
        if (summary.Trouble(most) is string trouble)
        {
            streams.Error.WriteLine($"oort: {trouble}");
        }

        return result.Converged ? 0 : Unfinished;
    }

    private static int Sample(Streams streams, ParseResult parsed, FitOptions options, FitDefinition definition, RankedRun ranks, CancellationToken cancellation)
    {
        SamplingSettings settings = parsed.GetValue(options.Steps) is int n and > 0 ? definition.Sampling with { Length = definition.Sampling.Length with { MostSteps = n } } : definition.Sampling;
        settings = settings.FollowsSearch ? AfterSearch(settings, parsed.GetRequiredValue(options.Output), definition) : settings;
        using ChainStore store = ChainStore.Open(parsed.GetRequiredValue(options.Output), definition.Parameters, settings, definition.PosteriorFingerprints());
        ChainProgress end;
        try
        {
            using SamplingProgress progress = new(streams);
            end = new ChainRun(store, definition.Parameters, settings).Run(
                () =>
                {
                    ILogDensity posterior = ranks.Spread(definition.Posterior(options.Workers(parsed, ranks), cancellation: cancellation), Fingerprint(definition), cancellation);
                    return settings.Approximation is { } found ? posterior.Near([.. found.Centre], cancellation) : posterior;
                }, progress,
                settings.IsScreened ? () => definition.CheapPosterior(options.Workers(parsed, ranks), cancellation: cancellation) : null, cancellation);
        }
        catch (OperationCanceledException)
        {
            streams.Error.WriteLine($"oort: interrupted after {store.Steps} steps; the same command goes on from there");
            return Interrupted;
        }

        ChainSummary summary = ChainSummary.Of(store, cancellation: cancellation);
        WriteModel(parsed.GetValue(options.Best), definition, summary.BestValues);
        streams.Out.Write(parsed.GetValue(options.Json) ? ChainText.Json(summary) : ChainText.Table(summary));
        if (!end.LongEnough && settings.Length.Times is double times)
        {
            streams.Error.WriteLine(FormattableString.Invariant(
                $"oort: stopped after {end.Step} steps, before the chain was {times:g4} autocorrelation times long; with more --steps the same command goes on"));
        }

        return 0;
    }

    /// <summary>The settings with what the search in the same log has come to, from which [Sampler] independence and emulation propose points.</summary>
    private static SamplingSettings AfterSearch(SamplingSettings settings, string path, FitDefinition definition)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: not found; independence and emulation in [Sampler] follow a search: run it first, with --method search and the same --out");
        }

        using FitLog log = FitLog.Open(path, definition.Parameters, definition.Fingerprints());
        try
        {
            Fit fit = new(definition.Parameters, definition.Search, () => throw new InvalidOperationException("all is in the log"));
            return settings.After(fit.Run(log, log.Evaluations.Count), definition.Parameters);
        }
        catch (InputException e)
        {
            throw new InputException($"{path}: independence and emulation in [Sampler] follow a search, and {e.Message}");
        }
    }

    /// <summary>Writes the batch script; what is wrong with the input is told now, not when the job has waited for its turn.</summary>
    private static int WriteScript(Streams streams, ParseResult parsed, FitOptions options, string script)
    {
        _ = options.Definition(parsed);
        int ranks = parsed.GetValue(options.Ranks);
        if (ranks > 1 && MpiRanks.Missing is string why)
        {
            streams.Warn($"the job has one rank, not {ranks}: {why}");
            ranks = 1;
        }

        int threads = parsed.GetResult(options.Threads) is { Implicit: false } ? parsed.GetValue(options.Threads) : 1;
        string text = SlurmScript.Text(parsed, [options.Slurm, options.Ranks, options.Time, options.Threads], parsed.GetRequiredValue(options.Output), ranks, threads, parsed.GetRequiredValue(options.Time));
        OutputFile.Write(script, w => w.Write(text));
        streams.Error.WriteLine($"oort: submit it with sbatch {script}");
        return 0;
    }

    private static void WriteModel(string? path, FitDefinition definition, IReadOnlyList<double> values)
    {
        if (path is not null)
        {
            OutputFile.Write(path, w => w.Write(definition.ModelText(values)));
        }
    }

    /// <summary>All that models and their misfits and posterior densities depend on.</summary>
    private static string Fingerprint(FitDefinition definition)
        => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', definition.PosteriorFingerprints().OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key} {p.Value}")))));
}
