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
        string shim = work.Path("liboort-mpi.so");
        if (!File.Exists(shim))
        {
            Run("mpicc", _ => { }, "-O2", "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", "-o", shim, Path.Combine(AppContext.BaseDirectory, "oort-mpi.c"));
        }

        return Run("mpirun", environment =>
        {
            environment["OORT_MPI"] = shim;
            environment["OMPI_ALLOW_RUN_AS_ROOT"] = environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
            environment["OMPI_MCA_rmaps_base_oversubscribe"] = "1";
        }, ["-n", $"{ranks}", "dotnet", Path.Combine(AppContext.BaseDirectory, "oort.dll"), .. arguments]);
    }

    private static (int Code, string Out, string Error) Run(string file, Action<IDictionary<string, string?>> prepare, params string[] arguments)
    {
        ProcessStartInfo start = new(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        prepare(start.Environment);
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
