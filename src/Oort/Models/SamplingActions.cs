namespace Oort.Models;

/// <summary>Which actions the stars that a <see cref="GalaxySampler"/> draws follow.</summary>
public enum SamplingActions
{
    /// <summary>Those of <see cref="Actions.InterpolatedActionFinder"/>: fastest.</summary>
    Interpolated,

    /// <summary>Those of <see cref="Actions.StaeckelFudgeFinder"/>, each star accepted by its own: f itself, at about twice the cost.</summary>
    Exact,
}
