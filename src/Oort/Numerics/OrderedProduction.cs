namespace Oort.Numerics;

/// <summary>
/// Makes numbered products on several threads and hands them out in order, with no more than a few waiting: memory stays bounded however many
/// there are and however slow the one who takes them is.
/// </summary>
/// <typeparam name="T">A product.</typeparam>
/// <param name="count">Number of products.</param>
/// <param name="threads">Number of threads.</param>
/// <param name="make">Makes a product from its number, on any thread.</param>
internal sealed class OrderedProduction<T>(long count, int threads, Func<long, T> make)
    where T : class
{
    private readonly object gate = new();
    private readonly T?[] ready = new T?[2 * threads + 1];
    private long begun, taken;
    private bool stopped;
    private System.Runtime.ExceptionServices.ExceptionDispatchInfo? failure;

    /// <summary>The products in order. To be enumerated once; each is the caller's until he asks for the next.</summary>
    /// <param name="recycle">Told of a product that its user has finished with.</param>
    /// <param name="cancellation">Stops the work.</param>
    public IEnumerable<T> Products(Action<T> recycle, CancellationToken cancellation)
    {
        using CancellationTokenRegistration registration = cancellation.Register(Wake);
        Thread[] workers = [.. Enumerable.Range(0, (int)Math.Min(threads, count)).Select(_ => new Thread(Work) { IsBackground = true })];
        foreach (Thread worker in workers)
        {
            worker.Start();
        }

        try
        {
            for (long i = 0; i < count; i++)
            {
                T product = Take(i, cancellation);
                yield return product;
                recycle(product);
            }
        }
        finally
        {
            lock (gate)
            {
                stopped = true;
                Monitor.PulseAll(gate);
            }

            foreach (Thread worker in workers)
            {
                worker.Join();
            }
        }
    }

    private void Wake()
    {
        lock (gate)
        {
            Monitor.PulseAll(gate);
        }
    }

    private T Take(long i, CancellationToken cancellation)
    {
        lock (gate)
        {
            while (ready[i % ready.Length] is null && failure is null && !cancellation.IsCancellationRequested)
            {
                Monitor.Wait(gate);
            }

            cancellation.ThrowIfCancellationRequested();
            failure?.Throw();
            T product = ready[i % ready.Length]!;
            ready[i % ready.Length] = null;
            taken = i + 1;
            Monitor.PulseAll(gate);
            return product;
        }
    }

    private void Work()
    {
        try
        {
            while (Begin() is { } i)
            {
                T product = make(i);
                lock (gate)
                {
                    ready[i % ready.Length] = product;
                    Monitor.PulseAll(gate);
                }
            }
        }
        catch (Exception e)
        {
            // Whatever went wrong is the business of the one who takes the products.
            lock (gate)
            {
                failure ??= System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e);
                Monitor.PulseAll(gate);
            }
        }
    }

    private long? Begin()
    {
        lock (gate)
        {
            while (!stopped && begun < count && begun >= taken + ready.Length)
            {
                Monitor.Wait(gate);
            }

            return stopped || begun >= count ? null : begun++;
        }
    }
}
