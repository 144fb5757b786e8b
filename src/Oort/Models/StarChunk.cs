using Oort.Tables;

namespace Oort.Models;

/// <summary>Some stars of several components, in no order.</summary>
public sealed class StarChunk
{
    /// <summary>Room for so many stars.</summary>
    public StarChunk(int capacity) => (Stars, Component) = (new(capacity), new int[capacity]);

    /// <summary>Positions and velocities in the model frame; their number is <see cref="ParticleChunk.Count"/>.</summary>
    public ParticleChunk Stars { get; }

    /// <summary>The component of each star, by its place in <see cref="Galaxy.Components"/>.</summary>
    public int[] Component { get; }
}
