namespace Oort.DistributionFunctions;

/// <summary>Turns the two ways of fixing a distribution function's amplitude, mass and norm, into both.</summary>
internal static class Normalisation
{
    /// <summary>
    /// The factor in front of the formula and the total mass, from exactly one of <paramref name="mass"/> and
    /// <paramref name="norm"/> (Msun).
    /// </summary>
    /// <param name="model">Type of the distribution function, for messages.</param>
    /// <param name="mass">Total mass, or null.</param>
    /// <param name="norm">Factor in front of the formula, or null.</param>
    /// <param name="unitMass">Total mass for norm = 1.</param>
    public static (double Norm, double Mass) Resolve(string model, double? mass, double? norm, double unitMass)
        => mass is double m ? (m / unitMass, m) : (norm!.Value, norm.Value * unitMass);

    /// <summary>Refuses neither, both, or one that is not positive.</summary>
    /// <inheritdoc cref="Resolve"/>
    public static void Check(string model, double? mass, double? norm)
    {
        if (mass is double m)
        {
            ParameterException.Check(model, "mass", m, m > 0, "> 0 (Msun)");
            if (norm is double both)
            {
                throw new ParameterException(model, "norm", both, "left out when mass is given");
            }
        }
        else
        {
            double n = norm ?? double.NaN;
            string key = norm is null ? "mass" : "norm";
            ParameterException.Check(model, key, n, n > 0, norm is null ? "given, > 0 (Msun), unless norm is" : "> 0 (Msun)");
        }
    }
}
