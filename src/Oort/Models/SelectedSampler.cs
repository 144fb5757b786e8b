using System.Collections.Concurrent;
using Oort.Numerics;
using Oort.Tables;

namespace Oort.Models;

/// <summary>
/// Draws stars of one component distributed as f times a selection function. First positions, by rejection, from the selection times the integral over velocities of
/// the proposals of <see cref="DistributionSampler"/>; then, by rejection from these proposals at that place, velocities: together the density of
/// stars is f times the selection, whatever the proposals. Safe to share between threads.
/// </summary>
internal sealed class SelectedSampler
{
    private const int Trials = 64;
    private const float Margin = 1.05f;
    private const double HeightFloor = 1e-9;

    private static readonly int[] Sizes = [25, 25, 17];

    private readonly SelectionFunction selection;
    private readonly DistributionSampler velocities;
    private readonly MultilinearConditional conditional;
    private readonly MultilinearDensity positions;
    private readonly ConcurrentBag<Scratch> scratches = [];

    /// <summary>A sampler of a component, with proposals made for where the selection is.</summary>
    public SelectedSampler(SelectionFunction selection, DistributionSampler velocities)
    {
        (this.selection, this.velocities) = (selection, velocities);
        conditional = new(velocities.Proposals);
        float[] values = new float[Sizes[0] * Sizes[1] * Sizes[2]];
        Scratch scratch = new();
        for (int from = 0; from < values.Length; from += Scratch.Capacity)
        {
            int n = Math.Min(Scratch.Capacity, values.Length - from);
            Span<double> q = scratch.Q(n);
            for (int i = 0; i < n; i++)
            {
                int node = from + i;
                q[i] = node / (Sizes[2] * Sizes[1]);
                q[n + i] = node / Sizes[2] % Sizes[1];
                q[2 * n + i] = node % Sizes[2];
            }

            Positions(scratch, n);
            for (int i = 0; i < n; i++)
            {
                values[from + i] = (float)scratch.Density[i];
            }
        }

        positions = new(Sizes, values);
        Raise(scratch, values);
        positions = new(Sizes, values);
    }

    /// <summary>Adds stars to a chunk until it holds <paramref name="count"/>.</summary>
    public void Fill(ParticleChunk chunk, int count, ref Xoshiro256 random) => Fill(chunk, count, ref random, out _, out _);

    /// <summary>As the other, and tells what it took: <paramref name="places"/> of positions, <paramref name="speeds"/> of velocities.</summary>
    public void Fill(ParticleChunk chunk, int count, ref Xoshiro256 random, out SamplingTally places, out SamplingTally speeds)
    {
        (places, speeds) = (default, default);
        Scratch scratch = scratches.TryTake(out Scratch? free) ? free : new();
        Span<int> accepted = stackalloc int[SamplingBatch.Capacity];
        Span<int> copies = stackalloc int[SamplingBatch.Capacity];
        while (chunk.Count < count)
        {
            FillPlaces(scratch, ref random, ref places);
            SamplingBatch batch = scratch.Batch;
            batch.Count = SamplingBatch.Capacity;
            scratch.A.CopyTo(batch.Coordinates);
            scratch.B.CopyTo(batch.Coordinates[SamplingBatch.Capacity..]);
            conditional.Draw(ref random, batch.Coordinates, batch.Count);
            velocities.Proposals.Evaluate(batch.Coordinates, batch.Envelope);
            velocities.Map.Transform(batch);
            velocities.DistributionOfStars(batch);
            int kept = 0;
            for (int i = 0; i < batch.Count; i++)
            {
                double ratio = batch.F[i] * batch.Weight[i] / batch.Envelope[i];
                int copy = (int)(ratio + random.Uniform());
                speeds.Add(ratio);
                if (copy > 0)
                {
                    (accepted[kept], copies[kept]) = (i, copy);
                    kept++;
                }
            }

            for (int k = 0; k < kept; k++)
            {
                for (int copy = copies[k]; copy > 0 && chunk.Count < count; copy--)
                {
                    Place(chunk, scratch, accepted[k], ref random);
                }
            }
        }

        scratches.Add(scratch);
    }

    /// <summary>Adds a star where it was placed, on its way there or back: f is the same at (z, v_R, v_z), (z, -v_R, -v_z) and (-z, v_R, -v_z).</summary>
    private static void Place(ParticleChunk chunk, Scratch scratch, int k, ref Xoshiro256 random)
    {
        SamplingBatch batch = scratch.Batch;
        double x = scratch.X[k], y = scratch.Y[k], z = scratch.Z[k], R = Math.Sqrt(x * x + y * y), cos = x / R, sin = y / R;
        ulong bits = random.Next();
        double way = (bits & 1) == 0 ? 1 : -1, side = z < 0 ? -1 : 1;
        double vphi = (random.Uniform() * batch.F[k] < batch.Backwards[k] ? -1 : 1) * batch.Vphi[k], vR = way * batch.VR[k];
        int i = chunk.Count++;
        (chunk.X[i], chunk.Y[i], chunk.Z[i]) = (x, y, z);
        chunk.VX[i] = vR * cos - vphi * sin;
        chunk.VY[i] = vR * sin + vphi * cos;
        chunk.VZ[i] = side * way * batch.Vz[k];
        (chunk.Jr[i], chunk.Jz[i]) = (batch.Jr[k], batch.Jz[k]);
    }

    /// <summary>A batch of positions.</summary>
    private void FillPlaces(Scratch scratch, ref Xoshiro256 random, ref SamplingTally tally)
    {
        for (int have = 0; have < SamplingBatch.Capacity;)
        {
            Span<double> envelope = scratch.Envelope;
            positions.Draw(ref random, scratch.Q(Scratch.Capacity), envelope);
            Positions(scratch, Scratch.Capacity);
            for (int i = 0; i < Scratch.Capacity; i++)
            {
                double ratio = scratch.Density[i] / envelope[i];
                tally.Add(ratio);
                for (int copy = (int)(ratio + random.Uniform()); copy > 0 && have < SamplingBatch.Capacity; copy--)
                {
                    scratch.Keep(i, have++);
                }
            }
        }
    }

    /// <summary>Places, and the density of stars to be expected per unit of the coordinates, at coordinates in units of nodes.</summary>
    private void Positions(Scratch scratch, int n)
    {
        Span<double> q = scratch.Q(n), u = scratch.U(n);
        for (int k = 0; k < 3; k++)
        {
            double scale = 1.0 / (Sizes[k] - 1);
            for (int i = 0; i < n; i++)
            {
                u[k * n + i] = q[k * n + i] * scale;
            }
        }

        Span<double> x = scratch.NewX[..n], y = scratch.NewY[..n], z = scratch.NewZ[..n], density = scratch.Density[..n];
        selection.Map(u, x, y, z, density);
        for (int i = 0; i < n; i++)
        {
            // Where nothing is selected no place is needed, least of all on the axis.
            double R = Math.Sqrt(x[i] * x[i] + y[i] * y[i]);
            if (density[i] > 0 && R > HeightFloor)
            {
                (scratch.NewA[i], scratch.NewB[i], double volume) = velocities.Map.Locate(R, Math.Abs(z[i]));
                density[i] *= conditional.Total(scratch.NewA[i], scratch.NewB[i]) / volume;
            }
            else
            {
                density[i] = 0;
            }
        }
    }

    /// <summary>Raises the nodes around trial positions at which the density was above that they were drawn from.</summary>
    private void Raise(Scratch scratch, float[] values)
    {
        float[] factors = new float[values.Length];
        Array.Fill(factors, 1f);
        double[] ratio = new double[Scratch.Capacity];
        for (int trial = 0; trial < Trials; trial++)
        {
            // A stream that no draw uses.
            Xoshiro256 random = new(1, ulong.MaxValue, (ulong)trial);
            positions.Draw(ref random, scratch.Q(Scratch.Capacity), scratch.Envelope);
            Positions(scratch, Scratch.Capacity);
            for (int i = 0; i < ratio.Length; i++)
            {
                ratio[i] = scratch.Density[i] / scratch.Envelope[i];
            }

            positions.Spread(scratch.Q(Scratch.Capacity), ratio, factors);
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] *= Margin * factors[i];
        }
    }

    /// <summary>Room for a batch. One instance serves one thread.</summary>
    private sealed class Scratch
    {
        public const int Capacity = MultilinearDensity.LongestDraw;

        private readonly double[][] columns = [.. Enumerable.Range(0, 12).Select(_ => new double[Capacity])];
        private readonly double[] q = new double[3 * Capacity], u = new double[3 * Capacity];

        public SamplingBatch Batch { get; } = new();

        public Span<double> Envelope => columns[0];

        public Span<double> Density => columns[1];

        public Span<double> NewX => columns[2];

        public Span<double> NewY => columns[3];

        public Span<double> NewZ => columns[4];

        public Span<double> NewA => columns[5];

        public Span<double> NewB => columns[6];

        public Span<double> X => columns[7];

        public Span<double> Y => columns[8];

        public Span<double> Z => columns[9];

        public Span<double> A => columns[10];

        public Span<double> B => columns[11];

        public Span<double> Q(int n) => q.AsSpan(0, 3 * n);

        public Span<double> U(int n) => u.AsSpan(0, 3 * n);

        /// <summary>Keeps one of the new places.</summary>
        public void Keep(int from, int to)
        {
            for (int c = 2; c < 7; c++)
            {
                columns[c + 5][to] = columns[c][from];
            }
        }
    }
}
