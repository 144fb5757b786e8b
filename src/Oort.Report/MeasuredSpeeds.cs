using Oort.Models.Predictions;

namespace Oort.Report;

/// <summary>A published set of circular speeds.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Data">The points.</param>
public sealed record MeasuredSpeeds(string Name, CircularSpeedData Data)
{
    /// <summary>The sets of Figure 17 of Sun et al. (2025), and the files in a folder of published data that have them.</summary>
    public static IReadOnlyList<(string Name, string File)> Published { get; } =
    [
        ("Eilers et al. (2019)", "eilers2019_circular_velocity.txt"),
        ("Ablimit et al. (2020)", "ablimit2020_circular_velocity.txt"),
        ("Wang et al. (2023)", "wang2023_circular_velocity.txt"),
    ];

    /// <summary>Those sets that are in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="InputException">None is there, or one is damaged.</exception>
    public static IReadOnlyList<MeasuredSpeeds> Read(string folder)
    {
        (string Name, string File)[] there = [.. Published.Where(p => File.Exists(Path.Combine(folder, p.File)))];
        return there.Length == 0
            ? throw new InputException($"{folder}: has none of {string.Join(", ", Published.Select(p => p.File))}")
            : [.. there.Select(p => new MeasuredSpeeds(p.Name, CircularSpeedData.Read(Path.Combine(folder, p.File))))];
    }
}
