using System.Collections.Concurrent;
using Oort.Coordinates;
using Oort.Models;
using Oort.Numerics;
using Oort.Tables;

namespace Oort.Surveys;

/// <summary>Predicts what is seen in regions of the sky by drawing stars inside them, as many in each.</summary>
internal sealed class RegionSampler
{
    // Sets the streams of errors apart from those of stars.
    private const ulong ErrorStream = 0x0b5e7ed5, Golden = 0x9e3779b97f4a7c15;

    private readonly SkyRegions regions;
    private readonly RegionConditions conditions;
    private readonly GalactocentricTransform transform;
    private readonly SelectedGalaxy[] seen;
    private readonly int threads;

    /// <summary>Prepares the draw.</summary>
    public RegionSampler(Galaxy galaxy, Func<GalaxyComponent, bool> components, Sun sun, SkyRegions regions, RegionConditions conditions, int threads, CancellationToken cancellation)
    {
        (this.regions, this.conditions, this.threads, transform) = (regions, conditions, threads, new(sun));
        HeliocentricSelection[] selections = [.. regions.All.Select(r => new HeliocentricSelection(sun, Law(r), r.Window))];
        SelectionBounds bounds = new(selections.Min(s => s.Bounds.InnerR), selections.Max(s => s.Bounds.OuterR), selections.Max(s => s.Bounds.Height));
        SeenPopulations populations = new(galaxy, bounds, components, SamplingActions.Fudge, threads, cancellation);
        seen = new SelectedGalaxy[selections.Length];
        Parallel.For(0, seen.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i => seen[i] = new(populations, selections[i]));
    }

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
            Count((int)region, index, (int)Math.Min(SelectedGalaxy.ChunkSize, count - index * SelectedGalaxy.ChunkSize), seed + Golden * (ulong)(region + 1), tally);
            tallies.Add(tally);
            progress?.Report((double)Interlocked.Increment(ref done) / (chunks * regions.Count));
        });
        Tally all = new(regions);
        foreach (Tally tally in tallies)
        {
            all.Add(tally);
        }

        HistogramSet histograms = all.Sums.Histograms();
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

        return new(RegionMethod.Sample, histograms, moments, [.. seen.Select((s, r) => s.SelectedMass.Sum() * histograms.Bins[r].Stars / count)]);
    }

    private DistanceLaw Law(SkyRegion region)
        => conditions.Selection is not DistanceLaw law ? DistanceLaw.Uniform(region.Nearest, region.Farthest)
            : new([region.Nearest, .. law.Distances.Where(d => d > region.Nearest && d < region.Farthest), region.Farthest],
                [law.At(region.Nearest), .. law.Distances.Where(d => d > region.Nearest && d < region.Farthest).Select(law.At), law.At(region.Farthest)]);

    private void Count(int region, long index, int count, ulong seed, Tally tally)
    {
        StarChunk chunk = tally.Chunk;
        seen[region].Fill(index, count, seed, chunk);
        ParticleChunk s = chunk.Stars;
        double[][] sky = tally.Sky;
        transform.ToSky(
            new() { x = s.X.AsSpan(0, count), y = s.Y.AsSpan(0, count), z = s.Z.AsSpan(0, count), vx = s.VX.AsSpan(0, count), vy = s.VY.AsSpan(0, count), vz = s.VZ.AsSpan(0, count) },
            GalacticFrame.Model,
            new()
            {
                Ra = sky[0].AsSpan(0, count),
                Dec = sky[1].AsSpan(0, count),
                Distance = sky[2].AsSpan(0, count),
                LineOfSightVelocity = sky[3].AsSpan(0, count),
                PmRa = sky[4].AsSpan(0, count),
                PmDec = sky[5].AsSpan(0, count),
            });
        IReadOnlyList<HistogramAxis> axes = regions.AxesOf(region + 1);
        int[] column = [.. axes.Select(a => 3 + SkyRegions.Quantities.ToList().IndexOf(a.Quantity))];
        Span<double> values = stackalloc double[axes.Count];
        Xoshiro256 random = new(seed, ErrorStream, (ulong)index);
        for (int i = 0; i < count; i++)
        {
            CylindricalPoint star = CylindricalPoint.FromCartesian(s.X[i], s.Y[i], s.Z[i], s.VX[i], s.VY[i], s.VZ[i]);
            if (conditions.Limits is { } limits && !limits.Contains(star.vR, star.vphi, star.vz))
            {
                continue;
            }

            for (int a = 0; a < values.Length; a++)
            {
                values[a] = sky[column[a]][i];
                if (conditions.Errors is not null)
                {
                    values[a] += conditions.Error(axes[a].Quantity, sky[2][i]) * random.Normal().X;
                }

                tally.Fine[region][a].Add(values[a]);
            }

            tally.Sums.Add(region + 1, star.R, star.z, values);
        }
    }

    /// <summary>What a thread has counted, and its scratch space.</summary>
    private sealed class Tally(SkyRegions regions)
    {
        public StarChunk Chunk { get; } = new(SelectedGalaxy.ChunkSize);

        public double[][] Sky { get; } = [.. Enumerable.Range(0, 6).Select(_ => new double[SelectedGalaxy.ChunkSize])];

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
