using System.Diagnostics;

namespace Oort.Tests.Support;

/// <summary>A test that needs a python3 with numpy, astropy, pandas and matplotlib; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        if (Python.Executable is null)
        {
            Skip = "needs a python3 that has numpy, astropy, pandas and matplotlib, which is not here";
        }
    }
}

public static class Python
{
    private static readonly Lazy<string?> Found = new(() => new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(HasPackages));

    /// <summary>A python3 with all that the documents use, or null.</summary>
    public static string? Executable => Found.Value;

    /// <summary>Runs a script in a folder.</summary>
    /// <returns>Exit code, standard output and error.</returns>
    public static (int Code, string Out, string Error) Run(string executable, string folder, params string[] arguments)
    {
        ProcessStartInfo start = new(executable, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MPLBACKEND"] = "Agg";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private static bool HasPackages(string executable)
    {
        try
        {
            return Run(executable, ".", "-c",
                "import importlib.util as u, sys; sys.exit(any(u.find_spec(p) is None for p in ('numpy', 'astropy', 'pandas', 'matplotlib')))").Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
