using System.Diagnostics;
using Oort.Tests.Cli;

namespace Oort.Tests.Support;

/// <summary>A test that needs mpirun and mpicc; skipped where they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MpiFactAttribute : FactAttribute
{
    public MpiFactAttribute()
    {
        if (!Mpi.IsInstalled)
        {
            Skip = "needs mpirun and mpicc, which are not here";
        }
    }
}

/// <summary>The command under mpirun.</summary>
public static class Mpi
{
    public static bool IsInstalled => ((string[])["mpirun", "mpicc"]).All(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, name))));

    /// <summary>Runs oort as several ranks, more than there are processors if need be.</summary>
    /// <returns>Exit code, standard output and error, those of mpirun among it.</returns>
    public static (int Code, string Out, string Error) Run(Workplace work, int ranks, params string[] arguments)
    {
        using Process process = Start(work, ranks, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>Starts oort as several ranks.</summary>
    public static Process Start(Workplace work, int ranks, params string[] arguments)
    {
        string shim = work.Path("liboort-mpi.so");
        if (!File.Exists(shim))
        {
            using Process compiler = Process.Start("mpicc", ["-O2", "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", "-o", shim, Path.Combine(AppContext.BaseDirectory, "oort-mpi.c")]);
            compiler.WaitForExit();
        }

        ProcessStartInfo start = new("mpirun", ["-n", $"{ranks}", "dotnet", Path.Combine(AppContext.BaseDirectory, "oort.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OORT_MPI"] = shim;
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        start.Environment["OMPI_MCA_rmaps_base_oversubscribe"] = "1";
        return Process.Start(start)!;
    }

    /// <summary>The process that is a rank of a run in this workplace.</summary>
    public static Process Rank(Workplace work, int rank) => Process.GetProcesses().First(p => Says(p, "environ", $"OMPI_COMM_WORLD_RANK={rank}") && Says(p, "cmdline", work.Root));

    private static bool Says(Process process, string file, string text)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/{file}").Split('\0').Any(w => w == text || (file == "cmdline" && w.StartsWith(text, StringComparison.Ordinal)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not of this user, or gone.
            return false;
        }
    }
}
