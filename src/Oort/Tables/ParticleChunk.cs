namespace Oort.Tables;

/// <summary>Some particles of one component, a column a coordinate: what sources fill and snapshots are written from.</summary>
public sealed class ParticleChunk
{
    /// <summary>Room for so many particles.</summary>
    public ParticleChunk(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        (X, Y, Z) = (new double[capacity], new double[capacity], new double[capacity]);
        (VX, VY, VZ) = (new double[capacity], new double[capacity], new double[capacity]);
    }

    /// <summary>Most particles it can hold.</summary>
    public int Capacity => X.Length;

    /// <summary>Particles it holds: the first <see cref="Count"/> elements of each column.</summary>
    public int Count { get; set; }

    /// <summary>x, kpc.</summary>
    public double[] X { get; }

    /// <summary>y, kpc.</summary>
    public double[] Y { get; }

    /// <summary>z, kpc.</summary>
    public double[] Z { get; }

    /// <summary>v_x, km/s.</summary>
    public double[] VX { get; }

    /// <summary>v_y, km/s.</summary>
    public double[] VY { get; }

    /// <summary>v_z, km/s.</summary>
    public double[] VZ { get; }
}
