using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Oort.Cli.Commands;
using Oort.Tables;

namespace Oort.Cli;

/// <summary>
/// The command oort: parses arguments, runs one command, and turns errors into one line on standard error and an exit code:
/// 0 done, 1 a numerical failure, 2 wrong input, 130 interrupted.
/// </summary>
internal static class CommandLine
{
    private const int Failure = 1, WrongInput = 2, Interrupted = 130, PipeClosed = 141;

    /// <summary>The system's error number EPIPE.</summary>
    private const int BrokenPipe = 32;

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Streams streams)
    {
        RootCommand root = Create(streams);
        ParseResult parsed = root.Parse(args, new() { ResponseFileTokenReplacer = null });
        if (parsed.Action is not (HelpWithExamples or null) && parsed.GetResult(root.Directives[0]) is null && UsageError.UnknownOption(parsed) is string unknown)
        {
            return Report(streams, unknown, WrongInput);
        }

        if (parsed.Action is ParseErrorAction)
        {
            return Report(streams, UsageError.Describe(parsed), WrongInput);
        }

        if (UsageError.Overwritten(parsed) is string lost)
        {
            return Report(streams, lost, WrongInput);
        }

        InvocationConfiguration invocation = new()
        {
            Output = streams.Out,
            Error = streams.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(5),
        };
        try
        {
            int code = await parsed.InvokeAsync(invocation);
            await streams.Out.FlushAsync();
            return code;
        }
        catch (Exception e)
        {
            Exception cause = e is AggregateException { InnerExceptions.Count: > 0 } many ? many.Flatten().InnerExceptions[0] : e;
            return cause switch
            {
                InputException => Report(streams, cause.Message, WrongInput),
                NumericalException => Report(streams, cause.Message, Failure),
                OperationCanceledException => Report(streams, "interrupted; no file was written", Interrupted),
                IOException { HResult: BrokenPipe } => PipeClosed,
                IOException or UnauthorizedAccessException => Report(streams, $"the results cannot be written: {cause.Message}", WrongInput),
                _ => Report(streams, $"unexpected {cause.GetType().Name}: {cause.Message} (a defect of oort's; please report it with the command you ran)", Failure),
            };
        }
    }

    /// <summary>All commands.</summary>
    public static RootCommand Create(Streams streams)
    {
        RootCommand root = new("Self-consistent, action-based models of the Galaxy. Units: kpc, km/s, solar masses.")
        {
            BuildCommand.Create(streams),
            PotentialCommand.Create(streams),
            ActionsCommand.Create(streams),
            OrbitCommand.Create(streams),
            MomentsCommand.Create(streams),
            VdfCommand.Create(streams),
            SampleCommand.Create(streams),
            ChemistryCommand.Create(streams),
            ReportCommand.Create(streams),
            PrimordialHaloCommand.Create(streams),
            ReduceCommand.Create(streams),
            CompareCommand.Create(streams),
            FitCommand.Create(streams),
            ChainCommand.Create(streams),
            MockCommand.Create(streams),
            PredictCommand.Create(streams),
            CompletionCommand.Create(streams),
        };
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    private static int Report(Streams streams, string message, int code)
    {
        streams.Error.WriteLine($"oort: {message.ReplaceLineEndings(" ").Replace('\t', ' ')}");
        return code;
    }
}
