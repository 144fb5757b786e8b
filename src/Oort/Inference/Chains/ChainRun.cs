using System.Diagnostics;
using Oort.Inference.Sampling;

namespace Oort.Inference.Chains;

/// <summary>Samples a density into a <see cref="ChainStore"/>, from the start or from the last step that is stored, until the chain is long enough.</summary>
public sealed class ChainRun
{
    private readonly ChainStore store;
    private readonly ParameterSet parameters;
    private readonly SamplingSettings settings;

    /// <summary>A run.</summary>
    /// <param name="store">Where the steps go.</param>
    /// <param name="parameters">The parameters; the walkers begin about their start.</param>
    /// <param name="settings">How to sample, and when that is enough.</param>
    public ChainRun(ChainStore store, ParameterSet parameters, SamplingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(settings);
        (this.store, this.parameters, this.settings) = (store, parameters, settings);
    }

    /// <summary>Samples, or goes on sampling.</summary>
    /// <param name="density">Makes the density of the parameters in their coordinates, which may take a while: asked for when steps are missing.</param>
    /// <param name="progress">Told after each step of this run.</param>
    /// <param name="screen">Makes the cheap density that screens proposals; null for none.</param>
    /// <param name="cancellation">Stops the work: the step that is under way is lost, those before it are stored.</param>
    /// <exception cref="InputException">There is no start, or the chain cannot be written.</exception>
    public ChainProgress Run(Func<ILogDensity> density, IProgress<ChainProgress>? progress = null, Func<ILogDensity>? screen = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(density);
        ChainLength length = new(settings.Length) { Stored = store.Steps };
        Ensemble? last = null;
        int taken = 0;
        foreach (Ensemble step in store.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            length.Add(last = step);
        }

        EnsembleSampler? sampler = null;
        Stopwatch clock = new();
        while (last is null || !length.IsEnd)
        {
            cancellation.ThrowIfCancellationRequested();
            sampler ??= new(density(), settings.AllMoves, settings.Seed, screen?.Invoke());
            clock.Start();
            long begin = Stopwatch.GetTimestamp();
            last = last is null ? Start(sampler, cancellation) : sampler.Next(last, cancellation);
            store.Append(last, Stopwatch.GetElapsedTime(begin).TotalSeconds);
            length.Add(last);
            taken++;
            progress?.Report(Report());
        }

        return Report();

        ChainProgress Report()
        {
            double time = length.LastTimes.Count == 0 ? double.NaN : length.LastTimes.Max();
            double needed = settings.Length.Times is double times && double.IsFinite(time) ? Math.Ceiling(times * time / (1 - settings.Length.BurnIn)) : double.PositiveInfinity;
            return new(last!.Number, settings.Length.MostSteps, needed, time, last.Accepted.Count(a => a) / (double)last.Walkers, last.LogDensities.Max(), length.IsLongEnough,
                taken == 0 ? double.NaN : clock.Elapsed.TotalSeconds / taken);
        }
    }

    private Ensemble Start(EnsembleSampler sampler, CancellationToken cancellation)
        => settings.Emulation > 0 ? sampler.StartFrom(settings.Emulator!, settings.Walkers, cancellation)
            : settings.Independence > 0 ? sampler.StartFrom(settings.Approximation!, settings.Walkers, cancellation)
            : sampler.StartAround(parameters.Coordinates(parameters.Start), [.. parameters.Steps.Select(s => settings.Spread * s)], settings.Walkers, cancellation);
}
