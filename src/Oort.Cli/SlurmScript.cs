using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Oort.Cli;

/// <summary>A batch script for Slurm that runs this command, and goes on with it in a new allocation when its time is over, as often as need be.</summary>
internal static class SlurmScript
{
    /// <summary>Seconds before the time limit at which the run is told to stop: more than an evaluation takes.</summary>
    private const int Warning = 120;

    /// <summary>The script.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="without">Options that are about the script itself.</param>
    /// <param name="log">The database of the run.</param>
    /// <param name="ranks">How many processes.</param>
    /// <param name="threads">Threads of each.</param>
    /// <param name="time">Time limit of an allocation, as Slurm writes it.</param>
    public static string Text(ParseResult parsed, IReadOnlyList<Option> without, string log, int ranks, int threads, string time)
    {
        string name = Path.GetFileNameWithoutExtension(log), command = string.Join(' ', ((string[])[.. Program(), .. Arguments(parsed, without), "--threads", threads.ToString(CultureInfo.InvariantCulture)]).Select(Quote));
        return $$"""
            #!/bin/bash
            # Written by oort fit --slurm. Submit it with sbatch. Whatever ends an allocation, the next goes on from the last step.
            #SBATCH --job-name={{OneWord(name)}}
            #SBATCH --ntasks={{ranks}}
            #SBATCH --cpus-per-task={{threads}}
            #SBATCH --time={{time}}
            #SBATCH --signal=B:USR1@{{Warning}}
            #SBATCH --requeue
            #SBATCH --open-mode=append
            #SBATCH --output={{OneWord(name)}}.slurm.log

            export DOTNET_ROOT={{Quote(DotnetRoot())}}
            cd {{Quote(Environment.CurrentDirectory)}} || exit 2

            # How ranks are started here; Slurm must have been built with the PMI that MPI wants (srun --mpi=list).
            launch=({{(ranks > 1 ? "srun --mpi=pmix --kill-on-bad-exit=1" : "")}})
            "${launch[@]}" {{command}} &
            run=$!

            # Slurm's warning that the time is nearly over: the run stops after what it has stored, and the job queues again.
            over=
            trap 'over=1; kill -TERM "$run" 2>/dev/null' USR1
            code=0
            while :; do
                wait "$run"
                code=$?
                kill -0 "$run" 2>/dev/null || break
            done
            if [ -n "$over" ] && [ "$code" -ne 0 ]; then
                scontrol requeue "$SLURM_JOB_ID" && exit 0
            fi
            exit "$code"

            """.ReplaceLineEndings("\n");
    }

    /// <summary>The words of the command line but for some options and their values.</summary>
    private static IEnumerable<string> Arguments(ParseResult parsed, IReadOnlyList<Option> without)
    {
        HashSet<Token> left = [.. without.Select(parsed.GetResult).OfType<OptionResult>().Where(r => !r.Implicit).SelectMany(r => r.Tokens.Append(r.IdentifierToken!))];
        return parsed.Tokens.Where(t => !left.Contains(t)).Select(t => t.Value);
    }

    private static string[] Program()
    {
        string dll = Path.Combine(AppContext.BaseDirectory, "oort.dll"), program = Path.Combine(AppContext.BaseDirectory, "oort");
        return File.Exists(program) ? [program] : [Path.Combine(DotnetRoot(), "dotnet"), dll];
    }

    private static string DotnetRoot() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>A word of the shell.</summary>
    private static string Quote(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "_-./=:,+".Contains(c, StringComparison.Ordinal)) ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>A name without anything that Slurm or the shell would take for something else.</summary>
    private static string OneWord(string name)
    {
        StringBuilder word = new(name);
        for (int i = 0; i < word.Length; i++)
        {
            word[i] = char.IsAsciiLetterOrDigit(word[i]) || word[i] is '-' or '_' or '.' ? word[i] : '_';
        }

        return word.ToString();
    }
}
