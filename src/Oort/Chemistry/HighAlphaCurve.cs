namespace Oort.Chemistry;

/// <summary>
/// The high-alpha population of a split component against Jz: Binney &amp; Vasiliev (2023), Figure 21. The distribution function depends on the
/// other actions too: it is that of the circular orbit's angular momentum at the Sun, and Jr = 0.
/// </summary>
/// <param name="Component">Name of the component.</param>
/// <param name="Jphi">Angular momentum, kpc km/s.</param>
/// <param name="Jz">Vertical actions, kpc km/s.</param>
/// <param name="Probability">Upper panel: P_hi, the probability that a star of the component is high-alpha.</param>
/// <param name="DistributionFunction">Lower panel: P_hi f, Msun/(kpc km/s)^3.</param>
/// <param name="Whole">f, of all stars of the component, likewise.</param>
public sealed record HighAlphaCurve(
    string Component, double Jphi, IReadOnlyList<double> Jz, IReadOnlyList<double> Probability, IReadOnlyList<double> DistributionFunction, IReadOnlyList<double> Whole)
{
    /// <summary>The curves of every split component.</summary>
    /// <param name="chemistry">The chemistry of a galaxy.</param>
    /// <param name="largestJz">Where they end, kpc km/s.</param>
    /// <param name="points">Number of points, evenly spaced from 0, at least 2.</param>
    public static IReadOnlyList<HighAlphaCurve> Of(GalaxyChemistry chemistry, double largestJz = 200, int points = 201)
    {
        ArgumentNullException.ThrowIfNull(chemistry);
        ParameterException.Check(nameof(HighAlphaCurve), nameof(largestJz), largestJz, largestJz > 0, "> 0 (kpc km/s)");
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        List<HighAlphaCurve> curves = [];
        for (int c = 0; c < chemistry.Galaxy.Components.Count; c++)
        {
            if (chemistry.Of(c)?.Split is not { } split)
            {
                continue;
            }

            double Jphi = chemistry.SunJphi;
            double[] Jz = [.. Enumerable.Range(0, points).Select(i => largestJz * i / (points - 1))];
            double[] probability = [.. Jz.Select(J => split.Probability(J, Jphi))];
            double[] whole = [.. Jz.Select(J => chemistry.Galaxy.Components[c].DistributionFunction!.At(0, J, Jphi))];
            curves.Add(new(chemistry.Galaxy.Components[c].Name, Jphi, Jz, probability, [.. probability.Zip(whole, (p, f) => p * f)], whole));
        }

        return curves;
    }
}
