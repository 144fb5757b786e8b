using System.CommandLine;
using Oort.Cli.Output;
using Oort.Inference.Chains;
using Oort.Tables;

namespace Oort.Cli.Commands;

/// <summary><c>oort chain</c>: what a chain of <c>oort fit</c> says, and its steps for other programs.</summary>
internal static class ChainCommand
{
    public static Command Create(Streams streams)
    {
        DocumentedCommand command = new("chain", """
            Tells what the chain of a fit says, or writes its steps for other programs; even while the fit runs.

            docs/fitting.md describes the file.
            """)
        {
            Examples = [("oort chain info run.db", "Medians, intervals, autocorrelation times."), ("oort chain export run.db --format npy --out chain.npy", "All steps as an array for NumPy."),
                ("oort chain report run.db --fit models/bv23.fit.ini --data hist.csv --out posterior.html", "A page with corner plot, traces and bands.")],
        };
        command.Add(Info(streams));
        command.Add(Export(streams));
        command.Add(ChainReportCommand.Create(streams, File(), Burn("Steps at the start that are left out; otherwise a fifth of all.")));
        return command;
    }

    private static DocumentedCommand Info(Streams streams)
    {
        Argument<string> file = File();
        Option<int?> burn = Burn("Steps at the start that are left out; otherwise a fifth of all.");
        Option<bool> json = new("--json") { Description = "Print JSON instead of a table." };
        DocumentedCommand command = new("info", """
            Tells what a chain says of each parameter, and whether it is long enough.

            For each parameter the median and the central interval that holds 68 % of the draws, the mean, the value at the largest log density, the
            integrated autocorrelation time in steps, the effective sample size, and split R-hat, which is 1 where the walkers agree.
            """)
        {
            Examples = [("oort chain info run.db", "A table."), ("oort chain info run.db --burn 500 --json", "Without the first 500 steps, as JSON.")],
        };
        command.Add(file);
        command.Add(burn);
        command.Add(json);
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            using ChainStore chain = ChainStore.OpenToRead(parsed.GetRequiredValue(file));
            ChainSummary summary = ChainSummary.Of(chain, parsed.GetValue(burn), cancellation);
            streams.Out.Write(parsed.GetValue(json) ? ChainText.Json(summary) : ChainText.Table(summary));
        }, cancellation));
        return command;
    }

    private static DocumentedCommand Export(Streams streams)
    {
        Argument<string> file = File();
        Option<string?> format = CommonOptions.OneOf("--format", "format", "csv: a line for each step and walker; npy: an array of 64-bit floating-point numbers with the shape steps, walkers, parameters. Without it --out decides: an array where it ends in .npy, else CSV.", ["csv", "npy"]);
        Option<string?> output = CommonOptions.Out();
        Option<int?> burn = Burn("Steps at the start that are left out, the start itself counted as one.");
        Option<int> thin = CommonOptions.Integer("--thin", "N", "Every so many steps one is written.", 1, int.MaxValue, 1);
        DocumentedCommand command = new("export", """
            Writes the steps of a chain for other programs: values of the parameters in the units of the model file.

            CSV has the columns step, walker, log_density and one for each parameter. Step 0 is the start.
            """)
        {
            Examples =
            [
                ("oort chain export run.db --format csv --burn 500 --thin 10 --out chain.csv", "A table."),
                ("oort chain export run.db --format npy --out chain.npy", "numpy.load(\"chain.npy\") has the shape (steps, walkers, parameters)."),
            ],
        };
        command.Add(file);
        foreach (Option option in (Option[])[format, output, burn, thin])
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            string? path = parsed.GetValue(output);
            bool isArray = path?.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) ?? false, isText = (parsed.GetValue(format) ?? (isArray ? "npy" : "csv")) == "csv";
            if (isText && isArray)
            {
                throw new InputException($"{path}: is called an array, and --format csv asks for text");
            }

            if (!isText && path is null && streams.OutIsTerminal)
            {
                throw new InputException("an array is no text for a terminal: give --out FILE.npy");
            }

            using ChainStore chain = ChainStore.OpenToRead(parsed.GetRequiredValue(file));
            (int first, int every) = (parsed.GetValue(burn) ?? 0, parsed.GetValue(thin));
            if (ChainExport.Count(chain, first, every) == 0)
            {
                throw new InputException(FormattableString.Invariant($"the chain has {chain.Steps} steps and the start: --burn {first} leaves none"));
            }

            if (isText)
            {
                ResultFile.WriteText(path, streams, w => ChainExport.WriteCsv(chain, w, first, every, cancellation));
            }
            else if (path is null)
            {
                ChainExport.WriteNpy(chain, streams.OutBytes, first, every, cancellation);
            }
            else
            {
                OutputFile.WriteBinary(path, s => ChainExport.WriteNpy(chain, s, first, every, cancellation));
            }
        }, cancellation));
        return command;
    }

    private static Argument<string> File() => new("RUN.db") { Description = "What oort fit --out has written." };

    private static Option<int?> Burn(string description)
    {
        Option<int?> option = new("--burn") { HelpName = "N", Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out int n) || n < 0))
            {
                result.AddError($"--burn {result.Tokens[0].Value}: must be an integer from 0");
            }
        });
        return option;
    }
}
