using Oort.Report;

namespace Oort.Cli.Output;

/// <summary>Published data for the report.</summary>
internal static class ReportObservations
{
    /// <summary>Measured circular speeds of a folder; a line on standard error names the files that are not there.</summary>
    /// <param name="folder">The folder; no data if none.</param>
    /// <param name="sets">The sets of <see cref="MeasuredSpeeds.Published"/> that the page can show.</param>
    /// <param name="stages">What tells.</param>
    /// <exception cref="InputException">There is no such folder, or a file is damaged.</exception>
    public static IReadOnlyList<MeasuredSpeeds> CircularSpeeds(string? folder, IEnumerable<(string Name, string File)> sets, Stages stages)
    {
        if (folder is null)
        {
            return [];
        }

        IReadOnlyList<MeasuredSpeeds> there = MeasuredSpeeds.Read(folder);
        string[] absent = [.. sets.Where(s => there.All(m => m.Name != s.Name)).Select(s => s.File)];
        if (absent.Length > 0)
        {
            stages.Tell($"{folder}: has no {string.Join(", no ", absent)}: such points are left out");
        }

        return there;
    }
}
