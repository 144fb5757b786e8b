using System.Text;
using System.Text.Json;
using Oort.Models;

namespace Oort.Cli.Output;

/// <summary>summary.json: units as in its keys' description in docs, Msun, Msun/pc^3, Msun/pc^2, km/s, kpc.</summary>
internal static class SummaryJson
{
    /// <summary>The text of the file.</summary>
    public static string Text(BuildSummary s)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteBoolean("converged", s.Converged);
            json.WriteNumber("iterations", s.Iterations);
            Number(json, "residual", s.Residual);
            Number(json, "seconds", Math.Round(s.Seconds, 3));
            json.WriteNumber("threads", s.Threads);
            json.WriteStartObject("sun");
            Number(json, "R", s.SunRadius);
            Number(json, "vcirc", s.CircularSpeed);
            Number(json, "rho_stars", s.Rho(ComponentKind.Stars));
            Number(json, "rho_dark", s.Rho(ComponentKind.Dark));
            Number(json, "rho_gas", s.Rho(ComponentKind.Gas));
            json.WriteStartObject("Sigma_1.1kpc");
            Number(json, "gas", s.Sigma(ComponentKind.Gas));
            Number(json, "stars", s.Sigma(ComponentKind.Stars));
            Number(json, "dark", s.Sigma(ComponentKind.Dark));
            Number(json, "total", s.Components.Sum(c => c.Sigma));
            json.WriteEndObject();
            Number(json, "Kz_1.1kpc_over_2piG", s.VerticalForce);
            json.WriteEndObject();
            json.WriteStartObject("components");
            foreach (var c in s.Components)
            {
                json.WriteStartObject(c.Name);
                Number(json, "mass", c.Mass);
                Number(json, "rho_sun", c.Rho);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>JSON has no NaN and no infinity; they become null.</summary>
    private static void Number(Utf8JsonWriter json, string key, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(key, value);
        }
        else
        {
            json.WriteNull(key);
        }
    }
}
