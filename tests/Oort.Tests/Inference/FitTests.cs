using Oort.Inference;
using Oort.Tests.Cli;

namespace Oort.Tests.Inference;

/// <summary>Searches for least values that are known in closed form.</summary>
public sealed class FitTests
{
    private static FitResult Run(ParameterSet parameters, Func<IReadOnlyList<double>, double> function, SearchSettings? settings = null, IEvaluationLog? log = null, int most = 20_000)
        => new Fit(parameters, settings ?? new() { Tolerance = 1e-9 }, () => new ClosedForm(function)).Run(log ?? new MemoryLog(), most);

    [Fact]
    public void Rosenbrocks_valley_is_followed_to_its_end()
    {
        ParameterSet parameters = new([new("x", -1.2, -5, 5, 0.5), new("y", 1, -5, 5, 0.5)]);
        FitResult result = Run(parameters, ClosedForm.Rosenbrock);
        Assert.True(result.Finished && result.Converged);
        Assert.Equal(1, result.Values[0], 1e-4);
        Assert.Equal(1, result.Values[1], 2e-4);
        Assert.InRange(result.ChiSquared, 0, 1e-8);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    public void A_paraboloid_has_its_centre_errors_and_correlations(int n)
    {
        // Chi-squared of a Gaussian with covariance s_i s_j rho^|i-j|, whose inverse is tridiagonal.
        const double Rho = 0.6;
        double[] centre = [.. Enumerable.Range(0, n).Select(i => 3.0 + i)], sigma = [.. Enumerable.Range(0, n).Select(i => 0.02 * Math.Pow(3, i % 3))];
        double ChiSquared(IReadOnlyList<double> x)
        {
            double sum = 0, before = 0;
            for (int i = 0; i < n; i++)
            {
                double t = (x[i] - centre[i]) / sigma[i];
                sum += i == 0 ? t * t : (t - Rho * before) * (t - Rho * before) / (1 - Rho * Rho);
                before = t;
            }

            return 12.5 + sum;
        }

        ParameterSet parameters = new(Enumerable.Range(0, n).Select(i => new FitParameter($"p{i}", 1.25 * centre[i], 0.1, 20, 0.3)));
        FitResult result = Run(parameters, ChiSquared, new() { Tolerance = 1e-4, Restarts = 5 });
        Assert.True(result.Converged);
        Assert.Equal(12.5, result.ChiSquared, 1e-3);
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(centre[i], result.Values[i], 0.03 * sigma[i]);
            Assert.Equal(sigma[i], result.Errors[i], 1e-6 * sigma[i]);
            for (int j = 0; j < n; j++)
            {
                Assert.Equal(Math.Pow(Rho, Math.Abs(i - j)), result.Correlation[i, j], 1e-6);
            }
        }
    }

    [Fact]
    public void On_a_logarithmic_scale_the_error_is_that_of_the_value()
    {
        ParameterSet parameters = new([new("mass", 3e10, 1e9, 1e12, 1e10, ParameterScale.Logarithmic)]);
        FitResult result = Run(parameters, x => Math.Pow(Math.Log(x[0] / 5e10) / 0.02, 2));
        Assert.Equal(5e10, result.Values[0], 1e-4 * 5e10);
        Assert.Equal(0.02 * 5e10, result.Errors[0], 1e-4 * 5e10);
    }

    [Fact]
    public void What_is_least_at_a_bound_ends_there_without_an_error()
    {
        ParameterSet parameters = new([new("x", 1, 0, 4, 0.5), new("y", 1, 0, 4, 0.5)]);
        List<IReadOnlyList<double>> asked = [];
        FitResult result = Run(parameters, x =>
        {
            asked.Add([.. x]);
            return Math.Pow((x[0] + 1) / 0.1, 2) + Math.Pow((x[1] - 2) / 0.1, 2);
        });
        Assert.True(asked.TrueForAll(x => x.All(v => v is >= 0 and <= 4)));
        Assert.InRange(result.Values[0], 0, 1e-3);
        Assert.Equal(2, result.Values[1], 1e-4);
        Assert.Equal(0.1, result.Errors[1], 1e-4);
    }

    /// <summary>A coordinate on which nothing depends has no error, and does not spoil those of the others.</summary>
    [Fact]
    public void What_the_data_do_not_tell_has_no_error()
    {
        FitResult result = Run(new([new("x", 1, 0, 4, 0.5), new("idle", 1, 0, 4, 0.5)]), x => Math.Pow((x[0] - 2) / 0.1, 2));
        Assert.Equal(0.1, result.Errors[0], 1e-6);
        Assert.True(double.IsNaN(result.Errors[1]));
    }

    [Fact]
    public void Reflection_keeps_what_is_inside_and_is_continuous_and_periodic()
    {
        FitParameter p = new("x", 2, 1, 3, 1);
        Assert.Equal(2.7, p.Value(2.7));
        Assert.Equal(2.8, p.Value(3.2), 1e-12);
        Assert.Equal(1.25, p.Value(0.75), 1e-12);
        Assert.Equal(p.Value(1.6), p.Value(1.6 + 4), 1e-12);
        Assert.Equal(p.Value(1.6), p.Value(1.6 - 8), 1e-12);
        for (double u = -9; u < 9; u += 0.01)
        {
            Assert.InRange(p.Value(u), 1, 3);
            Assert.Equal(p.Value(u), p.Value(u + 0.01), 0.0101);
        }
    }

    [Fact]
    public void Models_that_do_not_exist_are_gone_around_and_counted()
    {
        MemoryLog log = new();
        FitResult result = Run(
            new([new("x", 1.9, -5, 5, 0.5), new("y", 1, -5, 5, 0.5)]),
            x => x[0] > 2 ? throw new NumericalException("no such model") : Math.Pow(x[0] - 1, 2) + Math.Pow(x[1] + 1, 2), log: log);
        Assert.Equal(1, result.Values[0], 1e-3);
        Assert.Contains(log.Evaluations, e => e.Failure == "no such model" && double.IsPositiveInfinity(e.ChiSquared));
        Assert.Throws<NumericalException>(() => Run(new([new("x", 1, 0, 2, 0.5)]), _ => throw new NumericalException("none")));
    }

    /// <summary>The process dies in the middle of random evaluations, some of the time before anything is logged.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_kills_a_fit_it_goes_on_as_if_it_had_not_been(int seed)
    {
        ParameterSet parameters = new([new("x", -1.2, -5, 5, 0.5), new("y", 1, 0.01, 5, 0.5, ParameterScale.Logarithmic)]);
        SearchSettings settings = new() { Tolerance = 1e-6, Seed = 7 };
        double Function(IReadOnlyList<double> x) => x[0] > 1.5 ? throw new NumericalException("none") : 50 * ClosedForm.Rosenbrock(x);
        MemoryLog whole = new();
        FitResult expected = Run(parameters, Function, settings, whole);

        using Workplace work = new();
        Dictionary<string, string> inputs = new() { ["data"] = "1" };
        Random random = new(seed);
        FitResult? result = null;
        int kills = 0;
        while (result is null)
        {
            using FitLog log = FitLog.Open(work.Path("run.db"), parameters, inputs);
            try
            {
                result = new Fit(parameters, settings, () => new ClosedForm(Function) { Life = random.Next(40) }).Run(log);
                Assert.Equal(whole.Evaluations.Count, log.Evaluations.Count);
                for (int i = 0; i < log.Evaluations.Count; i++)
                {
                    (Evaluation a, Evaluation b) = (whole.Evaluations[i], log.Evaluations[i]);
                    Assert.Equal((a.Number, a.Stage, a.ChiSquared, a.Failure), (b.Number, b.Stage, b.ChiSquared, b.Failure));
                    Assert.Equal(a.Values, b.Values);
                }
            }
            catch (ClosedForm.KilledException)
            {
                kills++;
            }
        }

        Assert.InRange(kills, 3, 1000);
        Assert.Equal(expected.Values, result.Values);
        Assert.Equal(expected.Errors, result.Errors);
        Assert.Equal(expected.Parts, result.Parts);
        Assert.Equal((expected.ChiSquared, expected.Evaluations, expected.Finished, expected.Converged), (result.ChiSquared, result.Evaluations, result.Finished, result.Converged));
    }

    [Fact]
    public void A_log_is_refused_to_any_other_fit()
    {
        using Workplace work = new();
        ParameterSet parameters = new([new("x", 1, 0, 4, 0.5)]);
        FitLog.Open(work.Path("run.db"), parameters, new Dictionary<string, string> { ["data"] = "1", ["model"] = "2" }).Dispose();
        string Refused(string path, Dictionary<string, string> inputs) => Assert.Throws<InputException>(() => FitLog.Open(path, parameters, inputs)).Message;
        Assert.Contains("the data has changed", Refused(work.Path("run.db"), new() { ["data"] = "3", ["model"] = "2" }));
        Assert.Contains("the data, model have changed", Refused(work.Path("run.db"), new() { ["data"] = "3" }));
        Assert.Contains("is no log of a fit", Refused(work.File("text.db", "This is a text of some length, which is no database, whatever its name says: " + new string('x', 4096)), []));
        Assert.Contains("cannot be used", Refused(work.Path("no/such/folder/run.db"), []));

        // Evaluations of another search.
        MemoryLog log = new();
        log.Append(new(1, "simplex", [2.5], 1, 0), null);
        Assert.Contains("evaluation 1 of the log", Assert.Throws<InputException>(() => Run(parameters, x => x[0], log: log)).Message);
    }

    [Fact]
    public void Two_processes_cannot_go_on_with_one_fit()
    {
        using Workplace work = new();
        ParameterSet parameters = new([new("x", 1, 0, 4, 0.5)]);
        using FitLog first = FitLog.Open(work.Path("run.db"), parameters, new Dictionary<string, string>()), second = FitLog.Open(work.Path("run.db"), parameters, new Dictionary<string, string>());
        first.Append(new(1, "simplex", [1], 5, 0.1), [new(1, "VR", 3, 5)]);
        Assert.Contains("another process", Assert.Throws<InputException>(() => second.Append(new(1, "simplex", [1], 5, 0.1), null)).Message);
    }

    [Fact]
    public void A_budget_stops_the_search_and_more_goes_on()
    {
        ParameterSet parameters = new([new("x", 1, 0, 4, 0.5)]);
        MemoryLog log = new();
        static double Function(IReadOnlyList<double> x) => Math.Pow((x[0] - 2) / 0.1, 2);
        FitResult stopped = Run(parameters, Function, log: log, most: 7);
        Assert.Equal((7, false, false, 0), (stopped.Evaluations, stopped.Finished, stopped.Converged, stopped.Errors.Count));
        FitResult result = Run(parameters, Function, log: log);
        Assert.True(result.Converged);
        Assert.Equal(log.Evaluations.Count, result.Evaluations);
    }
}
