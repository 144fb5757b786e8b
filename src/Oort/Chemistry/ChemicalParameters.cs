namespace Oort.Chemistry;

/// <summary>
/// Parameters of the Gaussian in the plane of ([Fe/H], [alpha/Fe]) from which a population's abundances are drawn: a row of Binney &amp;
/// Vasiliev (2023), Table 6. Its principal axes x and y are turned by <see cref="Theta"/> (their equation 18, inverted):
/// [Fe/H] = x cos theta + y sin theta, [alpha/Fe] = -x sin theta + y cos theta; the mean of x moves with Jphi (equation 19).
/// </summary>
/// <param name="X">Mean of x at the angular momentum of the circular orbit through the Sun, dex.</param>
/// <param name="Gradient">v_c(R0) dx/dJphi, about the gradient d[Fe/H]/dR, dex/kpc.</param>
/// <param name="Y">Mean of y, dex.</param>
/// <param name="SigmaX">Dispersion of x, dex, positive.</param>
/// <param name="SigmaY">Dispersion of y, dex, positive.</param>
/// <param name="Theta">Angle between the axes of x and [Fe/H], radians.</param>
public sealed record ChemicalParameters(double X, double Gradient, double Y, double SigmaX, double SigmaY, double Theta)
{
    /// <summary>Throws unless the parameters are in their ranges.</summary>
    internal void Check()
    {
        const string Model = "Chemistry";
        ParameterException.Check(Model, "x", X, true, "a number (dex)");
        ParameterException.Check(Model, "gradient", Gradient, true, "a number (dex/kpc)");
        ParameterException.Check(Model, "y", Y, true, "a number (dex)");
        ParameterException.Check(Model, "sigmax", SigmaX, SigmaX > 0, "> 0 (dex)");
        ParameterException.Check(Model, "sigmay", SigmaY, SigmaY > 0, "> 0 (dex)");
        ParameterException.Check(Model, "theta", Theta, Math.Abs(Theta) <= Math.PI / 2, "from -90 to 90 (degrees)");
    }
}
