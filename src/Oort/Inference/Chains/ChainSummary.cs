using Oort.Inference.Posteriors;
using Oort.Inference.Sampling;

namespace Oort.Inference.Chains;

/// <summary>What a chain says of a parameter; values in the unit of the model file.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Mean">Mean of its values.</param>
/// <param name="Sigma">Their standard deviation.</param>
/// <param name="Median">Their median.</param>
/// <param name="Low">Lower end of the central interval that holds 68.27 % of them.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Time">Integrated autocorrelation time in steps, of the coordinate in which the parameter is moved.</param>
/// <param name="EffectiveSize">As many independent draws would be worth as much.</param>
/// <param name="RHat">Split R-hat (<see cref="ScaleReduction.SplitRHat"/>): 1 where the walkers' halves agree.</param>
/// <param name="Best">Its value at the largest log density.</param>
public sealed record ParameterSummary(string Name, double Mean, double Sigma, double Median, double Low, double High, double Time, double EffectiveSize, double RHat, double Best);

/// <summary>How often a move was proposed and accepted.</summary>
/// <param name="Name">The move.</param>
/// <param name="Proposed">How often it was proposed.</param>
/// <param name="Accepted">How often it was accepted.</param>
public sealed record MoveSummary(string Name, long Proposed, long Accepted);

/// <summary>What a chain says.</summary>
/// <param name="Steps">Steps taken.</param>
/// <param name="Walkers">How many walkers.</param>
/// <param name="BurnIn">Steps at the start that are left out of all that follows but the moves and the best.</param>
/// <param name="Every">Every so many steps one is used for mean, quantiles and diagnostics.</param>
/// <param name="Evaluations">Points at which the density was asked for.</param>
/// <param name="Seconds">Time of all steps.</param>
/// <param name="Moves">The moves, all steps.</param>
/// <param name="BestLogDensity">The largest log density that was found.</param>
/// <param name="Parameters">The parameters.</param>
public sealed record ChainSummary(
    int Steps, int Walkers, int BurnIn, int Every, long Evaluations, double Seconds, IReadOnlyList<MoveSummary> Moves, double BestLogDensity, IReadOnlyList<ParameterSummary> Parameters)
{
    // As many steps as ChainLength keeps; more would tell no more.
    private const int MostSteps = 4096;
    private const double OneSigma = 0.15865525393145707;

    /// <summary>Share of all proposals that were accepted; NaN where there were none.</summary>
    public double Acceptance => Moves.Sum(m => m.Accepted) / (double)Moves.Sum(m => m.Proposed);

    /// <summary>The longest autocorrelation time of all parameters, in steps.</summary>
    public double Time => Parameters.Max(p => p.Time);

    /// <summary>Steps after the burn-in, in autocorrelation times of the slowest parameter.</summary>
    public double LengthInTimes => (Steps - BurnIn) / Time;

    /// <summary>Values of the parameters at the largest log density.</summary>
    public IReadOnlyList<double> BestValues => [.. Parameters.Select(p => p.Best)];

    /// <summary>Reads a chain.</summary>
    /// <param name="chain">The chain; others may append to it meanwhile.</param>
    /// <param name="burnIn">Steps at the start that do not count; by default a fifth of all.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">No step is left.</exception>
    public static ChainSummary Of(ChainStore chain, int? burnIn = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(chain);
        int steps = chain.Steps, burn = burnIn ?? (int)(new ChainLengthSettings().BurnIn * steps), every = Math.Max(1, (steps - burn + MostSteps - 1) / MostSteps);
        if (burn >= steps && steps > 0)
        {
            throw new InputException(FormattableString.Invariant($"the chain has {steps} steps: a burn-in of {burn} leaves none"));
        }

        string[] names = chain.MoveNames;
        (long[] proposed, long[] accepted) = (new long[names.Length], new long[names.Length]);
        List<IReadOnlyList<double[]>> kept = [];
        (double best, double[] at) = (double.NegativeInfinity, []);
        foreach (Ensemble step in chain.Read().TakeWhile(s => s.Number <= steps))
        {
            cancellation.ThrowIfCancellationRequested();
            for (int w = 0; w < step.Walkers; w++)
            {
                if (step.Moves.Count > 0)
                {
                    proposed[step.Moves[w]]++;
                    accepted[step.Moves[w]] += step.Accepted[w] ? 1 : 0;
                }

                (best, at) = step.LogDensities[w] > best ? (step.LogDensities[w], step.Positions[w]) : (best, at);
            }

            if (step.Number > burn && (step.Number - burn) % every == 0 || steps == 0)
            {
                kept.Add(step.Positions);
            }
        }

        return new(steps, chain.Walkers, burn, every, chain.Evaluations, chain.Seconds, [.. names.Select((n, i) => new MoveSummary(n, proposed[i], accepted[i]))], best,
            [.. Enumerable.Range(0, chain.Dimensions).Select(i => Parameter(chain, i, kept, every, chain.Value(i, at[i]), cancellation))]);
    }

    private static ParameterSummary Parameter(ChainStore chain, int i, List<IReadOnlyList<double[]>> kept, int every, double best, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        double[][] walkers = [.. Enumerable.Range(0, chain.Walkers).Select(w => kept.Select(p => p[w][i]).ToArray())];

        // Too short to tell.
        ChainDiagnostics known = kept.Count < 4 ? new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN) : ChainDiagnostics.Of(walkers);
        double[] values = [.. walkers.SelectMany(w => w).Select(x => chain.Value(i, x)).Order()];
        double mean = values.Average(), sigma = Math.Sqrt(values.Sum(x => (x - mean) * (x - mean)) / values.Length);
        return new(chain.Names[i], mean, sigma, CredibleInterval.Quantile(values, 0.5), CredibleInterval.Quantile(values, OneSigma), CredibleInterval.Quantile(values, 1 - OneSigma), every * known.Time, known.EffectiveSize, known.RHat, best);
    }
}
