namespace Oort.Surveys;

/// <summary>Eccentricities (apocentre - pericentre)/(apocentre + pericentre) of the orbits of stars in a model (Sun et al. 2025, Figure 5).</summary>
public sealed class EccentricityHistogram
{
    private const int CellsShown = 50, FinerBy = 40;

    private readonly long[] fine = new long[CellsShown * FinerBy];

    /// <summary>Edges of the cells, from 0 to 1.</summary>
    public IReadOnlyList<double> Edges { get; } = [.. Enumerable.Range(0, CellsShown + 1).Select(i => i / (double)CellsShown)];

    /// <summary>Stars in each cell.</summary>
    public IReadOnlyList<long> Counts => [.. Enumerable.Range(0, CellsShown).Select(i => fine.AsSpan(i * FinerBy, FinerBy).ToArray().Sum())];

    /// <summary>Stars on bound orbits.</summary>
    public long Stars => fine.Sum();

    /// <summary>Stars that are not bound in the model.</summary>
    public long Unbound { get; private set; }

    /// <summary>Eccentricity below which a share of the stars is, to 5e-4; NaN without stars.</summary>
    /// <param name="share">The share, from 0 to 1: 0.5 for the median.</param>
    public double Quantile(double share)
    {
        double wanted = share * Stars, below = 0;
        for (int i = 0; i < fine.Length; i++)
        {
            if (fine[i] > 0 && below + fine[i] >= wanted)
            {
                return (i + (wanted - below) / fine[i]) / fine.Length;
            }

            below += fine[i];
        }

        return double.NaN;
    }

    internal void Add(double eccentricity)
    {
        if (double.IsNaN(eccentricity))
        {
            Unbound++;
            return;
        }

        fine[(int)Math.Clamp(eccentricity * fine.Length, 0, fine.Length - 1)]++;
    }

    internal void Add(EccentricityHistogram other)
    {
        Unbound += other.Unbound;
        for (int i = 0; i < fine.Length; i++)
        {
            fine[i] += other.fine[i];
        }
    }
}
