using System.Text;

namespace Oort.Inference.Ranks;

/// <summary>
/// Points that are spread over ranks, which answer them. Rank 0 sends a free rank some of the points that are left, fewer the fewer are left, and answers some itself meanwhile: no rank waits for long
/// when some points cost more than others. Which rank answers which point depends on chance; the answers do not.
/// </summary>
internal sealed class RankedPoints : IDisposable
{
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(60);

    private readonly IRanks ranks;
    private readonly RankWork own;
    private readonly (int First, int Count)?[] sent;
    private readonly Lock queue = new();
    private int next;

    /// <summary>Waits until all other ranks are ready for the same work.</summary>
    /// <param name="ranks">The ranks; this one is 0.</param>
    /// <param name="own">The work of this rank.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">A rank reads other files.</exception>
    public RankedPoints(IRanks ranks, RankWork own, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        (this.ranks, this.own) = (ranks, own);
        sent = new (int, int)?[ranks.Size];
        try
        {
            for (int missing = ranks.Size - 1; missing > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                if (ranks.Receive(RankProtocol.Patience) is not RankMessage message)
                {
                    continue;
                }

                if (Said(message, RankProtocol.Ready) is byte[] print && Encoding.UTF8.GetString(print) != own.Fingerprint)
                {
                    throw new InputException(FormattableString.Invariant($"rank {message.From} reads another fit file, model, survey or data than rank 0: all ranks need the same files"));
                }

                missing--;
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Messages and bytes sent and received so far.</summary>
    public (long Messages, long Bytes) Traffic { get; private set; }

    /// <summary>The answer to each point, in their order, as soon as those before it are there.</summary>
    /// <param name="near">A point near them, from which all follow; empty for the start.</param>
    /// <param name="points">The points.</param>
    /// <param name="cancellation">Stops the work.</param>
    public IEnumerable<byte[]> Answers(double[] near, IReadOnlyList<double[]> points, CancellationToken cancellation)
    {
        byte[]?[] answers = new byte[points.Count][];
        next = 0;
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        for (int r = 1; r < ranks.Size; r++)
        {
            Send(r, near, points);
        }

        Task local = Task.Run(() => AnswerHere(near, points, answers, stop.Token), CancellationToken.None);
        try
        {
            for (int i = 0; i < answers.Length; i++)
            {
                while (Volatile.Read(ref answers[i]) is null)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (local.IsFaulted || !Array.Exists(sent, s => s is not null))
                    {
                        // This rank has the last of the points.
                        local.GetAwaiter().GetResult();
                    }
                    else if (ranks.Receive(RankProtocol.Patience) is RankMessage message)
                    {
                        Take(message, answers);
                        Send(message.From, near, points);
                    }
                }

                yield return answers[i]!;
            }
        }
        finally
        {
            stop.Cancel();
            Wait(local);
        }
    }

    /// <summary>Tells the other ranks that this is all.</summary>
    public void Dispose()
    {
        // Whoever computes is not listening; an answer that nobody waits for would be in the way of the end.
        long until = Environment.TickCount64 + (long)LastWord.TotalMilliseconds;
        while (Array.Exists(sent, s => s is not null) && Environment.TickCount64 < until)
        {
            if (ranks.Receive(RankProtocol.Patience) is RankMessage message)
            {
                sent[message.From] = null;
            }
        }

        RankServer.Dismiss(ranks);
    }

    private static void Wait(Task task)
    {
        try
        {
            task.Wait();
        }
        catch (AggregateException)
        {
            // The first error is the one that matters.
        }
    }

    private void AnswerHere(double[] near, IReadOnlyList<double[]> points, byte[]?[] answers, CancellationToken cancellation)
    {
        while (Next(points.Count) is (int first, int count))
        {
            foreach (byte[] answer in own.Answers(near, [.. Enumerable.Range(first, count).Select(i => points[i])], cancellation))
            {
                Volatile.Write(ref answers[first++], answer);
            }
        }
    }

    /// <summary>Some of the points that are left; null if none is.</summary>
    private (int First, int Count)? Next(int points)
    {
        lock (queue)
        {
            int left = points - next;
            if (left == 0)
            {
                return null;
            }

            (int first, int count) = (next, Math.Max(1, left / (2 * ranks.Size)));
            next += count;
            return (first, count);
        }
    }

    private void Send(int rank, double[] near, IReadOnlyList<double[]> points)
    {
        if (Next(points.Count) is not (int first, int count))
        {
            return;
        }

        byte[] bytes = RankProtocol.Pack([DoubleBytes.Of(near, near.Length), .. Enumerable.Range(first, count).Select(i => DoubleBytes.Of(points[i], points[i].Length))]);
        sent[rank] = (first, count);
        ranks.Send(rank, RankProtocol.Points, bytes);
        Traffic = (Traffic.Messages + 1, Traffic.Bytes + bytes.Length);
    }

    private void Take(RankMessage message, byte[]?[] answers)
    {
        if (Said(message, RankProtocol.Answers) is byte[] bytes && sent[message.From] is (int first, int count))
        {
            byte[][] parts = RankProtocol.Unpack(bytes);
            if (parts.Length != count)
            {
                throw new NumericalException(FormattableString.Invariant($"rank {message.From} gave {parts.Length} answers to {count} points"));
            }

            parts.CopyTo(answers, first);
            sent[message.From] = null;
            Traffic = (Traffic.Messages + 1, Traffic.Bytes + bytes.Length);
        }
    }

    private byte[] Said(RankMessage message, int expected)
    {
        if (message.Tag == expected)
        {
            return message.Bytes;
        }

        sent[message.From] = null;
        throw message.Tag switch
        {
            RankProtocol.Failed => RankProtocol.Failure(message),
            RankProtocol.Interrupted => new OperationCanceledException(FormattableString.Invariant($"rank {message.From} was interrupted")),
            _ => new NumericalException(FormattableString.Invariant($"rank {message.From} sent a message of kind {message.Tag} where one of kind {expected} was due")),
        };
    }
}
