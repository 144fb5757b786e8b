namespace Oort.Tables;

/// <summary>Some particles of one component, a column a coordinate: what sources fill and snapshots are written from.</summary>
public sealed class ParticleChunk
{
    /// <summary>Room for particles.</summary>
    /// <param name="capacity">How many.</param>
    /// <param name="extraColumns">How many columns of <see cref="Extra"/> they have.</param>
    public ParticleChunk(int capacity, int extraColumns = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfNegative(extraColumns);
        (X, Y, Z) = (new double[capacity], new double[capacity], new double[capacity]);
        (VX, VY, VZ) = (new double[capacity], new double[capacity], new double[capacity]);
        (Jr, Jz) = (new double[capacity], new double[capacity]);
        Extra = [.. Enumerable.Range(0, extraColumns).Select(_ => new double[capacity])];
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

    /// <summary>
    /// Radial action, kpc km/s, where the source draws particles by their actions; NaN or 0 where it does not. No format holds it: it is
    /// there for what is made from particles as they are drawn.
    /// </summary>
    public double[] Jr { get; }

    /// <summary>Vertical action, kpc km/s, likewise.</summary>
    public double[] Jz { get; }

    /// <summary>Columns of the source's <see cref="IParticleSource.ExtraColumns"/>, in their order.</summary>
    public IReadOnlyList<double[]> Extra { get; }
}
