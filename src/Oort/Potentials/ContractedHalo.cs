using Oort.Numerics;

namespace Oort.Potentials;

/// <summary>
/// A dark halo that baryons have contracted (Cautun et al. 2020; Sun et al. 2025, equation 11): inside each radius its mass is
/// M0 [0.45 + 0.38 (eta + 1.16)^0.53], M0 that of the halo without baryons, eta = M_bar (1 - f_bar)/(f_bar M0). Spherical; of
/// flattened baryons the mass inside spheres counts.
/// </summary>
/// <remarks>The mass is a spline in ln r, 20 nodes to an e-fold, between 1e-4 and 1e5 kpc and a power law beyond: density good to 1e-5 inside.</remarks>
public sealed class ContractedHalo : Density
{
    /// <summary>f_bar of Planck Collaboration (2014), as in Sun et al. (2025).</summary>
    public const double PlanckBaryonFraction = 0.157;

    private const double Innermost = 1e-4, Outermost = 1e5, Step = 0.05;

    private readonly QuinticSpline logMass;

    /// <summary>Contracts a halo.</summary>
    /// <param name="halo">The halo without baryons: an NFW, or any sphere.</param>
    /// <param name="baryons">The potential of all baryons.</param>
    /// <param name="baryonFraction">The cosmic baryon fraction f_bar.</param>
    /// <exception cref="ParameterException">The fraction is not between 0 and 1.</exception>
    public ContractedHalo(Potential halo, Potential baryons, double baryonFraction = PlanckBaryonFraction)
        : this(Inside(halo), Inside(baryons), baryonFraction)
    {
    }

    internal ContractedHalo(Func<double, double> halo, Func<double, double> baryons, double baryonFraction)
    {
        CheckFraction(baryonFraction);
        int n = (int)Math.Ceiling(Math.Log(Outermost / Innermost) / Step) + 1;
        double[] x = new double[n], mass = new double[n], slope = new double[n];
        for (int i = 0; i < n; i++)
        {
            x[i] = Math.Log(Innermost) + i * Step;
            double r = Math.Exp(x[i]);
            mass[i] = Math.Log(Mass(halo(r), baryons(r), baryonFraction));
        }

        SplineLine.EvenSlopes(x, mass, slope);
        logMass = new(x, mass, slope);
    }

    /// <summary>Equation 11: the contracted mass, Msun.</summary>
    /// <param name="halo">Mass of the halo without baryons inside a radius, Msun.</param>
    /// <param name="baryons">Mass of the baryons inside it, Msun.</param>
    /// <param name="baryonFraction">The cosmic baryon fraction f_bar.</param>
    public static double Mass(double halo, double baryons, double baryonFraction = PlanckBaryonFraction)
        => halo * (0.45 + 0.38 * Math.Pow(baryons * (1 - baryonFraction) / (baryonFraction * halo) + 1.16, 0.53));

    /// <inheritdoc/>
    public override double TotalMass => double.PositiveInfinity;

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
    {
        double first = logMass.Nodes[0], last = logMass.Nodes[^1];
        for (int i = 0; i < R.Length; i++)
        {
            double r = Math.Max(Math.Sqrt(R[i] * R[i] + z[i] * z[i]), 1e-100), x = Math.Log(r), inside = Math.Clamp(x, first, last);
            (double value, double slope, _) = logMass.Evaluate(inside);
            rho[i] = Math.Exp(value + slope * (x - inside) - 3 * x) * slope / (4 * Math.PI);
        }
    }

    internal static void CheckFraction(double baryonFraction)
        => ParameterException.Check(nameof(ContractedHalo), "baryonFraction", baryonFraction, baryonFraction is > 0 and < 1, "between 0 and 1");

    private static Func<double, double> Inside(Potential potential)
    {
        ArgumentNullException.ThrowIfNull(potential);
        return r => EnclosedMass.Within(potential, r);
    }
}
