using System.Text.Json;

namespace Oort.Report.Bv23;

/// <summary>The numbers of a build's summary.json.</summary>
internal sealed record BuildSummaryFile
{
    /// <summary>Whether the model had converged.</summary>
    public required bool Converged { get; init; }

    /// <summary>Iterations it took.</summary>
    public required int Iterations { get; init; }

    /// <summary>Largest relative change of the force in the last of them.</summary>
    public required double Residual { get; init; }

    /// <summary>Circular speed at the Sun, km/s.</summary>
    public required double CircularSpeed { get; init; }

    /// <summary>Density at the Sun by kind of component, Msun/pc^3.</summary>
    public required (double Gas, double Stars, double Dark) Rho { get; init; }

    /// <summary>Surface density within 1.1 kpc of the plane there by kind of component, Msun/pc^2.</summary>
    public required (double Gas, double Stars, double Dark) Sigma { get; init; }

    /// <summary>Vertical force 1.1 kpc above the Sun over 2 pi G, Msun/pc^2.</summary>
    public required double VerticalForce { get; init; }

    /// <summary>Reads a build's summary.</summary>
    /// <exception cref="InputException">It is missing or damaged.</exception>
    public static BuildSummaryFile Read(string directory)
    {
        string path = Path.Combine(directory, "summary.json");
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = json.RootElement, sun = root.GetProperty("sun"), sigma = sun.GetProperty("Sigma_1.1kpc");
            return new()
            {
                Converged = root.GetProperty("converged").GetBoolean(),
                Iterations = root.GetProperty("iterations").GetInt32(),
                Residual = Number(root, "residual"),
                CircularSpeed = Number(sun, "vcirc"),
                Rho = (Number(sun, "rho_gas"), Number(sun, "rho_stars"), Number(sun, "rho_dark")),
                Sigma = (Number(sigma, "gas"), Number(sigma, "stars"), Number(sigma, "dark")),
                VerticalForce = Number(sun, "Kz_1.1kpc_over_2piG"),
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
