namespace Oort.Models;

/// <summary>Which actions the stars that a <see cref="GalaxySampler"/> draws follow.</summary>
public enum SamplingActions
{
    /// <summary>
    /// Those of <see cref="Actions.StaeckelFudgeFinder"/> at <see cref="Actions.ActionAccuracy.Fast"/>: nothing to prepare, fastest for up to two million
    /// stars.
    /// </summary>
    Fudge,

    /// <summary>Those of <see cref="Actions.InterpolatedActionFinder"/>: its tables take as long as two million stars, a star then half the time.</summary>
    Interpolated,

    /// <summary>Those of <see cref="Actions.StaeckelFudgeFinder"/> at <see cref="Actions.ActionAccuracy.Standard"/>, at about twice the cost of <see cref="Fudge"/>.</summary>
    Exact,
}
