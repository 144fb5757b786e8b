using System.Diagnostics;
using MathNet.Numerics.Distributions;
using Oort.Inference;
using Oort.Inference.Sampling;
using Oort.Tests.Support;
using Xunit.Abstractions;

namespace Oort.Tests.Inference.Recovery;

/// <summary>
/// Simulation-based calibration (Talts et al. 2018, arXiv:1804.06788): parameters are drawn from the prior, data from the model with these parameters, and the posterior is sampled; then the rank of the true value
/// among the draws is even, if likelihood, prior and sampler are right. The middle disc of Binney &amp; Vasiliev (2023) among their other components, in two bins near the Sun, in a fixed potential.
/// </summary>
public sealed class CalibrationTests(ITestOutputHelper output)
{
    private const int Mocks = 64, Cells = 8, Stars = 3000, Walkers = 12, BurnIn = 150, Steps = 480, Every = 12;
    private const double Sigma = 0.15;

    private static FixedDiscs Discs() => new([15, 19], 0.6, 1, ("middle disk", "Jr0"), ("middle disk", "Jz0"), ("middle disk", "Jphi0"), ("middle disk", "mass"));

    [NightlyFact]
    public void Ranks_of_true_values_among_draws_of_the_posterior_are_even()
    {
        FixedDiscs discs = Discs();
        (double[] Ranks, double Time)[] results = new (double[], double)[Mocks];
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        int evaluations = 0;
        Parallel.For(0, Mocks, new ParallelOptions { MaxDegreeOfParallelism = 2 }, mock =>
        {
            Random random = new(1000 + mock);
            double[] truth = new double[discs.Count];
            for (int k = 0; k < truth.Length; k++)
            {
                truth[k] = Math.Exp(Sigma * Normal.InvCDF(0, 1, random.NextDouble()));
            }

            Posterior posterior = new(discs.Objective(discs.Draw(truth, Stars, random)), discs.Count);
            EnsembleSampler sampler = new(posterior, seed: (ulong)mock);
            Ensemble start = sampler.StartAround([.. truth.Select(t => Math.Log(t))], [.. truth.Select(t => 0.05)], Walkers);
            int[] below = new int[discs.Count];
            List<Ensemble> kept = [];
            int draws = 0;
            foreach (Ensemble e in sampler.Steps(start).Take(BurnIn + Steps))
            {
                if (e.Number <= BurnIn)
                {
                    continue;
                }

                kept.Add(e);
                if (e.Number % Every == 0)
                {
                    draws += e.Walkers;
                    for (int k = 0; k < below.Length; k++)
                    {
                        below[k] += e.Positions.Count(p => p[k] < Math.Log(truth[k]));
                    }
                }
            }

            Interlocked.Add(ref evaluations, posterior.Evaluations);
            results[mock] = ([.. below.Select(b => (b + 0.5) / (draws + 1))], ChainDiagnostics.Of(kept).Max(d => d.Time));
        });

        double seconds = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        output.WriteLine(FormattableString.Invariant($"{evaluations} evaluations, {seconds:f0} s of processor time, {1e3 * seconds / evaluations:f2} ms each; autocorrelation times {results.Average(r => r.Time):f1}, at most {results.Max(r => r.Time):f1} of {Steps} steps"));
        for (int k = 0; k < discs.Count; k++)
        {
            int[] cells = new int[Cells];
            Array.ForEach(results, r => cells[(int)(r.Ranks[k] * Cells)]++);
            double chi2 = cells.Sum(c => Math.Pow(c - (double)Mocks / Cells, 2) / ((double)Mocks / Cells)), p = 1 - ChiSquared.CDF(Cells - 1, chi2);
            double ks = Sampling.SamplerHarness.KolmogorovSmirnov([.. results.Select(r => r.Ranks[k])]);
            output.WriteLine(FormattableString.Invariant($"{discs.Name(k)}: {string.Join(' ', cells)}; chi-squared {chi2:f1}, p = {p:f3}; Kolmogorov-Smirnov p = {ks:f3}"));
            Assert.True(p > 0.01 && ks > 0.01);
        }
    }

    /// <summary>Normal in the logarithms, and the likelihood.</summary>
    private sealed class Posterior(IObjective misfit, int dimensions) : ILogDensity
    {
        public int Dimensions => dimensions;

        public int Evaluations { get; private set; }

        public double[] Evaluate(IReadOnlyList<double[]> points, CancellationToken cancellation = default)
        {
            Evaluations += points.Count;
            return [.. points.Select(u => u.Any(x => Math.Abs(x) > 1) ? double.NegativeInfinity
                : -0.5 * (misfit.Evaluate([.. u.Select(Math.Exp)], cancellation).ChiSquared + u.Sum(x => x * x / (Sigma * Sigma))))];
        }
    }
}
