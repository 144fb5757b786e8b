using System.Numerics.Tensors;

namespace Oort.Potentials;

/// <summary>The sum of densities. Sums given as parts are flattened.</summary>
public sealed class CompositeDensity : Density
{
    private const int Chunk = 128;
    private readonly Density[] parts;

    /// <summary>The sum of <paramref name="parts"/>, at least one.</summary>
    /// <exception cref="InputException">There is no part.</exception>
    public CompositeDensity(params IEnumerable<Density> parts)
    {
        this.parts = [.. parts.SelectMany(p => p is CompositeDensity sum ? sum.parts : [p])];
        if (this.parts.Length == 0)
        {
            throw new InputException("a sum of densities needs at least one density");
        }
    }

    internal delegate void Evaluation<T>(T part, ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho);

    /// <summary>The densities that are added up.</summary>
    public IReadOnlyList<Density> Parts => parts;

    /// <inheritdoc/>
    public override double TotalMass => parts.Sum(p => p.TotalMass);

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
        => Sum(parts, static (p, R, z, rho) => p.Evaluate(R, z, rho), R, z, rho);

    internal static void Sum<T>(T[] parts, Evaluation<T> evaluate, ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
    {
        Span<double> total = stackalloc double[Chunk], part = stackalloc double[Chunk];
        for (int start = 0; start < R.Length; start += Chunk)
        {
            int n = Math.Min(Chunk, R.Length - start);
            ReadOnlySpan<double> Rs = R.Slice(start, n), zs = z.Slice(start, n);
            evaluate(parts[0], Rs, zs, total[..n]);
            for (int k = 1; k < parts.Length; k++)
            {
                evaluate(parts[k], Rs, zs, part[..n]);
                TensorPrimitives.Add(total[..n], part[..n], total[..n]);
            }

            total[..n].CopyTo(rho[start..]);
        }
    }
}
