namespace Oort.Report;

/// <summary>A frame with two axes and what is drawn in it.</summary>
/// <param name="Title">What it shows, in few words, as markup.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Marks">What is drawn, the first lowest.</param>
internal sealed record Panel(string Title, Axis X, Axis Y, IReadOnlyList<Mark> Marks)
{
    /// <summary>Words in the corners, as markup.</summary>
    public IReadOnlyList<(Corner Corner, string Text)> Notes { get; init; } = [];

    /// <summary>Height over width.</summary>
    public double Aspect { get; init; } = 0.75;
}

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
