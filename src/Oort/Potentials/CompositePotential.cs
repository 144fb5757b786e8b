using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Oort.Numerics;

namespace Oort.Potentials;

/// <summary>The sum of potentials. Sums given as parts are flattened.</summary>
public sealed class CompositePotential : Potential
{
    private const int Chunk = 64;
    private readonly Potential[] parts;

    /// <summary>The sum of <paramref name="parts"/>, at least one.</summary>
    /// <exception cref="InputException">There is no part.</exception>
    public CompositePotential(params IEnumerable<Potential> parts)
    {
        this.parts = [.. parts.SelectMany(p => p is CompositePotential sum ? sum.parts : [p])];
        if (this.parts.Length == 0)
        {
            throw new InputException("a sum of potentials needs at least one potential");
        }
    }

    /// <summary>The potentials that are added up.</summary>
    public IReadOnlyList<Potential> Parts => parts;

    /// <summary>Whether every part has an escape speed.</summary>
    public override bool HasEscapeSpeed => Array.TrueForAll(parts, p => p.HasEscapeSpeed);

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result)
    {
        if (parts.Length == 1)
        {
            parts[0].Evaluate(R, z, result);
            return;
        }

        // Sums are formed in scratch, so that a result may share memory with the coordinates.
        int wanted = (result.Phi.IsEmpty ? 0 : 1) + (result.PhiR.IsEmpty ? 0 : 1) + (result.PhiZ.IsEmpty ? 0 : 1)
            + (result.PhiRR.IsEmpty ? 0 : 1) + (result.PhiRZ.IsEmpty ? 0 : 1) + (result.PhiZZ.IsEmpty ? 0 : 1);
        Span<double> total = stackalloc double[6 * Chunk], part = stackalloc double[6 * Chunk];
        for (int start = 0; start < R.Length; start += Chunk)
        {
            int n = Math.Min(Chunk, R.Length - start);
            PotentialDerivatives target = result.Slice(start, n), sum = Scratch(target, total, n), term = Scratch(target, part, n);
            ReadOnlySpan<double> Rs = R.Slice(start, n), zs = z.Slice(start, n), added = part[..(wanted * n)];
            Span<double> sums = total[..(wanted * n)];
            parts[0].Evaluate(Rs, zs, sum);
            for (int k = 1; k < parts.Length - 1; k++)
            {
                parts[k].Evaluate(Rs, zs, term);
                TensorPrimitives.Add(sums, added, sums);
            }

            parts[^1].Evaluate(Rs, zs, term);
            Add(sum.Phi, term.Phi, target.Phi);
            Add(sum.PhiR, term.PhiR, target.PhiR);
            Add(sum.PhiZ, term.PhiZ, target.PhiZ);
            Add(sum.PhiRR, term.PhiRR, target.PhiRR);
            Add(sum.PhiRZ, term.PhiRZ, target.PhiRZ);
            Add(sum.PhiZZ, term.PhiZZ, target.PhiZZ);
        }

        static void Add(ReadOnlySpan<double> sum, ReadOnlySpan<double> term, Span<double> target)
        {
            int i = 0;
            for (; i <= target.Length - Vector<double>.Count; i += Vector<double>.Count)
            {
                VectorMath.Store(VectorMath.Load(sum, i) + VectorMath.Load(term, i), target, i);
            }

            for (; i < target.Length; i++)
            {
                target[i] = sum[i] + term[i];
            }
        }
    }

    /// <inheritdoc/>
    public override void Density(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
        => CompositeDensity.Sum(parts, static (p, R, z, rho) => p.Density(R, z, rho), R, z, rho);

    // The wanted quantities, one after the other without gaps.
    private static PotentialDerivatives Scratch(PotentialDerivatives wanted, Span<double> scratch, int n)
    {
        int used = 0;
        return new()
        {
            Phi = Take(wanted.Phi, scratch, n, ref used),
            PhiR = Take(wanted.PhiR, scratch, n, ref used),
            PhiZ = Take(wanted.PhiZ, scratch, n, ref used),
            PhiRR = Take(wanted.PhiRR, scratch, n, ref used),
            PhiRZ = Take(wanted.PhiRZ, scratch, n, ref used),
            PhiZZ = Take(wanted.PhiZZ, scratch, n, ref used),
        };
    }

    private static Span<double> Take(Span<double> wanted, Span<double> scratch, int n, scoped ref int used)
    {
        if (wanted.IsEmpty)
        {
            return default;
        }

        used += n;
        return scratch.Slice(used - n, n);
    }
}
