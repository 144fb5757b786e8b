using Oort.Inference;
using Oort.Inference.Optimisers;
using Oort.Tests.Cli;

namespace Oort.Tests.Inference.Optimisers;

/// <summary>Searches by covariance matrix adaptation for least values that are known in closed form.</summary>
public sealed class CmaEsTests
{
    private static readonly SearchSettings Settings = new() { Method = SearchMethod.CmaEs, Tolerance = 1e-9, Restarts = 0 };

    private static FitResult Run(ParameterSet parameters, Func<IReadOnlyList<double>, double> function, SearchSettings? settings = null, IEvaluationLog? log = null, int life = int.MaxValue)
        => new Fit(parameters, settings ?? Settings, () => new ClosedForm(function) { Life = life }).Run(log ?? new MemoryLog(), 100_000);

    private static ParameterSet Box(int n, double start, double least, double most, double step)
        => new(Enumerable.Range(0, n).Select(i => new FitParameter($"p{i}", start, least, most, step)));

    /// <summary>The best point of a search alone, and how many points it took.</summary>
    private static (CmaEs Search, int Points) Minimise(int n, double start, double step, double tolerance, Func<double[], double> function, ulong seed = 1, int population = 0)
    {
        CmaEs search = new([.. Enumerable.Repeat(start, n)], [.. Enumerable.Repeat(step, n)], tolerance, seed, 0, population);
        int points = 0;
        foreach (IReadOnlyList<Question> batch in search.Batches())
        {
            points += batch.Count;
            foreach (Question q in batch)
            {
                q.Answer = function(q.Point);
            }
        }

        return (search, points);
    }

    /// <summary>
    /// Axes from 1 to 1000, turned against the coordinates. Hansen &amp; Ostermeier (2001, Evol. Comput. 9, 159, figure 5) and later descriptions have about 100 n to 300 n points a search: a covariance
    /// that does not adapt needs a hundred times that.
    /// </summary>
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(14)]
    public void An_ellipsoid_that_is_long_and_askew_is_learnt(int n)
    {
        double Function(double[] x)
        {
            // Householder's reflection along (1, 2, ..., n).
            double along = x.Select((v, i) => (v - i) * (i + 1)).Sum() * 2 / Enumerable.Range(1, n).Sum(i => (double)i * i);
            return x.Select((v, i) => Math.Pow((v - i - along * (i + 1)) * Math.Pow(1000, (double)i / (n - 1)), 2)).Sum();
        }

        (CmaEs search, int points) = Minimise(n, 3, 1, 1e-10, Function);
        Assert.True(search.Converged);
        Assert.InRange(search.BestValue, 0, 1e-9);
        Assert.All(search.Best, (x, i) => Assert.Equal(i, x, 1e-4));
        Assert.InRange(points, 50, 400 * n + 60 * n * n);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    public void Rosenbrocks_valley_is_followed_to_its_end(int n)
    {
        (CmaEs search, int points) = Minimise(n, 0, 0.3, 1e-10, x => Enumerable.Range(0, n - 1).Sum(i => Math.Pow(1 - x[i], 2) + 100 * Math.Pow(x[i + 1] - x[i] * x[i], 2)));
        Assert.True(search.Converged);
        Assert.All(search.Best, x => Assert.Equal(1, x, 1e-3));
        Assert.InRange(points, 100, 1500 * n);
    }

    /// <summary>
    /// Only the order of values matters: any increasing function of the function makes the same search.
    /// </summary>
    [Fact]
    public void The_search_depends_on_the_order_of_values_alone()
    {
        static double Paraboloid(double[] x) => x.Select((v, i) => (i + 1) * Math.Pow(v - 2, 2)).Sum();
        (CmaEs a, int pointsA) = Minimise(4, 0, 1, 0, Paraboloid);
        (CmaEs b, int pointsB) = Minimise(4, 0, 1, 0, x => Math.Sqrt(Paraboloid(x)));
        Assert.Equal(a.Best, b.Best);
        Assert.Equal(pointsA, pointsB);
        Assert.NotEqual(a.Best, Minimise(4, 0, 1, 0, Paraboloid, seed: 2).Search.Best);
    }

    /// <summary>Steps a tenth high, and ripples: there is no derivative to go by.</summary>
    [Fact]
    public void A_rough_plateau_is_crossed()
    {
        static double Function(double[] x) => x.Sum(v => 0.1 * Math.Floor(10 * (v - 2) * (v - 2)) + 0.05 * Math.Abs(Math.Sin(40 * v)));
        (CmaEs search, _) = Minimise(5, -4, 1, 0.1, Function, population: 20);
        Assert.True(search.Converged);
        Assert.All(search.Best, x => Assert.Equal(2, x, 0.6));
        Assert.InRange(search.BestValue, 0, 0.6);
    }

    /// <summary>A function like Rastrigin's has several valleys along each axis; more points a search and further searches find the deepest one.</summary>
    [Fact]
    public void Restarts_with_more_points_find_the_deepest_of_many_valleys()
    {
        static double Rastrigin(IReadOnlyList<double> x) => x.Sum(v => (v - 1) * (v - 1) + 4 * (1 - Math.Cos(2 * Math.PI * (v - 1))));
        MemoryLog log = new();
        FitResult result = Run(Box(3, 3.6, -5, 5, 2), Rastrigin, Settings with { Restarts = 6, Tolerance = 1e-6 }, log);
        Assert.True(result.Converged);
        Assert.All(result.Values, v => Assert.Equal(1, v, 1e-3));
        Assert.Contains(log.Evaluations, e => e.Stage == "restart 1");

        // The curvature at the bottom: 2 + 16 pi^2.
        Assert.All(result.Errors, e => Assert.Equal(Math.Sqrt(2 / (2 + 16 * Math.PI * Math.PI)), e, 0.05 * e));
    }

    [Fact]
    public void A_chi_squared_has_its_least_value_and_covariance()
    {
        // Correlation 0.8.
        static double ChiSquared(IReadOnlyList<double> x)
        {
            double a = (x[0] - 3) / 0.2, b = (Math.Log(x[1]) - Math.Log(5e10)) / 0.05;
            return 7 + (a * a - 1.6 * a * b + b * b) / 0.36;
        }

        FitResult result = Run(new([new("x", 2, 0, 9, 0.5), new("mass", 4e10, 1e9, 1e12, 1e10, ParameterScale.Logarithmic)]), ChiSquared, Settings with { Tolerance = 1e-5 });
        Assert.True(result.Converged);
        Assert.Equal(7, result.ChiSquared, 1e-4);
        Assert.Equal(3, result.Values[0], 0.01 * 0.2);
        Assert.Equal(5e10, result.Values[1], 0.01 * 0.05 * 5e10);
        Assert.Equal(0.2, result.Errors[0], 1e-3 * 0.2);
        Assert.Equal(0.05 * 5e10, result.Errors[1], 2e-3 * 0.05 * 5e10);
        Assert.Equal(0.8, result.Correlation[0, 1], 1e-3);
    }

    [Fact]
    public void Bounds_hold_and_what_is_least_at_one_is_found()
    {
        List<IReadOnlyList<double>> asked = [];
        FitResult result = Run(Box(3, 1, 0, 4, 1), x =>
        {
            asked.Add([.. x]);
            return Math.Pow(x[0] + 1, 2) + Math.Pow(x[1] - 2, 2) + Math.Pow(x[2] - 5, 2);
        });
        Assert.True(asked.TrueForAll(x => x.All(v => v is >= 0 and <= 4)));
        Assert.Equal(0, result.Values[0], 1e-3);
        Assert.Equal(2, result.Values[1], 1e-3);
        Assert.Equal(4, result.Values[2], 1e-3);
    }

    [Fact]
    public void Models_that_do_not_exist_are_gone_around()
    {
        FitResult result = Run(Box(2, 1.9, -5, 5, 1), x => x[0] > 2 || x[1] > 2 ? throw new NumericalException("no such model") : Math.Pow(x[0] - 1, 2) + Math.Pow(x[1] + 1, 2));
        Assert.True(result.Converged);
        Assert.Equal(1, result.Values[0], 1e-3);
        Assert.Equal(-1, result.Values[1], 1e-3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_kills_a_fit_it_goes_on_as_if_it_had_not_been(int seed)
    {
        ParameterSet parameters = new([new("x", -1.2, -5, 5, 0.5), new("y", 1, 0.01, 5, 0.5, ParameterScale.Logarithmic)]);
        SearchSettings settings = Settings with { Restarts = 1, Tolerance = 1 };
        MemoryLog whole = new();
        FitResult expected = Run(parameters, ClosedForm.Rosenbrock, settings, whole);
        using Workplace work = new();
        Random random = new(seed);
        int kills = 0;
        for (FitResult? result = null; result is null;)
        {
            using FitLog log = FitLog.Open(work.Path("run.db"), parameters, new Dictionary<string, string>());
            try
            {
                result = Run(parameters, ClosedForm.Rosenbrock, settings, log, random.Next(60));
                Assert.Equal(whole.Evaluations.Select(e => (e.Number, e.Stage, e.ChiSquared)), log.Evaluations.Select(e => (e.Number, e.Stage, e.ChiSquared)));
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
