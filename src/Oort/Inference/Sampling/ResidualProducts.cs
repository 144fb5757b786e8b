using Oort.Numerics;

namespace Oort.Inference.Sampling;

/// <summary>Models, and the scalar products of their residuals with each other, which are all that a fit by least squares to residuals, however many they are, needs of them.</summary>
internal sealed class ResidualProducts
{
    private readonly List<double[]> points = [], residuals = [], products = [];

    /// <summary>How many models.</summary>
    public int Count => points.Count;

    /// <summary>Where they are.</summary>
    public IReadOnlyList<double[]> Points => points;

    /// <summary>Their misfits: the sums of the residuals' squares.</summary>
    public IReadOnlyList<double> Misfits => [.. products.Select((p, i) => p[i])];

    /// <summary>The product of the residuals of two models.</summary>
    public double this[int i, int j] => i >= j ? products[i][j] : products[j][i];

    /// <summary>Adds a model, or replaces the one at the same point: a twin would seem to predict it.</summary>
    public void Add(double[] point, IReadOnlyList<double> of)
    {
        double[] added = of as double[] ?? [.. of];
        if (points.FindIndex(p => p.AsSpan().SequenceEqual(point)) is int i and >= 0)
        {
            residuals[i] = added;
            for (int j = 0; j < Count; j++)
            {
                products[Math.Max(i, j)][Math.Min(i, j)] = ScalarProduct.Of(residuals[j], added);
            }

            return;
        }

        points.Add(point);
        residuals.Add(added);
        products.Add([.. residuals.Select(r => ScalarProduct.Of(r, added))]);
    }
}
