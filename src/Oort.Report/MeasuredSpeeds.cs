using Oort.Models.Predictions;

namespace Oort.Report;

/// <summary>A published set of circular speeds.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Data">The points.</param>
public sealed record MeasuredSpeeds(string Name, CircularSpeedData Data)
{
    /// <summary>The set that Figure 15 of Binney &amp; Vasiliev (2023) has too.</summary>
    public const string Eilers = "Eilers et al. (2019)";

    /// <summary>The sets of Figure 17 of Sun et al. (2025), and the files in a folder of published data that have them.</summary>
    public static IReadOnlyList<(string Name, string File)> Published { get; } =
    [
        (Eilers, "eilers2019_circular_velocity.txt"),
        ("Ablimit et al. (2020)", "ablimit2020_circular_velocity.txt"),
        ("Wang et al. (2023)", "wang2023_circular_velocity.txt"),
    ];

    /// <summary>Those sets that are in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="InputException">There is no such folder, or a set is damaged.</exception>
    public static IReadOnlyList<MeasuredSpeeds> Read(string folder)
        => Directory.Exists(folder)
            ? [.. Published.Where(p => File.Exists(Path.Combine(folder, p.File))).Select(p => new MeasuredSpeeds(p.Name, CircularSpeedData.Read(Path.Combine(folder, p.File))))]
            : throw new InputException($"{folder}: no such directory; published data such as {Published[0].File} are looked for in it");
}
