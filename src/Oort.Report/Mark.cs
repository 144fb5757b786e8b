namespace Oort.Report;

/// <summary>Something drawn in a panel; marks of one name in a figure appear and vanish together.</summary>
/// <param name="Name">Name in the legend, as markup.</param>
/// <param name="Style">How it looks.</param>
internal abstract record Mark(string Name, Style Style)
{
    /// <summary>Numbers that are drawn.</summary>
    public abstract IEnumerable<double> Values { get; }
}

/// <summary>A curve through points; what is not finite interrupts it.</summary>
internal sealed record Curve(string Name, Style Style, double[] X, double[] Y) : Mark(Name, Style)
{
    /// <inheritdoc/>
    public override IEnumerable<double> Values => Y;
}

/// <summary>A band between two curves; where either is not finite it is interrupted.</summary>
/// <param name="Name">Name in the legend, as markup.</param>
/// <param name="Style">Its colour.</param>
/// <param name="X">Abscissae.</param>
/// <param name="Low">The lower curve.</param>
/// <param name="High">The upper curve.</param>
internal sealed record Band(string Name, Style Style, double[] X, double[] Low, double[] High) : Mark(Name, Style)
{
    /// <summary>How much of what is behind it, paper or other bands, it covers.</summary>
    public double Opacity { get; init; } = 0.32;

    /// <inheritdoc/>
    public override IEnumerable<double> Values => High;
}

/// <summary>Symbols, with errors of the ordinates if these are known.</summary>
internal sealed record Points(string Name, Style Style, double[] X, double[] Y) : Mark(Name, Style)
{
    /// <summary>How far the errors reach down; none if not given.</summary>
    public double[]? Below { get; init; }

    /// <summary>How far the errors reach up; as far as down if not given.</summary>
    public double[]? Above { get; init; }

    /// <summary>Size of the symbols, pixels.</summary>
    public double Size { get; init; } = 6;

    /// <inheritdoc/>
    public override IEnumerable<double> Values => Y;
}

/// <summary>Words at places, in the middle of which they stand.</summary>
/// <param name="Name">Name in the legend, as markup: that of another mark that they belong to.</param>
/// <param name="Style">Their colour.</param>
/// <param name="X">Abscissae.</param>
/// <param name="Y">Ordinates.</param>
/// <param name="Text">The words, as markup.</param>
internal sealed record Labels(string Name, Style Style, double[] X, double[] Y, IReadOnlyList<string> Text) : Mark(Name, Style)
{
    /// <summary>What stands there instead where a panel is narrow; the same words if not given.</summary>
    public IReadOnlyList<string>? Short { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<double> Values => Y;
}

/// <summary>A histogram drawn as steps.</summary>
/// <param name="Name">Name in the legend, as markup.</param>
/// <param name="Style">How it looks.</param>
/// <param name="Edges">Edges of the bins, one more than these.</param>
/// <param name="Heights">Height of each bin.</param>
internal sealed record Steps(string Name, Style Style, double[] Edges, double[] Heights) : Mark(Name, Style)
{
    /// <summary>Standard errors, for the table that can be downloaded.</summary>
    public double[]? Errors { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<double> Values => Heights;
}

/// <summary>A map in colours with contours.</summary>
/// <param name="Name">Name in the legend, as markup.</param>
/// <param name="Style">How the contours look.</param>
/// <param name="X">Abscissae of the columns.</param>
/// <param name="Y">Ordinates of the rows.</param>
/// <param name="Z">Values by row and column; not finite where there is none.</param>
/// <param name="Scale">What the colours mean, as markup.</param>
internal sealed record HeatMap(string Name, Style Style, double[] X, double[] Y, double[,] Z, string Scale) : Mark(Name, Style)
{
    /// <summary>Values on which contours are drawn.</summary>
    public IReadOnlyList<double> Levels { get; init; } = [];

    /// <summary>The values at the ends of the colours; those of the map if not given.</summary>
    public (double Low, double High)? Range { get; init; }

    /// <summary>Significant digits of the values.</summary>
    public int Digits { get; init; } = 5;

    /// <summary>Whether the colours grow from nothing to that of the style, and contours are in ink; if not, from blue to yellow, and contours in that of the style.</summary>
    public bool IsOverlay { get; init; }

    /// <summary>Whether colours pass into each other between the values; if not, each value has a cell of its own.</summary>
    public bool IsSmooth { get; init; } = true;

    /// <summary>Whether the scale of colours is shown beside the panel.</summary>
    public bool HasScale { get; init; } = true;

    /// <inheritdoc/>
    public override IEnumerable<double> Values => Z.Cast<double>();
}
