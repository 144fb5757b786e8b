using Oort.Tables;

namespace Oort.Chemistry;

/// <summary>Stars drawn at one place, with their abundances; a column a quantity.</summary>
public sealed class ChemicalStars
{
    internal ChemicalStars(int count)
    {
        Component = new int[count];
        (VR, Vz, Vphi) = (new double[count], new double[count], new double[count]);
        (FeH, AlphaFe) = (new double[count], new double[count]);
    }

    /// <summary>Number of stars.</summary>
    public int Count => Component.Length;

    /// <summary>Each star's component: its place in the galaxy's components.</summary>
    public int[] Component { get; }

    /// <summary>Radial velocity, km/s.</summary>
    public double[] VR { get; }

    /// <summary>Vertical velocity, km/s.</summary>
    public double[] Vz { get; }

    /// <summary>Azimuthal velocity, km/s.</summary>
    public double[] Vphi { get; }

    /// <summary>[Fe/H], dex.</summary>
    public double[] FeH { get; }

    /// <summary>[alpha/Fe], dex.</summary>
    public double[] AlphaFe { get; }

    /// <summary>Takes over the velocities of stars at azimuth 0.</summary>
    internal void Fill(int start, int component, ParticleChunk stars)
    {
        Component.AsSpan(start, stars.Count).Fill(component);
        stars.VX.AsSpan(0, stars.Count).CopyTo(VR.AsSpan(start));
        stars.VY.AsSpan(0, stars.Count).CopyTo(Vphi.AsSpan(start));
        stars.VZ.AsSpan(0, stars.Count).CopyTo(Vz.AsSpan(start));
    }
}
