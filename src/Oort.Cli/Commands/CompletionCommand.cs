using System.CommandLine;

namespace Oort.Cli.Commands;

/// <summary><c>oort completion</c>: scripts with which shells complete commands and options.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = """
            # Completion of oort for bash. To use it: eval "$(oort completion bash)"
            _oort_complete() {
                local word="${COMP_WORDS[COMP_CWORD]}" IFS=$'\n'
                COMPREPLY=($(compgen -W "$(oort "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "$word"))
            }
            complete -o default -F _oort_complete oort ./oort

            """,
        ["zsh"] = """
            # Completion of oort for zsh. To use it: eval "$(oort completion zsh)"
            _oort_complete() {
                local -a suggestions
                suggestions=("${(@f)$(oort "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
                compadd -a suggestions
                _files
            }
            compdef _oort_complete oort

            """,
        ["fish"] = """
            # Completion of oort for fish. To use it: oort completion fish | source
            complete -c oort -a '(set -l line (commandline -cp); oort "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)'

            """,
    };

    public static Command Create(Streams streams)
    {
        Argument<string> shell = new("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        DocumentedCommand command = new("completion", "A script with which your shell completes oort's commands and options. Put the line of the example into the shell's start-up file.")
        {
            Examples =
            [
                ("eval \"$(oort completion bash)\"", "In ~/.bashrc; oort must be on the PATH."),
                ("eval \"$(oort completion zsh)\"", "In ~/.zshrc, after compinit."),
                ("oort completion fish | source", "In ~/.config/fish/config.fish."),
            ],
        };
        command.Add(shell);
        command.SetAction(parsed => streams.Out.Write(Scripts[parsed.GetRequiredValue(shell)]));
        return command;
    }
}
