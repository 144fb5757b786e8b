using Oort.DistributionFunctions;
using Oort.Inference;
using Oort.Inference.Likelihoods;
using Oort.Models;
using Oort.Surveys;

namespace Oort.Tests.Inference;

/// <summary>
/// The velocity distributions at the barycentres of a catalogue's stars in each bin, as Binney &amp; Vasiliev (2023, section 4.4) compare them: what all stars with a
/// distribution function have there, found anew for each galaxy. No selection function enters. Bins without stars are left out.
/// </summary>
internal sealed class BarycentreHistograms : IHistogramPredictor
{
    private readonly HistogramBin[] bins;
    private readonly IReadOnlyList<HistogramAxis> axes;
    private readonly int threads;

    /// <summary>A predictor for the bins of some data.</summary>
    /// <param name="data">Histograms in bins of R and |z|: their bins and barycentres.</param>
    /// <param name="survey">The survey that they are of: the cells.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <exception cref="InputException">A barycentre lies in another bin of the survey.</exception>
    public BarycentreHistograms(HistogramSet data, Survey survey, int threads)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(survey);
        bins = KeptActionHistograms.Seen(data, survey);
        (axes, this.threads) = (survey.Axes, threads);
    }

    /// <inheritdoc/>
    public HistogramSet Predict(Galaxy galaxy, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        int[] seen = [.. Enumerable.Range(0, galaxy.Components.Count)
            .Where(c => galaxy.Components[c] is { Kind: ComponentKind.Stars, DistributionFunction: not null })];
        DistributionFunction[] dfs = [.. seen.Select(c => galaxy.Components[c].DistributionFunction!)];
        Moments[,] moments = galaxy.Moments([.. bins.Select(b => b.R)], [.. bins.Select(b => b.Z)], cancellation: cancellation);
        PlaceValues[] values = new PlaceValues[bins.Length];
        Parallel.For(0, bins.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            () => new CellProbabilities(galaxy, dfs, axes, ModelAccuracy.Default), (i, _, cells) =>
            {
                PlaceValues here = new(axes, dfs.Length);
                cells.Evaluate(bins[i].R, bins[i].Z, here.Cells);
                double[] rho = new double[dfs.Length];
                for (int d = 0; d < dfs.Length; d++)
                {
                    here.Moments[d] = moments[i, seen[d]];
                    rho[d] = here.Moments[d].Rho > 0 ? here.Moments[d].Rho : 0;
                    here.Scale(d, rho[d] > 0 ? 1 / rho[d] : 0);
                }

                values[i] = here.Mean(rho, d => rho[d] > 0);
                return cells;
            },
            _ => { });
        return new(
            [.. bins.Select((b, i) => new HistogramBin(b.Bin, double.NaN, b.R, b.Z, [.. axes.Select(a => values[i].MeanAndDispersion(a.Quantity))]))],
            [.. bins.SelectMany((b, i) => axes.Select((axis, a) => Of(b.Bin, axis, values[i].Cells[a][0])))]);
    }

    private static Histogram Of(int bin, HistogramAxis axis, double[] share)
        => new(bin, axis.Quantity, axis.Edges, [.. Enumerable.Repeat(double.NaN, share.Length)], [.. share.Select(s => s / axis.Width)], new double[share.Length]);
}
