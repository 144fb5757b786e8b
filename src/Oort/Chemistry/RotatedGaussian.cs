namespace Oort.Chemistry;

/// <summary>A <see cref="ChemicalParameters"/> in a galaxy of given rotation: a Gaussian whose mean is known at each Jphi.</summary>
internal sealed class RotatedGaussian
{
    private readonly double slope, sunJphi;

    /// <summary>A population's Gaussian.</summary>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="sunRadius">R0, kpc.</param>
    /// <param name="sunSpeed">v_c(R0), km/s.</param>
    public RotatedGaussian(ChemicalParameters parameters, double sunRadius, double sunSpeed)
    {
        parameters.Check();
        (Parameters, slope, sunJphi) = (parameters, parameters.Gradient / sunSpeed, sunRadius * sunSpeed);
        (Sin, Cos) = Math.SinCos(parameters.Theta);
    }

    public ChemicalParameters Parameters { get; }

    public double Cos { get; }

    public double Sin { get; }

    /// <summary>Whether the mean depends on Jphi.</summary>
    public bool Drifts => slope != 0;

    /// <summary>Mean of x at Jphi (Binney &amp; Vasiliev 2023, equation 19).</summary>
    public double MeanX(double Jphi) => slope == 0 ? Parameters.X : Parameters.X + slope * (Jphi - sunJphi);

    /// <summary>From the principal axes to ([Fe/H], [alpha/Fe]), the inverse of equation 18.</summary>
    public (double FeH, double AlphaFe) ToAbundances(double x, double y) => (x * Cos + y * Sin, y * Cos - x * Sin);

    /// <summary>From ([Fe/H], [alpha/Fe]) to the principal axes, equation 18.</summary>
    public (double X, double Y) ToAxes(double feH, double alphaFe) => (feH * Cos - alphaFe * Sin, feH * Sin + alphaFe * Cos);

    /// <summary>Density per dex of y.</summary>
    public double DensityY(double y) => Gaussian((y - Parameters.Y) / Parameters.SigmaY) / Parameters.SigmaY;

    /// <summary>Density per dex of x where its mean is <paramref name="mean"/>.</summary>
    public double DensityX(double x, double mean) => Gaussian((x - mean) / Parameters.SigmaX) / Parameters.SigmaX;

    /// <summary>Density per dex^2 at Jphi.</summary>
    public double Density(double feH, double alphaFe, double Jphi)
    {
        (double x, double y) = ToAxes(feH, alphaFe);
        return DensityX(x, MeanX(Jphi)) * DensityY(y);
    }

    /// <summary>Mean and dispersion of [Fe/H] and of [alpha/Fe] at Jphi, and their covariance.</summary>
    public AbundanceMoments Moments(double Jphi) => MomentsAt(MeanX(Jphi));

    /// <summary>The same where the mean of x is known.</summary>
    public AbundanceMoments MomentsAt(double meanX)
    {
        (double feH, double alphaFe) = ToAbundances(meanX, Parameters.Y);
        double x2 = Parameters.SigmaX * Parameters.SigmaX, y2 = Parameters.SigmaY * Parameters.SigmaY;
        return new(feH, alphaFe, x2 * Cos * Cos + y2 * Sin * Sin, x2 * Sin * Sin + y2 * Cos * Cos, (y2 - x2) * Sin * Cos);
    }

    private static double Gaussian(double t) => Math.Exp(-0.5 * t * t) / Math.Sqrt(2 * Math.PI);
}
