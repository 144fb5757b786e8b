using System.Globalization;

namespace Oort.Tables;

/// <summary>
/// Units as text, as astropy, VOTable and FITS spell them: <c>km / s</c>, <c>km s-1</c>, <c>km.s**-1</c>, <c>mas/yr</c>, <c>10**-6 arcsec</c>. Angles, lengths and
/// times alone: what columns of positions and velocities have.
/// </summary>
internal static class UnitText
{
    private const double Degree = Math.PI / 180, Kilometre = 1, Parsec = 3.0856775814913673e13, JulianYear = 365.25 * 86400;

    private readonly record struct Unit(double Scale, int Angle, int Length, int Time);

    private static readonly Dictionary<string, Unit> Known = new()
    {
        ["rad"] = new(1, 1, 0, 0),
        ["deg"] = new(Degree, 1, 0, 0),
        ["degree"] = new(Degree, 1, 0, 0),
        ["degrees"] = new(Degree, 1, 0, 0),
        ["hourangle"] = new(15 * Degree, 1, 0, 0),
        ["arcmin"] = new(Degree / 60, 1, 0, 0),
        ["arcsec"] = new(Degree / 3600, 1, 0, 0),
        ["as"] = new(Degree / 3600, 1, 0, 0),
        ["mas"] = new(Degree / 3.6e6, 1, 0, 0),
        ["marcsec"] = new(Degree / 3.6e6, 1, 0, 0),
        ["uas"] = new(Degree / 3.6e9, 1, 0, 0),
        ["uarcsec"] = new(Degree / 3.6e9, 1, 0, 0),
        ["m"] = new(1e-3, 0, 1, 0),
        ["km"] = new(Kilometre, 0, 1, 0),
        ["AU"] = new(149_597_870.7, 0, 1, 0),
        ["au"] = new(149_597_870.7, 0, 1, 0),
        ["pc"] = new(Parsec, 0, 1, 0),
        ["kpc"] = new(1e3 * Parsec, 0, 1, 0),
        ["Mpc"] = new(1e6 * Parsec, 0, 1, 0),
        ["s"] = new(1, 0, 0, 1),
        ["yr"] = new(JulianYear, 0, 0, 1),
        ["a"] = new(JulianYear, 0, 0, 1),
        ["year"] = new(JulianYear, 0, 0, 1),
        ["Myr"] = new(1e6 * JulianYear, 0, 0, 1),
        ["Gyr"] = new(1e9 * JulianYear, 0, 0, 1),
    };

    /// <summary>
    /// What numbers in one unit are to be multiplied by to be in another; null where one of them is not known or they measure different things.
    /// </summary>
    public static double? Factor(string from, string to)
        => Parse(from) is Unit f && Parse(to) is Unit t && (f.Angle, f.Length, f.Time) == (t.Angle, t.Length, t.Time)
            ? from == to ? 1 : Exact(f.Scale / t.Scale) : null;

    /// <summary>A ratio that is a power of ten or one over one to rounding is meant to be: 1000 pc are 1 kpc.</summary>
    private static double Exact(double ratio)
    {
        double power = Math.Pow(10, Math.Round(Math.Log10(ratio)));
        return Math.Abs(ratio - power) < 1e-12 * power ? power : ratio;
    }

    private static Unit? Parse(string text)
    {
        // Factors between dots, asterisks and blanks; one after a slash divides. A power is written **n, ^n or n.
        string[] words = text.Replace("**", "^", StringComparison.Ordinal).Replace("/", " / ", StringComparison.Ordinal).Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal)
            .Split([' ', '.', '*'], StringSplitOptions.RemoveEmptyEntries);
        Unit product = new(1, 0, 0, 0);
        int sign = 1;
        foreach (string word in words)
        {
            if (word == "/")
            {
                sign = -1;
                continue;
            }

            // A power of ten as FITS spells it, 10**k, 10^k or 10+k; astropy writes units so for which FITS has no name.
            if (word.Length > 2 && word.StartsWith("10", StringComparison.Ordinal))
            {
                if (!int.TryParse(word.AsSpan(2).TrimStart('^'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int exponent))
                {
                    return null;
                }

                product = product with { Scale = product.Scale * Math.Pow(10, sign * exponent) };
                sign = 1;
                continue;
            }

            int letters = word.AsSpan().IndexOfAnyExceptInRange('A', 'z');
            letters = word.Contains('^', StringComparison.Ordinal) ? word.IndexOf('^', StringComparison.Ordinal) : letters < 0 ? word.Length : letters;
            int power = 1;
            if (letters < word.Length && !int.TryParse(word.AsSpan(letters).TrimStart('^'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out power))
            {
                return null;
            }

            if (word == "1")
            {
                continue;
            }

            if (!Known.TryGetValue(word[..letters], out Unit unit))
            {
                return null;
            }

            power *= sign;
            sign = 1;
            product = new(product.Scale * Math.Pow(unit.Scale, power), product.Angle + power * unit.Angle, product.Length + power * unit.Length, product.Time + power * unit.Time);
        }

        return product;
    }
}
