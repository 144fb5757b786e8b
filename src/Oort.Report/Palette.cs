namespace Oort.Report;

/// <summary>
/// The colours of Okabe &amp; Ito (2008), which people with any kind of colour vision tell apart, with wine of Tol (2021); the light ones
/// a little darker on white. Every component also has a dash of its own.
/// </summary>
internal static class Palette
{
    /// <summary>Colour, on white, on black.</summary>
    public static IReadOnlyList<(Colour Colour, string Light, string Dark)> Colours { get; } =
    [
        (Colour.Ink, "#1a1a1a", "#e8e6e1"),
        (Colour.Grey, "#7a7a7a", "#9a9a9a"),
        (Colour.Sky, "#2b96d6", "#56b4e9"),
        (Colour.Blue, "#0062a3", "#4d9fdc"),
        (Colour.Green, "#008a64", "#1fc493"),
        (Colour.Orange, "#c07f00", "#e69f00"),
        (Colour.Vermillion, "#d04a00", "#ff7a33"),
        (Colour.Purple, "#b5568a", "#d98ab4"),
        (Colour.Wine, "#882255", "#f2587f"),
    ];

    /// <summary>A colour's word in the page.</summary>
    public static string Word(Colour colour) => colour.ToString().ToLowerInvariant();

    /// <summary>A dash's word in plotly.js.</summary>
    public static string Word(Dash dash) => dash.ToString().ToLowerInvariant();

    /// <summary>A dash as the attribute stroke-dasharray of SVG; empty for a solid line.</summary>
    public static string Pattern(Dash dash) => dash switch
    {
        Dash.Dot => "2 2.6",
        Dash.Dash => "6 3",
        Dash.LongDash => "11 4",
        Dash.DashDot => "7 2.5 1.5 2.5",
        _ => "",
    };
}
