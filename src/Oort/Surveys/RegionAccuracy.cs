using Oort.Models;

namespace Oort.Surveys;

/// <summary>How finely integrals over regions are taken.</summary>
/// <param name="Space">How many times as many nodes as usual along each side of a region.</param>
/// <param name="Places">How many times as many places, along each coordinate, at which actions are found.</param>
/// <param name="Velocities">How many times as many velocities, along each component.</param>
/// <param name="Actions">Of the actions.</param>
internal sealed record RegionAccuracy(double Space, double Places, double Velocities, ModelAccuracy Actions)
{
    /// <summary>The usual one.</summary>
    public static RegionAccuracy Default { get; } = new(1, 1, 1, ModelAccuracy.Default);

    /// <summary>One beside which 10^7 stars in each region show no difference.</summary>
    public static RegionAccuracy High { get; } = new(1.35, 1.35, 1.35, ModelAccuracy.High);
}
