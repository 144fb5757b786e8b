using System.Globalization;
using Oort.Tests.Support;

namespace Oort.Tests.Performance;

/// <summary>
/// What operations cost when last looked at: tests/Oort.Tests/Performance/baselines.csv, a row each with the reason for its value.
/// With the environment variable OORT_WRITE_BASELINES at 1 the tests write what they measure instead of judging it.
/// </summary>
internal static class Baselines
{
    private static readonly Lock Gate = new();

    private static string Path => System.IO.Path.Combine(Repository.Root, "tests", "Oort.Tests", "Performance", "baselines.csv");

    private static bool Writes => Environment.GetEnvironmentVariable("OORT_WRITE_BASELINES") == "1";

    /// <summary>Throws where a cost exceeds its baseline by more than the factor that its row allows.</summary>
    public static void Check(string name, double measured)
    {
        lock (Gate)
        {
            string[] lines = File.ReadAllLines(Path);
            int row = Array.FindIndex(lines, l => l.StartsWith(name + ",", StringComparison.Ordinal));
            Assert.True(row >= 0, $"baselines.csv has no row '{name}'");
            string[] fields = lines[row].Split(',', 4);
            if (Writes)
            {
                lines[row] = string.Join(',', fields[0], measured.ToString("G5", CultureInfo.InvariantCulture), fields[2], fields[3]);
                File.WriteAllLines(Path, lines);
                return;
            }

            double baseline = double.Parse(fields[1], CultureInfo.InvariantCulture), allowed = double.Parse(fields[2], CultureInfo.InvariantCulture);
            Assert.True(Within(measured, baseline, allowed), FormattableString.Invariant(
                $"{name}: {measured:G5}, the baseline is {baseline:G5}, {allowed:G3} times it is allowed. A loss is to be mended; a price worth paying goes into baselines.csv with its reason"));
        }
    }

    /// <summary>Whether a cost is within the allowed factor of its baseline.</summary>
    public static bool Within(double measured, double baseline, double allowed) => measured <= allowed * baseline;
}
