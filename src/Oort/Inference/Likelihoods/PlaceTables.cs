using Oort.Actions;
using Oort.DistributionFunctions;
using Oort.Models;
using Oort.Potentials;
using Oort.Surveys;

namespace Oort.Inference.Likelihoods;

/// <summary>
/// The actions at the velocities of some places in one potential, and what distribution functions give there: densities, moments and probabilities of cells. Immutable and safe to share between threads.
/// </summary>
internal sealed class PlaceTables
{
    private readonly VelocityLattice lattice;
    private readonly LatticeActions[] places;
    private readonly LatticeCells.Local[][] cells;
    private readonly IReadOnlyList<LatticeCells> axes;

    /// <summary>Finds the actions.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="focalDistances">Its focal distances.</param>
    /// <param name="lattice">The velocities.</param>
    /// <param name="axes">The cells; none for densities alone.</param>
    /// <param name="R">Radii of the places, kpc, positive.</param>
    /// <param name="z">Their heights, kpc, not negative.</param>
    /// <param name="errors">Errors of each velocity (<see cref="LatticeCells.At"/>) by place and axis; null for none.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="cancellation">Stops the work.</param>
    public PlaceTables(Potential potential, FocalDistances focalDistances, VelocityLattice lattice, IReadOnlyList<LatticeCells> axes, IReadOnlyList<double> R, IReadOnlyList<double> z,
        IReadOnlyList<(double Sigma, double Share)>[][]? errors, int threads, CancellationToken cancellation)
    {
        (this.lattice, this.axes) = (lattice, axes);
        ModelAccuracy accuracy = ModelAccuracy.Default;
        places = new LatticeActions[R.Count];
        cells = new LatticeCells.Local[R.Count][];
        Parallel.For(0, R.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, () => new PositionActions(accuracy.CurveTerms, accuracy.ActionNodes),
            (i, _, scratch) =>
            {
                places[i] = new(lattice, potential, focalDistances, scratch, R[i], z[i]);
                cells[i] = [.. axes.Select((a, k) => a.At(places[i].EscapeSpeed, errors is null ? [] : errors[i][k]))];
                return scratch;
            },
            _ => { });
    }

    /// <summary>Number of places.</summary>
    public int Count => places.Length;

    /// <summary>Bytes of actions that are kept.</summary>
    public long Bytes => 2L * sizeof(double) * places.Sum(p => (long)p.Count);

    /// <summary>What a distribution function gives at each place.</summary>
    /// <param name="df">The distribution function.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="cancellation">Stops the work.</param>
    public PlaceDensities[] Evaluate(DistributionFunction df, int threads, CancellationToken cancellation = default)
    {
        PlaceDensities[] result = new PlaceDensities[places.Length];
        int most = axes.Count == 0 ? 0 : places.Length == 0 ? 0 : cells[0].Max(c => c.Scratch);
        Parallel.For(0, places.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, () => (Projection: new LatticeProjection(lattice), Scratch: new double[most]),
            (i, _, own) =>
            {
                own.Projection.Evaluate(places[i], df);
                double rho = own.Projection.Density;
                double[] values = new double[PlaceDensities.Moments + axes.Sum(a => a.Count)];
                if (rho > 0)
                {
                    (double r2, double z2, double phi2) = own.Projection.MeanSquares;
                    (values[0], values[1], values[2], values[3], values[4]) = (rho, rho * own.Projection.MeanVphi, rho * r2, rho * z2, rho * phi2);
                    int at = PlaceDensities.Moments;
                    for (int a = 0; a < axes.Count; at += axes[a].Count, a++)
                    {
                        cells[i][a].Evaluate(own.Projection, df.VanishesForRetrograde && axes[a].Velocity == VelocityAxis.Phi, own.Scratch, values.AsSpan(at, axes[a].Count));
                    }
                }

                result[i] = new(values);
                return own;
            },
            _ => { });
        return result;
    }
}

/// <summary>Densities at one place: of all stars, times mean v_phi, v_R^2, v_z^2 and v_phi^2, then of those in each cell of each axis; Msun/kpc^3 and (km/s)^2 of it.</summary>
/// <param name="Values">These numbers.</param>
internal readonly record struct PlaceDensities(double[] Values)
{
    /// <summary>How many numbers come before the cells.</summary>
    public const int Moments = 5;
}
