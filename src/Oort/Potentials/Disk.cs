namespace Oort.Potentials;

/// <summary>
/// Potential of a <see cref="DiskDensity"/> by the method of Dehnen and Binney (1998, section 2.3): a closed form that
/// contains everything thin (<see cref="DiskAnsatz"/>) plus a multipole expansion of what it leaves
/// (<see cref="DiskResidualDensity"/>). At the default degree the force of a
/// disc errs by less than 3e-4 of its length, mostly by 1e-5; where a steep hole or no thickness makes edges, by less than 2e-3.
/// </summary>
public sealed class Disk : Potential
{
    /// <summary>Largest degree of the expansion unless another is asked for.</summary>
    public const int DefaultDegree = 36;

    private const string Model = "Disk";
    private const double Step = 0.1;
    private const int Angles = 128;

    private readonly CompositePotential sum;

    /// <summary>The potential of <paramref name="density"/>.</summary>
    /// <param name="density">The disc.</param>
    /// <param name="lmax">Largest degree of the expansion of the remainder.</param>
    /// <exception cref="ParameterException">The degree is out of range.</exception>
    public Disk(DiskDensity density, int lmax = DefaultDegree)
    {
        ArgumentNullException.ThrowIfNull(density);
        ParameterException.Check(Model, "lmax", lmax, lmax is >= 0 and <= Multipole.MaximumDegree, $"0 ... {Multipole.MaximumDegree}");
        DiskDensity = density;
        Ansatz = new(density);
        (double low, double high) = Extent(density);
        double from = Math.Log(low), to = Math.Log(high);
        double[] grid = RadialGrid.Logarithmic(from, to, (int)Math.Ceiling((to - from) / Step) + 1);
        Expansion = new(MultipoleSolver.Solve(new DiskResidualDensity(density), lmax / 2 * 2, grid, AnglesFor(lmax)));
        sum = new(Ansatz, Expansion);
    }

    /// <summary>The disc.</summary>
    public DiskDensity DiskDensity { get; }

    /// <summary>The closed-form part.</summary>
    internal DiskAnsatz Ansatz { get; }

    /// <summary>The expansion of the rest.</summary>
    public Multipole Expansion { get; }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result)
        => sum.Evaluate(R, z, result);

    /// <inheritdoc/>
    public override void Density(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
        => DiskDensity.Evaluate(R, z, rho);

    /// <summary>Nodes of the angular quadrature that resolve a disc's remainder.</summary>
    internal static int AnglesFor(int lmax) => Math.Max(Angles, 2 * lmax);

    /// <summary>Radii, kpc, between which the remainder of a disc needs a grid.</summary>
    internal static (double Low, double High) Extent(DiskDensity disk)
    {
        double height = Math.Abs(disk.ScaleHeight), scale = disk.ScaleRadius;
        double smallest = Math.Min(scale, height > 0 ? height : 0.1 * scale);
        double largest = Math.Max(Math.Max(scale * Math.Pow(40, disk.SersicIndex), 40 * height), 10 * disk.InnerCutoffRadius);
        return (0.01 * smallest, largest);
    }
}
