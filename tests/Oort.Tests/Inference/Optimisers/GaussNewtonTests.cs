using Oort.Inference;
using Oort.Tests.Cli;

namespace Oort.Tests.Inference.Optimisers;

/// <summary>Searches by least squares whose end is known in closed form.</summary>
public sealed class GaussNewtonTests
{
    private static readonly SearchSettings Settings = new() { Method = SearchMethod.GaussNewton, Tolerance = 1e-9 };

    private static FitResult Run(ParameterSet parameters, Func<IReadOnlyList<double>, double[]> residuals, IEvaluationLog? log = null, SearchSettings? settings = null)
        => new Fit(parameters, settings ?? Settings, () => ClosedForm.Of(residuals)).Run(log ?? new MemoryLog(), 2000);

    private static double[] Rosenbrock(IReadOnlyList<double> x) => [1 - x[0], 10 * (x[1] - x[0] * x[0])];

    [Fact]
    public void Rosenbrocks_valley_is_followed_to_its_end()
    {
        MemoryLog log = new();
        FitResult result = Run(new([new("x", -1.2, -5, 5, 0.5), new("y", 1, -5, 5, 0.5)]), Rosenbrock, log);
        Assert.True(result.Finished && result.Converged);
        Assert.Equal(1, result.Values[0], 1e-4);
        Assert.Equal(1, result.Values[1], 2e-4);
        Assert.InRange(log.Evaluations.Count(e => e.Stage == "gauss-newton"), 10, 200);
    }

    /// <summary>Where the valley bends the radius shrinks; where it is straight again what is promised within that radius is no longer all there is to gain.</summary>
    [Fact]
    public void A_radius_that_has_shrunk_is_not_taken_for_the_end()
    {
        double[] Hook(IReadOnlyList<double> x) => [100 * (x[1] - Math.Sqrt(1 + x[0] * x[0])), 0.5 * (x[0] - 6)];
        MemoryLog log = new();
        FitResult result = Run(new([new("x", -3, -9, 9, 0.2), new("y", Math.Sqrt(10), -9, 9, 0.2)]), Hook, log, Settings with { Tolerance = 0.3 });
        Assert.True(result.Converged);
        Assert.InRange(result.ChiSquared, 0, 0.3);
        Assert.InRange(log.Evaluations.Count, 10, 300);
    }

    /// <summary>Where a bend is too sharp for its slope, no step gains what matters, and gains that do not are not gathered.</summary>
    [Theory]
    [InlineData(30, 1)]
    [InlineData(30, 3)]
    [InlineData(3, 3)]
    [InlineData(300, 0.3)]
    public void Gains_that_do_not_matter_are_not_gathered(double depth, double bend)
    {
        MemoryLog log = new();
        ParameterSet parameters = new([new("x", -4, -9, 9, 0.2), new("y", Math.Sin(-4 * bend), -5, 5, 0.2)]);
        FitResult result = Run(parameters, x => [depth * (x[1] - Math.Sin(bend * x[0])), 0.3 * (x[0] - 4)], log, Settings with { Tolerance = 0.3 });
        Assert.True(result.Converged);
        Assert.InRange(log.Evaluations.Count(e => e.Stage == "gauss-newton"), 4, 15);
    }

    /// <summary>Residuals that say nothing from afar, as of histograms that do not overlap: what guides there leads to where they do.</summary>
    [Fact]
    public void From_afar_it_goes_by_what_tells_the_way()
    {
        ParameterSet parameters = new([new("x", -3, -9, 9, 0.5), new("y", 8, -9, 9, 0.5)]);
        double[] Guides(IReadOnlyList<double> p) => [(p[0] - 3) / 0.1 + 0.5, (p[1] + p[0] - 1) / 0.1, Math.Pow(p[0] - 3, 2)];
        double[] Residuals(IReadOnlyList<double> p) => [.. new double[] { (p[0] - 3) / 0.1, (p[1] + p[0] - 1) / 0.1 }.Select(r => 30 * Math.Atan(r / 30)), .. Enumerable.Repeat(0.5, 8)];
        MemoryLog log = new();
        FitResult result = new Fit(parameters, Settings with { Approaches = true }, () => ClosedForm.Of(Residuals, Guides)).Run(log);
        Assert.True(result.Converged);
        Assert.Equal(3, result.Values[0], 1e-4);
        Assert.Equal(-2, result.Values[1], 1e-4);
        Assert.Equal(["approach", "gauss-newton", "curvature"], log.Evaluations.Select(e => e.Stage).Distinct());
        Assert.All(log.Evaluations, e => Assert.Equal(e.Stage == "approach" ? 3 : 10, e.Residuals.Count));
        Assert.All(log.Evaluations, e => Assert.Equal(Residuals(e.Values).Sum(r => r * r), e.ChiSquared, 1e-9));

        // Near enough, the start alone is asked for twice.
        MemoryLog near = new();
        new Fit(new([new("x", 2.8, -9, 9, 0.5), new("y", -1.9, -9, 9, 0.5)]), Settings with { Approaches = true }, () => ClosedForm.Of(Residuals, Guides)).Run(near);
        Assert.Single(near.Evaluations, e => e.Stage == "approach");
    }

    /// <summary>Where no model is right, means and dispersions may be nearest elsewhere: least squares go on from where chi-squared is least.</summary>
    [Fact]
    public void Guides_that_lead_away_are_not_followed()
    {
        MemoryLog log = new();
        FitResult result = new Fit(new([new("x", 0.1, -9, 9, 0.5)]), Settings with { Approaches = true }, () => ClosedForm.Of(p => [p[0] / 0.1, 4], p => [(p[0] - 3) / 0.1, 5])).Run(log);
        Assert.True(result.Converged);
        Assert.Equal(0, result.Values[0], 1e-4);
        Assert.Contains(log.Evaluations, e => e.Stage == "approach" && Math.Abs(e.Values[0] - 3) < 0.01);
        Assert.InRange(log.Evaluations.First(e => e.Stage == "gauss-newton").Values[0], -0.2, 0.2);
    }

    /// <summary>Models of differences are solved from the one at their centre, which is asked for again for that; those of steps after them, too.</summary>
    [Fact]
    public void Models_are_solved_from_the_one_where_derivatives_were_last_found()
    {
        List<(double[] Near, double[] Values)> asked = [];
        ClosedForm About(IReadOnlyList<double> near) => ClosedForm.Of(p =>
        {
            asked.Add(([.. near], [.. p]));
            return [p[0] - 1, 10 * (p[1] - p[0] * p[0])];
        }, about: About);
        ParameterSet parameters = new([new("x", -1, -9, 9, 0.5), new("y", 1, -9, 9, 0.5)]);
        MemoryLog log = new();
        FitResult result = new Fit(parameters, Settings, () => About([])).Run(log);
        Assert.True(result.Converged);
        double[][] places = [.. asked.Select(a => a.Near).Where(n => n.Length > 0).DistinctBy(n => (n[0], n[1]))];
        Assert.InRange(places.Length, 2, 20);
        Assert.All(places, near => Assert.Contains(asked, a => a.Near.SequenceEqual(near) && a.Values.SequenceEqual(near)));
        Assert.All(asked.TakeWhile(a => a.Near.Length == 0), a => Assert.InRange(Math.Abs(a.Values[0] + 1), 0, 5));

        // A fit that goes on from its log asks for the same.
        MemoryLog half = new();
        _ = new Fit(parameters, Settings, () => About([])).Run(half, log.Evaluations.Count / 2);
        asked.Clear();
        _ = new Fit(parameters, Settings, () => About([])).Run(half);
        Assert.Equal(log.Evaluations.Select(e => e.ChiSquared), half.Evaluations.Select(e => e.ChiSquared));
        Assert.Contains(asked, a => a.Near.Length > 0);
    }

    /// <summary>A model may be found from one near by and not from the start, so that others cannot be solved from it: they are from where it was.</summary>
    [Fact]
    public void Where_nothing_can_be_solved_from_the_search_goes_on()
    {
        ClosedForm About(IReadOnlyList<double> near) => ClosedForm.Of(p => near.Count > 0 && p[0] > -0.5 && near.SequenceEqual(p) ? throw new NumericalException("not found") : [p[0] - 1, 10 * (p[1] - p[0] * p[0])], about: About);
        FitResult result = new Fit(new([new("x", -1, -9, 9, 0.5), new("y", 1, -9, 9, 0.5)]), Settings, () => About([])).Run(new MemoryLog());
        Assert.Equal(1, result.Values[0], 1e-4);
        Assert.Equal(1, result.Values[1], 1e-4);
    }

    /// <summary>One coordinate would go beyond a bound by far: the others make the best of where it stops.</summary>
    [Fact]
    public void A_step_that_is_cut_is_the_best_of_those_within_the_bounds()
    {
        List<IReadOnlyList<double>> asked = [];
        FitResult result = Run(new([new("x", 0.5, 0, 1, 0.1), new("y", 0, -5, 5, 0.6), new("z", 0, -5, 5, 0.6)]), p =>
        {
            asked.Add([.. p]);
            return [(p[0] + p[1] - 3) / 0.001, p[0] - 9, p[2] - 2 * p[1]];
        });
        Assert.True(result.Converged);
        Assert.Equal([1.0, 2, 4], result.Values.Select(v => Math.Round(v, 4)));

        // The start, its derivatives, and the step to the least; each is asked for twice, once for the sum.
        Assert.Equal([1.0, 2, 4], asked[8].Select(v => Math.Round(v, 2)));
    }

    /// <summary>Residuals that are linear: a difference for each parameter, a step, and differences again; then the curvature, without trials.</summary>
    [Fact]
    public void Lines_are_fitted_at_once_with_errors_and_correlations()
    {
        double[] x = [.. Enumerable.Range(0, 50).Select(i => 0.1 * i)], noise = [.. x.Select((_, i) => Math.Sin(37.0 * i * i))];
        double[] Residuals(IReadOnlyList<double> p) => [.. x.Select((t, i) => (p[0] + p[1] * t + p[2] * Math.Cos(3 * t) - (2 - 0.5 * t + noise[i])) / 0.3)];
        MemoryLog log = new();
        FitResult result = Run(new([new("a", 1, -9, 9, 1), new("b", 1, -9, 9, 1), new("c", 1, -9, 9, 1)]), Residuals, log, Settings with { Tolerance = 1e-4 });

        // The normal equations.
        MathNet.Numerics.LinearAlgebra.Matrix<double> design = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(50, 3, (i, k) => (k == 0 ? 1 : k == 1 ? x[i] : Math.Cos(3 * x[i])) / 0.3);
        MathNet.Numerics.LinearAlgebra.Matrix<double> covariance = design.TransposeThisAndMultiply(design).Inverse();
        MathNet.Numerics.LinearAlgebra.Vector<double> best = covariance * design.TransposeThisAndMultiply(MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(50, i => (2 - 0.5 * x[i] + noise[i]) / 0.3));
        Assert.True(result.Converged);
        for (int i = 0; i < 3; i++)
        {
            double sigma = Math.Sqrt(covariance[i, i]);
            Assert.Equal(best[i], result.Values[i], 0.01 * sigma);
            Assert.Equal(sigma, result.Errors[i], 1e-4 * sigma);
            Assert.Equal(covariance[i, 0] / Math.Sqrt(covariance[i, i] * covariance[0, 0]), result.Correlation[i, 0], 1e-4);
        }

        Assert.InRange(log.Evaluations.Count(e => e.Stage == "gauss-newton"), 5, 12);
        Assert.Equal(7, log.Evaluations.Count(e => e.Stage == "curvature"));
        Assert.All(log.Evaluations, e => Assert.Equal(50, e.Residuals.Count));
    }

    /// <summary>Two parameters of which only the sum is known well: their correlation is -0.99995, and chi-squared alone, of which differences over a standard error of one are taken, is far from a paraboloid.</summary>
    [Fact]
    public void Errors_are_right_where_correlations_are_strong()
    {
        FitResult result = Run(new([new("a", 1, -9, 9, 1), new("b", 1, -9, 9, 1)]), p => [(p[0] + p[1] - 3) / 0.001, (p[0] - p[1]) / 0.2 + 0.3 * Math.Pow(p[0] + p[1] - 3, 2) / 0.001], settings: Settings with { Tolerance = 1e-4 });
        Assert.True(result.Converged);
        double sigma = 0.5 * Math.Sqrt(0.2 * 0.2 + 0.001 * 0.001);
        Assert.Equal(1.5, result.Values[0], 0.1 * sigma);
        Assert.Equal(sigma, result.Errors[0], 0.01 * sigma);
        Assert.Equal(-(1 - 5e-5), result.Correlation[0, 1], 1e-6);
    }

    [Fact]
    public void What_is_least_at_a_bound_ends_there_without_an_error()
    {
        List<IReadOnlyList<double>> asked = [];
        FitResult result = Run(new([new("x", 1, 0, 4, 0.5), new("y", 1, 0, 4, 0.5), new("z", 4, 0, 4, 0.5)]), p =>
        {
            asked.Add([.. p]);
            return [(p[0] + 1) / 0.1, (p[1] - 2) / 0.1 + 0.3 * (p[0] + 1), (p[2] - 3) / 0.2];
        });
        Assert.True(result.Converged);
        Assert.True(asked.TrueForAll(p => p.All(v => v is >= 0 and <= 4)));
        Assert.Equal(0, result.Values[0]);
        Assert.True(double.IsNaN(result.Errors[0]));
        Assert.Equal(2 - 0.03, result.Values[1], 1e-5);
        Assert.Equal(0.1, result.Errors[1], 1e-4);
        Assert.Equal(3, result.Values[2], 1e-5);
    }

    [Fact]
    public void What_the_data_do_not_tell_stays_and_has_no_error()
    {
        FitResult result = Run(new([new("x", 1, 0, 4, 0.5), new("idle", 1, 0, 4, 0.5)]), p => [(p[0] - 2) / 0.1]);
        Assert.True(result.Converged);
        Assert.Equal((1, 0.1), (result.Values[1], Math.Round(result.Errors[0], 6)));
        Assert.True(double.IsNaN(result.Errors[1]));
    }

    [Fact]
    public void Models_that_do_not_exist_are_gone_around()
    {
        FitResult result = Run(
            new([new("x", 1.98, -5, 5, 0.5), new("y", 1, -5, 5, 0.5)]),
            p => p[0] > 2 ? throw new NumericalException("no such model") : [Math.Exp(p[0]) - Math.E, p[1] + 1 + 0.1 * p[0] * p[0]]);
        Assert.True(result.Converged);
        Assert.Equal(1, result.Values[0], 1e-4);
        Assert.Equal(-1.1, result.Values[1], 1e-4);
    }

    [Fact]
    public void What_is_no_sum_of_squares_is_refused()
        => Assert.Contains("search = simplex", Assert.Throws<InputException>(() => new Fit(new([new("x", 1, 0, 2, 0.5)]), Settings, () => new ClosedForm(p => p[0])).Run(new MemoryLog())).Message);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_kills_a_fit_it_goes_on_as_if_it_had_not_been(int seed)
    {
        ParameterSet parameters = new([new("x", -1.2, -5, 5, 0.5), new("y", 1, 0.01, 5, 0.5, ParameterScale.Logarithmic)]);
        MemoryLog whole = new();
        FitResult expected = Run(parameters, Rosenbrock, whole);
        using Workplace work = new();
        Random random = new(seed);
        int kills = 0;
        for (FitResult? result = null; result is null;)
        {
            using FitLog log = FitLog.Open(work.Path("run.db"), parameters, new Dictionary<string, string>());
            ClosedForm function = ClosedForm.Of(Rosenbrock);
            function.Life = random.Next(12);
            try
            {
                result = new Fit(parameters, Settings, () => function).Run(log);
                Assert.Equal(whole.Evaluations.Select(e => (e.Number, e.Stage, e.ChiSquared)), log.Evaluations.Select(e => (e.Number, e.Stage, e.ChiSquared)));
                Assert.All(whole.Evaluations.Zip(log.Evaluations), e => Assert.Equal(e.First.Residuals, e.Second.Residuals));
                Assert.Equal(expected.Values, result.Values);
                Assert.Equal(expected.Errors, result.Errors);
            }
            catch (ClosedForm.KilledException)
            {
                kills++;
            }
        }

        Assert.InRange(kills, 2, 1000);
    }
}
