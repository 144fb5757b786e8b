namespace Oort.Potentials;

/// <summary>
/// Potential of several discs, spheroids and other densities together: the closed-form part of every disc
/// (<see cref="DiskAnsatz"/>) plus one multipole expansion of all the rest, as in Dehnen and Binney (1998, section 2.3).
/// As accurate as the sum of <see cref="Disk"/> and <see cref="Spheroid"/>, and several times faster, as there is only one expansion.
/// </summary>
public sealed class MassModel : Potential
{
    private const string Model = "MassModel";
    private const double Step = 0.1;

    private readonly CompositePotential sum;
    private readonly CompositeDensity density;

    /// <summary>The potential of the sum of <paramref name="densities"/>, at least one.</summary>
    /// <param name="densities">The densities; discs must come as <see cref="DiskDensity"/> to be treated as such.</param>
    /// <param name="lmax">Largest degree of the expansion.</param>
    /// <exception cref="InputException">There is no density.</exception>
    /// <exception cref="ParameterException">The degree is out of range.</exception>
    public MassModel(IEnumerable<Density> densities, int lmax = Disk.DefaultDegree)
    {
        Multipole.CheckGrid(Model, lmax, 0, 0, 0);
        density = new(densities);
        DiskDensity[] discs = [.. density.Parts.OfType<DiskDensity>()];
        Density[] others = [.. density.Parts.Where(d => d is not DiskDensity)];
        foreach (SpheroidDensity spheroid in others.OfType<SpheroidDensity>())
        {
            Spheroid.CheckOutskirts(spheroid);
        }

        double low = double.PositiveInfinity, high = 0;
        foreach (DiskDensity disc in discs)
        {
            (double from, double to) = Disk.Extent(disc);
            (low, high) = (Math.Min(low, from), Math.Max(high, to));
        }

        // Each density for itself: the power law in which one ends is hidden under another.
        foreach (double[] grid in others.Where(d => d.TotalMass != 0).Select(d => RadialGrid.For(d, 0, 0, 0)))
        {
            (low, high) = (Math.Min(low, Math.Exp(grid[0])), Math.Max(high, Math.Exp(grid[^1])));
        }

        (low, high) = high > 0 ? (low, high) : (1e-3, 1e3); // no mass at all
        CompositeDensity rest = new([.. others, .. discs.Select(d => new DiskResidualDensity(d))]);
        int count = (int)Math.Ceiling(Math.Log(high / low) / Step) + 1;
        Expansion = new(MultipoleSolver.Solve(rest, lmax / 2 * 2, RadialGrid.Logarithmic(Math.Log(low), Math.Log(high), count), Disk.AnglesFor(lmax)));
        sum = new([.. discs.Select(d => new DiskAnsatz(d)), Expansion]);
    }

    /// <summary>The densities.</summary>
    public IReadOnlyList<Density> Densities => density.Parts;

    /// <summary>The expansion of all that is not in a disc's closed-form part.</summary>
    public Multipole Expansion { get; }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result)
        => sum.Evaluate(R, z, result);

    /// <inheritdoc/>
    public override void Density(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
        => density.Evaluate(R, z, rho);
}
