using System.CommandLine;
using System.CommandLine.Parsing;
using Oort.Tables;

namespace Oort.Cli;

/// <summary>What is wrong with the arguments, on one line, with the nearest name that exists.</summary>
internal static class UsageError
{
    private static readonly string[] Outputs = ["--out", "--model", "--slurm"];

    /// <summary>Describes the first error.</summary>
    public static string Describe(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string path = PathOf(parsed.CommandResult);
        string help = $"See {path} --help";
        string? unmatched = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null;
        if (command.Subcommands.Count > 0)
        {
            string[] names = [.. command.Subcommands.Select(c => c.Name)];
            return unmatched is null
                ? $"a command is needed: {string.Join(", ", names)}. {help}"
                : $"unknown command {unmatched}{Suggest(unmatched, names)} There are: {string.Join(", ", names)}. {help}";
        }

        string message = unmatched is not null ? $"one argument too many: {unmatched}" : parsed.Errors[0].Message.TrimEnd('.');
        Argument? missing = command.Arguments.FirstOrDefault(a => parsed.GetResult(a) is null or { Tokens.Count: 0 });
        if (unmatched is null && missing is not null && parsed.Errors[0].SymbolResult is CommandResult or ArgumentResult { Tokens.Count: 0 })
        {
            message = $"{missing.Name} is missing";
        }

        return $"{Prefix(path)}{message}. {help}";
    }

    /// <summary>
    /// Describes the first option that does not exist, or null. The parser takes such a word for an argument where one is
    /// expected; a file whose name begins so can be given as ./--name.
    /// </summary>
    public static string? UnknownOption(ParseResult parsed)
    {
        Token? unknown = parsed.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash)
            .FirstOrDefault(t => t.Type == TokenType.Argument && t.Value is ['-', '-' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'), ..]);
        if (unknown is null)
        {
            return null;
        }

        string path = PathOf(parsed.CommandResult), name = unknown.Value.Split('=')[0];
        string[] options = [.. parsed.CommandResult.Command.Options.Concat(Recursive(parsed)).SelectMany(o => o.Aliases.Append(o.Name)).Distinct()];
        return $"{Prefix(path)}unknown option {name}{Suggest(name, options)} See {path} --help";
    }

    /// <summary>Describes the first file that the command would both read and write over, or null.</summary>
    public static string? Overwritten(ParseResult parsed)
    {
        OptionResult[] options = [.. parsed.CommandResult.Children.OfType<OptionResult>()];
        HashSet<string> read =
        [
            .. parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Concat(options.Where(o => !Outputs.Contains(o.Option.Name)).SelectMany(o => o.Tokens))
                .Where(t => t.Value.Length > 0 && File.Exists(t.Value)).Select(t => Path.GetFullPath(t.Value)),
        ];
        return options.Where(o => Outputs.Contains(o.Option.Name)).SelectMany(o => o.Tokens, (o, t) => (o.Option.Name, t.Value)).Where(o => o.Value.Length > 0 && read.Contains(Path.GetFullPath(o.Value)))
            .Select(o => $"{Prefix(PathOf(parsed.CommandResult))}{o.Name} {o.Value}: is read by the same command and would be lost; give another name").FirstOrDefault();
    }

    private static string Prefix(string path) => path.Contains(' ', StringComparison.Ordinal) ? path[(path.IndexOf(' ', StringComparison.Ordinal) + 1)..] + ": " : "";

    private static IEnumerable<Option> Recursive(ParseResult parsed) => parsed.RootCommandResult.Command.Options.Where(o => o.Recursive);

    private static string Suggest(string name, IEnumerable<string> candidates)
        => Suggestion.Nearest(name, candidates) is string s ? $"; did you mean {s}?" : ".";

    private static string PathOf(CommandResult result)
        => result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : "oort";
}
