using System.Collections.Concurrent;
using Oort.Coordinates;
using Oort.Models;

namespace Oort.Surveys;

/// <summary>Predicts what is seen in regions of the sky by drawing stars inside them, as many in each.</summary>
internal sealed class RegionSampler
{
    private readonly SkyRegions regions;
    private readonly RegionDraw draw;
    private readonly int threads;

    /// <summary>Prepares the draw.</summary>
    public RegionSampler(Galaxy galaxy, Func<GalaxyComponent, bool> components, Sun sun, SkyRegions regions, RegionConditions conditions, int threads, CancellationToken cancellation)
        => (this.regions, this.threads, draw) = (regions, threads, new(galaxy, components, sun, regions, conditions, threads, cancellation));

    /// <summary>Draws stars and counts them.</summary>
    /// <param name="count">Stars in each region, before the limits on velocities.</param>
    /// <param name="seed">Names the draw.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Stops the work.</param>
    public RegionPrediction Predict(long count, ulong seed, IProgress<double>? progress, CancellationToken cancellation)
    {
        long chunks = (count + SelectedGalaxy.ChunkSize - 1) / SelectedGalaxy.ChunkSize, done = 0;
        ConcurrentBag<Tally> tallies = [];
        Parallel.For(0L, chunks * regions.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
        {
            Tally tally = tallies.TryTake(out Tally? free) ? free : new(regions);
            (long region, long index) = Math.DivRem(i, chunks);
            Count((int)region + 1, index, (int)Math.Min(SelectedGalaxy.ChunkSize, count - index * SelectedGalaxy.ChunkSize), seed, tally);
            tallies.Add(tally);
            progress?.Report((double)Interlocked.Increment(ref done) / (chunks * regions.Count));
        });
        Tally all = new(regions);
        foreach (Tally tally in tallies)
        {
            all.Add(tally);
        }

        HistogramSet histograms = all.Sums.Histograms();
        if (histograms.Bins.FirstOrDefault(b => b.Stars == 0) is HistogramBin empty)
        {
            throw new InputException(FormattableString.Invariant($"region {empty.Bin}: none of the {count} stars drawn is within the limits of [Cuts] on velocities; draw more, or widen the limits"));
        }

        List<RegionMoments> moments = [];
        for (int r = 0; r < regions.Count; r++)
        {
            HistogramBin bin = histograms.Bins[r];
            IReadOnlyList<HistogramAxis> axes = regions.AxesOf(r + 1);
            for (int a = 0; a < axes.Count; a++)
            {
                (double mean, double deviation) = bin.Moments[a];
                double[] quantiles = [.. RegionMoments.Fractions.Select(q => all.Fine[r][a].Quantile(q, bin.Stars))];
                moments.Add(new(r + 1, axes[a].Quantity, mean, deviation, quantiles[0], quantiles[1], quantiles[2]));
            }
        }

        return new(RegionMethod.Sample, histograms, moments, [.. histograms.Bins.Select(b => draw.Mass(b.Bin) * b.Stars / count)]);
    }

    private void Count(int region, long index, int count, ulong seed, Tally tally)
    {
        RegionDrawChunk chunk = tally.Chunk;
        draw.Fill(region, index, count, seed, chunk);
        Span<double> values = stackalloc double[regions.AxesOf(region).Count];
        for (int k = 0; k < chunk.Count; k++)
        {
            draw.Values(chunk, chunk.Taken[k], values);
            for (int a = 0; a < values.Length; a++)
            {
                tally.Fine[region - 1][a].Add(values[a]);
            }

            tally.Sums.Add(region, chunk.Places[k].R, chunk.Places[k].Z, values);
        }
    }

    /// <summary>What a thread has counted, and its scratch space.</summary>
    private sealed class Tally(SkyRegions regions)
    {
        public RegionDrawChunk Chunk { get; } = new();

        public HistogramSums Sums { get; } = new(regions.All.Select(r => regions.AxesOf(r.Number)));

        public FineCounts[][] Fine { get; } = [.. regions.All.Select(r => regions.AxesOf(r.Number).Select(a => new FineCounts(a)).ToArray())];

        public void Add(Tally other)
        {
            Sums.Add(other.Sums);
            for (int r = 0; r < Fine.Length; r++)
            {
                for (int a = 0; a < Fine[r].Length; a++)
                {
                    Fine[r][a].Add(other.Fine[r][a]);
                }
            }
        }
    }

    /// <summary>Counts in cells that are a sixteenth as wide as a histogram's and reach three times as far, for percentiles.</summary>
    private sealed class FineCounts
    {
        private const int Finer = 16;

        private readonly double low, width;
        private readonly long[] counts;
        private long below;

        public FineCounts(HistogramAxis axis)
        {
            (low, width) = (2 * axis.Low - axis.High, axis.Width / Finer);
            counts = new long[3 * Finer * axis.Count];
        }

        public void Add(double value)
        {
            double cell = Math.Floor((value - low) / width);
            if (cell < 0)
            {
                below++;
            }
            else if (cell < counts.Length)
            {
                counts[(int)cell]++;
            }
        }

        public void Add(FineCounts other)
        {
            below += other.below;
            for (int i = 0; i < counts.Length; i++)
            {
                counts[i] += other.counts[i];
            }
        }

        /// <summary>The value below which a fraction of all stars is; NaN where that is beyond the cells.</summary>
        public double Quantile(double fraction, double stars)
        {
            double left = fraction * stars - below;
            for (int i = 0; left >= 0 && i < counts.Length; i++)
            {
                if (left < counts[i])
                {
                    return low + width * (i + left / counts[i]);
                }

                left -= counts[i];
            }

            return double.NaN;
        }
    }
}
