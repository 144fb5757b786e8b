using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Oort.Cli;

/// <summary>A command whose help ends with examples that can be copied and run.</summary>
internal sealed class DocumentedCommand(string name, string description) : Command(name, description)
{
    /// <summary>Command lines, each with what it does.</summary>
    public required (string CommandLine, string What)[] Examples { get; init; }
}

/// <summary>Writes the usual help, then the examples.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        if (parseResult.CommandResult.Command is RootCommand root)
        {
            // The list of commands: a sentence each. The rest is told by the commands themselves.
            foreach (Command listed in root.Subcommands)
            {
                listed.Description = FirstSentence(listed.Description ?? "");
            }
        }

        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        switch (parseResult.CommandResult.Command)
        {
            case DocumentedCommand command:
                output.WriteLine("Examples:");
                foreach ((string line, string what) in command.Examples)
                {
                    output.WriteLine($"  {line}\n      {what}");
                }

                break;
            case RootCommand:
                output.WriteLine("""
                    Examples:
                      oort build models/bv23.ini --out bv23
                          Builds the Milky Way of Binney & Vasiliev (2023) from its distribution functions.
                      oort moments bv23 points.csv
                          Densities and velocity moments of its components at the points (R,z) of a table.
                      oort sample bv23 --count 1e6 --format fits --out stars.fits
                          A million particles drawn from it.

                    oort COMMAND --help tells more, with examples. Files are named on the command line; - is standard input. Results go to standard output or --out,
                    messages to standard error. Exit codes: 0 done, 1 a numerical failure or no convergence, 2 wrong input.
                    """);
                break;
        }

        return code;
    }

    /// <summary>A text up to its first full stop, colon or semicolon.</summary>
    private static string FirstSentence(string text)
    {
        string line = text.ReplaceLineEndings(" ") + " ";
        int end = ((string[])[". ", ": ", "; "]).Select(mark => line.IndexOf(mark, StringComparison.Ordinal)).Where(i => i >= 0).DefaultIfEmpty(line.Length - 1).Min();
        return line[..end] + ".";
    }
}
