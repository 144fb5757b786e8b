namespace Oort.Chemistry;

/// <summary>
/// The stars of one bin in the plane of [Fe/H] and [alpha/Fe]: a panel of Binney &amp; Vasiliev (2023), Figure 20. A smooth density, not
/// that of drawn stars.
/// </summary>
public sealed record ChemicalMap
{
    /// <summary>The bin.</summary>
    public required ChemicalBin Bin { get; init; }

    /// <summary>Mean radius of the stars, kpc: that of the bin's centre where they are all there.</summary>
    public required double MeanR { get; init; }

    /// <summary>Mean |z| of the stars, kpc, likewise.</summary>
    public required double MeanZ { get; init; }

    /// <summary>Share of each component in the stars, in the order of <see cref="ChemicalMaps.Components"/>; they add up to 1.</summary>
    public required IReadOnlyList<double> Fractions { get; init; }

    /// <summary>Share of the stars that are thick-disc stars with high-alpha chemistry.</summary>
    public required double HighAlphaFraction { get; init; }

    /// <summary>Means, variances and covariance of the stars' abundances.</summary>
    public required AbundanceMoments Moments { get; init; }

    /// <summary>The same of the stars that are not high-alpha: the normal-alpha population with the halo and the bulge.</summary>
    public required AbundanceMoments NormalAlphaMoments { get; init; }

    /// <summary>
    /// Share of the stars per dex^2 at the middles of the cells of <see cref="ChemicalMaps.Plane"/>, [Fe/H, alpha/Fe].
    /// </summary>
    public required double[,] Density { get; init; }

    /// <summary>Density on the contour that encloses 50 % of the stars, 1/dex^2.</summary>
    public required double Level50 { get; init; }

    /// <summary>Density on the contour that encloses 90 % of the stars, 1/dex^2; NaN where more than 10 % lie outside the plane's grid.</summary>
    public required double Level90 { get; init; }

    /// <summary>Share of the stars outside the plane's grid.</summary>
    public required double Outside { get; init; }
}

/// <summary>The lower block of Binney &amp; Vasiliev (2023), Figure 20.</summary>
/// <param name="Components">Names of the components of stars.</param>
/// <param name="Plane">The grid of the densities.</param>
/// <param name="Bins">The panels.</param>
public sealed record ChemicalMaps(IReadOnlyList<string> Components, ChemicalPlane Plane, IReadOnlyList<ChemicalMap> Bins);
