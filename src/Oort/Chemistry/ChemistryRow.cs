namespace Oort.Chemistry;

/// <summary>A row of Binney &amp; Vasiliev (2023), Table 6, and what it implies in a galaxy.</summary>
/// <param name="Population">The row.</param>
/// <param name="Gradient">The paper's estimate of the gradient of the component's own Gaussian, d[Fe/H]/dR = v_c cos(theta) dx/dJphi, dex/kpc.</param>
/// <param name="ModelGradient">
/// d[Fe/H]/dR of the mean over all stars of the component, in the plane at the Sun's radius, dex/kpc: their mean angular momentum does not grow quite as that
/// of circular orbits, and a split component's mixture changes with radius.
/// </param>
/// <param name="Local">Means, variances and covariance of the abundances of the component's stars in the plane at the Sun's radius.</param>
public sealed record ChemistryRow(PopulationChemistry Population, double Gradient, double ModelGradient, AbundanceMoments Local)
{
    // A step over which the mean is straight: the error is that of its third derivative.
    private const double Step = 0.25;

    /// <summary>Table 6, and the implied gradients, of every component of stars.</summary>
    /// <param name="bins">The chemistry of a galaxy, and how its stars are integrated over.</param>
    public static IReadOnlyList<ChemistryRow> Of(ChemicalBins bins)
    {
        ArgumentNullException.ThrowIfNull(bins);
        GalaxyChemistry chemistry = bins.Chemistry;
        double R0 = chemistry.SunRadius, step = Math.Min(Step, 0.1 * R0);
        ChemicalMixture inside = bins.At(R0 - step, 0), here = bins.At(R0, 0), outside = bins.At(R0 + step, 0);
        return
        [
            .. bins.Stars.Select(c =>
            {
                RotatedGaussian own = chemistry.Of(c)!.Own;
                double model = (outside.Moments(component: c).FeH - inside.Moments(component: c).FeH) / (2 * step);
                return new ChemistryRow(chemistry.Setup.Find(chemistry.Galaxy.Components[c].Name)!, own.Parameters.Gradient * own.Cos, model, here.Moments(component: c));
            }),
        ];
    }
}
