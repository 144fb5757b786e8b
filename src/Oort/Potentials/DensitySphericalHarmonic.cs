using Oort.Numerics;

namespace Oort.Potentials;

/// <summary>
/// An axisymmetric density as a sum over even l of rho_l(r) sqrt(2l+1) P_l(z/r), rho_l in Msun/kpc^3 on a logarithmic grid:
/// AGAMA's type of the same name (Vasiliev 2019, appendix A). The logarithm of rho_0 and the ratios rho_l/rho_0 are cubic
/// splines in ln r; beyond the grid rho_0 is the power law of its end, with the ratios there.
/// Between the nodes the default grid errs by less than 1e-5 of a smooth density. A negative sum, which a truncated expansion may give, is returned as 0.
/// </summary>
public sealed class DensitySphericalHarmonic : Density
{
    private const double SteepestCusp = 2.9;

    private readonly double[] logRadii;
    private readonly double[,] coefficients; // [node, l], AGAMA's normalisation
    private readonly CubicSpline monopole;   // ln rho_0, or rho_0 where it is not positive everywhere
    private readonly CubicSpline[] ratios;   // of rho_l (coefficient of P_l) to rho_0, or rho_l itself
    private readonly bool logarithmic;
    private readonly double innerSlope;
    private readonly double outerSlope;

    /// <summary>Makes the density from its coefficients.</summary>
    /// <param name="radii">Radii, kpc, positive and increasing, three or more.</param>
    /// <param name="rho">rho_l at the radii, Msun/kpc^3: [radius, l], l = 0, 1, 2 ... lmax; odd ones must vanish.</param>
    /// <exception cref="InputException">The shapes differ, the radii do not increase, a number is not finite, or an odd l occurs.</exception>
    public DensitySphericalHarmonic(ReadOnlySpan<double> radii, double[,] rho)
    {
        ArgumentNullException.ThrowIfNull(rho);
        int n = radii.Length, count = rho.GetLength(1);
        if (n < 3 || rho.GetLength(0) != n || count is 0 or > Multipole.MaximumDegree + 1)
        {
            throw new InputException("DensitySphericalHarmonic: three radii or more, and as many rows of coefficients, are needed");
        }

        logRadii = new double[n];
        coefficients = (double[,])rho.Clone();
        logarithmic = true;
        for (int i = 0; i < n; i++)
        {
            if (!(radii[i] > (i == 0 ? 0 : radii[i - 1])) || !double.IsFinite(radii[i]))
            {
                throw new InputException(FormattableString.Invariant(
                    $"DensitySphericalHarmonic: radius {i + 1} = {radii[i]:R} is not allowed: radii must be positive and increase"));
            }

            logRadii[i] = Math.Log(radii[i]);
            logarithmic &= rho[i, 0] > 0;
            for (int l = 0; l < count; l++)
            {
                if (!double.IsFinite(rho[i, l]) || (l % 2 == 1 && rho[i, l] != 0))
                {
                    throw new InputException(FormattableString.Invariant(
                        $"DensitySphericalHarmonic: the coefficient {rho[i, l]:R} of l = {l} at radius {radii[i]:R} is not allowed: it must be finite, and 0 for odd l"));
                }
            }
        }

        double[] column = new double[n];
        for (int i = 0; i < n; i++)
        {
            column[i] = logarithmic ? Math.Log(rho[i, 0]) : rho[i, 0];
        }

        monopole = CubicSpline.Fitted(logRadii, column);
        ratios = new CubicSpline[(count - 1) / 2];
        for (int j = 0; j < ratios.Length; j++)
        {
            int l = 2 * j + 2;
            for (int i = 0; i < n; i++)
            {
                column[i] = Math.Sqrt(2 * l + 1) * rho[i, l] / (logarithmic ? rho[i, 0] : 1);
            }

            ratios[j] = CubicSpline.Fitted(logRadii, column);
        }

        // Without logarithms there is no power law to be found: constant inside, nothing outside.
        innerSlope = logarithmic ? Math.Max(monopole.Derivative(logRadii[0]), -SteepestCusp) : 0;
        outerSlope = logarithmic ? monopole.Derivative(logRadii[^1]) : double.NegativeInfinity;
        TotalMass = Mass();
    }

    /// <summary>Expands a density.</summary>
    /// <param name="density">Any axisymmetric density.</param>
    /// <param name="lmax">Largest degree; only even ones occur.</param>
    /// <param name="rmin">Smallest grid radius, kpc; 0 chooses it so that the density is a power law inside.</param>
    /// <param name="rmax">Largest grid radius, kpc; 0 chooses it so that the density is a power law, or negligible, outside.</param>
    /// <param name="gridSizeR">Number of radii; 0 chooses a step of an eighth in ln r.</param>
    /// <exception cref="ParameterException">A number is out of its range.</exception>
    public static DensitySphericalHarmonic FromDensity(Density density, int lmax, double rmin = 0, double rmax = 0, int gridSizeR = 0)
    {
        ArgumentNullException.ThrowIfNull(density);
        Multipole.CheckGrid(nameof(DensitySphericalHarmonic), lmax, rmin, rmax, gridSizeR);
        double[] grid = RadialGrid.For(density, rmin, rmax, gridSizeR), rho = new double[lmax / 2 + 1];
        MultipoleSolver.Projection projection = MultipoleSolver.Project(density, lmax / 2 * 2, Math.Max(48, 2 * lmax));
        double[,] table = new double[grid.Length, lmax / 2 * 2 + 1];
        for (int i = 0; i < grid.Length; i++)
        {
            projection(Math.Exp(grid[i]), rho);
            for (int j = 0; j < rho.Length; j++)
            {
                table[i, 2 * j] = rho[j] / Math.Sqrt(4 * j + 1);
            }
        }

        return new([.. grid.Select(Math.Exp)], table);
    }

    /// <summary>
    /// Expands a density known at some angles: the rule for them is <see cref="Angles"/>.
    /// </summary>
    /// <param name="radii">Radii, kpc.</param>
    /// <param name="rho">Density at the radii and angles, Msun/kpc^3: [radius, angle].</param>
    /// <param name="lmax">Largest degree, below twice the number of angles.</param>
    /// <exception cref="InputException">The shapes differ or the degree is too large for the angles.</exception>
    internal static DensitySphericalHarmonic FromSamples(ReadOnlySpan<double> radii, double[,] rho, int lmax)
    {
        ArgumentNullException.ThrowIfNull(rho);
        int angles = rho.GetLength(1), terms = lmax / 2 + 1;
        if (lmax < 0 || lmax >= 2 * angles || rho.GetLength(0) != radii.Length)
        {
            throw new InputException($"DensitySphericalHarmonic: {angles} angles allow lmax = 0 ... {2 * angles - 1}, and each radius needs a row of densities");
        }

        double[] u = new double[angles], w = new double[angles], p = new double[2 * terms - 1];
        GaussLegendre.Rule(angles).Map(0, 1, u, w);
        double[,] table = new double[radii.Length, 2 * terms - 1];
        for (int k = 0; k < angles; k++)
        {
            Legendre.Polynomials(u[k], p);
            for (int i = 0; i < radii.Length; i++)
            {
                for (int l = 0; l < p.Length; l += 2)
                {
                    table[i, l] += Math.Sqrt(2 * l + 1) * w[k] * p[l] * rho[i, k];
                }
            }
        }

        return new(radii, table);
    }

    /// <summary>cos theta = z/r at which <see cref="FromSamples"/> wants the density: the Gauss-Legendre nodes between the plane and the axis, ascending.</summary>
    /// <param name="count">Number of angles; lmax/2 + 2 or more is advisable.</param>
    internal static double[] Angles(int count)
    {
        double[] u = new double[count], w = new double[count];
        GaussLegendre.Rule(count).Map(0, 1, u, w);
        return u;
    }

    /// <summary>Largest degree l.</summary>
    public int LMax => coefficients.GetLength(1) - 1;

    /// <summary>Grid radii, kpc.</summary>
    public double[] Radii => [.. logRadii.Select(Math.Exp)];

    /// <summary>rho_l at the grid radii, Msun/kpc^3: [radius, l], the coefficient of sqrt(2l+1) P_l.</summary>
    public double[,] Coefficients() => (double[,])coefficients.Clone();

    /// <inheritdoc/>
    public override double TotalMass { get; }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
    {
        int terms = ratios.Length + 1;
        Span<double> radial = stackalloc double[terms];
        for (int i = 0; i < R.Length; i++)
        {
            double r = Math.Sqrt(R[i] * R[i] + z[i] * z[i]), u = r > 0 ? z[i] / r : r;
            Radial(Math.Max(r, 1e-100), radial);
            double before = 0, p = 1, sum = 0;
            for (int l = 0; l < 2 * terms - 1; l++)
            {
                sum += l % 2 == 0 ? radial[l / 2] * p : 0;
                (before, p) = (p, ((2 * l + 1) * u * p - l * before) / (l + 1));
            }

            rho[i] = sum < 0 ? 0 : sum; // NaN stays
        }
    }

    /// <summary>Coefficients of P_0, P_2 ... at one radius; as many as the span takes, those not known are 0.</summary>
    internal void Radial(double r, Span<double> rho)
    {
        double x = Math.Log(r), at = x < logRadii[0] ? logRadii[0] : x > logRadii[^1] ? logRadii[^1] : x;
        double slope = x < at ? innerSlope : outerSlope, scale = x == at ? 0 : slope * (x - at);
        double value = monopole.Value(at), mean = logarithmic ? Math.Exp(value + scale) : value * Math.Exp(scale);
        rho[0] = mean;
        for (int j = 1; j < rho.Length; j++)
        {
            rho[j] = j > ratios.Length ? 0 : ratios[j - 1].Value(at) * (logarithmic ? mean : Math.Exp(scale));
        }
    }

    private double Mass()
    {
        GaussLegendre rule = GaussLegendre.Rule(8);
        double[] rho = new double[1];
        double sum = 0;
        for (int i = 1; i < logRadii.Length; i++)
        {
            sum += rule.Integrate(Shell, logRadii[i - 1], logRadii[i]);
        }

        return outerSlope >= -3
            ? double.PositiveInfinity
            : sum + Shell(logRadii[0]) / (3 + innerSlope) + Shell(logRadii[^1]) / (-3 - outerSlope);

        double Shell(double x)
        {
            Radial(Math.Exp(x), rho);
            return 4 * Math.PI * Math.Exp(3 * x) * rho[0];
        }
    }
}
