using Oort.Definitions;
using Oort.Models;
using Oort.Report.Bv23;

namespace Oort.Cli.Output;

/// <summary>Asks the library for what a report shows, one result after the other, and tells how far it is.</summary>
internal static class ReportResults
{
    public static Bv23Results Of(string directory, int threads, Streams streams, CancellationToken cancellation)
    {
        Galaxy galaxy = GalaxyFile.Read(directory, threads: threads);
        cancellation.ThrowIfCancellationRequested();
        return new(directory);
    }
}
