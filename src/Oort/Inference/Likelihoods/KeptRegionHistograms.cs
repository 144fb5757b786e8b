using Oort.Actions;
using Oort.Coordinates;
using Oort.DistributionFunctions;
using Oort.Models;
using Oort.Surveys;

namespace Oort.Inference.Likelihoods;

/// <summary>
/// The distributions of line-of-sight velocity and proper motions in regions of the sky, of galaxies that differ in their distribution functions and share one potential: the actions at some points in each
/// region are found once, and a galaxy costs the evaluation of its distribution functions there (<see cref="RegionPoints"/>). Predicts what <see cref="RegionHistograms"/> does, with errors like those of 25 times as many
/// stars as the data have, or of 25,000 in a region. Immutable and safe to share between threads; what it gives depends on the galaxy alone.
/// </summary>
public sealed class KeptRegionHistograms : IHistogramPredictor
{
    // Points in a region: so many for each star, within limits.
    private const double PointsPerStar = 64;
    private const int LeastPoints = 1 << 16;

    /// <summary>Stars in a region up to which points serve; integrals are more exact for more.</summary>
    public const double MostStars = 4096;

    private readonly Galaxy reference;
    private readonly SkyRegions regions;
    private readonly int[] numbers;
    private readonly HashSet<string> components;
    private readonly RegionPoints[] points;
    private readonly int threads;

    /// <summary>Chooses points for the regions that some data are of, and finds their actions.</summary>
    /// <param name="data">Histograms in regions: their regions, quantities and numbers of stars.</param>
    /// <param name="survey">The survey that they are of.</param>
    /// <param name="conditions">Cuts, selection and errors.</param>
    /// <param name="components">Names of the components whose stars are seen; none for the stellar discs.</param>
    /// <param name="modelR0">The model's distance of the Sun from the centre, kpc.</param>
    /// <param name="reference">A galaxy in the potential of those to be predicted, whose components are like theirs: points are where it has stars. Predictions depend on it within their accuracy.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">The data have a region, a quantity or cells that the survey has not, or no component that is seen has a distribution function.</exception>
    public KeptRegionHistograms(
        HistogramSet data, Survey survey, RegionConditions conditions, IReadOnlyCollection<string> components, double modelR0, Galaxy reference, int threads, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentNullException.ThrowIfNull(reference);
        (regions, numbers) = RegionHistograms.Seen(data, survey);
        (this.reference, this.components, this.threads) = (reference, [.. components], threads);
        Sun sun = survey.SunIn(reference, modelR0);
        RegionShell[][] shells = [.. regions.All.Select(r => RegionNodes.Shells(r, sun, conditions))];
        RegionNode[][] nodes = [.. shells.Select(s => s.SelectMany(x => x.Nodes).ToArray())];
        Galaxy alone = new(reference.Potential, Seen(reference), focalDistances: reference.FocalDistances, threads: threads);
        Moments[,] moments = alone.Moments([.. nodes.SelectMany(n => n).Select(n => n.R)], [.. nodes.SelectMany(n => n).Select(n => Math.Abs(n.Z))], cancellation: cancellation);
        StaeckelFudgeFinder finder = new(reference.Potential, reference.FocalDistances);
        int[] first = new int[nodes.Length];
        for (int r = 1; r < first.Length; r++)
        {
            first[r] = first[r - 1] + nodes[r - 1].Length;
        }

        points = new RegionPoints[nodes.Length];
        Parallel.For(0, points.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, r =>
        {
            Moments[][] own = [.. nodes[r].Select((_, k) => Enumerable.Range(0, alone.Components.Count).Select(c => moments[first[r] + k, c]).ToArray())];
            int count = (int)Math.Clamp(PointsPerStar * data.Bins[r].Stars, LeastPoints, PointsPerStar * MostStars);
            points[r] = new(numbers[r], regions.AxesOf(r + 1), shells[r], own, conditions, finder, count);
        });
    }

    /// <summary>Whether no region has more stars than points serve for.</summary>
    /// <param name="data">Histograms in regions.</param>
    public static bool ServesFor(HistogramSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.Bins.All(b => b.Stars <= MostStars);
    }

    /// <summary>Bytes that are kept.</summary>
    public long KeptBytes => points.Sum(p => p.Bytes);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The galaxy has another potential than the reference galaxy.</exception>
    public HistogramSet Predict(Galaxy galaxy, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        if (galaxy.Potential != reference.Potential)
        {
            throw new ArgumentException("the galaxy has another potential than that in which actions were found", nameof(galaxy));
        }

        DistributionFunction[] dfs = [.. Seen(galaxy).Select(c => c.DistributionFunction!)];
        HistogramBin[] bins = new HistogramBin[points.Length];
        Histogram[][] histograms = new Histogram[points.Length][];
        Parallel.For(0, points.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, r =>
        {
            (double R, double z, (double, double)[] moments, double[][] share) = points[r].Predict(dfs);
            bins[r] = new(numbers[r], double.NaN, R, z, moments);
            histograms[r] = [.. regions.AxesOf(r + 1).Select((a, k) => new Histogram(
                numbers[r], a.Quantity, a.Edges, [.. Enumerable.Repeat(double.NaN, a.Count)], [.. share[k].Select(s => s / a.Width)], new double[a.Count]))];
        });
        return new(bins, [.. histograms.SelectMany(h => h)]);
    }

    private GalaxyComponent[] Seen(Galaxy galaxy)
    {
        GalaxyComponent[] seen = [.. galaxy.Components.Where(c => c.DistributionFunction is not null && (components.Count > 0 ? components.Contains(c.Name) : c.IsDisc))];
        return seen.Length > 0 ? seen : throw new InputException("nothing can be predicted: none of the components chosen has a distribution function");
    }
}
