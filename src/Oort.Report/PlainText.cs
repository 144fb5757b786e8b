using System.Text.RegularExpressions;

namespace Oort.Report;

/// <summary>Quantities and units as the library writes them, in plain letters, as markup with the field's symbols.</summary>
internal static partial class PlainText
{
    /// <summary>A quantity: <c>Sigma(R0, 1.1 kpc), gas</c>.</summary>
    public static string Quantity(string text)
    {
        string markup = Markup.Of(text);
        foreach ((string word, string symbol) in ((string, string)[])
        [
            ("dVc^2/dR", "d<i>V</i><sub>c</sub><sup>2</sup>/d<i>R</i>"), ("dVc/dR", "d<i>V</i><sub>c</sub>/d<i>R</i>"), ("Kz", "<i>K</i><sub>z</sub>"), ("Vc", "<i>V</i><sub>c</sub>"),
            ("2 pi G", "2π<i>G</i>"), ("R0", "<i>R</i><sub>0</sub>"), ("(z/R)", "(<i>z</i>/<i>R</i>)"), ("sigma_R", "<i>σ</i><sub>R</sub>"), ("Sigma", "<i>Σ</i>"), ("rho", "<i>ρ</i>"),
        ])
        {
            markup = markup.Replace(word, symbol, StringComparison.Ordinal);
        }

        return Quotation().Replace(markup, "“$1”");
    }

    /// <summary>A unit: <c>Msun/pc^2</c>, <c>1e10 Msun</c>.</summary>
    public static string Unit(string text)
        => Divisor().Replace(Markup.Of(text), m => $" {m.Groups[1].Value}<sup>−{(m.Groups[2].Success ? m.Groups[2].Value : "1")}</sup>")
            .Replace("1e10", "10<sup>10</sup>", StringComparison.Ordinal).Replace("1e12", "10<sup>12</sup>", StringComparison.Ordinal).Replace("Msun", "M<sub>⊙</sub>", StringComparison.Ordinal);

    [GeneratedRegex("&quot;(.*?)&quot;")]
    private static partial Regex Quotation();

    [GeneratedRegex(@"/([A-Za-z]+)(?:\^(\d))?")]
    private static partial Regex Divisor();
}
