namespace Oort.DistributionFunctions;

/// <summary>
/// A distribution function f(J) of the actions: mass per unit volume of phase space, Msun / (kpc km/s)^3,
/// so that (2 pi)^3 times its integral over Jr, Jz >= 0 and all Jphi is the component's mass. Never negative.
/// Immutable and safe to share between threads.
/// </summary>
public abstract class DistributionFunction
{
    /// <summary>
    /// f at a batch of actions: vectorised, without allocation. NaN actions give NaN.
    /// </summary>
    /// <param name="Jr">Radial actions, kpc km/s, not negative.</param>
    /// <param name="Jz">Vertical actions, kpc km/s, not negative.</param>
    /// <param name="Jphi">Angular momenta, kpc km/s, of either sign.</param>
    /// <param name="f">Receives f.</param>
    public abstract void Evaluate(ReadOnlySpan<double> Jr, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> f);

    /// <summary>Total mass, Msun.</summary>
    public abstract double TotalMass { get; }

    /// <summary>Whether f vanishes for every Jphi &lt; 0, so that those actions need not be asked for.</summary>
    public virtual bool VanishesForRetrograde => false;

    /// <summary>Whether f is the same for Jphi and -Jphi, so that it need not be evaluated twice.</summary>
    public virtual bool IsEvenInJphi => false;

    /// <summary>
    /// What tells this function from others but for its amplitude: where it is equal for two of them, they are in proportion to their <see cref="TotalMass"/>.
    /// </summary>
    internal virtual object Shape => this;

    /// <summary>The function of this <see cref="Shape"/> with a mass of 1 Msun, the same to the last bit for all of the shape; where shapes are not known, this function itself.</summary>
    internal virtual DistributionFunction OfUnitMass() => this;

    /// <summary>f at one point of action space.</summary>
    public double At(double Jr, double Jz, double Jphi)
    {
        double f = 0;
        Evaluate(new(in Jr), new(in Jz), new(in Jphi), new(ref f));
        return f;
    }
}
