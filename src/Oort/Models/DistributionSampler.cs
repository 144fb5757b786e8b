using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Oort.Actions;
using Oort.DistributionFunctions;
using Oort.Numerics;
using Oort.Tables;

namespace Oort.Models;

/// <summary>
/// Draws stars from a distribution function by rejection. Proposals come from a density that is multilinear in the coordinates of a
/// <see cref="SamplingMap"/> through the values of f at its nodes, raised where a trial showed f above it. A proposal is accepted with
/// probability f / proposal density; should that exceed 1, the star is placed once more, at another azimuth, with the probability of the excess: so the expected
/// density of stars is f everywhere, whatever the proposals, and an envelope that is too low costs a few stars a twin, not the
/// distribution its truth.
/// </summary>
internal sealed class DistributionSampler : ComponentSampler
{
    // A trial proposal for every so many nodes finds most places where f is above the multilinear through a cell's corners, as it is where it is
    // convex upwards.
    private const int NodesPerTrial = 8, FewestTrials = 8;

    // Instead of v_phi = 0, where actions change their form.
    private const double LeastVphi = 1e-3;

    private readonly DistributionFunction df;
    private readonly SamplingFinders finders;
    private readonly SamplingMap map;
    private readonly MultilinearDensity proposals;
    private readonly ConcurrentBag<SamplingBatch> batches = [];

    public DistributionSampler(DistributionFunction df, SamplingMap map, SamplingFinders finders, int threads)
    {
        (this.df, this.map, this.finders) = (df, map, finders);
        float[] values = Nodes(threads);
        if (!values.AsSpan().ContainsAnyExcept(0f))
        {
            throw new InputException("the distribution function vanishes at every velocity tried: there is nothing to draw");
        }

        proposals = new(map.Sizes, values);
        Raise(values, threads);
        proposals = new(map.Sizes, values);
    }

    /// <summary>Integral of the density of proposals, Msun: the mass divided by it is the share of them that are accepted.</summary>
    public double ProposedMass => proposals.Total;

    /// <summary>The coordinates of the proposals.</summary>
    public SamplingMap Map => map;

    /// <summary>The density of the proposals.</summary>
    public MultilinearDensity Proposals => proposals;

    /// <inheritdoc/>
    public override ComponentSampler At(double R, double z, int threads) => new DistributionSampler(df, map.At(R, z), finders, threads);

    /// <inheritdoc/>
    public override void Fill(ParticleChunk chunk, int count, ref Xoshiro256 random) => Fill(chunk, count, ref random, out _);

    /// <summary>As the other, and tells what it took.</summary>
    public void Fill(ParticleChunk chunk, int count, ref Xoshiro256 random, out SamplingTally tally)
    {
        tally = default;
        SamplingBatch batch = Take();
        Span<int> accepted = stackalloc int[SamplingBatch.Capacity];
        Span<int> copies = stackalloc int[SamplingBatch.Capacity];
        while (chunk.Count < count)
        {
            batch.Count = SamplingBatch.Capacity;
            proposals.Draw(ref random, batch.Coordinates, batch.Envelope);
            map.Transform(batch);
            Distribution(batch, finders.Stars);
            int kept = 0;
            for (int i = 0; i < batch.Count; i++)
            {
                double ratio = batch.F[i] * batch.Weight[i] / batch.Envelope[i];
                int copy = (int)(ratio + random.Uniform());
                tally.Add(ratio);
                if (copy > 0)
                {
                    (accepted[kept], copies[kept]) = (i, copy);
                    kept++;
                }
            }

            batch.Keep(accepted[..kept]);
            for (int k = 0; k < batch.Count; k++)
            {
                for (int copy = copies[k]; copy > 0 && chunk.Count < count; copy--)
                {
                    double sign = random.Uniform() * batch.F[k] < batch.Backwards[k] ? -1 : 1;
                    Place(chunk, batch.R[k], batch.Z[k], batch.VR[k], batch.Vz[k], sign * batch.Vphi[k], batch.Jr[k], batch.Jz[k], map.IsOnePlace, ref random);
                }
            }
        }

        batches.Add(batch);
    }

    /// <summary>f of a batch of stars, that at -v_phi added; 0 where a star would not be bound.</summary>
    public void DistributionOfStars(SamplingBatch batch) => Distribution(batch, finders.Stars);

    /// <summary>f of a batch, that at -v_phi added; 0 where a star would not be bound.</summary>
    private void Distribution(SamplingBatch batch, ActionFinder actions)
    {
        actions.Actions(
            new() { R = batch.R, z = batch.Z, vR = batch.VR, vz = batch.Vz, vphi = batch.Vphi },
            new() { Jr = batch.Jr, Jz = batch.Jz, Jphi = batch.Jphi });
        Distribution(batch);
    }

    /// <summary>The same where the actions are known.</summary>
    private void Distribution(SamplingBatch batch)
    {
        Span<double> f = batch.F, backwards = batch.Backwards;
        df.Evaluate(batch.Jr, batch.Jz, batch.Jphi, f);
        if (df.VanishesForRetrograde)
        {
            backwards.Clear();
        }
        else if (df.IsEvenInJphi)
        {
            f.CopyTo(backwards);
        }
        else
        {
            TensorPrimitives.Negate(batch.Jphi, batch.Jphi);
            df.Evaluate(batch.Jr, batch.Jz, batch.Jphi, backwards);
        }

        for (int i = 0; i < f.Length; i++)
        {
            double both = f[i] + backwards[i];
            f[i] = both > 0 && double.IsFinite(both) ? both : 0;
        }
    }

    /// <summary>f times the volume element at the nodes.</summary>
    private float[] Nodes(int threads)
    {
        int[] sizes = map.Sizes;
        int velocities = sizes[2] * sizes[3] * sizes[4];
        float[] values = new float[sizes[0] * sizes[1] * velocities];
        Parallel.For(0, sizes[0] * sizes[1], new ParallelOptions { MaxDegreeOfParallelism = threads }, finders.Nodes, (position, _, actions) =>
        {
            SamplingBatch batch = Take();
            Span<float> here = values.AsSpan(position * velocities, velocities);
            Span<int> nodes = stackalloc int[SamplingBatch.Capacity];
            int waiting = 0;
            for (int node = 0; node < velocities; node++)
            {
                int e = node % sizes[4], d = node / sizes[4] % sizes[3], c = node / (sizes[4] * sizes[3]);
                // At rest in the meridional plane the volume vanishes, at the escape speed f; the last direction is the first.
                bool empty = d == 0 || d == sizes[3] - 1 || c == sizes[2] - 1 || e == sizes[4] - 1;
                if (!empty)
                {
                    nodes[waiting++] = node;
                }

                if (waiting == SamplingBatch.Capacity || (node == velocities - 1 && waiting > 0))
                {
                    Evaluate(batch, actions, position, nodes[..waiting], here);
                    waiting = 0;
                }
            }

            for (int node = sizes[4] - 1; node < velocities; node += sizes[4])
            {
                here[node] = here[node - sizes[4] + 1];
            }

            batches.Add(batch);
            return actions;
        },
        _ => { });
        return values;
    }

    private void Evaluate(SamplingBatch batch, SamplingNodes actions, int position, ReadOnlySpan<int> nodes, Span<float> here)
    {
        int[] sizes = map.Sizes;
        // Whole vectors: the last node again and again.
        int lanes = System.Numerics.Vector<double>.Count, n = (nodes.Length + lanes - 1) / lanes * lanes;
        batch.Count = n;
        Span<double> q = batch.Coordinates;
        for (int i = 0; i < n; i++)
        {
            int node = nodes[Math.Min(i, nodes.Length - 1)];
            q[i] = position / sizes[1];
            q[n + i] = position % sizes[1];
            q[2 * n + i] = Math.Max(LeastVphi, node / (sizes[4] * sizes[3]));
            q[3 * n + i] = node / sizes[4] % sizes[3];
            q[4 * n + i] = node % sizes[4];
        }

        map.Transform(batch);
        actions.Actions(batch);
        Distribution(batch);
        for (int i = 0; i < nodes.Length; i++)
        {
            here[nodes[i]] = (float)(batch.F[i] * batch.Weight[i]);
        }
    }

    /// <summary>Raises the nodes around trial proposals at which f was above the density they were drawn from.</summary>
    private void Raise(float[] values, int threads)
    {
        float[] factors = new float[values.Length];
        Array.Fill(factors, 1f);
        Parallel.For(0, Math.Max(FewestTrials, values.Length / (NodesPerTrial * SamplingBatch.Capacity)), new ParallelOptions { MaxDegreeOfParallelism = threads }, trial =>
        {
            SamplingBatch batch = Take();
            batch.Count = SamplingBatch.Capacity;
            // A stream that no draw uses: those are numbered from 0.
            Xoshiro256 random = new(0, ulong.MaxValue, (ulong)trial);
            proposals.Draw(ref random, batch.Coordinates, batch.Envelope);
            map.Transform(batch);
            Distribution(batch, finders.Fast);
            for (int i = 0; i < batch.Count; i++)
            {
                batch.F[i] *= batch.Weight[i] / batch.Envelope[i];
            }

            // The largest factor of a node does not depend on the order of the trials.
            lock (factors)
            {
                proposals.Spread(batch.Coordinates, batch.F, factors);
            }

            batches.Add(batch);
        });
        for (int i = 0; i < values.Length; i++)
        {
            values[i] *= factors[i];
        }
    }

    private SamplingBatch Take() => batches.TryTake(out SamplingBatch? free) ? free : new();
}

/// <summary>What a draw took.</summary>
internal record struct SamplingTally
{
    /// <summary>Number of proposals.</summary>
    public long Proposals { get; private set; }

    /// <summary>Sum of f over the density of proposals: divided by their number, the share that is accepted.</summary>
    public double Sum { get; private set; }

    /// <summary>The part of that sum above 1 in each term: stars that got a twin.</summary>
    public double Excess { get; private set; }

    /// <summary>The largest term.</summary>
    public double Largest { get; private set; }

    public void Add(double ratio)
    {
        Proposals++;
        Sum += ratio;
        Excess += Math.Max(0, ratio - 1);
        Largest = Math.Max(Largest, ratio);
    }
}
