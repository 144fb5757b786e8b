using Oort.Inference;
using Oort.Inference.Sampling;
using Oort.Numerics;
using Xunit.Abstractions;

namespace Oort.Tests.Inference.Sampling;

/// <summary>Walks in an emulated density as proposals: the chain's density is exact whatever the emulator knows, and takes a step or two where that is much.</summary>
public sealed class EmulatedMoveTests(ITestOutputHelper output)
{
    private static readonly ParameterSet Plane = new([new("x", 0, -40, 40, 1), new("y", 0, -100, 1500, 1)]);

    /// <summary>The residuals of Rosenbrock's valley are of the second degree: nothing is left to be wrong, and the valley in which ensemble moves take some thousand steps (docs/sampling.md) takes one or two.</summary>
    [Fact]
    public void A_valley_that_bends_is_no_longer_narrow()
    {
        ClosedFormDensity.Rosenbrock density = new();
        ResidualEmulator emulator = Emulator(Plane, Bent(0), density);
        Assert.InRange(emulator.Error, 0, 1e-4);
        foreach (double[] x in (double[][])[[1, 1], [-3, 8], [6, 36.5], [20, 350]])
        {
            Assert.Equal(-2 * density.LogDensity(x), emulator.Misfit(x), 1e-3 * (1 - density.LogDensity(x)));
        }

        SamplerHarness.Verdict verdict = SamplerHarness.Run(new(density, new((new EmulatedMove(emulator), 1))), density, 8, 30, 1000);
        output.WriteLine(verdict.ToString());
        Assert.True(verdict.IsExact && verdict.IsSharp(0.05, 0.2), verdict.ToString());
        Assert.InRange(verdict.Time, 1, 8);
        Assert.InRange(verdict.Acceptance, 0.85, 1);
    }

    /// <summary>The emulator is of another valley, beside this one by half its width and shorter.</summary>
    [Fact]
    public void A_wrong_emulator_costs_time_but_no_truth()
    {
        ClosedFormDensity.Rosenbrock density = new();
        ResidualEmulator emulator = Emulator(Plane, x => [Math.Sqrt(10) * (x[1] - x[0] * x[0] - 0.15), (1.5 - x[0]) / 3], density);
        SamplerHarness.Verdict verdict = SamplerHarness.Run(new(density, new((new EmulatedMove(emulator), 1))), density, 8, 50, 1000);
        output.WriteLine(verdict.ToString());
        Assert.True(verdict.IsExact && verdict.IsSharp(0.05, 0.2), verdict.ToString());
        Assert.InRange(verdict.Acceptance, 0.3, 0.8);
    }

    /// <summary>Walks of three steps forget nothing: were they not as likely backwards as forwards, it would show. The emulator is of a density half a standard deviation away and a tenth narrower.</summary>
    [Fact]
    public void Short_walks_leave_the_density_as_it_is()
    {
        ClosedFormDensity.Gaussian density = new(2);
        NormalApproximation near = new(density.Mean, density.Covariance);
        ResidualEmulator emulator = Emulator(new([.. density.Mean.Select((m, k) => new FitParameter($"p{k}", m, m - 20 * density.Sigma(k), m + 20 * density.Sigma(k), density.Sigma(k)))]), x =>
        {
            double[] standard = new double[2];
            near.Standardise(x, standard);
            return [1.1 * (standard[0] - 0.5), 1.1 * (standard[1] + 0.5)];
        }, near, random => near.Draw(ref random), 30);
        SamplerHarness.Verdict verdict = SamplerHarness.Run(new(density, new((new EmulatedMove(emulator, 3), 1))), density, 8, 200, 40000, 4);
        output.WriteLine(verdict.ToString());
        Assert.True(verdict.IsExact && verdict.IsSharp(0.02, 0.04), verdict.ToString());
    }

    /// <summary>With fewer models than the polynomials have coefficients, what is not known is held at 0.</summary>
    [Fact]
    public void In_many_dimensions_few_models_serve()
    {
        ClosedFormDensity.Gaussian density = new(14);
        ParameterSet parameters = new([.. density.Mean.Select((m, k) => new FitParameter($"p{k}", m, m - 20 * density.Sigma(k), m + 20 * density.Sigma(k), density.Sigma(k)))]);
        NormalApproximation near = new(density.Mean, density.Covariance);
        double[] Residuals(double[] x)
        {
            double[] standard = new double[14];
            near.Standardise(x, standard);
            return standard;
        }

        ResidualEmulator emulator = Emulator(parameters, Residuals, near, random => near.Draw(ref random), 60);
        Assert.InRange(emulator.Error, 0, 0.01);
        SamplerHarness.Verdict verdict = SamplerHarness.Run(new(density, new((new EmulatedMove(emulator), 1))), density, 4, 20, 150);
        output.WriteLine(verdict.ToString());
        Assert.True(verdict.IsExact && verdict.IsSharp(0.1, 0.1), verdict.ToString());
        Assert.InRange(verdict.Time, 1, 4);
    }

    /// <summary>What the error says is what new models show.</summary>
    [Fact]
    public void The_error_is_that_of_predictions()
    {
        Func<double[], double[]> residuals = Bent(0.001);
        ResidualEmulator emulator = Emulator(Plane, residuals, new ClosedFormDensity.Rosenbrock());
        Xoshiro256 random = new(5);
        double[] misses = [.. Enumerable.Range(0, 200).Select(_ => emulator.Draw(ref random)).Select(x => 0.5 * (emulator.Misfit(x) - residuals(x).Sum(r => r * r)))];
        double found = MathNet.Numerics.Statistics.Statistics.StandardDeviation(misses);
        output.WriteLine($"{found} {emulator.Error}");
        Assert.InRange(found, 0.4 * emulator.Error, 2.5 * emulator.Error);
    }

    /// <summary>Least squares stop far from the best here; where the emulator of further models has it, it is. The same emulator follows from the log.</summary>
    [Fact]
    public void A_search_ends_with_an_emulator()
    {
        SearchSettings settings = new() { Method = SearchMethod.GaussNewton, Emulates = true };
        MemoryLog log = new();
        FitResult result = new Fit(Plane, settings, () => ClosedForm.Of(x => Bent(1e-4)([.. x]))).Run(log);
        Assert.True(result.Converged);
        Assert.InRange(result.Emulator!.Error, 0, 0.5);
        Assert.InRange(log.Evaluations.Count(e => e.Stage == "emulation"), 16, 64);
        Assert.True(log.Evaluations.Max(e => Math.Abs(e.Values[0] - 1)) > 3, "no model away from the best");

        MemoryLog half = new();
        _ = new Fit(Plane, settings, () => ClosedForm.Of(x => Bent(1e-4)([.. x]))).Run(half, log.Evaluations.Count - 9);
        FitResult again = new Fit(Plane, settings, () => ClosedForm.Of(x => Bent(1e-4)([.. x]))).Run(half);
        Assert.Equal(log.Evaluations.Select(e => e.ChiSquared), half.Evaluations.Select(e => e.ChiSquared));
        Assert.Equal(result.Emulator.Fingerprint, again.Emulator!.Fingerprint);
    }

    /// <summary>A prior counts once, in the end of the search and in the emulated density: the most probable point of a Gaussian with a Gaussian prior, and its moments.</summary>
    [Fact]
    public void An_emulator_is_of_the_data_and_the_density_of_priors_too()
    {
        ParameterSet parameters = new([new("x", 2, -20, 20, 1, ParameterScale.Linear, new Prior.Normal(3, 1)), new("y", 2, -20, 20, 1)]);
        MemoryLog log = new();
        FitResult result = new Fit(parameters, new() { Method = SearchMethod.GaussNewton, Emulates = true }, () => ClosedForm.Of(x => [0.5 * (x[0] - 5), x[1] + x[0]])).Run(log);
        Assert.True(result.Converged);
        Assert.Equal(3.4, result.Values[0], 0.1);

        // The likelihood is a tenth wider in variance there, and the draws are some hundreds.
        Assert.Equal(3.4, result.Emulator!.Moments[0].Mean, 0.3);
        Assert.Equal(Math.Sqrt(0.8), result.Emulator.Moments[0].StandardDeviation, 0.15);
        Assert.Equal(Math.Sqrt(1.8), result.Emulator.Moments[1].StandardDeviation, 0.25);
        Assert.Equal(0.25 * 4 + 9, result.Emulator.Misfit([3, 0]), 1e-3);
    }

    /// <summary>Residuals of Rosenbrock's valley, and of one that bends farther away still more.</summary>
    private static Func<double[], double[]> Bent(double more)
        => x => [Math.Sqrt(10) * (x[1] - x[0] * x[0] - more * x[0] * x[0] * x[0]), (1 - x[0]) / Math.Sqrt(10)];

    /// <summary>An emulator from models along Rosenbrock's valley.</summary>
    private static ResidualEmulator Emulator(ParameterSet parameters, Func<double[], double[]> residuals, ClosedFormDensity.Rosenbrock density)
        => Emulator(parameters, residuals, new(density.Mean, density.Covariance), random =>
        {
            (double along, double across) = random.Normal();
            double x = 1 + Math.Sqrt(10) * along;
            return [x, x * x + 0.3 * across];
        }, 40);

    private static ResidualEmulator Emulator(ParameterSet parameters, Func<double[], double[]> residuals, NormalApproximation near, Func<Xoshiro256, double[]> draw, int models)
    {
        ResidualProducts products = new();
        for (int i = 0; i < models; i++)
        {
            double[] point = draw(new(3, (ulong)i));
            products.Add(point, residuals(point));
        }

        return new(parameters, near, products);
    }
}
