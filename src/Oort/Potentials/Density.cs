namespace Oort.Potentials;

/// <summary>
/// An axisymmetric mass density rho(R, z), Msun/kpc^3, symmetric about the plane. Immutable and safe to share between threads.
/// </summary>
public abstract class Density
{
    /// <summary>Density at a batch of points.</summary>
    /// <param name="R">Cylindrical radii, kpc, not negative.</param>
    /// <param name="z">Heights, kpc, of either sign.</param>
    /// <param name="rho">Receives the density, Msun/kpc^3.</param>
    public abstract void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho);

    /// <summary>Total mass, Msun; infinite where the density falls too slowly.</summary>
    public abstract double TotalMass { get; }

    /// <summary>Density at one point, Msun/kpc^3.</summary>
    public double At(double R, double z)
    {
        double rho = 0;
        Evaluate(new(in R), new(in z), new(ref rho));
        return rho;
    }
}
