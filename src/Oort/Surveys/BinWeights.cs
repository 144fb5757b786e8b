using Oort.Models;

namespace Oort.Surveys;

/// <summary>
/// How the stars that a survey sees of each component are spread over one bin: their mass, barycentre, and the weights with which values of a smooth function at
/// some places give its integral over them.
/// </summary>
internal sealed class BinWeights
{
    /// <summary>Integrates over a bin.</summary>
    /// <param name="seen">The galaxy behind the selection.</param>
    /// <param name="bin">The bin.</param>
    /// <param name="grid">The places.</param>
    /// <param name="refinement">How many times as many nodes as usual.</param>
    public BinWeights(SelectedGalaxy seen, SpatialBin bin, PlaceGrid grid, int refinement = 1)
    {
        int components = seen.Components.Count;
        Mass = new double[components];
        Weights = new double[components, grid.Count];
        BinNodes nodes = new(bin, seen.Selection, refinement);
        double[] R = nodes.R, z = nodes.z;
        Span<double> inR = new double[grid.Radii.Length], inZ = new double[grid.Heights.Length], along = new double[grid.Count];
        double sumR = 0, sumZ = 0;
        for (int i = 0; i < R.Length; i++)
        {
            grid.WeightsR(R[i], inR);
            for (int j = 0; j < z.Length; j++)
            {
                double volume = nodes.Volume(i, j);
                if (volume == 0)
                {
                    continue;
                }

                grid.WeightsZ(z[j], inZ);
                for (int k = 0; k < grid.Count; k++)
                {
                    along[k] = inR[k / inZ.Length] * inZ[k % inZ.Length];
                }

                for (int c = 0; c < components; c++)
                {
                    double mass = volume * seen.Densities.At(c, R[i], z[j]);
                    Mass[c] += mass;
                    sumR += mass * R[i];
                    sumZ += mass * z[j];
                    for (int k = 0; k < grid.Count; k++)
                    {
                        Weights[c, k] += mass * along[k];
                    }
                }
            }
        }

        Total = Mass.Sum();
        (BarycentreR, BarycentreZ) = (sumR / Total, sumZ / Total);
    }

    /// <summary>Mass of each component behind the selection, Msun.</summary>
    public double[] Mass { get; }

    /// <summary>Mass of all.</summary>
    public double Total { get; }

    /// <summary>Mean radius of what is seen, kpc; NaN where nothing is.</summary>
    public double BarycentreR { get; }

    /// <summary>Mean height |z|, kpc.</summary>
    public double BarycentreZ { get; }

    /// <summary>Weights of the places for each component, which add up to its mass.</summary>
    public double[,] Weights { get; }
}
