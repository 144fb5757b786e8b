using System.Text;

namespace Oort.Inference.Ranks;

/// <summary>
/// A density whose points are spread over ranks. Rank 0 sends a free rank some of the points that are left, fewer the fewer are left, and evaluates some itself meanwhile: no rank waits for long
/// when some points cost more than others. Which rank evaluates which point depends on chance; the result does not.
/// </summary>
public sealed class RankedDensity : ILogDensity, IDisposable
{
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(60);

    private readonly IRanks ranks;
    private readonly ILogDensity own;
    private readonly (int First, int Count)?[] sent;
    private readonly Lock queue = new();
    private int next;

    /// <summary>Waits until all other ranks can evaluate the same density.</summary>
    /// <param name="ranks">The ranks; this one is 0.</param>
    /// <param name="own">The density of this rank.</param>
    /// <param name="fingerprint">Names all that the density depends on.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">A rank reads other files.</exception>
    public RankedDensity(IRanks ranks, ILogDensity own, string fingerprint, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        ArgumentNullException.ThrowIfNull(own);
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

                if (Said(message, RankProtocol.Ready) is byte[] print && Encoding.UTF8.GetString(print) != fingerprint)
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

    /// <inheritdoc/>
    public int Dimensions => own.Dimensions;

    /// <summary>Messages and bytes sent and received so far.</summary>
    public (long Messages, long Bytes) Traffic { get; private set; }

    /// <inheritdoc/>
    public double[] Evaluate(IReadOnlyList<double[]> points, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        double[] logs = new double[points.Count];
        next = 0;
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        for (int r = 1; r < ranks.Size; r++)
        {
            Send(r, points);
        }

        Task local = Task.Run(() => EvaluateHere(points, logs, stop.Token), CancellationToken.None);
        try
        {
            while (Array.Exists(sent, s => s is not null))
            {
                cancellation.ThrowIfCancellationRequested();
                if (local.IsFaulted)
                {
                    break;
                }

                if (ranks.Receive(RankProtocol.Patience) is RankMessage message)
                {
                    Take(message, logs);
                    Send(message.From, points);
                }
            }

            local.GetAwaiter().GetResult();
        }
        catch
        {
            stop.Cancel();
            Wait(local);
            throw;
        }

        return logs;
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

    private void EvaluateHere(IReadOnlyList<double[]> points, double[] logs, CancellationToken cancellation)
    {
        while (Next(points.Count) is (int first, int count))
        {
            own.Evaluate([.. Enumerable.Range(first, count).Select(i => points[i])], cancellation).CopyTo(logs, first);
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

    private void Send(int rank, IReadOnlyList<double[]> points)
    {
        if (Next(points.Count) is not (int first, int count))
        {
            return;
        }

        byte[] bytes = DoubleBytes.Of(Enumerable.Range(first, count).SelectMany(i => points[i]), count * Dimensions);
        sent[rank] = (first, count);
        ranks.Send(rank, RankProtocol.Points, bytes);
        Traffic = (Traffic.Messages + 1, Traffic.Bytes + bytes.Length);
    }

    private void Take(RankMessage message, double[] logs)
    {
        if (Said(message, RankProtocol.Densities) is byte[] bytes && sent[message.From] is (int first, int count))
        {
            double[] numbers = DoubleBytes.Read(bytes);
            if (numbers.Length != count)
            {
                throw new NumericalException(FormattableString.Invariant($"rank {message.From} answered {numbers.Length} numbers for {count} points"));
            }

            numbers.CopyTo(logs, first);
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
