using System.Text;

namespace Oort.Inference.Ranks;

/// <summary>What all ranks but the first do: answer the points that rank 0 sends, until it says that is all.</summary>
public static class RankServer
{
    // Rank 0 may be in the middle of an evaluation when this one is interrupted. Later it is gone.
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(60);

    /// <summary>Tells all ranks but the first that there is nothing to do for them.</summary>
    /// <param name="ranks">The ranks; this one is 0.</param>
    public static void Dismiss(IRanks ranks)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        for (int r = 1; r < ranks.Size; r++)
        {
            ranks.Send(r, RankProtocol.Stop, []);
        }
    }

    /// <summary>Serves rank 0. Whatever goes wrong is told to it, not thrown.</summary>
    /// <param name="ranks">The ranks; this one is not 0.</param>
    /// <param name="prepare">Makes ready for the work, which may take a while.</param>
    /// <param name="cancellation">Ends the run.</param>
    public static void Serve(IRanks ranks, Func<RankWork> prepare, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        ArgumentNullException.ThrowIfNull(prepare);
        try
        {
            RankWork work = prepare();
            ranks.Send(0, RankProtocol.Ready, Encoding.UTF8.GetBytes(work.Fingerprint));
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                if (ranks.Receive(RankProtocol.Patience) is not RankMessage message)
                {
                    continue;
                }

                if (message.Tag == RankProtocol.Stop)
                {
                    return;
                }

                double[][] points = [.. RankProtocol.Unpack(message.Bytes).Select(p => DoubleBytes.Read(p))];
                ranks.Send(0, RankProtocol.Answers, RankProtocol.Pack([.. work.Answers(points[0], points[1..], cancellation)]));
            }
        }
        catch (OperationCanceledException)
        {
            ranks.Send(0, RankProtocol.Interrupted, []);
        }
        catch (Exception e)
        {
            ranks.Send(0, RankProtocol.Failed, RankProtocol.Bytes(e));
        }

        // Rank 0 may have sent points meanwhile; it no longer expects an answer.
        long until = Environment.TickCount64 + (long)LastWord.TotalMilliseconds;
        while (Environment.TickCount64 < until && ranks.Receive(RankProtocol.Patience)?.Tag != RankProtocol.Stop)
        {
        }
    }
}
