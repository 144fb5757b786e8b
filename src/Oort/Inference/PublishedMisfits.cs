namespace Oort.Inference;

/// <summary>A row of Table 3 of Sun et al. (2025): reduced chi-squared of a model beside their K giants, averaged over the regions of a group (<see cref="GroupMisfit.MeanReduced"/>).</summary>
/// <param name="Model">The model's name; the row printed as Mc17i for the second time in Table 2 is Mc17j.</param>
/// <param name="In">Regions 1 to 16.</param>
/// <param name="Mid">Regions 17 to 20.</param>
/// <param name="Out">Regions 21 to 24.</param>
/// <param name="Pole">Regions 25 and 26.</param>
/// <param name="Total">All of these.</param>
public sealed record PublishedMisfits(string Model, double In, double Mid, double Out, double Pole, double Total)
{
    /// <summary>The rows in their order.</summary>
    public static IReadOnlyList<PublishedMisfits> All { get; } =
    [
        new("Wang17", 37.21, 83.19, 96.44, 10.31, 51.31),
        new("BV2023", 13.58, 16.34, 35.63, 60.64, 21.02),
        new("BV2024", 9.56, 14.92, 44.29, 24.23, 16.86),
        new("Mc17a", 5.84, 5.94, 27.10, 21.91, 10.36),
        new("Mc17b", 6.10, 6.05, 26.20, 24.04, 10.56),
        new("Mc17c", 5.96, 7.09, 26.44, 25.54, 10.79),
        new("Mc17d", 7.43, 13.52, 19.50, 20.73, 11.25),
        new("Mc17e", 6.95, 10.80, 26.88, 22.39, 11.80),
        new("Mc17f", 6.90, 11.84, 21.18, 22.89, 11.09),
        new("Mc17g", 7.27, 11.16, 34.88, 14.93, 12.71),
        new("Mc17h", 7.18, 11.47, 32.05, 16.28, 12.37),
        new("Mc17i", 7.35, 13.00, 25.46, 17.90, 11.82),
        new("Mc17j", 6.40, 11.67, 24.44, 20.67, 11.08),
        new("Mc17k", 7.44, 9.94, 29.93, 20.68, 12.30),
        new("Ca20a", 12.50, 27.49, 61.83, 8.12, 22.06),
        new("Ca20b", 7.91, 12.78, 18.87, 36.55, 12.55),
        new("Ca20c", 6.95, 8.88, 28.59, 42.62, 13.32),
        new("Ca20d", 6.11, 9.90, 33.17, 28.05, 12.54),
        new("Ca20e", 6.08, 7.36, 19.92, 26.44, 9.97),
    ];

    /// <summary>What the row has of a group of regions: <c>in</c>, <c>mid</c>, <c>out</c>, <c>pole</c>; NaN for others.</summary>
    public double Of(string group) => group switch { "in" => In, "mid" => Mid, "out" => Out, "pole" => Pole, _ => double.NaN };
}
