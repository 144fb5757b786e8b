using System.CommandLine;
using Oort.Definitions;

namespace Oort.Cli.Commands;

/// <summary>Argument and options of <c>oort fit</c>.</summary>
internal sealed class FitOptions
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

    /// <summary>Gives them to the command.</summary>
    public void AddTo(Command command)
    {
        command.Add(file);
        foreach (Option option in (Option[])[Output, data, method, Evaluations, Steps, Best, Json, Threads])
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
}
