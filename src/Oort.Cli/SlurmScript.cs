using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Oort.Inference.Ranks;

namespace Oort.Cli;

/// <summary>A batch script for Slurm that runs this command, and goes on with it in a new allocation when its time is over, as often as need be; a run that fails makes the job fail.</summary>
internal static class SlurmScript
{
    /// <summary>Seconds before the time limit at which the run is told to stop: more than an evaluation takes.</summary>
    private const int Warning = 120;

    /// <summary>Seconds that it has to do so: it is killed before Slurm kills the script, which could not queue the job again.</summary>
    private const int Grace = 100;

    /// <summary>The variable of the environment that names the file into which rank 0 writes its exit code.</summary>
    private const string ExitCode = "OORT_EXIT_CODE";

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

            # Slurm's warning that the time is nearly over: the run stops after what it has stored. srun, told so itself, would kill the ranks at once.
            over=
            stop() {
                over=1
                if [ "${launch[0]}" = srun ]; then scancel --signal=TERM "$SLURM_JOB_ID"; else kill -TERM "$run" 2>/dev/null; fi
            }
            trap stop USR1

            # srun may end with 0 where it could not start a rank, as when it meets what is left on a machine of the allocation before. What counts is how rank 0 says that it has ended.
            export {{ExitCode}}={{Quote(log)}}."$SLURM_JOB_ID".exit
            trap 'rm -f "${{ExitCode}}"' EXIT
            for tries in 2 1 0; do
                : >"${{ExitCode}}" || exit 2
                "${launch[@]}" {{command}} &
                run=$!
                left={{Grace}}
                while kill -0 "$run" 2>/dev/null; do
                    sleep 1
                    if [ -n "$over" ] && [ "$((left -= 1))" -eq 0 ]; then
                        echo "the run does not stop: it is killed, and loses the step that is under way" >&2
                        kill -KILL "$run"
                    fi
                done
                wait "$run"
                code=$? said=
                read -r said <"${{ExitCode}}"
                [ -z "$over$said" ] && [ "$code" -eq 0 ] || break
                echo "no run was started" >&2
                code=1
                [ "$tries" -eq 0 ] || sleep 10
            done

            # Queued again is what was stopped since its time was over; not what failed.
            code=${said:-$code}
            if [ -n "$over" ]; then
                case $said:$code in
                    130:* | :0 | :130 | :137 | :143) scontrol requeue "$SLURM_JOB_ID" && exit 0 ;;
                esac
            fi
            exit "$code"

            """.ReplaceLineEndings("\n");
    }

    /// <summary>Tells the batch script, if this runs in one, how the run has ended.</summary>
    /// <param name="code">Exit code of this process.</param>
    public static void Tell(int code)
    {
        if (Environment.GetEnvironmentVariable(ExitCode) is { Length: > 0 } file && (MpiRanks.Asked()?.Rank ?? 0) == 0)
        {
            File.WriteAllText(file, FormattableString.Invariant($"{code}\n"));
        }
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
