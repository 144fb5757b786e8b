namespace Oort.Models.Predictions;

/// <summary>Values of a component along an axis.</summary>
/// <param name="Component">The component.</param>
/// <param name="Values">A value for each point of the axis.</param>
public sealed record ComponentValues(GalaxyComponent Component, double[] Values);

/// <summary>
/// Densities above the Sun (Binney &amp; Vasiliev 2023, Figure 14), Msun/pc^3, beside the fit of Juric et al. (2008, ApJ 673, 864) to star
/// counts: exponentials of 300 and 900 pc, of which the second has 12 % of the first's density in the plane. Counts do not say how
/// much mass a star stands for: "can be shifted vertically at will".
/// </summary>
/// <param name="Z">Heights, kpc.</param>
/// <param name="Components">Every component's density, in the model's order.</param>
/// <param name="Stars">Density of all stars.</param>
/// <param name="Dark">Density of dark matter.</param>
/// <param name="Juric">The fit, shifted such that the mean of the logarithm is the stars' from 0.3 to 3 kpc.</param>
public sealed record VerticalDensities(double[] Z, IReadOnlyList<ComponentValues> Components, double[] Stars, double[] Dark, double[] Juric)
{
    private const double ThinHeight = 0.3, ThickHeight = 0.9, ThickShare = 0.12, FitLow = 0.3, FitHigh = 3;

    /// <summary>The largest |ln(stars/fit)| from 0.3 to 3 kpc.</summary>
    public double LargestDeparture => Enumerable.Range(0, Z.Length).Where(i => IsFitted(Z[i])).Max(i => Math.Abs(Math.Log(Stars[i] / Juric[i])));

    /// <summary>Heights at which it is asked for, kpc.</summary>
    internal static double[] Heights { get; } =
        [.. Enumerable.Range(0, 20).Select(i => Math.Round(0.025 * i, 6)), .. Enumerable.Range(0, 26).Select(i => Math.Round(0.5 + 0.1 * i, 6)), .. Enumerable.Range(0, 8).Select(i => 3.25 + 0.25 * i)];

    /// <summary>From moments at <see cref="Heights"/>, whose rows begin at <paramref name="first"/>.</summary>
    internal static VerticalDensities Of(Galaxy galaxy, Moments[,] moments, int first)
    {
        double[] z = [.. Heights];
        ComponentValues[] all = [.. galaxy.Components.Select((c, k) => new ComponentValues(c, [.. z.Select((_, i) => moments[first + i, k].RhoPerCubicParsec)]))];
        double[] stars = Sum(all, ComponentKind.Stars, z.Length);
        double[] fit = [.. z.Select(h => Math.Exp(-h / ThinHeight) + ThickShare * Math.Exp(-h / ThickHeight))];
        int[] fitted = [.. Enumerable.Range(0, z.Length).Where(i => IsFitted(z[i]))];
        double shift = Math.Exp(fitted.Average(i => Math.Log(stars[i] / fit[i])));
        return new(z, all, stars, Sum(all, ComponentKind.Dark, z.Length), [.. fit.Select(f => shift * f)]);
    }

    /// <summary>The sum of the components of a kind.</summary>
    internal static double[] Sum(IReadOnlyList<ComponentValues> components, ComponentKind kind, int length)
        => [.. Enumerable.Range(0, length).Select(i => components.Where(c => c.Component.Kind == kind).Sum(c => c.Values[i]))];

    private static bool IsFitted(double z) => z is >= FitLow and <= FitHigh;
}
