namespace Oort.Inference.Sampling;

/// <summary>How well a chain knows one number.</summary>
/// <param name="Mean">Mean of all draws.</param>
/// <param name="Sigma">Their standard deviation.</param>
/// <param name="Time">Integrated autocorrelation time in steps, <see cref="Autocorrelation.Time"/>.</param>
/// <param name="EffectiveSize">Draws divided by that time: as many independent draws would give the mean as well.</param>
/// <param name="RHat"><see cref="ScaleReduction.SplitRHat"/>.</param>
public readonly record struct ChainDiagnostics(double Mean, double Sigma, double Time, double EffectiveSize, double RHat)
{
    /// <summary>Standard error of the mean that comes from the chain's length.</summary>
    public double MeanError => Sigma / Math.Sqrt(EffectiveSize);

    /// <summary>The diagnostics of a coordinate, or anything that is a function of positions.</summary>
    /// <param name="chains">A walker's series each, all of one length, four steps at least.</param>
    public static ChainDiagnostics Of(IReadOnlyList<double[]> chains)
    {
        ArgumentNullException.ThrowIfNull(chains);
        double time = Autocorrelation.Time(chains), mean = chains.Average(c => c.Average()), count = (double)chains.Count * chains[0].Length;
        double sigma = Math.Sqrt(chains.Sum(c => c.Sum(x => (x - mean) * (x - mean))) / count);
        return new(mean, sigma, time, count / time, ScaleReduction.SplitRHat(chains));
    }

    /// <summary>The diagnostics of each coordinate of a chain.</summary>
    /// <param name="steps">Steps one after another, of the same walkers.</param>
    public static ChainDiagnostics[] Of(IReadOnlyList<Ensemble> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return [.. Enumerable.Range(0, steps[0].Dimensions).Select(k => Of([.. Enumerable.Range(0, steps[0].Walkers).Select(w => steps.Select(s => s.Positions[w][k]).ToArray())]))];
    }
}
