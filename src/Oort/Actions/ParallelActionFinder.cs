using Oort.Coordinates;

namespace Oort.Actions;

/// <summary>
/// Shares the stars of a batch among threads, in blocks of fixed size: the results are those of the finder it wraps, whatever the
/// number of threads. For catalogues; batches that a parallel loop calls for are better left to that loop.
/// </summary>
public sealed class ParallelActionFinder : ActionFinder
{
    private const int Block = 1024;

    private readonly ActionFinder finder;
    private readonly ParallelOptions options;

    /// <summary>Wraps a finder.</summary>
    /// <param name="finder">The finder that does the work.</param>
    /// <param name="threads">Number of threads.</param>
    public ParallelActionFinder(ActionFinder finder, int threads)
    {
        ArgumentNullException.ThrowIfNull(finder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        this.finder = finder;
        options = new() { MaxDegreeOfParallelism = threads };
    }

    /// <inheritdoc/>
    public override void Actions(PhaseSpaceBatch stars, ActionBatch actions) => Run(stars, actions, default, 3);

    /// <inheritdoc/>
    public override void ActionsAndAngles(PhaseSpaceBatch stars, ActionBatch actions, AngleFrequencyBatch angles) => Run(stars, actions, angles, 9);

    private void Run(PhaseSpaceBatch stars, ActionBatch actions, AngleFrequencyBatch angles, int columns)
    {
        // Spans do not cross threads: one copy in, one out.
        int n = stars.Count;
        double[] R = [.. stars.R], z = [.. stars.z], phi = [.. stars.phi], vR = [.. stars.vR], vz = [.. stars.vz], vphi = [.. stars.vphi];
        double[][] found = [.. Enumerable.Range(0, columns).Select(_ => new double[n])];
        Parallel.For(0, (n + Block - 1) / Block, options, block =>
        {
            Range part = (block * Block)..Math.Min(n, (block + 1) * Block);
            PhaseSpaceBatch batch = new()
            {
                R = R.AsSpan(part),
                z = z.AsSpan(part),
                phi = phi.Length == n ? phi.AsSpan(part) : default,
                vR = vR.AsSpan(part),
                vz = vz.AsSpan(part),
                vphi = vphi.AsSpan(part),
            };
            ActionBatch J = new() { Jr = found[0].AsSpan(part), Jz = found[1].AsSpan(part), Jphi = found[2].AsSpan(part) };
            if (columns == 3)
            {
                finder.Actions(batch, J);
                return;
            }

            finder.ActionsAndAngles(batch, J, new()
            {
                ThetaR = found[3].AsSpan(part),
                ThetaZ = found[4].AsSpan(part),
                ThetaPhi = found[5].AsSpan(part),
                OmegaR = found[6].AsSpan(part),
                OmegaZ = found[7].AsSpan(part),
                OmegaPhi = found[8].AsSpan(part),
            });
        });
        found[0].CopyTo(actions.Jr);
        found[1].CopyTo(actions.Jz);
        found[2].CopyTo(actions.Jphi);
        if (columns > 3)
        {
            found[3].CopyTo(angles.ThetaR);
            found[4].CopyTo(angles.ThetaZ);
            found[5].CopyTo(angles.ThetaPhi);
            found[6].CopyTo(angles.OmegaR);
            found[7].CopyTo(angles.OmegaZ);
            found[8].CopyTo(angles.OmegaPhi);
        }
    }
}
