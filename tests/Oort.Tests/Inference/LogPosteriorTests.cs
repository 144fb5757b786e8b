using Oort.Inference;

namespace Oort.Tests.Inference;

/// <summary>Priors are densities, and transforms keep them so.</summary>
public sealed class LogPosteriorTests
{
    public static TheoryData<Prior, double, double> Priors => new()
    {
        { new Prior.Uniform(2, 5), 2, 5 },
        { new Prior.LogUniform(0.5, 8), 0.5, 8 },
        { new Prior.Normal(3, 0.4), 1e-3, 9 },
        { new Prior.LogNormal(3, 0.3), 0.3, 30 },
        { new Prior.HalfNormal(1.5), 1e-9, 20 },
    };

    /// <summary>The density integrates to one in the value and, by the Jacobian, in either coordinate.</summary>
    [Theory]
    [MemberData(nameof(Priors))]
    public void Densities_integrate_to_one_in_every_coordinate(Prior prior, double low, double high)
    {
        ArgumentNullException.ThrowIfNull(prior);
        Assert.Equal(1, Integral(x => prior.LogDensity(x), low, high), 1e-6);
        ParameterSet linear = new([new("x", 3, low, high, 0.1, ParameterScale.Linear, prior)]), log = new([new("x", 3, low, high, 0.1, ParameterScale.Logarithmic, prior)]);
        Assert.Equal(1, Integral(u => linear.LogPrior([u]), low, high), 1e-6);
        Assert.Equal(1, Integral(u => log.LogPrior([u]), Math.Log(low), Math.Log(high)), 1e-6);
        Assert.Equal(double.NegativeInfinity, linear.LogPrior([high * 1.001]));
        Assert.Equal(double.NegativeInfinity, log.LogPrior([Math.Log(low) - 1e-6]));
    }

    [Fact]
    public void Without_a_prior_the_density_is_constant_in_the_coordinate()
    {
        ParameterSet both = new([new("x", 3, 2, 5, 0.1), new("y", 3, 2, 5, 0.1, ParameterScale.Logarithmic)]);
        Assert.Equal(-Math.Log(3) - Math.Log(Math.Log(2.5)), both.LogPrior([4, 1]), 1e-12);
    }

    [Fact]
    public void Nothing_is_probable_where_the_prior_ends()
    {
        Assert.Equal(double.NegativeInfinity, new Prior.Uniform(2, 5).LogDensity(1.9));
        Assert.Equal(double.NegativeInfinity, new Prior.LogUniform(2, 5).LogDensity(5.1));
        Assert.Equal(double.NegativeInfinity, new Prior.HalfNormal(2).LogDensity(-0.1));
        Assert.Throws<ParameterException>(() => new Prior.LogUniform(0, 1));
        Assert.Equal(double.NegativeInfinity, new Prior.LogNormal(2, 1).LogDensity(0));
        Assert.Throws<ParameterException>(() => new Prior.Normal(0, 0));
        Assert.Throws<ParameterException>(() => new Prior.LogNormal(0, 1));
        Assert.Throws<ParameterException>(() => new Prior.LogNormal(1, 0));
        Assert.Throws<ParameterException>(() => new FitParameter("x", 0, 0, 5, 1, ParameterScale.Linear, new Prior.LogNormal(2, 1)));
        Assert.Throws<ParameterException>(() => new FitParameter("x", 3, 1, 5, 1, ParameterScale.Linear, new Prior.Uniform(2, 5)));
    }

    /// <summary>Prior times exp(-misfit/2), zero where there is no model, the same in batches on several threads.</summary>
    [Fact]
    public void The_posterior_is_prior_times_likelihood()
    {
        ParameterSet parameters = new([new("x", 3, 0.1, 50, 0.1, ParameterScale.Logarithmic, new Prior.Normal(3, 2)), new("y", 0, -5, 5, 1)]);
        ClosedForm objective = new(v => v[1] > 4 ? throw new NumericalException("no model") : v[1] > 3 ? double.NaN : v[0] * v[0] + v[1]);
        LogPosterior one = new(parameters, objective), two = new(parameters, objective, threads: 2);
        double[][] points = [[Math.Log(2), 1], [Math.Log(2), 4.5], [Math.Log(2), 3.5], [Math.Log(2), 6], [Math.Log(60), 0], .. Enumerable.Range(0, 30).Select(i => new[] { 0.1 * i, 0.1 * i })];
        double[] found = one.Evaluate(points);
        double prior = -0.5 * 0.25 - Math.Log(2 * Math.Sqrt(2 * Math.PI)) + Math.Log(2) - Math.Log(10);
        Assert.Equal(prior - 0.5 * 5, found[0], 1e-12);
        Assert.All(found[1..5], f => Assert.Equal(double.NegativeInfinity, f));
        Assert.Equal(found, two.Evaluate(points));
        Assert.Null(one.MisfitAt(points[3]));
        Assert.Equal(5, one.MisfitAt(points[0])!.ChiSquared, 1e-12);
        Assert.Equal(new[] { Math.Log(3), 0 }, one.Start);
    }

    private static double Integral(Func<double, double> log, double low, double high)
    {
        const int Cells = 200_000;
        double sum = 0, step = (high - low) / Cells;
        for (int i = 0; i < Cells; i++)
        {
            sum += Math.Exp(log(low + (i + 0.5) * step)) * step;
        }

        return sum;
    }
}
