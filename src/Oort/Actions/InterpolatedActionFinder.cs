using System.Collections.Concurrent;
using Oort.Coordinates;
using Oort.Potentials;

namespace Oort.Actions;

/// <summary>
/// Actions of the Staeckel fudge from tables (<see cref="ActionTable"/>), for many stars in one potential. Where a table would not be accurate,
/// and outside of it, the fudge itself finds the actions. Angles and frequencies are those of the fudge.
/// Immutable and safe to share between threads.
/// </summary>
public sealed class InterpolatedActionFinder : ActionFinder
{
    private readonly Potential potential;
    private readonly FocalDistances focalDistances;
    private readonly StaeckelFudgeFinder exact, fallback;
    private readonly ActionTable table;
    private readonly PlanePotential plane;
    private readonly ConcurrentBag<InterpolatedBlock> blocks = [];

    /// <summary>Tabulates the actions.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="focalDistances">Table of focal distances of this potential; made here if absent.</param>
    /// <param name="threads">Threads to build with; the tables do not depend on it.</param>
    public InterpolatedActionFinder(Potential potential, FocalDistances? focalDistances = null, int threads = 1)
        : this(potential, focalDistances, new ActionTableSettings(), threads)
    {
    }

    internal InterpolatedActionFinder(Potential potential, FocalDistances? focalDistances, ActionTableSettings settings, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        this.potential = potential;
        this.focalDistances = focalDistances ?? new(potential, threads: threads);
        exact = new(potential, this.focalDistances);
        fallback = new(potential, this.focalDistances, ActionAccuracy.Fast);
        table = new(potential, this.focalDistances, settings, threads);
        plane = new(potential, 1e-4 * settings.SmallestRadius, 10 * settings.LargestRadius);
    }

    /// <inheritdoc/>
    public override void Actions(PhaseSpaceBatch stars, ActionBatch actions) => Interpolate(stars, actions);

    /// <inheritdoc/>
    public override void ActionsAndAngles(PhaseSpaceBatch stars, ActionBatch actions, AngleFrequencyBatch angles)
    {
        exact.ActionsAndAngles(stars, actions, angles);
        Interpolate(stars, actions);
    }

    /// <summary>Actions of a batch; the number of stars that the table could not tell.</summary>
    internal int Interpolate(PhaseSpaceBatch stars, ActionBatch actions)
    {
        InterpolatedBlock block = blocks.TryTake(out InterpolatedBlock? kept) ? kept : new(potential, focalDistances, table, plane);
        Span<int> untold = block.Untold;
        Span<double> memory = block.Memory;
        int all = 0;
        for (int start = 0; start < stars.Count; start += InterpolatedBlock.Capacity)
        {
            int n = Math.Min(InterpolatedBlock.Capacity, stars.Count - start);
            PhaseSpaceBatch part = new()
            {
                R = stars.R.Slice(start, n),
                z = stars.z.Slice(start, n),
                vR = stars.vR.Slice(start, n),
                vz = stars.vz.Slice(start, n),
                vphi = stars.vphi.Slice(start, n),
            };
            ActionBatch result = new() { Jr = actions.Jr.Slice(start, n), Jz = actions.Jz.Slice(start, n), Jphi = actions.Jphi.Slice(start, n) };
            int missing = block.Actions(part, result, untold);
            Fall(part, result, untold[..missing], memory);
            all += missing;
        }

        blocks.Add(block);
        return all;
    }

    /// <summary>The fudge's actions of some stars of a block.</summary>
    private void Fall(PhaseSpaceBatch stars, ActionBatch actions, ReadOnlySpan<int> which, Span<double> memory)
    {
        int n = which.Length;
        if (n == 0)
        {
            return;
        }

        Span<double> R = memory[..n], z = memory.Slice(n, n), vR = memory.Slice(2 * n, n), vz = memory.Slice(3 * n, n), vphi = memory.Slice(4 * n, n);
        Span<double> Jr = memory.Slice(5 * n, n), Jz = memory.Slice(6 * n, n), Jphi = memory.Slice(7 * n, n);
        for (int k = 0; k < n; k++)
        {
            int i = which[k];
            (R[k], z[k], vR[k], vz[k], vphi[k]) = (stars.R[i], stars.z[i], stars.vR[i], stars.vz[i], stars.vphi[i]);
        }

        fallback.Actions(new() { R = R, z = z, vR = vR, vz = vz, vphi = vphi }, new() { Jr = Jr, Jz = Jz, Jphi = Jphi });
        for (int k = 0; k < n; k++)
        {
            int i = which[k];
            (actions.Jr[i], actions.Jz[i], actions.Jphi[i]) = (Jr[k], Jz[k], Jphi[k]);
        }
    }
}
