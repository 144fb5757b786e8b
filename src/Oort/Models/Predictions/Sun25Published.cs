namespace Oort.Models.Predictions;

/// <summary>What Sun et al. (2025) print of a model: a row of Table 2, and of Table 4 if it has one.</summary>
/// <param name="Name">Its name; the row printed as Mc17i for the second time is Mc17j.</param>
/// <param name="Parameters">Columns 2 to 17 of Table 2.</param>
/// <param name="CircularSpeed">Circular speed at the Sun, km/s: column 18.</param>
/// <param name="VirialMass">M200, Msun: column 19.</param>
public sealed record Sun25Published(string Name, Sun25Parameters Parameters, double CircularSpeed, double VirialMass)
{
    /// <summary>Names of the components whose densities at the Sun Table 4 gives, as in models/sun25-*.ini: thin disc, thick disc, dark halo, HI, H2.</summary>
    public static IReadOnlyList<string> LocalComponents { get; } = ["thin disk", "thick disk", "dark halo", "HI gas disk", "H2 gas disk"];

    /// <summary>Densities of <see cref="LocalComponents"/> at the Sun, in the plane, Msun/pc^3 (Table 4); null for all but three models.</summary>
    public IReadOnlyList<double>? LocalDensities { get; init; }

    /// <summary>All models of Table 2, in its order.</summary>
    public static IReadOnlyList<Sun25Published> All { get; } =
    [
        new("Wang17", new(new(8.17e8, 2.68, 2.41, 0.30, 61.84, 91.48, 10.80), new(2.09e8, 3.31, 4.07, 0.90, 77.30, 121.14, 19.30), 8.46e6, 20.22, 8.50), 244.5, 1.48e12),
        Model("Mc17a", [8.95e8, 2.48, 0.30, 1.87e8, 3.05, 0.92, 8.52e6, 19.25, 8.11, 63.99, 30.22, 12.52, 82.82, 132.99, 18.73], 231.7, 1.31)
            with { LocalDensities = [0.0658, 0.0038, 0.0115, 0.0297, 0.0120] },
        Model("Mc17b", [9.06e8, 2.44, 0.31, 1.83e8, 3.06, 0.90, 8.58e6, 19.38, 8.04, 70.54, 30.40, 11.74, 75.62, 132.55, 20.97], 231.7, 1.35),
        Model("Mc17c", [9.09e8, 2.49, 0.30, 1.87e8, 3.03, 0.91, 8.49e6, 19.13, 8.12, 79.90, 36.38, 10.40, 87.55, 146.86, 18.09], 231.3, 1.28),
        Model("Mc17d", [8.91e8, 2.49, 0.31, 1.87e8, 3.07, 0.91, 8.55e6, 18.80, 8.29, 77.76, 41.49, 10.90, 73.32, 132.01, 19.18], 229.6, 1.23),
        Model("Mc17e", [8.96e8, 2.48, 0.31, 1.83e8, 3.05, 0.91, 8.51e6, 19.25, 8.20, 83.58, 50.72, 9.54, 89.95, 135.07, 21.54], 229.9, 1.31),
        Model("Mc17f", [9.07e8, 2.50, 0.31, 1.87e8, 3.04, 0.91, 8.63e6, 18.65, 7.94, 84.66, 39.46, 10.54, 81.36, 134.60, 19.82], 230.4, 1.22),
        Model("Mc17g", [8.85e8, 2.53, 0.31, 1.79e8, 3.02, 0.93, 8.71e6, 18.75, 8.19, 74.68, 57.26, 9.35, 93.28, 143.13, 17.89], 229.6, 1.25),
        Model("Mc17h", [8.86e8, 2.56, 0.30, 1.84e8, 3.03, 0.93, 8.38e6, 18.79, 8.25, 77.23, 57.13, 9.18, 90.24, 133.35, 19.56], 229.2, 1.20),
        Model("Mc17i", [8.89e8, 2.57, 0.31, 1.84e8, 3.10, 0.93, 8.35e6, 19.04, 8.08, 80.50, 56.20, 9.97, 90.08, 138.59, 19.14], 230.4, 1.25),
        Model("Mc17j", [9.30e8, 2.56, 0.30, 1.85e8, 3.00, 0.93, 8.40e6, 18.43, 7.96, 82.81, 50.20, 10.11, 91.39, 141.77, 18.00], 230.1, 1.14),
        Model("Mc17k", [9.43e8, 2.36, 0.31, 1.90e8, 3.11, 1.12, 8.09e6, 12.48, 8.40, 102.94, 62.66, 7.64, 70.79, 86.20, 20.96], 234.3, 0.41),
        Model("Ca20a", [1.07e9, 2.39, 0.31, 1.16e8, 3.92, 0.90, 1.29e7, 14.00, 8.21, 103.33, 93.33, 8.85, 204.23, 331.38, 4.14], 229.1, 0.88),
        Model("Ca20b", [1.08e9, 2.46, 0.31, 1.14e8, 3.83, 0.93, 1.30e7, 13.74, 7.90, 83.19, 39.88, 11.01, 86.48, 143.28, 23.04], 233.2, 0.85),
        Model("Ca20c", [1.08e9, 2.45, 0.31, 1.16e8, 3.88, 0.92, 1.27e7, 13.83, 8.04, 86.14, 35.79, 9.52, 255.20, 367.38, 5.71], 230.9, 0.84),
        Model("Ca20d", [7.33e8, 2.68, 0.30, 1.01e8, 3.86, 0.90, 3.97e6, 23.75, 8.19, 72.35, 45.80, 9.82, 229.87, 285.41, 6.05], 230.3, 0.39)
            with { LocalDensities = [0.0517, 0.0040, 0.0098, 0.0297, 0.0120] },
        Model("Ca20e", [7.37e8, 2.63, 0.31, 1.03e8, 3.86, 0.92, 4.05e6, 22.39, 8.12, 72.88, 39.48, 11.18, 84.81, 130.09, 21.99], 232.8, 0.84)
            with { LocalDensities = [0.0515, 0.0033, 0.0103, 0.0299, 0.0124] },
    ];

    /// <summary>The model of Table 2 that has these parameters, all of them; null if there is none.</summary>
    public static Sun25Published? Find(Sun25Parameters? parameters)
        => parameters is null ? null : All.FirstOrDefault(m => m.Parameters.Agrees(parameters));

    /// <summary>The model of Table 2 whose name is part of another name, whatever the case; null if there is none.</summary>
    public static Sun25Published? Named(string name)
        => All.FirstOrDefault(m => name.Contains(m.Name, StringComparison.OrdinalIgnoreCase));

    // A row as it is printed: columns 2 to 9, then 11 to 17.
    private static Sun25Published Model(string name, double[] row, double speed, double mass) => new(
        name, new(new(row[0], row[1], row[1], row[2], row[9], row[10], row[11]), new(row[3], row[4], row[4], row[5], row[12], row[13], row[14]), row[6], row[7], row[8]),
        speed, mass * 1e12);
}
