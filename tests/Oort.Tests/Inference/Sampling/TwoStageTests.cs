using Oort.Inference.Sampling;

namespace Oort.Tests.Inference.Sampling;

/// <summary>Proposals that are screened by a cheap density: the chain's density is that of the full one, however bad the cheap one is, and the full one is asked less often.</summary>
public sealed class TwoStageTests
{
    [Theory]
    [InlineData(0.9, 1, 1.3)] // a sigma off, and wider
    [InlineData(0.9, 0, 0.8)] // narrower: the chain stays long where the screen is too low
    [InlineData(0.0, 0.5, 1)] // without the correlations
    public void The_density_is_exact_though_the_screen_is_bad(double correlation, double shift, double widening)
    {
        ClosedFormDensity.Gaussian density = new(4), screen = new(4, correlation, shift, widening);
        SamplerHarness.Verdict verdict = SamplerHarness.Run(new(density, screen: screen), density, 24, 4000, 24_000, 4);
        Assert.True(verdict.IsExact && verdict.IsSharp(0.05, 0.05), verdict.ToString());

        // The screen alone is seen to be wrong.
        Assert.False(SamplerHarness.Run(new(screen), density, 24, 500, 3000).IsExact);
    }

    [Fact]
    public void With_the_density_itself_for_a_screen_the_chain_is_the_same_and_costs_what_is_accepted()
    {
        ClosedFormDensity.Gaussian density = new(5), screen = new(5), plain = new(5);
        EnsembleSampler screened = new(density, screen: screen), sampler = new(plain);
        Ensemble a = Begin(screened), b = Begin(sampler);
        (int before, int plainBefore, int accepted) = (density.Evaluations, plain.Evaluations, 0);
        for (int step = 0; step < 300; step++)
        {
            (a, b) = (screened.Next(a), sampler.Next(b));
            Assert.Equal(b.Positions, a.Positions);
            accepted += a.Accepted.Count(x => x);
            before += a.Evaluations;
        }

        Assert.Equal(before, density.Evaluations);
        Assert.Equal(300 * 16, plain.Evaluations - plainBefore);
        Assert.Equal(accepted, density.Evaluations - plainBefore);
        Assert.InRange(accepted, 300 * 16 / 6, 300 * 16 / 2);
        Ensemble Begin(EnsembleSampler s) => s.StartAround(density.Mean, [.. Enumerable.Range(0, 5).Select(density.Sigma)], 16);
    }

    [Fact]
    public void A_screen_that_excludes_where_walkers_are_is_refused()
    {
        ClosedFormDensity.Gaussian density = new(2, 0);
        EnsembleSampler sampler = new(density, screen: new ClosedFormDensity.Box(2));
        Assert.Contains("screen", Assert.Throws<InputException>(() => sampler.Start([.. Enumerable.Range(0, 6).Select(w => new double[] { 0.1 * w + 0.7, 0.2 })])).Message);
    }
}
