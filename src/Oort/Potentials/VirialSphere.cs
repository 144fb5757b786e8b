using Oort.Coordinates;

namespace Oort.Potentials;

/// <summary>The sphere within which the mean density is 200 times the critical density of the Universe.</summary>
public static class VirialSphere
{
    /// <summary>Mean density within it in units of the critical density.</summary>
    public const double Overdensity = 200;

    /// <summary>H0 of Sun et al. (2025), that of Planck Collaboration (2020), km/s/Mpc.</summary>
    public const double PlanckHubbleConstant = 67.66;

    private const double KiloparsecsPerMegaparsec = 1000, Innermost = 1e-2, Outermost = 1e5, Step = 0.1;

    /// <summary>The critical density, 3 H0^2/(8 pi G), Msun/kpc^3.</summary>
    /// <param name="hubbleConstant">H0, km/s/Mpc.</param>
    /// <exception cref="ParameterException">H0 is not positive.</exception>
    public static double CriticalDensity(double hubbleConstant)
    {
        ParameterException.Check(nameof(VirialSphere), "H0", hubbleConstant, hubbleConstant > 0, "> 0 (km/s/Mpc)");
        double rate = hubbleConstant / KiloparsecsPerMegaparsec;
        return 3 * rate * rate / (8 * Math.PI * Units.G);
    }

    /// <summary>Its radius R200 for the mass that makes a potential, kpc.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="hubbleConstant">H0, km/s/Mpc.</param>
    /// <exception cref="NumericalException">The mean density falls below the limit nowhere between 0.01 and 1e5 kpc.</exception>
    public static double Radius(Potential potential, double hubbleConstant = PlanckHubbleConstant)
        => Radius(r => EnclosedMass.Within(potential, r), hubbleConstant);

    /// <summary>The mass inside it, M200, Msun.</summary>
    /// <inheritdoc cref="Radius(Potential, double)"/>
    public static double Mass(Potential potential, double hubbleConstant = PlanckHubbleConstant)
        => MassWithin(Radius(potential, hubbleConstant), hubbleConstant);

    /// <summary>The mass of a sphere of this radius and of the limiting mean density, Msun.</summary>
    /// <param name="radius">Radius, kpc.</param>
    /// <param name="hubbleConstant">H0, km/s/Mpc.</param>
    internal static double MassWithin(double radius, double hubbleConstant)
        => 4 * Math.PI / 3 * radius * radius * radius * Overdensity * CriticalDensity(hubbleConstant);

    /// <summary>The outermost radius at which the mean density falls through the limit, kpc.</summary>
    /// <param name="enclosedMass">Mass (Msun) inside a radius (kpc).</param>
    /// <param name="hubbleConstant">H0, km/s/Mpc.</param>
    internal static double Radius(Func<double, double> enclosedMass, double hubbleConstant)
    {
        double high = Outermost;
        for (; high > Innermost; high *= Math.Exp(-Step))
        {
            double low = high * Math.Exp(-Step);
            if (enclosedMass(low) < MassWithin(low, hubbleConstant))
            {
                continue;
            }

            for (int i = 0; i < 48; i++)
            {
                double middle = Math.Sqrt(low * high);
                (low, high) = enclosedMass(middle) > MassWithin(middle, hubbleConstant) ? (middle, high) : (low, middle);
            }

            return high;
        }

        throw new NumericalException("no radius between 0.01 and 1e5 kpc has the mean density that R200 asks for");
    }
}
