namespace Oort.Models;

/// <summary>
/// Some of the stars that a <see cref="GalaxySampler"/> draws, one span a coordinate: model frame, kpc and km/s. The memory is used again for
/// later stars once the next chunk is asked for: copy what is to be kept.
/// </summary>
public sealed class StarChunk
{
    /// <summary>Most stars in a chunk.</summary>
    public const int Capacity = 65536;

    private readonly double[][] columns = [.. Enumerable.Range(0, 6).Select(_ => new double[Capacity])];

    internal StarChunk()
    {
    }

    /// <summary>Place of the stars' component in <see cref="Galaxy.Components"/>.</summary>
    public int Component { get; internal set; }

    /// <summary>Number of the first star among those of its component, from 0.</summary>
    public long Start { get; internal set; }

    /// <summary>Number of stars.</summary>
    public int Count { get; internal set; }

    /// <summary>Mass that each star stands for, Msun.</summary>
    public double ParticleMass { get; internal set; }

    /// <summary>x, kpc, from the Galactic centre.</summary>
    public ReadOnlySpan<double> X => columns[0].AsSpan(0, Count);

    /// <summary>y, kpc.</summary>
    public ReadOnlySpan<double> Y => columns[1].AsSpan(0, Count);

    /// <summary>z, kpc, towards the north Galactic pole.</summary>
    public ReadOnlySpan<double> Z => columns[2].AsSpan(0, Count);

    /// <summary>dx/dt, km/s.</summary>
    public ReadOnlySpan<double> VX => columns[3].AsSpan(0, Count);

    /// <summary>dy/dt, km/s.</summary>
    public ReadOnlySpan<double> VY => columns[4].AsSpan(0, Count);

    /// <summary>dz/dt, km/s.</summary>
    public ReadOnlySpan<double> VZ => columns[5].AsSpan(0, Count);

    /// <summary>Adds a star at an azimuth whose cosine and sine are given.</summary>
    internal void Add(double R, double z, double vR, double vz, double vphi, double cos, double sin)
    {
        int i = Count++;
        columns[0][i] = R * cos;
        columns[1][i] = R * sin;
        columns[2][i] = z;
        columns[3][i] = vR * cos - vphi * sin;
        columns[4][i] = vR * sin + vphi * cos;
        columns[5][i] = vz;
    }
}
