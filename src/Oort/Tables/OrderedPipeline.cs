using System.Runtime.ExceptionServices;

namespace Oort.Tables;

/// <summary>
/// Makes items on several threads and consumes them in order, one at a time. Few items exist at once: a thread that is
/// ahead waits, and whoever made the next item consumes it and what is ready after it.
/// </summary>
/// <typeparam name="T">An item: its buffers are made once and used again.</typeparam>
internal sealed class OrderedPipeline<T>(int threads, Func<T> create)
{
    private readonly object gate = new();
    private readonly Stack<T> free = new();
    private readonly Dictionary<long, T> ready = [];
    private long next, consumed;
    private bool consuming;
    private Exception? failure;

    /// <summary>Makes and consumes items 0 to <paramref name="count"/> - 1.</summary>
    /// <param name="count">How many.</param>
    /// <param name="make">Makes an item of this number in the buffers it is given, on any thread.</param>
    /// <param name="consume">Takes items in order, on any thread, one at a time.</param>
    /// <param name="cancellation">Stops the work.</param>
    public void Run(long count, Func<long, T, T> make, Action<T> consume, CancellationToken cancellation)
    {
        int workers = (int)Math.Min(threads, count);
        using CancellationTokenRegistration wake = cancellation.Register(() => Fail(new OperationCanceledException(cancellation)));
        Thread[] others = new Thread[Math.Max(0, workers - 1)];
        for (int t = 0; t < others.Length; t++)
        {
            others[t] = new Thread(() => Work(count, 2 * workers, make, consume)) { IsBackground = true };
            others[t].Start();
        }

        Work(count, 2 * workers, make, consume);
        foreach (Thread other in others)
        {
            other.Join();
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private void Work(long count, int window, Func<long, T, T> make, Action<T> consume)
    {
        try
        {
            while (Take(count, window) is (long number, T buffers))
            {
                T item = make(number, buffers);
                lock (gate)
                {
                    ready.Add(number, item);
                    if (consuming)
                    {
                        continue;
                    }

                    consuming = true;
                }

                Consume(consume);
            }
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    /// <summary>The next number and buffers for it, once it is near enough to what is being consumed; null when all is taken.</summary>
    private (long Number, T Buffers)? Take(long count, int window)
    {
        lock (gate)
        {
            while (failure is null && next < count && next >= consumed + window)
            {
                Monitor.Wait(gate);
            }

            return failure is not null || next >= count ? null : (next++, free.TryPop(out T? used) ? used : create());
        }
    }

    private void Consume(Action<T> consume)
    {
        while (true)
        {
            T? item;
            lock (gate)
            {
                if (failure is not null || !ready.Remove(consumed, out item))
                {
                    consuming = false;
                    return;
                }
            }

            consume(item);
            lock (gate)
            {
                consumed++;
                free.Push(item);
                Monitor.PulseAll(gate);
            }
        }
    }

    private void Fail(Exception e)
    {
        lock (gate)
        {
            failure ??= e;
            Monitor.PulseAll(gate);
        }
    }
}
