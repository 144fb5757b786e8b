using Oort.DistributionFunctions;
using Oort.Models;

namespace Oort.Surveys;

/// <summary>
/// Predicts the velocity histograms of a survey's bins: integrals over each bin of density times selection function times the distribution of each velocity, or these
/// distributions at the bins' barycentres. Distributions, which change little within a bin, are found at some places, and splines through them
/// are integrated with the density and selection function, which change much. Immutable and safe to share between threads.
/// </summary>
public sealed class BinPredictor
{
    private readonly SpatialBins bins;
    private readonly IReadOnlyList<HistogramAxis> axes;
    private readonly Settings settings;
    private readonly DistributionFunction[] dfs;
    private readonly PlaceGrid grid;
    private readonly BinWeights[] weights;

    /// <summary>A predictor for some bins and cells.</summary>
    /// <param name="seen">The galaxy behind the survey's selection function.</param>
    /// <param name="bins">The bins.</param>
    /// <param name="axes">The cells of histograms.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <exception cref="InputException">An axis is none of V_R, V_z, V_phi.</exception>
    public BinPredictor(SelectedGalaxy seen, SpatialBins bins, IReadOnlyList<HistogramAxis> axes, int? threads = null)
        : this(seen, bins, axes, new Settings { Threads = threads ?? Environment.ProcessorCount })
    {
    }

    internal BinPredictor(SelectedGalaxy seen, SpatialBins bins, IReadOnlyList<HistogramAxis> axes, Settings settings)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(bins);
        ArgumentNullException.ThrowIfNull(axes);
        (Seen, this.bins, this.axes, this.settings) = (seen, bins, axes, settings);
        foreach (HistogramAxis axis in axes)
        {
            _ = CellProbabilities.AxisOf(axis.Quantity);
        }

        dfs = [.. seen.Components.Select(c => seen.Galaxy.Components[c].DistributionFunction!)];
        grid = new(bins, settings.Refinement);
        weights = new BinWeights[bins.Count];
        Parallel.For(0, bins.Count, Options(default), b => weights[b] = new(seen, bins[b + 1], grid, settings.Refinement));
    }

    /// <summary>The galaxy behind the survey's selection function.</summary>
    public SelectedGalaxy Seen { get; }

    /// <summary>Predicts all histograms.</summary>
    /// <param name="place">Where in the bins.</param>
    /// <param name="stars">Number of stars that the survey sees in all, also outside the bins; NaN if only probabilities are wanted.</param>
    /// <param name="cancellation">Stops the work.</param>
    public BinPrediction Predict(PredictionPlace place = PredictionPlace.Bin, double stars = double.NaN, CancellationToken cancellation = default)
        => place == PredictionPlace.Bin ? Integrated(stars, cancellation)
            : AtPoints([.. weights.Select(w => w.BarycentreR)], [.. weights.Select(w => w.BarycentreZ)], stars, cancellation);

    /// <summary>Predicts all histograms from the distributions at one place in each bin, such as the barycentres of a catalogue's stars.</summary>
    /// <param name="R">Radius for each bin, kpc; a bin for which it is NaN is predicted as one of which nothing is seen.</param>
    /// <param name="z">Height for each bin, kpc.</param>
    /// <param name="stars">Number of stars that the survey sees in all, also outside the bins; NaN if only probabilities are wanted.</param>
    /// <param name="cancellation">Stops the work.</param>
    public BinPrediction AtPoints(IReadOnlyList<double> R, IReadOnlyList<double> z, double stars = double.NaN, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(R);
        ArgumentNullException.ThrowIfNull(z);
        if (R.Count != bins.Count || z.Count != bins.Count)
        {
            throw new ArgumentException("there must be a place for every bin", nameof(R));
        }

        int[] used = [.. Enumerable.Range(0, bins.Count).Where(b => double.IsFinite(R[b]) && double.IsFinite(z[b]))];
        PlaceValues[] values = ValuesAt([.. used.Select(b => R[b])], [.. used.Select(b => Math.Abs(z[b]))], cancellation);
        BinValues[] result = new BinValues[bins.Count];
        for (int b = 0; b < bins.Count; b++)
        {
            int at = Array.IndexOf(used, b);
            double[] rho = at < 0 ? new double[dfs.Length] : [.. values[at].Moments.Select(m => m.Rho)];
            result[b] = new(weights[b].Total, R[b], Math.Abs(z[b]), rho, at < 0 ? null : values[at]);
        }

        return Assemble(PredictionPlace.Barycentre, result, stars);
    }

    private BinPrediction Integrated(double stars, CancellationToken cancellation)
    {
        PlaceValues[] values = ValuesAt(
            [.. Enumerable.Range(0, grid.Count).Select(k => grid.Radii[k / grid.Heights.Length])],
            [.. Enumerable.Range(0, grid.Count).Select(k => grid.Heights[k % grid.Heights.Length])], cancellation);
        BinValues[] result = new BinValues[bins.Count];
        Parallel.For(0, bins.Count, Options(cancellation), b =>
        {
            BinWeights here = weights[b];
            PlaceValues? mean = here.Total > 0 ? new(axes, dfs.Length) : null;
            for (int c = 0; c < dfs.Length; c++)
            {
                for (int k = 0; k < grid.Count && here.Mass[c] > 0; k++)
                {
                    // Where a component has nothing it has no moments.
                    if (values[k].Moments[c].Rho > 0)
                    {
                        mean!.Add(values[k], c, here.Weights[c, k] / here.Mass[c]);
                    }
                }
            }

            result[b] = new(here.Total, here.BarycentreR, here.BarycentreZ, here.Mass, mean);
        });
        return Assemble(PredictionPlace.Bin, result, stars);
    }

    /// <summary>Normalised distributions at places, one by one, so that neither threads nor other places matter.</summary>
    private PlaceValues[] ValuesAt(double[] R, double[] z, CancellationToken cancellation)
    {
        Moments[,] moments = Seen.Galaxy.Moments(R, z, cancellation: cancellation);
        PlaceValues[] result = new PlaceValues[R.Length];
        Parallel.For(0, R.Length, Options(cancellation), () => new CellProbabilities(Seen.Galaxy, dfs, axes, settings.Accuracy, settings.Refinement), (i, _, cells) =>
        {
            PlaceValues values = new(axes, dfs.Length);
            cells.Evaluate(R[i], z[i], values.Cells);
            for (int c = 0; c < dfs.Length; c++)
            {
                values.Moments[c] = moments[i, Seen.Components[c]];
                values.Scale(c, values.Moments[c].Rho > 0 ? 1 / values.Moments[c].Rho : 0);
            }

            result[i] = values;
            return cells;
        },
        _ => { });
        return result;
    }

    private BinPrediction Assemble(PredictionPlace place, BinValues[] values, double stars)
    {
        double seen = Seen.SelectedMass.Sum();
        ComponentPrediction[] components = new ComponentPrediction[dfs.Length];
        for (int c = 0; c < dfs.Length; c++)
        {
            double[] share = [.. values.Select(v => v.Values is null ? double.NaN : v.Masses[c] / v.Masses.Sum())];
            int only = c;
            components[c] = new(Seen.Galaxy.Components[Seen.Components[c]].Name, Set(values, stars / seen, m => m == only), share);
        }

        return new(place, Set(values, stars / seen, _ => true), components);
    }

    /// <summary>The histograms of some components together.</summary>
    private HistogramSet Set(BinValues[] values, double starsPerMass, Func<int, bool> chosen)
    {
        List<HistogramBin> summaries = [];
        List<Histogram> histograms = [];
        for (int b = 0; b < bins.Count; b++)
        {
            BinValues bin = values[b];
            double all = bin.Masses.Sum(), part = Enumerable.Range(0, dfs.Length).Where(chosen).Sum(c => bin.Masses[c]);
            double number = bin.Mass == 0 ? 0 : starsPerMass * bin.Mass * part / all;
            PlaceValues? mean = part > 0 ? bin.Values?.Mean(bin.Masses, chosen) : null;
            summaries.Add(new(b + 1, number, bin.R, bin.Z, [.. axes.Select(a => mean?.MeanAndDispersion(a.Quantity) ?? (double.NaN, double.NaN))]));
            for (int a = 0; a < axes.Count; a++)
            {
                double[] share = mean?.Cells[a][0] ?? [.. Enumerable.Repeat(double.NaN, axes[a].Count)];
                IReadOnlyList<double> edges = axes[a].Edges;
                histograms.Add(new(b + 1, axes[a].Quantity, edges, [.. share.Select(s => number * s)], [.. share.Select((s, i) => s / (edges[i + 1] - edges[i]))], new double[share.Length]));
            }
        }

        return new(summaries, histograms);
    }

    private ParallelOptions Options(CancellationToken cancellation) => new() { MaxDegreeOfParallelism = settings.Threads, CancellationToken = cancellation };

    /// <summary>How finely is integrated.</summary>
    internal sealed record Settings
    {
        /// <summary>How many times as many places along each side, speeds, and nodes of density and selection as usual.</summary>
        public int Refinement { get; init; } = 1;

        /// <summary>Of the integrals over velocities.</summary>
        public ModelAccuracy Accuracy { get; init; } = ModelAccuracy.Default;

        public int Threads { get; init; } = Environment.ProcessorCount;
    }

    /// <summary>What is predicted for a bin: the mass seen in it, where, the masses by which components are mixed, and their distributions.</summary>
    private sealed record BinValues(double Mass, double R, double Z, double[] Masses, PlaceValues? Values);
}
