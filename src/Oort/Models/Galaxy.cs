using System.Collections.Concurrent;
using Oort.Actions;
using Oort.DistributionFunctions;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Models;

/// <summary>
/// A galaxy: a potential and the components that live in it. Predicts densities and velocities anywhere.
/// Immutable and safe to share between threads.
/// </summary>
public sealed class Galaxy
{
    private const double NearestToAxis = 1e-4;

    /// <summary>Inside 20 pc potentials on a grid are not resolved: the focal distances of smaller orbits follow those there.</summary>
    internal static FocalDistanceSettings FocalGrid { get; } = new() { SmallestRadius = 0.02 };

    private readonly DistributionFunction[] dfs;
    private readonly ModelAccuracy accuracy;
    private readonly int threads;
    private readonly ConcurrentBag<Workspace> workspaces = [];

    /// <summary>Components in a given potential.</summary>
    /// <param name="potential">The potential; it must have an escape speed.</param>
    /// <param name="components">The components, in the order in which results list them.</param>
    /// <param name="accuracy">Accuracy of the velocity integrals.</param>
    /// <param name="focalDistances">Focal distances of the potential, if they are known already.</param>
    /// <param name="threads">Threads to use for batches of points; results do not depend on it.</param>
    public Galaxy(Potential potential, IReadOnlyList<GalaxyComponent> components, ModelAccuracy? accuracy = null,
        FocalDistances? focalDistances = null, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentNullException.ThrowIfNull(components);
        if (!potential.HasEscapeSpeed)
        {
            throw new InputException("the potential has no escape speed (Logarithmic): velocities have no bound to integrate to");
        }

        this.threads = threads ?? Environment.ProcessorCount;
        this.accuracy = accuracy ?? ModelAccuracy.Default;
        (Potential, Components) = (potential, components);
        FocalDistances = focalDistances ?? new FocalDistances(potential, FocalGrid, threads: this.threads);
        dfs = [.. components.Where(c => c.DistributionFunction is not null).Select(c => c.DistributionFunction!)];
    }

    /// <summary>The potential.</summary>
    public Potential Potential { get; }

    /// <summary>The components.</summary>
    public IReadOnlyList<GalaxyComponent> Components { get; }

    /// <summary>Focal distances of the Staeckel fudge in this potential.</summary>
    public FocalDistances FocalDistances { get; }

    /// <summary>
    /// Density and velocity moments of every component at every point, in one pass: the actions at a point's velocities are
    /// found once and shared. Static components have their density and NaN moments; a NaN coordinate gives NaN.
    /// </summary>
    /// <param name="R">Radii, kpc, not negative.</param>
    /// <param name="z">Heights, kpc.</param>
    /// <param name="progress">Told the number of points done, now and then, from any thread.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Moments by point, then by component.</returns>
    public Moments[,] Moments(ReadOnlySpan<double> R, ReadOnlySpan<double> z, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        if (R.Length != z.Length)
        {
            throw new ArgumentException("R and z must be equally long", nameof(z));
        }

        double[] radii = R.ToArray(), heights = z.ToArray();
        Moments[,] result = new Moments[radii.Length, Components.Count];
        int done = 0;
        Parallel.For(0, radii.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
        {
            At(radii[i], heights[i], (c, m) => result[i, c] = m);
            progress?.Report(Interlocked.Increment(ref done));
        });
        return result;
    }

    /// <summary>Density and velocity moments of every component at one point.</summary>
    public Moments[] Moments(double R, double z)
    {
        Moments[] result = new Moments[Components.Count];
        At(R, z, (c, m) => result[c] = m);
        return result;
    }

    /// <summary>
    /// Distribution of one velocity component at one point, for every component with a distribution function:
    /// rows in the order of <see cref="Components"/> (NaN for static ones), Msun/kpc^3 per km/s, integrating to the density.
    /// A NaN velocity gives NaN; so do a coordinate that is not finite and a negative radius, for all velocities.
    /// </summary>
    /// <param name="R">Radius, kpc.</param>
    /// <param name="z">Height, kpc.</param>
    /// <param name="axis">Which velocity component.</param>
    /// <param name="velocities">Velocities, km/s, of either sign.</param>
    public double[,] VelocityDistribution(double R, double z, VelocityAxis axis, ReadOnlySpan<double> velocities)
    {
        bool valid = double.IsFinite(R) && double.IsFinite(z) && R >= 0;
        double[] speeds = valid ? [.. velocities.ToArray().Where(v => !double.IsNaN(v)).Select(Math.Abs).Distinct().Order()] : [];
        double[] plus = new double[dfs.Length * speeds.Length], minus = new double[plus.Length];
        // Each speed on its own, so that neither the number of threads nor the other speeds touch the result.
        Parallel.For(0, speeds.Length, new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => (Projection: new ProjectedVelocities(Potential, FocalDistances, accuracy), Plus: new double[dfs.Length], Minus: new double[dfs.Length]),
            (i, _, own) =>
            {
                own.Projection.Evaluate(Math.Max(R, NearestToAxis), Math.Abs(z), axis, speeds.AsSpan(i, 1), dfs, own.Plus, own.Minus);
                for (int d = 0; d < dfs.Length; d++)
                {
                    (plus[d * speeds.Length + i], minus[d * speeds.Length + i]) = (own.Plus[d], own.Minus[d]);
                }

                return own;
            },
            _ => { });

        double[,] result = new double[Components.Count, velocities.Length];
        for (int c = 0, d = 0; c < Components.Count; c++)
        {
            bool dynamic = Components[c].DistributionFunction is not null;
            for (int i = 0; i < velocities.Length; i++)
            {
                int at = Array.BinarySearch(speeds, Math.Abs(velocities[i]));
                result[c, i] = dynamic && at >= 0 ? (velocities[i] >= 0 ? plus : minus)[d * speeds.Length + at] : double.NaN;
            }

            d += dynamic ? 1 : 0;
        }

        return result;
    }

    /// <summary>
    /// Surface density of every component within a height of the plane, both sides, Msun/kpc^2. The integral over z is
    /// good to 5e-4.
    /// </summary>
    /// <param name="R">Radius, kpc.</param>
    /// <param name="height">Largest |z|, kpc; infinite for all of it.</param>
    public double[] SurfaceDensity(double R, double height = double.PositiveInfinity)
    {
        // Nodes crowd towards the plane on the scale of a thin disc; beyond 20 (R + 5 kpc) nothing is left to see.
        const int Nodes = 24;
        const double ThinDisc = 0.1;
        double[] z = new double[Nodes], weights = new double[Nodes], radii = new double[Nodes];
        SinhMap.Nodes(0, Math.Min(height, 20 * (R + 5)), ThinDisc, z, weights);
        Array.Fill(radii, R);
        Moments[,] moments = Moments(radii, z);
        double[] sigma = new double[Components.Count];
        for (int c = 0; c < sigma.Length; c++)
        {
            for (int i = 0; i < Nodes; i++)
            {
                sigma[c] += 2 * weights[i] * moments[i, c].Rho;
            }
        }

        return sigma;
    }

    /// <summary>Circular speed in the plane, km/s; negative where the force points outwards: -sqrt(|R dPhi/dR|).</summary>
    public double CircularSpeed(double R) => Rotation.CircularSpeed(Potential, R);

    private void At(double R, double z, Action<int, Moments> set)
    {
        bool valid = double.IsFinite(R) && double.IsFinite(z) && R >= 0;
        Workspace? work = null;
        if (valid && dfs.Length > 0)
        {
            work = workspaces.TryTake(out Workspace? free) ? free : new(new(Potential, FocalDistances, accuracy));
            work.Nodes.MoveTo(Math.Max(R, NearestToAxis), Math.Abs(z));
        }

        for (int c = 0; c < Components.Count; c++)
        {
            Moments m = new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
            if (work is not null && Components[c].DistributionFunction is { } df)
            {
                m = work.Integrals.Moments(df, work.Nodes);
                m = z < 0 ? m with { VRvz = -m.VRvz } : m;
            }
            else if (valid && Components[c].StaticDensity is { } density)
            {
                m = m with { Rho = density.At(R, z) };
            }

            set(c, m);
        }

        if (work is not null)
        {
            workspaces.Add(work);
        }
    }

    private sealed class Workspace(VelocityNodes nodes)
    {
        public VelocityNodes Nodes { get; } = nodes;

        public MomentIntegrals Integrals { get; } = new(nodes);
    }
}
