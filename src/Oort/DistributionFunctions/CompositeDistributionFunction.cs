namespace Oort.DistributionFunctions;

/// <summary>The sum of several distribution functions.</summary>
public sealed class CompositeDistributionFunction : DistributionFunction
{
    private const int LongestBlock = 256;

    private readonly DistributionFunction[] parts;

    /// <summary>The sum of <paramref name="parts"/>, of which there is at least one.</summary>
    /// <exception cref="InputException">There are none.</exception>
    public CompositeDistributionFunction(params IEnumerable<DistributionFunction> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        this.parts = [.. parts];
        if (this.parts.Length == 0)
        {
            throw new InputException("a sum of distribution functions needs at least one");
        }

        TotalMass = this.parts.Sum(p => p.TotalMass);
        VanishesForRetrograde = this.parts.All(p => p.VanishesForRetrograde);
        IsEvenInJphi = this.parts.All(p => p.IsEvenInJphi);
    }

    /// <summary>The functions that are summed.</summary>
    public IReadOnlyList<DistributionFunction> Parts => parts;

    /// <inheritdoc/>
    public override double TotalMass { get; }

    /// <inheritdoc/>
    public override bool VanishesForRetrograde { get; }

    /// <inheritdoc/>
    public override bool IsEvenInJphi { get; }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> Jr, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> f)
    {
        parts[0].Evaluate(Jr, Jz, Jphi, f);
        Span<double> buffer = stackalloc double[Math.Min(LongestBlock, f.Length)];
        for (int start = 0; start < f.Length && parts.Length > 1; start += LongestBlock)
        {
            int count = Math.Min(LongestBlock, f.Length - start);
            Span<double> sum = f.Slice(start, count), part = buffer[..count];
            for (int k = 1; k < parts.Length; k++)
            {
                parts[k].Evaluate(Jr.Slice(start, count), Jz.Slice(start, count), Jphi.Slice(start, count), part);
                for (int i = 0; i < count; i++)
                {
                    sum[i] += part[i];
                }
            }
        }
    }
}
