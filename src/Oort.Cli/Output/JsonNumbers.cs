using System.Text.Json;

namespace Oort.Cli.Output;

/// <summary>Numbers in JSON, which has no NaN and no infinity: they become null.</summary>
internal static class JsonNumbers
{
    /// <summary>A number under a key.</summary>
    public static void Write(Utf8JsonWriter json, string key, double value)
    {
        json.WritePropertyName(key);
        Value(json, value);
    }

    /// <summary>An array of numbers under a key.</summary>
    public static void Write(Utf8JsonWriter json, string key, IEnumerable<double> values)
    {
        json.WriteStartArray(key);
        foreach (double value in values)
        {
            Value(json, value);
        }

        json.WriteEndArray();
    }

    private static void Value(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
