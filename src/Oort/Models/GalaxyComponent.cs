using Oort.DistributionFunctions;
using Oort.Potentials;

namespace Oort.Models;

/// <summary>What a component is made of: how the totals of a model add up.</summary>
public enum ComponentKind
{
    /// <summary>Stars.</summary>
    Stars,

    /// <summary>Dark matter.</summary>
    Dark,

    /// <summary>Gas.</summary>
    Gas,
}

/// <summary>
/// One component of a galaxy: a population with a distribution function, or a static density.
/// </summary>
public sealed class GalaxyComponent
{
    /// <summary>A population defined by its distribution function.</summary>
    public GalaxyComponent(string name, ComponentKind kind, DistributionFunction distributionFunction)
    {
        ArgumentNullException.ThrowIfNull(distributionFunction);
        (Name, Kind, DistributionFunction) = (name, kind, distributionFunction);
    }

    /// <summary>A static density, whose velocities are not modelled.</summary>
    /// <param name="name">Name, as in the model file.</param>
    /// <param name="kind">What it is made of.</param>
    /// <param name="density">The density.</param>
    /// <param name="potential">Its potential, if that is known better than by expanding the density.</param>
    public GalaxyComponent(string name, ComponentKind kind, Density density, Potential? potential = null)
    {
        ArgumentNullException.ThrowIfNull(density);
        (Name, Kind, StaticDensity, StaticPotential) = (name, kind, density, potential);
    }

    /// <summary>Name, as in the model file.</summary>
    public string Name { get; }

    /// <summary>What it is made of.</summary>
    public ComponentKind Kind { get; }

    /// <summary>Its distribution function; null for a static density.</summary>
    public DistributionFunction? DistributionFunction { get; }

    /// <summary>Its density, if that is given rather than found from a distribution function.</summary>
    public Density? StaticDensity { get; }

    /// <summary>The potential of a static density, if that is given.</summary>
    public Potential? StaticPotential { get; }

    /// <summary>Whether it is a stellar disc: stars with a distribution function of a disc's family.</summary>
    public bool IsDisc => Kind == ComponentKind.Stars && DistributionFunction is (NewExponential or Exponential or QuasiIsothermal);

    /// <summary>Total mass, Msun.</summary>
    public double Mass => DistributionFunction?.TotalMass ?? StaticDensity!.TotalMass;
}
