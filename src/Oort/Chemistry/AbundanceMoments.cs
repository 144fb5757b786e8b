namespace Oort.Chemistry;

/// <summary>Means, variances and covariance of the abundances of some stars.</summary>
/// <param name="FeH">Mean of [Fe/H], dex.</param>
/// <param name="AlphaFe">Mean of [alpha/Fe], dex.</param>
/// <param name="FeHVariance">Variance of [Fe/H], dex^2.</param>
/// <param name="AlphaFeVariance">Variance of [alpha/Fe], dex^2.</param>
/// <param name="Covariance">Their covariance, dex^2.</param>
public readonly record struct AbundanceMoments(double FeH, double AlphaFe, double FeHVariance, double AlphaFeVariance, double Covariance)
{
    /// <summary>Dispersion of [Fe/H], dex.</summary>
    public double SigmaFeH => Math.Sqrt(FeHVariance);

    /// <summary>Dispersion of [alpha/Fe], dex.</summary>
    public double SigmaAlphaFe => Math.Sqrt(AlphaFeVariance);

    /// <summary>Moments of a mixture of two groups of stars.</summary>
    /// <param name="first">One group.</param>
    /// <param name="second">The other.</param>
    /// <param name="share">Share of the first group, from 0 to 1.</param>
    internal static AbundanceMoments Mix(AbundanceMoments first, AbundanceMoments second, double share)
    {
        double other = 1 - share, product = share * other;
        double dFeH = first.FeH - second.FeH, dAlphaFe = first.AlphaFe - second.AlphaFe;
        return new(
            share * first.FeH + other * second.FeH,
            share * first.AlphaFe + other * second.AlphaFe,
            share * first.FeHVariance + other * second.FeHVariance + product * dFeH * dFeH,
            share * first.AlphaFeVariance + other * second.AlphaFeVariance + product * dAlphaFe * dAlphaFe,
            share * first.Covariance + other * second.Covariance + product * dFeH * dAlphaFe);
    }
}
