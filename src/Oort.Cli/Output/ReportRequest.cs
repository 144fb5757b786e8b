namespace Oort.Cli.Output;

/// <summary>What a report is made of.</summary>
/// <param name="Builds">Directories of builds.</param>
/// <param name="Data">Histograms of stars; none are drawn if none.</param>
/// <param name="Catalogue">A catalogue of stars in regions of the sky; none are drawn if none.</param>
/// <param name="Chemistry">A file of abundances; the paper's if none.</param>
/// <param name="Observations">A folder of published data; none are drawn if none.</param>
/// <param name="Threads">Threads to use; the page does not depend on it.</param>
internal sealed record ReportRequest(IReadOnlyList<string> Builds, string? Data, string? Catalogue, string? Chemistry, string? Observations, int Threads);
