namespace Oort.Report;

/// <summary>Colours that figures use; <see cref="Palette"/> says how they look.</summary>
internal enum Colour
{
    /// <summary>That of the text: black on white, nearly white on black.</summary>
    Ink,

    /// <summary>Of what is known from elsewhere.</summary>
    Grey,

    /// <summary>Light blue.</summary>
    Sky,

    /// <summary>Dark blue.</summary>
    Blue,

    /// <summary>Bluish green.</summary>
    Green,

    /// <summary>Orange.</summary>
    Orange,

    /// <summary>Red that is told from green by all.</summary>
    Vermillion,

    /// <summary>Reddish purple.</summary>
    Purple,

    /// <summary>Dark red.</summary>
    Wine,
}

/// <summary>How a line is broken.</summary>
internal enum Dash
{
    /// <summary>Not at all.</summary>
    Solid,

    /// <summary>Dotted.</summary>
    Dot,

    /// <summary>Short dashes.</summary>
    Dash,

    /// <summary>Long dashes.</summary>
    LongDash,

    /// <summary>Dashes and dots in turn.</summary>
    DashDot,
}

/// <summary>How a mark looks.</summary>
/// <param name="Colour">Its colour.</param>
/// <param name="Dash">How its line is broken.</param>
/// <param name="Width">Width of its line, pixels.</param>
/// <param name="IsOpen">Whether the symbols of points are outlines.</param>
internal readonly record struct Style(Colour Colour, Dash Dash = Dash.Solid, double Width = 1.8, bool IsOpen = false);
