using Oort.Inference;
using Oort.Inference.Ranks;

namespace Oort.Cli;

/// <summary>The ranks of a run that mpirun or srun has started, if it has.</summary>
internal sealed class RankedRun : IDisposable
{
    private readonly MpiRanks? ranks;
    private readonly int rank;
    private IDisposable? spread;
    private bool dismissed;

    private RankedRun(MpiRanks? ranks, int rank) => (this.ranks, this.rank) = (ranks, rank);

    /// <summary>Whether this is one of the ranks that serve the first.</summary>
    public bool Serves => rank > 0;

    /// <summary>How many ranks work.</summary>
    public int Size => ranks?.Size ?? 1;

    /// <summary>Threads for this rank: those of the machine, shared with its other ranks.</summary>
    public int Threads => Math.Max(1, Environment.ProcessorCount / (ranks?.Local ?? 1));

    /// <summary>Joins the other ranks. Where they cannot be joined, the first works alone and says so.</summary>
    public static RankedRun Join(Streams streams)
    {
        int rank = MpiRanks.Asked()?.Rank ?? 0;
        MpiRanks? ranks = MpiRanks.Join(out string? why);
        if (why is not null && rank == 0)
        {
            streams.Warn($"started as one of {MpiRanks.Asked()?.Size} ranks, but rank 0 works alone: {why}");
        }

        return new(ranks, rank);
    }

    /// <summary>What all ranks but the first do. Errors are told to the first, which reports them.</summary>
    public void Serve(Func<RankWork> prepare, CancellationToken cancellation)
    {
        if (ranks is not null)
        {
            RankServer.Serve(ranks, prepare, cancellation);
        }
    }

    /// <summary>The density of this rank, spread over all.</summary>
    public ILogDensity Spread(ILogDensity own, string fingerprint, CancellationToken cancellation) => Spread(own, r => new RankedDensity(r, own, fingerprint, cancellation));

    /// <summary>The misfit of this rank, spread over all.</summary>
    public IObjective Spread(IObjective own, string fingerprint, CancellationToken cancellation) => Spread(own, r => new RankedObjective(r, own, fingerprint, cancellation));

    /// <summary>Tells the other ranks that this is all, and leaves them.</summary>
    public void Dispose()
    {
        spread?.Dispose();
        if (ranks?.Rank == 0 && !dismissed)
        {
            RankServer.Dismiss(ranks);
        }

        ranks?.Dispose();
    }

    private T Spread<T>(T own, Func<IRanks, T> over)
    {
        if (ranks is null)
        {
            return own;
        }

        // What fails to begin tells the others itself.
        dismissed = true;
        T all = over(ranks);
        spread = (IDisposable)all!;
        return all;
    }
}
