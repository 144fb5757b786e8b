using Oort.Models;

namespace Oort.Surveys;

/// <summary>How finely integrals over regions are taken.</summary>
/// <param name="Space">How many times as many nodes as usual along each side of a region.</param>
/// <param name="Places">How many times as many places, along each coordinate, at which actions are found, and velocities there.</param>
/// <param name="Velocities">How many times as many velocities, along each component.</param>
/// <param name="Actions">Of the actions.</param>
/// <param name="Widening">
/// How many times as wide apart velocities may be 8 kpc from the centre; farther out, where discs are colder, by exp(-(R - 8 kpc)/12.5 kpc) less, down to 1. That depends on nothing but the regions, so
/// that chi-squared is a smooth function of a model's parameters.
/// </param>
internal sealed record RegionAccuracy(double Space, double Places, double Velocities, ModelAccuracy Actions, double Widening = 1)
{
    private const double Radius = 8, Scale = 12.5, Widest = 2, Spread = 1.55;

    /// <summary>The usual one: errors like those of 2e6 to 2e8 stars in a region, of 7e5 beyond 15 kpc from the centre (docs/accuracy.md).</summary>
    public static RegionAccuracy Default { get; } = new(1, 1, 1, ModelAccuracy.Default);

    /// <summary>One beside which 10^7 stars in each region show no difference.</summary>
    public static RegionAccuracy High { get; } = new(1.35, 1.35, 1.35, ModelAccuracy.High);

    /// <summary>For fits to some thousand stars in each region: errors like those of 5e5 stars or more.</summary>
    public static RegionAccuracy Fit { get; } = Default with { Places = 0.8, Widening = 1.9 };

    /// <summary>Regions whose velocities have the same nodes.</summary>
    /// <param name="farthest">Largest distance from the centre in each region, kpc.</param>
    /// <returns>How many times as wide apart as usual the nodes are, and the regions, counted from 0.</returns>
    public IEnumerable<(double Wider, int[] Regions)> Groups(IReadOnlyList<double> farthest)
    {
        List<(double Wider, int Region)> all = [.. farthest.Select((R, i) => (Math.Clamp(Widening * Math.Exp((Radius - R) / Scale), 1, Widest), i)).OrderByDescending(x => x.Item1)];
        while (all.Count > 0)
        {
            int count = all.FindLastIndex(x => x.Wider * Spread >= all[0].Wider) + 1;
            yield return (all[count - 1].Wider / Velocities, [.. all[..count].Select(x => x.Region).Order()]);
            all.RemoveRange(0, count);
        }
    }
}
