using Oort.Potentials;

namespace Oort.Definitions;

/// <summary>
/// What a section [Potential NAME] or [Density NAME] defines. Either of density and potential follows from the other,
/// when it is asked for: expansions take time.
/// </summary>
internal sealed class PotentialEntry
{
    private readonly Lazy<Density> density;
    private readonly Lazy<Potential> potential;

    private PotentialEntry(Func<Density> density, Func<Potential> potential, bool isDensity)
        => (this.density, this.potential, IsDensity) = (new(density), new(potential), isDensity);

    /// <summary>Whether it is defined by its density.</summary>
    public bool IsDensity { get; }

    /// <summary>A density, and how its potential is found.</summary>
    public static PotentialEntry Of<T>(T density, Func<T, Potential> potential) where T : Density => new(() => density, () => potential(density), true);

    /// <summary>A density that is made when it is asked for.</summary>
    public static PotentialEntry OfDensity(Func<Density> density)
    {
        Lazy<Density> once = new(density);
        return new(() => once.Value, () => once.Value is SpheroidDensity spheroid ? new Spheroid(spheroid) : Multipole.FromDensity(once.Value, 0), true);
    }

    /// <summary>A potential of a known total mass (infinity where it has none).</summary>
    public static PotentialEntry Of(Potential potential, double totalMass = double.PositiveInfinity)
        => new(() => new PotentialDensity(potential, totalMass), () => potential, false);

    /// <summary>The density.</summary>
    public Density Density => density.Value;

    /// <summary>The potential.</summary>
    public Potential Potential => potential.Value;
}
