using System.Text.Json;

namespace Oort.Report;

/// <summary>How a build ended, from its summary.json.</summary>
internal sealed record BuildSummaryFile
{
    /// <summary>Whether the model had converged.</summary>
    public required bool Converged { get; init; }

    /// <summary>Iterations it took.</summary>
    public required int Iterations { get; init; }

    /// <summary>Largest relative change of the force in the last of them.</summary>
    public required double Residual { get; init; }

    /// <summary>Reads a build's summary.</summary>
    /// <exception cref="InputException">It is missing or damaged.</exception>
    public static BuildSummaryFile Read(string directory)
    {
        string path = Path.Combine(directory, "summary.json");
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = json.RootElement;
            return new()
            {
                Converged = root.GetProperty("converged").GetBoolean(),
                Iterations = root.GetProperty("iterations").GetInt32(),
                Residual = Number(root, "residual"),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InputException($"{path}: is not the summary that oort build writes: {e.Message}", e);
        }
    }

    private static double Number(JsonElement parent, string key)
        => parent.GetProperty(key) is { ValueKind: not JsonValueKind.Null } value ? value.GetDouble() : double.NaN;
}
