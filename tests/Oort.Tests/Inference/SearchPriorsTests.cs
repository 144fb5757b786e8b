using Oort.Inference;
using Oort.Tests.Cli;

namespace Oort.Tests.Inference;

/// <summary>A search ends where the data and the priors together are most probable.</summary>
public sealed class SearchPriorsTests
{
    // x is known from the data, 5 +- 2, and beforehand; y and z beforehand alone.
    private static readonly ParameterSet Parameters = new(
    [
        new("x", 2, -20, 20, 1, ParameterScale.Linear, new Prior.Normal(3, 1)),
        new("y", 2.5, 0.1, 40, 0.2, ParameterScale.Logarithmic, new Prior.LogNormal(2, 0.3)),
        new("z", 1, 0.1, 9, 0.2, ParameterScale.Logarithmic),
    ]);

    private static ClosedForm Data => ClosedForm.Of(v => [0.5 * (v[0] - 5), (v[2] - 4) / 0.1]);

    [Theory]
    [InlineData(SearchMethod.GaussNewton)]
    [InlineData(SearchMethod.Simplex)]
    [InlineData(SearchMethod.CmaEs)]
    public void The_end_is_the_most_probable(SearchMethod method)
    {
        MemoryLog log = new();
        FitResult result = new Fit(Parameters, new() { Method = method, Tolerance = 1e-8 }, () => Data).Run(log);
        Assert.True(result.Converged);
        Assert.Equal(3.4, result.Values[0], 1e-3);
        Assert.Equal(2, result.Values[1], 1e-3);
        Assert.Equal(4, result.Values[2], 1e-3);
        Assert.Equal(0.25 * 1.6 * 1.6, result.ChiSquared, 2e-3);
        Assert.Equal(0.4 * 0.4, result.PriorSquares, 2e-3);
        Assert.Equal(Math.Sqrt(0.8), result.Errors[0], 5e-3);
        Assert.Equal(2 * 0.3, result.Errors[1], 5e-3);
        Assert.Equal(0.1, result.Errors[2], 2e-3);
        Assert.Equal(Math.Sqrt(0.8), result.ErrorsOfPriors[0], 5e-3);
        Assert.Equal(1, result.ErrorsOfPriors[1], 5e-3);
        Assert.Equal(double.NaN, result.ErrorsOfPriors[2]);

        // The log has what the data say; a search that goes on counts the priors anew.
        Assert.All(log.Evaluations, e => Assert.Equal(Data.Evaluate(e.Values).ChiSquared, e.ChiSquared, 1e-9));
        MemoryLog half = new();
        _ = new Fit(Parameters, new() { Method = method, Tolerance = 1e-8 }, () => Data).Run(half, log.Evaluations.Count / 2);
        FitResult again = new Fit(Parameters, new() { Method = method, Tolerance = 1e-8 }, () => Data).Run(half);
        Assert.Equal(result.Values, again.Values);
        Assert.Equal(log.Evaluations.Count, half.Evaluations.Count);
    }

    /// <summary>From afar, too: guides and data lead to one end, the prior to another, and least squares go on from where all together are least.</summary>
    [Fact]
    public void An_approach_ends_where_data_and_priors_are_least()
    {
        ParameterSet parameters = new([new("x", 1, -20, 20, 1, ParameterScale.Linear, new Prior.Normal(0, 0.1))]);
        MemoryLog log = new();
        FitResult result = new Fit(parameters, new() { Method = SearchMethod.GaussNewton, Approaches = true, Tolerance = 1e-6 }, () => ClosedForm.Of(v => [v[0] - 10, 3], v => [v[0] - 10])).Run(log);
        Assert.Equal(10 / 101.0, result.Values[0], 1e-3);
        Assert.Equal(result.Values[0] * result.Values[0] / 0.01, result.PriorSquares, 1e-6);
        Assert.InRange(log.Evaluations.First(e => e.Stage == "gauss-newton").Values[0], -0.5, 0.5);
    }

    /// <summary>Not only the posterior of samplers: a uniform prior is a bound, and the least of the rest counts.</summary>
    [Fact]
    public void Constant_priors_only_bound()
    {
        ParameterSet parameters = new([new("x", 2, 1, 4, 1, ParameterScale.Linear, new Prior.Uniform(1, 4)), new("y", 2, 1, 9, 1, ParameterScale.Logarithmic, new Prior.LogUniform(1, 9))]);
        FitResult result = new Fit(parameters, new() { Method = SearchMethod.GaussNewton, Tolerance = 1e-8 }, () => ClosedForm.Of(v => [v[0] - 5, v[1] - 3])).Run(new MemoryLog());
        Assert.Equal(4, result.Values[0], 1e-6);
        Assert.Equal(3, result.Values[1], 1e-3);
        Assert.Equal(0, result.PriorSquares);
        Assert.All(result.ErrorsOfPriors, e => Assert.True(double.IsNaN(e)));
    }
}
