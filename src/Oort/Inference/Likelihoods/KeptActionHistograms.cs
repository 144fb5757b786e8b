using System.Collections.Concurrent;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Oort.DistributionFunctions;
using Oort.Models;
using Oort.Potentials;
using Oort.Surveys;

namespace Oort.Inference.Likelihoods;

/// <summary>
/// Velocity histograms in bins of R and |z| of galaxies that differ in their distribution functions: in a potential that was seen before the actions are at hand, and only components that have changed, but
/// for their masses, are evaluated again. Predicts the same as if all were found anew for each galaxy, for a hundredth of the work (docs/performance.md). Safe to share between
/// threads; what it gives depends on the galaxy alone, not on those before. <see cref="HistogramBin.Stars"/> is the mass that the survey sees in a whole bin, Msun: the number of stars but for a factor.
/// </summary>
public sealed class KeptActionHistograms : IHistogramPredictor
{
    // Contributions of components that are kept for each potential, some 100 kB each.
    private const int MostKept = 256;

    private readonly IReadOnlyList<HistogramAxis> axes;
    private readonly double[] R, z;
    private readonly VelocityLattice lattice;
    private readonly LatticeCells[] cells;
    private readonly BinPlaces places;
    private readonly int[] numbers;
    private readonly IReadOnlyList<(double Sigma, double Share)>[][]? errors;
    private readonly int threads, width;
    private readonly ConditionalWeakTable<Potential, Kept> kept = [];

    /// <summary>A predictor.</summary>
    /// <param name="data">Histograms in bins of R and |z|: bins with stars and their barycentres.</param>
    /// <param name="survey">The survey that they are of: the cells; for whole bins also its selection.</param>
    /// <param name="reference">
    /// A galaxy like those to be predicted: its escape speed bounds the velocities, and for whole bins its densities the weights with which places make a bin. Predictions depend on it
    /// within their accuracy.
    /// </param>
    /// <param name="place">Where in the bins.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="withErrors">Whether velocities are convolved with the survey's errors, as they are where the reference galaxy's stars are seen (docs/fitting.md).</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">A barycentre lies in another bin of the survey, or it has no selection function, or no errors.</exception>
    public KeptActionHistograms(HistogramSet data, Survey survey, Galaxy reference, PredictionPlace place, int threads, bool withErrors = false, CancellationToken cancellation = default)
        : this(data, survey, reference, place, threads, 1.0, withErrors, cancellation)
    {
    }

    internal KeptActionHistograms(
        HistogramSet data, Survey survey, Galaxy reference, PredictionPlace place, int threads, double refinement, bool withErrors = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(survey);
        ArgumentNullException.ThrowIfNull(reference);
        HistogramBin[] bins = Seen(data, survey);
        (axes, this.threads) = (survey.Axes, threads);
        (R, z) = ([.. bins.Select(b => b.R)], [.. bins.Select(b => b.Z)]);
        lattice = new(Fastest(reference.Potential, bins), Streaming(reference, bins), refinement);
        width = PlaceDensities.Moments + axes.Sum(a => a.Count);
        numbers = [.. bins.Select(b => b.Bin)];
        places = place == PredictionPlace.Barycentre ? new BarycentrePlaces(bins)
            : new WholeBinPlaces(survey.Bins, numbers, new(reference, survey.UsedStars(), threads: threads, cancellation: cancellation),
                (R, z) => new(reference.Potential, reference.FocalDistances, lattice, [], R, z, null, threads, cancellation), threads);
        errors = withErrors ? ErrorsOf(survey, reference, places) : null;
        cells = [.. axes.Select((a, k) => new LatticeCells(a, lattice, errors?.Max(e => e[k].Max(g => (double?)g.Sigma)) ?? 0))];
    }

    /// <summary>Bytes of actions that are kept for a potential.</summary>
    /// <param name="galaxy">A galaxy in that potential.</param>
    public long KeptBytes(Galaxy galaxy)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        return Of(galaxy, default).Tables.Bytes;
    }

    /// <summary>The bins of some data that have stars.</summary>
    /// <exception cref="InputException">A barycentre lies in another bin of the survey.</exception>
    internal static HistogramBin[] Seen(HistogramSet data, Survey survey)
    {
        HistogramBin[] bins = [.. data.Bins.Where(b => b.Stars > 0)];
        foreach (HistogramBin bin in bins)
        {
            if (survey.Bins.Find(bin.R, bin.Z) is int holder && holder != bin.Bin)
            {
                throw new InputException(FormattableString.Invariant($"the barycentre of bin {bin.Bin}, R = {bin.R:g5}, z = {bin.Z:g5} kpc, lies ")
                    + $"{(holder == 0 ? "outside all bins" : $"in bin {holder}")} of {survey.Name}: the histograms are of another survey");
            }
        }

        return bins;
    }

    /// <inheritdoc/>
    public HistogramSet Predict(Galaxy galaxy, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        Kept here = Of(galaxy, cancellation);
        DistributionFunction[] dfs = [.. galaxy.Components.Where(c => c is { Kind: ComponentKind.Stars, DistributionFunction: not null }).Select(c => c.DistributionFunction!)];
        double[][] sums = [.. numbers.Select(_ => new double[width])];
        for (int c = 0; c < dfs.Length; c++)
        {
            Contribution own = ContributionOf(here, c, dfs[c], cancellation);
            double mass = dfs[c].TotalMass / own.Mass;
            for (int b = 0; b < sums.Length; b++)
            {
                TensorPrimitives.MultiplyAdd(own.Bins[b], mass, sums[b], sums[b]);
            }
        }

        return Set(sums);
    }

    private Kept Of(Galaxy galaxy, CancellationToken cancellation)
    {
        // Whoever comes second waits: the actions of one potential are found once.
        lock (kept)
        {
            if (!kept.TryGetValue(galaxy.Potential, out Kept? known))
            {
                known = new(new(galaxy.Potential, galaxy.FocalDistances, lattice, cells, places.R, places.z, errors, threads, cancellation));
                kept.Add(galaxy.Potential, known);
            }

            return known;
        }
    }

    /// <summary>What a component of unit mass contributes to each bin.</summary>
    private Contribution ContributionOf(Kept here, int component, DistributionFunction df, CancellationToken cancellation)
    {
        (int, object) key = (component, df.Shape);
        if (here.Contributions.TryGetValue(key, out Contribution? known))
        {
            return known;
        }

        DistributionFunction unit = df.OfUnitMass();
        PlaceDensities[] values = here.Tables.Evaluate(unit, threads, cancellation);
        double[][] bins = new double[numbers.Length][];
        for (int b = 0; b < bins.Length; b++)
        {
            bins[b] = new double[width];
        }

        places.Add(component, values, bins);
        if (here.Contributions.Count >= MostKept)
        {
            here.Contributions.Clear();
        }

        return here.Contributions[key] = new(unit.TotalMass, bins);
    }

    private HistogramSet Set(double[][] sums)
    {
        List<HistogramBin> bins = [];
        List<Histogram> histograms = [];
        for (int b = 0; b < sums.Length; b++)
        {
            double[] sum = sums[b];
            double rho = sum[0], mean = sum[1] / rho;
            bins.Add(new(numbers[b], places is WholeBinPlaces ? rho : double.NaN, R[b], z[b], [.. cells.Select(c => c.Velocity switch
            {
                VelocityAxis.R => (0, Math.Sqrt(sum[2] / rho)),
                VelocityAxis.Z => (0, Math.Sqrt(sum[3] / rho)),
                _ => (mean, Math.Sqrt(sum[4] / rho - mean * mean)),
            })]));
            int at = PlaceDensities.Moments;
            foreach (HistogramAxis axis in axes)
            {
                double[] p = new double[axis.Count];
                for (int i = 0; i < p.Length; i++)
                {
                    p[i] = sum[at + i] / (rho * axis.Width);
                }

                histograms.Add(new(numbers[b], axis.Quantity, axis.Edges, NoNumbers(axis.Count), p, new double[p.Length]));
                at += p.Length;
            }
        }

        return new(bins, histograms);
    }

    /// <summary>Errors by place and axis, for velocities as those of the reference galaxy's stars.</summary>
    private static IReadOnlyList<(double Sigma, double Share)>[][] ErrorsOf(Survey survey, Galaxy reference, BinPlaces places)
    {
        VelocityErrors errors = new(survey.Sun, survey.Errors ?? throw new InputException($"{survey.Name}: has no section [Errors], with which velocities could be convolved"), survey.Selection);
        Moments[,] moments = reference.Moments(places.R, places.z);
        IReadOnlyList<(double, double)>[][] result = new IReadOnlyList<(double, double)>[places.R.Length][];
        for (int i = 0; i < result.Length; i++)
        {
            double rho = 0, vphi = 0, vR2 = 0, vz2 = 0, vphi2 = 0;
            for (int c = 0; c < reference.Components.Count; c++)
            {
                Moments m = moments[i, c];
                if (reference.Components[c] is { Kind: ComponentKind.Stars, DistributionFunction: not null } && m.Rho > 0)
                {
                    (rho, vphi) = (rho + m.Rho, vphi + m.Rho * m.MeanVphi);
                    (vR2, vz2, vphi2) = (vR2 + m.Rho * m.VR2, vz2 + m.Rho * m.Vz2, vphi2 + m.Rho * m.Vphi2);
                }
            }

            IReadOnlyList<(double, double)>[] here = errors.At(places.R[i], places.z[i], new(rho, vphi / rho, vR2 / rho, vz2 / rho, vphi2 / rho, 0));
            result[i] = [.. survey.Axes.Select(a => here[(int)CellProbabilities.AxisOf(a.Quantity)])];
        }

        return result;
    }

    private static double[] NoNumbers(int count)
    {
        double[] none = new double[count];
        Array.Fill(none, double.NaN);
        return none;
    }

    /// <summary>The largest escape speed of the bins, with room for those of other potentials.</summary>
    private static double Fastest(Potential potential, HistogramBin[] bins)
        => 1.25 * bins.Max(b => Math.Sqrt(2 * (potential.Phi(VelocityNodes.ReachFrom(b.R, 0), 0) - potential.Phi(b.R, 0))));

    private static double Streaming(Galaxy reference, HistogramBin[] bins) => bins.Average(b => reference.CircularSpeed(b.R));

    /// <summary>What is kept for a potential.</summary>
    private sealed class Kept(PlaceTables tables)
    {
        public PlaceTables Tables { get; } = tables;

        public ConcurrentDictionary<(int Component, object Shape), Contribution> Contributions { get; } = [];
    }

    /// <summary>A component's densities in each bin (<see cref="PlaceDensities"/>), for a mass of the component.</summary>
    private sealed record Contribution(double Mass, double[][] Bins);
}
