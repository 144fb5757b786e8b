using Oort.Inference;

namespace Oort.Tests.Inference;

/// <summary>A function to be minimised whose least value is known.</summary>
internal sealed class ClosedForm(Func<IReadOnlyList<double>, double> function, Func<IReadOnlyList<double>, double[]>? residuals = null, Func<IReadOnlyList<double>, double[]>? guides = null) : IObjective
{
    /// <summary>How often it may still be asked; then it fails as if the process were killed.</summary>
    public int Life { get; set; } = int.MaxValue;

    /// <summary>The function for values near given ones; this one if null.</summary>
    public Func<IReadOnlyList<double>, IObjective>? About { get; init; }

    public IObjective Near(IReadOnlyList<double> values, CancellationToken cancellation = default) => About?.Invoke(values) ?? this;

    public Misfit Evaluate(IReadOnlyList<double> values, CancellationToken cancellation = default)
    {
        if (Life-- <= 0)
        {
            throw new KilledException();
        }

        double value = function(values);
        if (residuals is not null)
        {
            double[] all = residuals(values);
            return new(value, 10, [new(1, "VR", 6, 0.25 * value), new(1, "Vz", 4, 0.75 * value)]) { Residuals = all, Guides = guides?.Invoke(values) ?? [] };
        }

        return new(value, 10, [new(1, "VR", 6, 0.25 * value), new(1, "Vz", 4, 0.75 * value)]);
    }

    /// <summary>A sum of squares.</summary>
    public static ClosedForm Of(Func<IReadOnlyList<double>, double[]> residuals, Func<IReadOnlyList<double>, double[]>? guides = null, Func<IReadOnlyList<double>, IObjective>? about = null)
        => new(x => residuals(x).Sum(r => r * r), residuals, guides) { About = about };

    /// <summary>(1 - x)^2 + 100 (y - x^2)^2.</summary>
    public static double Rosenbrock(IReadOnlyList<double> x) => Math.Pow(1 - x[0], 2) + 100 * Math.Pow(x[1] - x[0] * x[0], 2);

    public sealed class KilledException : Exception;
}
