using System.Numerics.Tensors;
using Oort.Models;
using Oort.Surveys;

namespace Oort.Inference.Likelihoods;

/// <summary>Places at which velocities are predicted, and how what a component has there makes what it contributes to the bins of a survey. Immutable and safe to share between threads.</summary>
internal abstract class BinPlaces
{
    /// <summary>Radii of the places, kpc.</summary>
    public abstract double[] R { get; }

    /// <summary>Heights of the places, kpc, not negative.</summary>
    public abstract double[] z { get; }

    /// <summary>Adds what a component contributes to each bin.</summary>
    /// <param name="component">The component, by its position among those seen.</param>
    /// <param name="values">What it has at the places.</param>
    /// <param name="bins">Receives sums of the same numbers for each bin.</param>
    public abstract void Add(int component, PlaceDensities[] values, double[][] bins);
}

/// <summary>One place in each bin: the barycentre of its stars.</summary>
internal sealed class BarycentrePlaces(IReadOnlyList<HistogramBin> bins) : BinPlaces
{
    /// <inheritdoc/>
    public override double[] R { get; } = [.. bins.Select(b => b.R)];

    /// <inheritdoc/>
    public override double[] z { get; } = [.. bins.Select(b => Math.Abs(b.Z))];

    /// <inheritdoc/>
    public override void Add(int component, PlaceDensities[] values, double[][] bins)
    {
        for (int b = 0; b < bins.Length; b++)
        {
            values[b].Values.CopyTo(bins[b], 0);
        }
    }
}

/// <summary>
/// The whole of each bin, as a survey sees it: velocity distributions at the places of a <see cref="PlaceGrid"/>, splines between, are integrated with selection and density. The density is that of a reference galaxy
/// times the ratio of the model's to it, whose logarithm is a spline between the same places.
/// </summary>
internal sealed class WholeBinPlaces : BinPlaces
{
    // Less than this share of a component's largest density counts as this: there is nothing.
    private const double LeastShare = 1e-10;

    private readonly PlaceGrid grid;
    private readonly double[][] rho;
    private readonly Nodes[] nodes;
    private readonly int threads;

    /// <summary>The whole of some bins.</summary>
    /// <param name="bins">The bins.</param>
    /// <param name="numbers">Which of them.</param>
    /// <param name="seen">The reference galaxy behind the selection.</param>
    /// <param name="tables">What is kept of it at places.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    public WholeBinPlaces(SpatialBins bins, IReadOnlyList<int> numbers, SelectedGalaxy seen, Func<double[], double[], PlaceTables> tables, int threads)
    {
        this.threads = threads;
        grid = new(bins);
        R = [.. Enumerable.Range(0, grid.Count).Select(k => grid.Radii[k / grid.Heights.Length])];
        z = [.. Enumerable.Range(0, grid.Count).Select(k => grid.Heights[k % grid.Heights.Length])];
        PlaceTables reference = tables(R, z);
        rho = [.. seen.Components.Select(c => reference.Evaluate(seen.Galaxy.Components[c].DistributionFunction!.OfUnitMass(), threads).Select(p => p.Values[0]).ToArray())];
        double[] unit = [.. seen.Components.Select(c => seen.Galaxy.Components[c].DistributionFunction!).Select(f => f.OfUnitMass().TotalMass / f.TotalMass)];
        nodes = new Nodes[numbers.Count];
        Parallel.For(0, numbers.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, b => nodes[b] = new(bins[numbers[b]], grid, seen, unit));
    }

    /// <inheritdoc/>
    public override double[] R { get; }

    /// <inheritdoc/>
    public override double[] z { get; }

    /// <inheritdoc/>
    public override void Add(int component, PlaceDensities[] values, double[][] bins)
    {
        double[] logs = new double[grid.Count];
        double least = LeastShare * rho[component].Max();
        for (int k = 0; k < logs.Length; k++)
        {
            logs[k] = least > 0 ? Math.Log(Math.Max(least, values[k].Values[0]) / Math.Max(least, rho[component][k])) : 0;
        }

        Parallel.For(0, bins.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, b =>
        {
            double[] weights = nodes[b].Weights(component, logs, grid);
            for (int k = 0; k < weights.Length; k++)
            {
                if (weights[k] != 0 && values[k].Values[0] > 0)
                {
                    TensorPrimitives.MultiplyAdd(values[k].Values, weights[k] / values[k].Values[0], bins[b], bins[b]);
                }
            }
        });
    }

    /// <summary>Nodes of the integral over one bin.</summary>
    private sealed class Nodes
    {
        private readonly double[][] mass;
        private readonly double[,] inR, inZ;

        public Nodes(SpatialBin bin, PlaceGrid grid, SelectedGalaxy seen, double[] unit)
        {
            BinNodes nodes = new(bin, seen.Selection);
            double[] R = nodes.R, z = nodes.z;
            (inR, inZ) = (new double[R.Length, grid.Radii.Length], new double[z.Length, grid.Heights.Length]);
            mass = [.. unit.Select(_ => new double[R.Length * z.Length])];
            double[] row = new double[Math.Max(grid.Radii.Length, grid.Heights.Length)];
            for (int j = 0; j < z.Length; j++)
            {
                grid.WeightsZ(z[j], row.AsSpan(0, grid.Heights.Length));
                for (int k = 0; k < grid.Heights.Length; k++)
                {
                    inZ[j, k] = row[k];
                }
            }

            for (int i = 0; i < R.Length; i++)
            {
                grid.WeightsR(R[i], row.AsSpan(0, grid.Radii.Length));
                for (int k = 0; k < grid.Radii.Length; k++)
                {
                    inR[i, k] = row[k];
                }

                for (int j = 0; j < z.Length; j++)
                {
                    double volume = nodes.Volume(i, j);
                    for (int c = 0; c < mass.Length && volume > 0; c++)
                    {
                        mass[c][i * z.Length + j] = volume * unit[c] * seen.Densities.At(c, R[i], z[j]);
                    }
                }
            }
        }

        /// <summary>Weights of the places, which add up to the component's mass in the bin.</summary>
        /// <param name="component">The component.</param>
        /// <param name="logs">Logarithm of the ratio of its density to the reference's at the places.</param>
        /// <param name="grid">The places.</param>
        public double[] Weights(int component, double[] logs, PlaceGrid grid)
        {
            int r = grid.Radii.Length, h = grid.Heights.Length, across = inR.GetLength(0), up = inZ.GetLength(0);
            double[] result = new double[r * h], alongZ = new double[h], outwards = new double[h];
            for (int i = 0; i < across; i++)
            {
                Array.Clear(alongZ);
                Array.Clear(outwards);
                for (int a = 0; a < r; a++)
                {
                    TensorPrimitives.MultiplyAdd(logs.AsSpan(a * h, h), inR[i, a], alongZ, alongZ);
                }

                for (int j = 0; j < up; j++)
                {
                    double ratio = 0, here = mass[component][i * up + j];
                    if (here == 0)
                    {
                        continue;
                    }

                    for (int b = 0; b < h; b++)
                    {
                        ratio += inZ[j, b] * alongZ[b];
                    }

                    here *= Math.Exp(ratio);
                    for (int b = 0; b < h; b++)
                    {
                        outwards[b] += here * inZ[j, b];
                    }
                }

                for (int a = 0; a < r; a++)
                {
                    TensorPrimitives.MultiplyAdd(outwards, inR[i, a], result.AsSpan(a * h, h), result.AsSpan(a * h, h));
                }
            }

            return result;
        }
    }
}
