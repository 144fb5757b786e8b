using System.Globalization;
using System.Net;

namespace Oort.Report;

/// <summary>
/// Text as HTML and plotly.js both understand it: i, sub and sup, and entities. Labels and captions are written in it; what comes from
/// files is plain text and made into markup here.
/// </summary>
internal static class Markup
{
    /// <summary>Plain text.</summary>
    public static string Of(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A number with some significant digits, powers of ten as such.</summary>
    public static string Of(double value, int digits = 3)
    {
        if (!double.IsFinite(value))
        {
            return "–";
        }

        string text = value.ToString("E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        int exponent = int.Parse(text[(text.IndexOf('E', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
        string mantissa = text[..text.IndexOf('E', StringComparison.Ordinal)];
        return (value == 0 ? "0"
            : exponent is < -3 or > 5 ? $"{mantissa} × 10<sup>{exponent}</sup>"
            : value.ToString("F" + Math.Max(0, digits - 1 - exponent).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)).Replace('-', '−');
    }

    /// <summary>A parameter as it is; where the paper's is another, that one below it.</summary>
    public static string Beside(double ours, double? paper)
        => Plain(ours) + (paper is double value && Math.Abs(ours - value) > 1e-6 * Math.Abs(value) ? $"<span class=\"differs\">{Plain(value)}</span>" : "");

    /// <summary>A number as it is, not longer than needed.</summary>
    public static string Plain(double value)
    {
        string text = value.ToString("G7", CultureInfo.InvariantCulture);
        int e = text.IndexOf('E', StringComparison.Ordinal);
        return (e < 0 ? text : $"{text[..e]} × 10<sup>{int.Parse(text[(e + 1)..], CultureInfo.InvariantCulture)}</sup>").Replace('-', '−');
    }
}
