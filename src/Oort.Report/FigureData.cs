using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Oort.Report;

/// <summary>The data of a figure as the page's script reads them: JSON, numbers with six significant digits.</summary>
internal static class FigureData
{
    /// <summary>The text, free of what would end a script element.</summary>
    public static string Text(Figure figure)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartArray();
            foreach (View view in figure.Views)
            {
                json.WriteStartArray();
                foreach (Panel panel in view.Panels)
                {
                    Write(json, panel);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, Panel panel)
    {
        json.WriteStartObject();
        json.WriteString("title", panel.Title);
        Write(json, "x", panel.X);
        Write(json, "y", panel.Y);
        json.WriteStartArray("marks");
        foreach (Mark mark in panel.Marks)
        {
            Write(json, mark);
        }

        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach ((Corner corner, string text, Colour colour) in panel.Notes)
        {
            json.WriteStartArray();
            json.WriteBooleanValue(corner is Corner.UpperRight or Corner.LowerRight);
            json.WriteBooleanValue(corner is Corner.UpperLeft or Corner.UpperRight);
            json.WriteStringValue(text);
            json.WriteStringValue(Palette.Word(colour));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Axis axis)
    {
        json.WriteStartObject(name);
        json.WriteString("label", axis.Label);
        json.WriteString("unit", axis.Unit);
        json.WriteString("title", axis.Title);
        json.WriteBoolean("log", axis.IsLogarithmic);
        Optional(json, "low", axis.Low);
        Optional(json, "high", axis.High);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Mark mark)
    {
        json.WriteStartObject();
        json.WriteString("name", mark.Name);
        json.WriteString("colour", Palette.Word(mark.Style.Colour));
        json.WriteString("dash", Palette.Word(mark.Style.Dash));
        Write(json, "width", mark.Style.Width);
        switch (mark)
        {
            case Curve c:
                Begin(json, "curve", c.X, c.Y);
                break;
            case Band b:
                Begin(json, "band", b.X, b.High);
                Write(json, "from", b.Low);
                Write(json, "opacity", b.Opacity);
                break;
            case Points p:
                Begin(json, "points", p.X, p.Y);
                json.WriteBoolean("open", p.Style.IsOpen);
                Write(json, "size", p.Size);
                Write(json, "below", p.Below);
                Write(json, "above", p.Above);
                break;
            case Labels l:
                Begin(json, "labels", l.X, l.Y);
                Write(json, "text", l.Text);
                if (l.Short is not null)
                {
                    Write(json, "short", l.Short);
                }

                break;
            case Steps s:
                Begin(json, "steps", s.Edges, s.Heights);
                Write(json, "errors", s.Errors);
                break;
            case HeatMap h:
                Begin(json, "map", h.X, h.Y);
                json.WriteString("scale", h.Scale);
                json.WriteBoolean("bar", h.HasScale);
                json.WriteBoolean("overlay", h.IsOverlay);
                json.WriteBoolean("smooth", h.IsSmooth);
                Optional(json, "low", h.Range?.Low);
                Optional(json, "high", h.Range?.High);
                Write(json, "levels", [.. h.Levels]);
                json.WriteStartArray("z");
                for (int row = 0; row < h.Z.GetLength(0); row++)
                {
                    Array(json, Enumerable.Range(0, h.Z.GetLength(1)).Select(column => h.Z[row, column]), h.Digits);
                }

                json.WriteEndArray();
                break;
            default:
                throw new NotSupportedException($"no figure can draw a {mark.GetType().Name}");
        }

        json.WriteEndObject();
    }

    /// <summary>What every mark has: its kind, and where it is.</summary>
    private static void Begin(Utf8JsonWriter json, string kind, double[] x, double[] y)
    {
        json.WriteString("kind", kind);
        Write(json, "x", x);
        Write(json, "y", y);
    }

    private static void Write(Utf8JsonWriter json, string name, double[]? values)
    {
        if (values is not null)
        {
            json.WritePropertyName(name);
            Array(json, values);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> words)
    {
        json.WriteStartArray(name);
        foreach (string text in words)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Array(Utf8JsonWriter json, IEnumerable<double> values, int digits = 6)
    {
        json.WriteStartArray();
        foreach (double value in values)
        {
            Value(json, value, digits);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        Value(json, value);
    }

    private static void Optional(Utf8JsonWriter json, string name, double? value)
    {
        if (value is double number)
        {
            Write(json, name, number);
        }
    }

    /// <summary>Drawings resolve a thousandth; six digits serve those who download the numbers.</summary>
    private static void Value(Utf8JsonWriter json, double value, int digits = 6)
    {
        if (double.IsFinite(value))
        {
            Span<byte> text = stackalloc byte[32];
            ReadOnlySpan<char> format = ['G', (char)('0' + digits)];
            bool fits = value.TryFormat(text, out int length, format, CultureInfo.InvariantCulture);
            Debug.Assert(fits, "a number of up to nine digits has fewer than 32 characters");
            json.WriteRawValue(text[..length], skipInputValidation: true);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
