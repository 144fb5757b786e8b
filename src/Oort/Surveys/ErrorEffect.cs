using Oort.Coordinates;
using Oort.Tables;

namespace Oort.Surveys;

/// <summary>Check of the errors of a mock survey in one bin of distance (Binney and Vasiliev 2023, section 4.2).</summary>
/// <param name="Distance">Middle of the bin, kpc.</param>
/// <param name="Stars">Stars in it.</param>
/// <param name="Used">Uncertainties that they were scattered by.</param>
/// <param name="Found">Root mean square differences between what is measured and what is true.</param>
public readonly record struct ScatterCheck(double Distance, long Stars, Uncertainties Used, Uncertainties Found);

/// <summary>
/// What observational errors do to velocity histograms (Binney and Vasiliev 2023, Figure 9): those of the same stars, drawn from a model, before and after they are scattered by the
/// uncertainties of what is measured, in the survey's bins.
/// </summary>
/// <param name="Before">Histograms of the stars without errors.</param>
/// <param name="After">Histograms of the same stars, as they are measured.</param>
/// <param name="Checks">The scatter in each bin of distance of the <see cref="ErrorModel"/>, of all stars drawn.</param>
public sealed record ErrorEffect(HistogramSet Before, HistogramSet After, IReadOnlyList<ScatterCheck> Checks)
{
    /// <summary>
    /// Draws stars, scatters them, and counts both as <c>oort reduce</c> does: distances are inverse parallaxes, and stars that fail the cut on parallax_over_error are left out.
    /// </summary>
    /// <param name="mock">The mock survey.</param>
    /// <param name="survey">Cuts, bins and cells.</param>
    /// <param name="count">Number of stars.</param>
    /// <param name="seed">Names the draw.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="progress">Told the share of stars that is done, now and then, from any thread.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static ErrorEffect Of(MockSurvey mock, Survey survey, long count, ulong seed, int? threads = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(survey);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        Tally all = new(mock, survey);
        long done = 0;

        // Chunks are added up in their order, so that sums have the same rounding whatever the threads.
        new OrderedPipeline<(MockChunk Chunk, Tally Tally)>(threads ?? Environment.ProcessorCount, () => (new(MockSurvey.ChunkSize, mock.ExtraColumns.Count), new(mock, survey))).Run(
            (count + MockSurvey.ChunkSize - 1) / MockSurvey.ChunkSize,
            (index, own) =>
            {
                mock.Fill(index, (int)Math.Min(MockSurvey.ChunkSize, count - index * MockSurvey.ChunkSize), seed, scatter: true, own.Chunk);
                Tally tally = new(mock, survey);
                tally.Add(own.Chunk);
                return (own.Chunk, tally);
            },
            own =>
            {
                all.Add(own.Tally);
                done += own.Chunk.Count;
                progress?.Report((double)done / count);
            },
            cancellation);
        return new(all.Before.Histograms(), all.After.Histograms(), all.Checks());
    }

    /// <summary>
    /// Largest difference of the two histograms of a quantity in a bin, over the largest value of that without errors: between cumulative distributions of the stars within the edges (Kolmogorov
    /// and Smirnov's distance), which does not depend on the cells' width.
    /// </summary>
    /// <param name="bin">Number of the bin.</param>
    /// <param name="quantity">Name of the quantity.</param>
    public double CumulativeDistance(int bin, string quantity)
    {
        Histogram a = Before[bin, quantity], b = After[bin, quantity];
        double sumA = a.Count.Sum(), sumB = b.Count.Sum(), runA = 0, runB = 0, worst = 0;
        for (int i = 0; i < a.Cells; i++)
        {
            runA += a.Count[i] / sumA;
            runB += b.Count[i] / sumB;
            worst = Math.Max(worst, Math.Abs(runA - runB));
        }

        return worst;
    }

    private sealed class Tally(MockSurvey mock, Survey survey)
    {
        private readonly GalactocentricTransform transform = new(survey.Sun);
        private readonly long[] stars = new long[mock.Errors.Bins.Count];
        private readonly double[][] squares = [.. mock.Errors.Bins.Select(_ => new double[4])];

        public HistogramCounter Before { get; } = new(survey.Bins, survey.Axes);

        public HistogramCounter After { get; } = new(survey.Bins, survey.Axes);

        public void Add(Tally other)
        {
            Before.Add(other.Before);
            After.Add(other.After);
            for (int b = 0; b < stars.Length; b++)
            {
                stars[b] += other.stars[b];
                for (int k = 0; k < 4; k++)
                {
                    squares[b][k] += other.squares[b][k];
                }
            }
        }

        public void Add(MockChunk chunk)
        {
            int n = chunk.Count;
            double[] parallax = new double[n];
            for (int i = 0; i < n; i++)
            {
                parallax[i] = 1 / chunk.Distance[i] + mock.ZeroPoint;
                int bin = mock.Errors.BinOf(chunk.Distance[i]);
                stars[bin]++;
                ReadOnlySpan<double> difference =
                [
                    chunk.Parallax[i] - parallax[i], chunk.PmRa[i] - chunk.TruePmRa[i],
                    chunk.PmDec[i] - chunk.TruePmDec[i], chunk.RadialVelocity[i] - chunk.TrueRadialVelocity[i],
                ];
                for (int k = 0; k < 4; k++)
                {
                    squares[bin][k] += difference[k] * difference[k];
                }
            }

            Count(chunk, parallax, chunk.TruePmRa, chunk.TruePmDec, chunk.TrueRadialVelocity, Before);
            Count(chunk, chunk.Parallax, chunk.PmRa, chunk.PmDec, chunk.RadialVelocity, After);
        }

        public ScatterCheck[] Checks() => [.. mock.Errors.Bins.Select((used, b) =>
        {
            double[] rms = [.. squares[b].Select(s => Math.Sqrt(s / stars[b]))];
            return new ScatterCheck(mock.Errors.Farthest * (b + 0.5) / stars.Length, stars[b], used, new(rms[0], rms[1], rms[2], rms[3]));
        })];

        private void Count(MockChunk chunk, double[] parallax, double[] pmRa, double[] pmDec, double[] radialVelocity, HistogramCounter counter)
        {
            int n = chunk.Count;
            double[] distance = [.. parallax.Take(n).Select(p => 1 / (p - survey.ParallaxZeroPoint))];
            double[][] x = [.. Enumerable.Range(0, 6).Select(_ => new double[n])];
            transform.FromSky(
                new()
                {
                    Ra = chunk.Ra.AsSpan(0, n),
                    Dec = chunk.Dec.AsSpan(0, n),
                    Distance = distance,
                    PmRa = pmRa.AsSpan(0, n),
                    PmDec = pmDec.AsSpan(0, n),
                    LineOfSightVelocity = radialVelocity.AsSpan(0, n),
                },
                GalacticFrame.Model,
                new() { x = x[0], y = x[1], z = x[2], vx = x[3], vy = x[4], vz = x[5] });
            for (int i = 0; i < n; i++)
            {
                if (distance[i] > 0 && !(parallax[i] / chunk.Uncertainties[i].Parallax <= survey.LeastParallaxOverError))
                {
                    counter.Add(CylindricalPoint.FromCartesian(x[0][i], x[1][i], x[2][i], x[3][i], x[4][i], x[5][i]));
                }
            }
        }
    }
}
