namespace Oort.Models.Predictions;

/// <summary>Values of a component along an axis.</summary>
/// <param name="Component">The component.</param>
/// <param name="Values">A value for each point of the axis.</param>
public sealed record ComponentValues(GalaxyComponent Component, double[] Values);

/// <summary>
/// Densities above the Sun (Binney &amp; Vasiliev 2023, Figure 14), Msun/pc^3, beside two published fits to star counts, each of two
/// exponentials. Counts do not say how much mass a star stands for ("can be shifted vertically at will"): the fits are shifted such that the mean of
/// the logarithm over the heights from 0.3 to 3 kpc is the stars'.
/// </summary>
/// <param name="Z">Heights, kpc.</param>
/// <param name="Components">Every component's density, in the model's order.</param>
/// <param name="Stars">Density of all stars.</param>
/// <param name="Dark">Density of dark matter.</param>
/// <param name="Juric">
/// Juric et al. (2008, ApJ 673, 864): scale heights 300 and 900 pc, the second with 12 % of the first's density in the plane.
/// </param>
/// <param name="GilmoreReid">
/// Gilmore &amp; Reid (1983, MNRAS 202, 1025): 300 and 1450 pc, the second with 2 % of the stars in the plane. Their fit, not the counts that Figure 14 shows.
/// </param>
public sealed record VerticalDensities(
    double[] Z, IReadOnlyList<ComponentValues> Components, double[] Stars, double[] Dark, double[] Juric, double[] GilmoreReid)
{
    private const double ThinHeight = 0.3, FitLow = 0.3, FitHigh = 3;
    private const double JuricHeight = 0.9, JuricRatio = 0.12, GilmoreReidHeight = 1.45, GilmoreReidRatio = 0.02 / 0.98;

    /// <summary>The largest |ln(stars/fit)| from 0.3 to 3 kpc, of the fit of Juric et al.</summary>
    public double LargestDeparture => LargestDepartureFrom(Juric);

    /// <summary>The largest |ln(stars/fit)| from 0.3 to 3 kpc.</summary>
    /// <param name="fit">One of the fits.</param>
    public double LargestDepartureFrom(IReadOnlyList<double> fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return Enumerable.Range(0, Z.Length).Where(i => IsFitted(Z[i])).Max(i => Math.Abs(Math.Log(Stars[i] / fit[i])));
    }

    /// <summary>Heights at which it is asked for, kpc.</summary>
    internal static double[] Heights { get; } =
        [.. Enumerable.Range(0, 20).Select(i => Math.Round(0.025 * i, 6)), .. Enumerable.Range(0, 26).Select(i => Math.Round(0.5 + 0.1 * i, 6)), .. Enumerable.Range(0, 8).Select(i => 3.25 + 0.25 * i)];

    /// <summary>From moments at <see cref="Heights"/>, whose rows begin at <paramref name="first"/>.</summary>
    internal static VerticalDensities Of(Galaxy galaxy, Moments[,] moments, int first)
    {
        double[] z = [.. Heights];
        ComponentValues[] all = [.. galaxy.Components.Select((c, k) => new ComponentValues(c, [.. z.Select((_, i) => moments[first + i, k].RhoPerCubicParsec)]))];
        double[] stars = Sum(all, ComponentKind.Stars, z.Length);
        int[] fitted = [.. Enumerable.Range(0, z.Length).Where(i => IsFitted(z[i]))];
        double[] Fit(double height, double ratio)
        {
            double[] fit = [.. z.Select(h => Math.Exp(-h / ThinHeight) + ratio * Math.Exp(-h / height))];
            double sum = 0, range = 0;
            for (int k = 0; k < fitted.Length; k++)
            {
                // Heights are not evenly spaced: the trapezoidal rule.
                double weight = z[fitted[Math.Min(k + 1, fitted.Length - 1)]] - z[fitted[Math.Max(k - 1, 0)]];
                (sum, range) = (sum + weight * Math.Log(stars[fitted[k]] / fit[fitted[k]]), range + weight);
            }

            double shift = Math.Exp(sum / range);
            return [.. fit.Select(f => shift * f)];
        }

        return new(
            z, all, stars, Sum(all, ComponentKind.Dark, z.Length), Fit(JuricHeight, JuricRatio), Fit(GilmoreReidHeight, GilmoreReidRatio));
    }

    /// <summary>The sum of the components of a kind.</summary>
    internal static double[] Sum(IReadOnlyList<ComponentValues> components, ComponentKind kind, int length)
        => [.. Enumerable.Range(0, length).Select(i => components.Where(c => c.Component.Kind == kind).Sum(c => c.Values[i]))];

    private static bool IsFitted(double z) => z is >= FitLow and <= FitHigh;
}
