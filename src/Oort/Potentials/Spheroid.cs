namespace Oort.Potentials;

/// <summary>
/// Potential of a <see cref="SpheroidDensity"/>: a closed form where there is one (NFW, Dehnen and Plummer spheres),
/// else a multipole expansion whose degree follows from the flattening and whose grid reaches from the
/// power law of the cusp to that of the outskirts, or beyond the cutoff. The force errs by less than 1e-5 of its
/// length for axis ratios from 0.5 to 2, by less than 2e-3 at 0.2.
/// </summary>
public sealed class Spheroid : Potential
{
    private const string Model = "Spheroid";
    private readonly Potential potential;

    /// <summary>The potential of <paramref name="density"/>.</summary>
    /// <param name="density">The density.</param>
    /// <param name="lmax">Largest degree of the expansion; 0 chooses it by the axis ratio.</param>
    /// <exception cref="ParameterException">The density falls off too slowly for a potential that vanishes at infinity.</exception>
    public Spheroid(SpheroidDensity density, int lmax = 0)
    {
        ArgumentNullException.ThrowIfNull(density);
        ParameterException.Check(Model, "lmax", lmax, lmax is >= 0 and <= Multipole.MaximumDegree, $"0 ... {Multipole.MaximumDegree}");
        SpheroidDensity = density;
        CheckOutskirts(density);
        if (density.DensityNorm == 0)
        {
            potential = new Plummer(0, density.ScaleRadius);
            return;
        }

        potential = density.AxisRatioZ == 1 && double.IsInfinity(density.OuterCutoffRadius) ? ClosedForm(density) ?? Expand(density, lmax) : Expand(density, lmax);
    }

    /// <summary>The density that generates the potential.</summary>
    public SpheroidDensity SpheroidDensity { get; }

    /// <summary>The expansion, or nothing where the potential is a closed form.</summary>
    public Multipole? Expansion => potential as Multipole;

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result)
        => potential.Evaluate(R, z, result);

    /// <inheritdoc/>
    public override void Density(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
        => SpheroidDensity.Evaluate(R, z, rho);

    /// <summary>Throws unless the potential can vanish at infinity.</summary>
    internal static void CheckOutskirts(SpheroidDensity density) => ParameterException.Check(
        Model, "beta", density.Beta, double.IsFinite(density.OuterCutoffRadius) || density.Beta > 2, "> 2, unless outerCutoffRadius is given");

    private static Potential? ClosedForm(SpheroidDensity d)
    {
        double a = d.ScaleRadius, unit = 4 * Math.PI * d.DensityNorm * a * a * a;
        return (d.Alpha, d.Beta, d.Gamma) switch
        {
            (1, 3, 1) => new NFW(unit, a),
            (1, 4, >= 0 and <= 2) => new Dehnen(unit / (3 - d.Gamma), a, d.Gamma),
            (2, 5, 0) => new Plummer(unit / 3, a),
            _ => null,
        };
    }

    private static Multipole Expand(SpheroidDensity density, int lmax)
    {
        if (lmax == 0 && density.AxisRatioZ != 1)
        {
            // Coefficients of a function of R^2 + z^2/q^2 fall as t^(l/2), t = |1-q|/(1+q): its nearest singularity in cos theta.
            double t = Math.Abs(1 - density.AxisRatioZ) / (1 + density.AxisRatioZ);
            lmax = Math.Clamp(2 * (int)Math.Ceiling(Math.Log(1e-6) / Math.Log(t)), 4, 64);
        }

        return new(MultipoleSolver.Solve(density, lmax / 2 * 2, RadialGrid.For(density, 0, 0, 0)));
    }
}
