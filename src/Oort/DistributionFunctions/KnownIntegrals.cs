using System.Collections.Concurrent;

namespace Oort.DistributionFunctions;

/// <summary>
/// Integrals over action space that take milliseconds, by the parameters that they depend on: a fit makes the same distribution function again and again while others change. The same
/// parameters give the same integral whether it is known or not. Safe to share between threads.
/// </summary>
/// <typeparam name="TParameters">Parameters, compared by value.</typeparam>
internal sealed class KnownIntegrals<TParameters>
    where TParameters : notnull
{
    private const int Most = 1000;

    private readonly ConcurrentDictionary<TParameters, double> known = [];

    /// <summary>The integral for some parameters.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="find">Finds it.</param>
    public double Of(TParameters parameters, Func<double> find)
    {
        if (known.TryGetValue(parameters, out double integral))
        {
            return integral;
        }

        if (known.Count >= Most)
        {
            known.Clear();
        }

        return known[parameters] = find();
    }
}
