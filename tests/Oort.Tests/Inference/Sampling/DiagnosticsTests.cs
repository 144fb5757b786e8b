using Oort.Inference.Sampling;

namespace Oort.Tests.Inference.Sampling;

/// <summary>Diagnostics of series whose properties are known: autoregressive processes above all, x(t+1) = a x(t) + sqrt(1 - a^2) e.</summary>
public sealed class DiagnosticsTests
{
    private static double[] Autoregressive(double a, int length, Random random, double mean = 0, double sigma = 1)
    {
        double[] series = new double[length];
        double x = Normal(random);
        for (int t = 0; t < length; t++)
        {
            series[t] = mean + sigma * x;
            x = a * x + Math.Sqrt(1 - a * a) * Normal(random);
        }

        return series;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double[][] Chains(int count, double a, int length, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Autoregressive(a, length, random))];
    }

    /// <summary>tau = (1 + a)/(1 - a). Its estimate has a relative standard deviation of sqrt(2 (2 M + 1)/N) with a window M = 5 tau (Sokal 1997, equation 3.19), and falls short by exp(-10).</summary>
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.98)]
    [InlineData(-0.3)]
    public void Autoregressive_processes_have_their_autocorrelation_times(double a)
    {
        const int Walkers = 20, Length = 10_000;
        double expected = (1 + a) / (1 - a), tau = Autocorrelation.Time(Chains(Walkers, a, Length, 1));
        double sigma = expected * Math.Sqrt(2 * (2 * Math.Max(1, Autocorrelation.Window * expected) + 1) / (Walkers * Length));
        Assert.InRange(tau, expected - 4 * sigma, expected + 4 * sigma);
        double[] rho = Autocorrelation.Function(Chains(Walkers, a, Length, 1));
        for (int t = 0; t < 5; t++)
        {
            Assert.Equal(Math.Pow(a, t), rho[t], 4 * Math.Sqrt(Math.Max(1, expected) / (Walkers * Length)));
        }
    }

    [Fact]
    public void The_autocorrelation_function_is_the_sum_over_products()
    {
        double[][] chains = Chains(3, 0.7, 17, 4);
        double mean = chains.SelectMany(c => c).Average();
        double Sum(int lag) => chains.Sum(c => Enumerable.Range(0, 17 - lag).Sum(t => (c[t] - mean) * (c[t + lag] - mean)));
        double[] rho = Autocorrelation.Function(chains);
        for (int lag = 0; lag < 17; lag++)
        {
            Assert.Equal(Sum(lag) / Sum(0), rho[lag], 1e-12);
        }
    }

    [Fact]
    public void Walkers_that_stay_apart_are_slow()
    {
        Random random = new(3);
        double[][] apart = [.. Enumerable.Range(0, 10).Select(w => Autoregressive(0.2, 500, random, w % 2 == 0 ? -20 : 20))];
        Assert.Equal(500, Autocorrelation.Time(apart), 50.0);
        Assert.True(double.IsNaN(Autocorrelation.Time([new double[10]])));
        Assert.Throws<ArgumentException>(() => Autocorrelation.Time([new double[10], new double[9]]));
    }

    [Fact]
    public void The_effective_size_tells_how_far_means_are_off()
    {
        // Many chains' means are scattered as their effective sizes say.
        double square = 0, predicted = 0;
        for (int i = 0; i < 100; i++)
        {
            ChainDiagnostics d = ChainDiagnostics.Of(Chains(4, 0.8, 600, i));
            square += d.Mean * d.Mean / 100;
            predicted += d.MeanError * d.MeanError / 100;
            Assert.Equal(2400 / d.Time, d.EffectiveSize, 1e-9);
        }

        Assert.InRange(square / predicted, 0.6, 1.5);
    }

    /// <summary>
    /// Two chains with normal distributions about -m and m. The normal score of x is z = G(F(x)), F being the distribution of both together and G the inverse of the normal one; with mean +-u and variance v in
    /// the chains R^2 = 1 + 4/3 u^2/v (halves make four chains). The chains hold quantiles, so that nothing is random.
    /// </summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(1.5)]
    public void R_hat_of_two_normal_distributions_is_known(double m)
    {
        static double Cdf(double x) => MathNet.Numerics.Distributions.Normal.CDF(0, 1, x);
        static double Inverse(double p) => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, p);
        double u = 0, square = 0;
        const double Step = 0.01;
        for (double x = m - 7; x < m + 7; x += Step)
        {
            double weight = Step * Math.Exp(-0.5 * (x - m) * (x - m)) / Math.Sqrt(2 * Math.PI), z = Inverse(0.5 * (Cdf(x - m) + Cdf(x + m)));
            (u, square) = (u + weight * z, square + weight * z * z);
        }

        const int Half = 5000;
        double[] Chain(double mean) => [.. Enumerable.Range(0, 2 * Half).Select(i => mean + Inverse((2 * (i % Half) + i / Half + 0.5) / (2 * Half)))];
        double expected = Math.Sqrt(1 + 4.0 / 3 * u * u / (square - u * u));
        Assert.Equal(expected, ScaleReduction.SplitRHat([Chain(-m), Chain(m)]), 1e-3 * expected);
    }

    /// <summary>Equal numbers have the mean of their ranks.</summary>
    [Fact]
    public void R_hat_does_not_depend_on_the_order_of_equal_numbers()
    {
        double[] a = [1, 2, 1, 3, 3, 3, 2, 4], b = [2, 1, 3, 1, 3, 3, 4, 2];
        double expected = ScaleReduction.SplitRHat([a, b]);
        Assert.Equal(expected, ScaleReduction.SplitRHat([b, a]), 1e-12);
        Assert.Equal(expected, ScaleReduction.SplitRHat([[.. a.Reverse()], [.. b.Reverse()]]), 1e-12);
    }

    [Fact]
    public void R_hat_is_one_for_chains_that_agree_and_more_for_those_that_do_not()
    {
        Random random = new(1);
        double[][] Make(Func<int, (double Mean, double Sigma)> of) => [.. Enumerable.Range(0, 8).Select(w => Autoregressive(0.3, 2000, random, of(w).Mean, of(w).Sigma))];
        Assert.InRange(ScaleReduction.SplitRHat(Make(_ => (5, 3))), 0.999, 1.005);
        Assert.InRange(ScaleReduction.SplitRHat(Make(w => (w == 0 ? 1 : 0, 1))), 1.02, 1.3);
        Assert.InRange(ScaleReduction.SplitRHat(Make(w => (0, w == 0 ? 3 : 1))), 1.02, 1.3);

        // Split: each drifts in the same way. Ranks: without moments.
        double[][] drift = [.. Make(_ => (0, 1)).Select(c => c.Select((x, t) => x + t / 1000.0).ToArray())];
        Assert.InRange(ScaleReduction.SplitRHat(drift), 1.1, 2);
        double[][] cauchy = [.. Enumerable.Range(0, 8).Select(_ => Enumerable.Range(0, 2000).Select(_ => Math.Tan(Math.PI * (random.NextDouble() - 0.5))).ToArray())];
        Assert.InRange(ScaleReduction.SplitRHat(cauchy), 0.999, 1.005);
        Assert.True(double.IsNaN(ScaleReduction.SplitRHat([new double[8]])));
    }

    [Fact]
    public void Moves_are_counted()
    {
        ClosedFormDensity.Gaussian density = new(3);
        EnsembleSampler sampler = new(density, new((new StretchMove(), 1), (new DifferentialEvolutionMove(scale: 1e-9, jumps: 0), 1)));
        Ensemble start = EnsembleSamplerTests.Start(sampler, density);
        MoveCounts counts = new(sampler.Moves);
        Ensemble[] steps = [.. sampler.Steps(start).Take(200)];
        int before = density.Evaluations;
        Array.ForEach(steps, counts.Add);
        Assert.Equal(["stretch", "differential evolution"], counts.Names);
        Assert.Equal(2000, counts.Proposed.Sum());
        Assert.Equal(steps.Sum(s => s.Accepted.Count(a => a)), counts.Accepted.Sum());
        Assert.Equal(2000, counts.Evaluations);
        Assert.InRange(counts.Fraction(0), 0.4, 0.8);
        Assert.InRange(counts.Fraction(1), 0.99, 1); // Steps of nothing are accepted.
        Assert.Equal(before, density.Evaluations);
    }

    [Fact]
    public void A_chain_ends_when_it_has_its_autocorrelation_times()
    {
        ClosedFormDensity.Gaussian density = new(2);
        EnsembleSampler sampler = new(density);
        ChainLength length = new();
        List<Ensemble> steps = [];
        foreach (Ensemble e in sampler.Steps(sampler.StartAround(density.Mean, [0.001, 0.001], 40)))
        {
            steps.Add(e);
            length.Add(e);
            if (length.IsEnd)
            {
                break;
            }
        }

        // About 10 steps are a time: the end is soon after 50 of them and the beginning.
        double slowest = ChainDiagnostics.Of(steps[(steps.Count / 5)..]).Max(d => d.Time);
        Assert.True(length.IsLongEnough);
        Assert.Equal(slowest, length.LastTimes.Max(), 0.05 * slowest);
        Assert.InRange(0.8 * steps.Count / slowest, 50, 100);
        Assert.Equal(0.8 * steps.Count / slowest, length.LengthInTimes, 0.05 * 100);

        // Shown the same steps again it says the same, and it takes them only in their order.
        ChainLength again = new();
        steps.ForEach(again.Add);
        Assert.Equal(length.LastTimes, again.LastTimes);

        // Also where it knows that they are stored, whether it goes on at a look (77, 93), between two, or at the end; before the second look there is nothing to leave out.
        foreach (int stored in (int[])[1, 63, 64, 76, 77, 78, 93, 100, steps.Count - 1, steps.Count])
        {
            ChainLength whole = new(), resumed = new() { Stored = stored };
            foreach (Ensemble e in steps)
            {
                whole.Add(e);
                resumed.Add(e);
                if (e.Number >= stored)
                {
                    Assert.Equal(whole.LastTimes, resumed.LastTimes);
                    Assert.Equal((whole.IsLongEnough, whole.LengthInTimes), (resumed.IsLongEnough, resumed.LengthInTimes));
                }
            }
        }

        Assert.Throws<InputException>(() => again.Add(steps[0]));
        ChainLength bounded = new(new() { Times = null, MostSteps = 20 });
        steps[..20].ForEach(bounded.Add);
        Assert.True(bounded is { IsEnd: true, IsLongEnough: false });
        Assert.Throws<ParameterException>(() => new ChainLength(new() { Times = 0 }));
    }

    /// <summary>A long chain of which it keeps a part only: tau = 199.</summary>
    [Fact]
    public void What_it_does_not_keep_is_not_missed()
    {
        Random random = new(8);
        double[][] chains = [.. Enumerable.Range(0, 30).Select(_ => Autoregressive(0.99, 20_000, random))];
        ChainLength length = new(new() { Times = 60 });
        for (int t = 0; t < 20_000 && !length.IsLongEnough; t++)
        {
            length.Add(new(t + 1, [.. chains.Select(c => new[] { c[t] })], new double[30]));
        }

        Assert.True(length.IsLongEnough);
        Assert.Equal(199, length.LastTimes[0], 20.0);
        Assert.InRange(length.Steps, 60 * 180 / 0.8, 60 * 220 * 1.25 / 0.8);
    }
}
