namespace Oort.Tables;

/// <summary>
/// Families of particles, numbered as Gadget-2 numbers them; other formats ignore them.
/// </summary>
public enum ParticleType
{
    /// <summary>Gas: Gadget's type 0.</summary>
    Gas,

    /// <summary>Dark matter: Gadget's type 1.</summary>
    Halo,

    /// <summary>Stars of a disc: Gadget's type 2.</summary>
    Disk,

    /// <summary>Stars of a bulge: Gadget's type 3.</summary>
    Bulge,

    /// <summary>Other stars: Gadget's type 4.</summary>
    Stars,
}

/// <summary>A component of an N-body snapshot: particles of one name, type and mass.</summary>
/// <param name="Name">Name, any text of one line.</param>
/// <param name="Type">Family of particles.</param>
/// <param name="Count">Number of particles, not negative.</param>
/// <param name="ParticleMass">Mass of each particle, Msun.</param>
public sealed record SnapshotComponent(string Name, ParticleType Type, long Count, double ParticleMass);
