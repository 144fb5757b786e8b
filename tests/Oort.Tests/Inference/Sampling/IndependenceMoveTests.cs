using Oort.Inference.Sampling;
using Xunit.Abstractions;

namespace Oort.Tests.Inference.Sampling;

/// <summary>Points drawn from an approximation: the chain's density is exact however far that is off, and short times say how near it is.</summary>
public sealed class IndependenceMoveTests(ITestOutputHelper output)
{
    // docs/sampling.md has these numbers.
    [Theory]
    [InlineData(2, 0.9, 0, 1, 3)]
    [InlineData(14, 0.9, 0, 1, 3)]
    [InlineData(58, 0.9, 0, 1, 3)]
    [InlineData(14, 0.88, 0.1, 1.1, 25)]
    [InlineData(14, 0.9, 0, 0.9, 40)]
    public void With_an_approximation_of_a_Gaussian_a_chain_takes_a_few_steps(int dimensions, double correlation, double shift, double widening, double most)
    {
        ClosedFormDensity.Gaussian density = new(dimensions), near = new(dimensions, correlation, shift, widening);
        SamplerHarness.Verdict verdict = SamplerHarness.Run(new(density, new((new IndependenceMove(new(near.Mean, near.Covariance)), 1))), density, 8, 200, dimensions > 20 ? 1500 : 6000);
        output.WriteLine(verdict.ToString());
        Assert.True(verdict.IsExact && verdict.IsSharp(0.03, 0.03), verdict.ToString());
        Assert.InRange(verdict.Time, 1, most);
    }

    [Theory]
    [InlineData("peaks")]
    [InlineData("box")]
    public void Together_with_other_moves_it_serves_where_no_approximation_is_near(string name)
    {
        ClosedFormDensity density = name == "peaks" ? new ClosedFormDensity.Bimodal(5, 4) : new ClosedFormDensity.Box(3);
        MoveMixture moves = new((new IndependenceMove(new(density.Mean, density.Covariance)), 0.5), (new StretchMove(), 0.2), (new DifferentialEvolutionMove(), 0.3));
        SamplerHarness.Verdict verdict = SamplerHarness.Run(new(density, moves), density, 20, 2000, 8000, 2);
        output.WriteLine(verdict.ToString());
        Assert.True(verdict.IsExact && verdict.IsSharp(0.05, 0.05), verdict.ToString());
    }

    /// <summary>Half of the points of a t distribution are nearer than its median distance, and so on for other shares: F of the squared distance over the dimensions is even.</summary>
    [Fact]
    public void Walkers_begin_as_the_approximation_says()
    {
        ClosedFormDensity.Gaussian density = new(5);
        NormalApproximation near = new(density.Mean, density.Covariance);
        Ensemble start = new EnsembleSampler(density, new((new IndependenceMove(near), 1))).StartFrom(near, 4000);
        double[] scores = [.. start.LogDensities.Select(l => MathNet.Numerics.Distributions.FisherSnedecor.CDF(5, near.Freedom, -2 * l / 5))];
        Assert.InRange(SamplerHarness.KolmogorovSmirnov(scores), 1e-3, 1);
    }

    [Fact]
    public void What_is_no_distribution_is_refused()
    {
        Assert.Contains("not positive definite", Assert.Throws<InputException>(() => new NormalApproximation([0, 0], new double[,] { { 1, 1 }, { 1, 1 } })).Message);
        Assert.Contains("not positive definite", Assert.Throws<InputException>(() => new NormalApproximation([0], new double[,] { { double.NaN } })).Message);
        Assert.Contains("2 by 2", Assert.Throws<InputException>(() => new NormalApproximation([0], new double[,] { { 1, 0 }, { 0, 1 } })).Message);
    }
}
