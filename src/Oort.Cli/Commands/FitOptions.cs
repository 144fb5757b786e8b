using System.CommandLine;
using System.Text.RegularExpressions;
using Oort.Definitions;

namespace Oort.Cli.Commands;

/// <summary>Argument and options of <c>oort fit</c>.</summary>
internal sealed partial class FitOptions
{
    private static readonly (string Word, FitMethod Method)[] Methods = [("search", FitMethod.Search), ("sample", FitMethod.Sample)];

    private readonly Argument<string> file = new("FIT.ini") { Description = "The fit file: a section [Fit], which names model, survey and data, and a section [Parameter NAME] for each free parameter." };
    private readonly Option<string?> data = new("--data") { HelpName = "HIST", Description = "Histograms that oort reduce wrote, instead of those that the fit file names." };
    private readonly Option<string?> method = CommonOptions.OneOf("--method", "method", "What to do, instead of what the fit file says: search for the least misfit, or sample the posterior.", [.. Methods.Select(m => m.Word)]);

    /// <summary>The log.</summary>
    public Option<string> Output { get; } = new("--out", "-o") { HelpName = "RUN.db", Description = "The log of the fit, an SQLite database; where it exists already, the fit goes on.", Required = true };

    /// <summary>Where the best model goes.</summary>
    public Option<string?> Best { get; } = new("--model") { HelpName = "BEST.ini", Description = "Write the model file with the best parameters, for oort build." };

    /// <summary>Models of a search.</summary>
    public Option<int> Evaluations { get; } = CommonOptions.Integer("--evaluations", "N", "Models after which a search stops, those of the log included; otherwise the fit file's.", 1, 100_000_000);

    /// <summary>Steps of a chain.</summary>
    public Option<int> Steps { get; } = CommonOptions.Integer("--steps", "N", "Steps after which a chain ends, those of the log included; otherwise the fit file's.", 1, int.MaxValue);

    /// <summary>JSON instead of a table.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Print the result as JSON instead of a table." };

    /// <summary>Threads.</summary>
    public Option<int> Threads { get; } = CommonOptions.Threads();

    /// <summary>Where a batch script goes, instead of running.</summary>
    public Option<string?> Slurm { get; } = new("--slurm") { HelpName = "JOB.sh", Description = "Write a batch script for Slurm that runs this command and requeues itself until it is done; run nothing now." };

    /// <summary>Processes of the batch script.</summary>
    public Option<int> Ranks { get; } = CommonOptions.Integer("--ranks", "N", "With --slurm: processes that share the work by MPI.", 1, 1_000_000, 1);

    /// <summary>Time limit of the batch script.</summary>
    public Option<string> Time { get; } = SlurmTime();

    /// <summary>Gives them to the command.</summary>
    public void AddTo(Command command)
    {
        command.Add(file);
        foreach (Option option in (Option[])[Output, data, method, Evaluations, Steps, Best, Json, Threads, Slurm, Ranks, Time])
        {
            command.Add(option);
        }
    }

    /// <summary>Reads the fit file.</summary>
    public FitDefinition Definition(ParseResult parsed)
    {
        FitDefinition definition = FitFile.Read(parsed.GetRequiredValue(file), parsed.GetValue(data));
        return parsed.GetValue(method) is string word ? definition with { Method = Methods.First(m => m.Word == word).Method } : definition;
    }

    /// <summary>Threads of a rank: those asked for, or its share of the machine's.</summary>
    public int Workers(ParseResult parsed, RankedRun ranks) => parsed.GetResult(Threads) is { Implicit: false } ? parsed.GetValue(Threads) : ranks.Threads;

    /// <summary>Refuses what only a batch script has use for where none is written.</summary>
    public void CheckSlurm(ParseResult parsed)
    {
        foreach (Option option in (Option[])[Ranks, Time])
        {
            if (parsed.GetValue(Slurm) is null && parsed.GetResult(option) is { Implicit: false })
            {
                throw new InputException($"{option.Name} is for --slurm; without it, start as many processes with mpirun -n N oort fit ...");
            }
        }
    }

    private static Option<string> SlurmTime()
    {
        Option<string> option = new("--time") { HelpName = "HH:MM:SS", Description = "With --slurm: time limit of an allocation, after which the job queues again.", DefaultValueFactory = _ => "24:00:00" };
        option.Validators.Add(result =>
        {
            string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
            if (result.Tokens.Count > 0 && !SlurmTimes().IsMatch(text))
            {
                result.AddError($"--time {text}: must be a time as Slurm writes it: HH:MM:SS, D-HH:MM:SS, or minutes");
            }
        });
        return option;
    }

    [GeneratedRegex(@"^(\d+|\d+:\d\d(:\d\d)?|\d+-\d\d?(:\d\d){0,2})$")]
    private static partial Regex SlurmTimes();
}
