using System.Numerics.Tensors;
using Oort.Actions;
using Oort.DistributionFunctions;
using Oort.Potentials;

namespace Oort.Models;

/// <summary>
/// The densities that a model's distribution functions have in a given potential, at the positions of the groups' grids:
/// one vector of ln rho, in the order groups, members, positions.
/// </summary>
internal sealed class DensityStep
{
    // Below this a density, Msun/kpc^3, is as good as none; its logarithm stays finite.
    private const double Floor = 1e-30;

    private readonly Group[] groups;
    private readonly (Group Group, int Position)[] work;
    private readonly ModelAccuracy accuracy;
    private readonly int threads;

    /// <summary>Prepares the positions.</summary>
    /// <param name="groups">The groups, with the grids to use.</param>
    /// <param name="accuracy">Accuracy of the velocity integrals.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    public DensityStep(IEnumerable<ComponentGroup> groups, ModelAccuracy accuracy, int threads)
    {
        (this.accuracy, this.threads) = (accuracy, threads);
        List<Group> all = [];
        foreach (ComponentGroup group in groups)
        {
            all.Add(new(group, DensitySampling.For(group.Grid), Count));
            Count += all[^1].Positions * group.Members.Count;
        }

        this.groups = [.. all];

        // Positions near the centre cost up to twice as much as others: they come first, so that all threads end together.
        work = [.. all.SelectMany(g => Enumerable.Range(0, g.Positions).Select(i => (g, i)))
            .OrderBy(w => w.g.Sampling.R[w.i] * w.g.Sampling.R[w.i] + w.g.Sampling.Z[w.i] * w.g.Sampling.Z[w.i])];
    }

    private sealed record Group(ComponentGroup Definition, DensitySampling Sampling, int Start)
    {
        public int Positions => Sampling.R.Length;

        public DistributionFunction[] DistributionFunctions { get; } = [.. Definition.Members.Select(m => m.DistributionFunction!)];
    }

    /// <summary>Number of positions.</summary>
    public int Positions => work.Length;

    /// <summary>Length of the vector of ln rho.</summary>
    public int Count { get; }

    /// <summary>ln rho of every member of every group at its positions.</summary>
    public double[] LogDensities(Potential potential, FocalDistances focal, CancellationToken cancellation)
    {
        double[] result = new double[Count];
        int taken = 0;
        Parallel.For(0, Math.Min(threads, work.Length), new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, _ =>
        {
            VelocityNodes nodes = new(potential, focal, accuracy);
            MomentIntegrals integrals = new(nodes);
            for (int next = Interlocked.Increment(ref taken); next <= work.Length; next = Interlocked.Increment(ref taken))
            {
                cancellation.ThrowIfCancellationRequested();
                (Group group, int i) = work[next - 1];
                nodes.MoveTo(group.Sampling.R[i], group.Sampling.Z[i]);
                for (int m = 0; m < group.DistributionFunctions.Length; m++)
                {
                    double rho = integrals.Density(group.DistributionFunctions[m], nodes);
                    result[group.Start + m * group.Positions + i] = Math.Log(Math.Max(rho, Floor));
                }
            }
        });
        return result;
    }

    /// <summary>The members' densities, interpolated between the positions.</summary>
    public List<GridDensity> Densities(ReadOnlySpan<double> logDensities)
    {
        List<GridDensity> result = [];
        foreach (Group group in groups)
        {
            double[] rho = new double[group.Positions];
            for (int m = 0; m < group.Definition.Members.Count; m++)
            {
                TensorPrimitives.Exp(logDensities.Slice(group.Start + m * rho.Length, rho.Length), rho);
                result.Add(new(group.Definition.Members[m], group.Sampling.Interpolate(rho), group.Definition.Grid));
            }
        }

        return result;
    }

    /// <summary>ln rho, at this step's positions, of the same members' densities on other grids.</summary>
    public double[] LogarithmsOf(IReadOnlyList<GridDensity> densities)
    {
        double[] result = new double[Count];
        int next = 0;
        foreach (Group group in groups)
        {
            for (int m = 0; m < group.Definition.Members.Count; m++)
            {
                Span<double> part = result.AsSpan(group.Start + m * group.Positions, group.Positions);
                densities[next++].Density.Evaluate(group.Sampling.R, group.Sampling.Z, part);
                foreach (ref double rho in part)
                {
                    rho = Math.Log(Math.Max(rho, Floor));
                }
            }
        }

        return result;
    }
}

/// <summary>A component's density and the grid that it was found on.</summary>
internal readonly record struct GridDensity(GalaxyComponent Component, Density Density, DensityGrid Grid);
