namespace Oort.Report;

/// <summary>A frame with two axes and what is drawn in it.</summary>
/// <param name="Title">What it shows, in few words, as markup.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Marks">What is drawn, the first lowest.</param>
internal sealed record Panel(string Title, Axis X, Axis Y, IReadOnlyList<Mark> Marks)
{
    /// <summary>Words in the corners; several in one corner stand below each other.</summary>
    public IReadOnlyList<Note> Notes { get; init; } = [];

    /// <summary>Height over width.</summary>
    public double Aspect { get; init; } = 0.75;
}

/// <summary>Words in a corner of a panel.</summary>
/// <param name="Corner">Where.</param>
/// <param name="Text">The words, as markup.</param>
/// <param name="Colour">Their colour, as that of the mark that they belong to.</param>
internal sealed record Note(Corner Corner, string Text, Colour Colour = Colour.Ink);

/// <summary>A corner of a panel.</summary>
internal enum Corner
{
    /// <summary>At the upper left.</summary>
    UpperLeft,

    /// <summary>At the upper right.</summary>
    UpperRight,

    /// <summary>At the lower left.</summary>
    LowerLeft,

    /// <summary>At the lower right.</summary>
    LowerRight,
}
