using System.Globalization;

namespace Oort.Tables;

/// <summary>Numbers as text, always with a decimal point and without grouping, whatever the machine's language.</summary>
public static class Numbers
{
    /// <summary>The shortest text that reads back to the same number; integers without a point; <c>nan</c>, <c>inf</c>, <c>-inf</c>.</summary>
    public static string Format(double value)
        => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture)
        : double.IsNaN(value) ? "nan"
        : value > 0 ? "inf" : "-inf";

    /// <summary>Writes what <see cref="Format"/> returns, without making a string.</summary>
    public static void Write(TextWriter writer, double value)
    {
        Span<char> buffer = stackalloc char[32];
        if (double.IsFinite(value) && value.TryFormat(buffer, out int n, "R", CultureInfo.InvariantCulture))
        {
            writer.Write(buffer[..n]);
        }
        else
        {
            writer.Write(Format(value));
        }
    }

    /// <summary>Reads a finite number; text such as <c>nan</c>, <c>inf</c> or an overflow is none.</summary>
    public static bool TryParseFinite(ReadOnlySpan<char> text, out double value)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
