namespace Oort.Potentials;

/// <summary>
/// Expansion of an axisymmetric potential in Legendre polynomials (Binney and Tremaine 2008, section 2.4):
/// Phi = sum over l of Phi_l(r) sqrt(2l+1) P_l(z/r), the normalisation of AGAMA's files (Vasiliev 2019, appendix A).
/// Phi_l(r) is a quintic spline in ln r through values and derivatives on a logarithmic grid, three times
/// continuously differentiable; beyond the grid it goes on as the power law that fits its end.
/// At the very centre the force is 0 and the density that at the first radius: right for a core, finite for a cusp.
/// With the default grid a spherical model's Phi errs by less than 1e-6, its force by less than 1e-5 relative.
/// </summary>
public sealed class Multipole : Potential
{
    /// <summary>The largest degree accepted.</summary>
    public const int MaximumDegree = 128;

    private readonly double[] logRadii;
    private readonly double[][] values; // [l][node], coefficient of P_l, without the offset
    private readonly double[][] slopes; // derivative in ln r
    private readonly double offset; // of the monopole: kept apart, so that small differences near the centre survive
    private readonly MultipoleKernel kernel;

    /// <summary>Makes the expansion from its coefficients on a grid of radii.</summary>
    /// <param name="radii">Radii, kpc, positive and increasing, three or more; normally equally spaced in ln r.</param>
    /// <param name="phi">Phi_l at the radii, (km/s)^2: [radius, l], l = 0, 1, 2 ... lmax (odd ones zero for a model symmetric in z).</param>
    /// <param name="dPhidr">dPhi_l/dr at the radii, (km/s)^2/kpc, of the same shape.</param>
    /// <exception cref="InputException">The shapes differ, or a number is not finite, or the radii do not increase.</exception>
    public Multipole(ReadOnlySpan<double> radii, double[,] phi, double[,] dPhidr)
        : this(Convert(radii, phi, dPhidr))
    {
    }

    internal Multipole(MultipoleCoefficients coefficients)
    {
        coefficients = coefficients.EquallySpaced();
        (logRadii, values, slopes, offset) = (coefficients.LogRadii, coefficients.Values, coefficients.Slopes, coefficients.Offset);
        kernel = new(coefficients);
    }

    /// <summary>The potential of a density.</summary>
    /// <param name="density">Any axisymmetric density.</param>
    /// <param name="lmax">Largest degree l; only even ones occur.</param>
    /// <param name="rmin">Smallest grid radius, kpc; 0 chooses it so that the density is a power law inside.</param>
    /// <param name="rmax">Largest grid radius, kpc; 0 chooses it so that the density is a power law, or negligible, outside.</param>
    /// <param name="gridSizeR">Number of radii; 0 chooses a step of an eighth in ln r.</param>
    /// <exception cref="ParameterException">A number is out of its range.</exception>
    /// <exception cref="NumericalException">The density is not finite somewhere, or vanishes everywhere.</exception>
    public static Multipole FromDensity(Density density, int lmax, double rmin = 0, double rmax = 0, int gridSizeR = 0)
    {
        ArgumentNullException.ThrowIfNull(density);
        CheckGrid(nameof(Multipole), lmax, rmin, rmax, gridSizeR);
        double[] grid = RadialGrid.For(density, rmin, rmax, gridSizeR);
        return new(MultipoleSolver.Solve(density, lmax / 2 * 2, grid));
    }

    /// <summary>Throws where the parameters of an expansion make no sense.</summary>
    internal static void CheckGrid(string model, int lmax, double rmin, double rmax, int gridSizeR)
    {
        ParameterException.Check(model, "lmax", lmax, lmax is >= 0 and <= MaximumDegree, $"0 ... {MaximumDegree}");
        ParameterException.Check(model, "rmin", rmin, rmin >= 0, ">= 0 (kpc)");
        ParameterException.Check(model, "rmax", rmax, rmax == 0 || rmax > rmin, "> rmin (kpc)");
        ParameterException.Check(model, "gridSizeR", gridSizeR, gridSizeR is 0 or >= 4, "4 or more");
    }

    /// <summary>Largest degree l.</summary>
    public int LMax => values.Length - 1;

    /// <summary>Grid radii, kpc.</summary>
    public double[] Radii => [.. logRadii.Select(Math.Exp)];

    /// <summary>Phi_l at the grid radii, (km/s)^2: [radius, l], the coefficient of sqrt(2l+1) P_l.</summary>
    public double[,] PhiCoefficients() => Export((l, i) => values[l][i] + (l == 0 ? offset : 0));

    /// <summary>dPhi_l/dr at the grid radii, (km/s)^2/kpc: [radius, l], the coefficient of sqrt(2l+1) P_l.</summary>
    public double[,] DerivativeCoefficients() => Export((l, i) => slopes[l][i] * Math.Exp(-logRadii[i]));

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result)
        => kernel.Evaluate(R, z, result);

    /// <summary>Whether the other expansion has the same radii, so that the two can be added coefficient by coefficient.</summary>
    internal bool HasSameGrid(Multipole other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return logRadii.Length == other.logRadii.Length && logRadii.Zip(other.logRadii).All(p => Math.Abs(p.First - p.Second) < 1e-12);
    }

    /// <summary>The sum of two expansions on the same radii, itself one expansion.</summary>
    /// <exception cref="InputException">The radii differ.</exception>
    internal Multipole Add(Multipole other)
    {
        if (!HasSameGrid(other))
        {
            throw new InputException("Multipole: only expansions on the same radii can be added");
        }

        return new(new MultipoleCoefficients(logRadii, Sum(values, other.values), Sum(slopes, other.slopes), offset + other.offset));

        static double[][] Sum(double[][] a, double[][] b)
            => [.. Enumerable.Range(0, Math.Max(a.Length, b.Length)).Select(l =>
                l >= a.Length ? b[l] : l >= b.Length ? a[l] : [.. a[l].Zip(b[l], (x, y) => x + y)])];
    }

    private static MultipoleCoefficients Convert(ReadOnlySpan<double> radii, double[,] phi, double[,] dPhidr)
    {
        ArgumentNullException.ThrowIfNull(phi);
        ArgumentNullException.ThrowIfNull(dPhidr);
        int n = radii.Length, count = phi.GetLength(1);
        if (n < 3 || phi.GetLength(0) != n || dPhidr.GetLength(0) != n || dPhidr.GetLength(1) != count || count is 0 or > MaximumDegree + 1)
        {
            throw new InputException("Multipole: three radii or more, and as many rows of Phi and of dPhi/dr, all of the same length, are needed");
        }

        double[] x = new double[n];
        for (int i = 0; i < n; i++)
        {
            if (!(radii[i] > (i == 0 ? 0 : radii[i - 1])) || !double.IsFinite(radii[i]))
            {
                throw new InputException(FormattableString.Invariant($"Multipole: radius {i + 1} = {radii[i]:R} is not allowed: radii must be positive and increase"));
            }

            x[i] = Math.Log(radii[i]);
        }

        double centre = phi[0, 0];
        double[][] values = new double[count][], slopes = new double[count][];
        for (int l = 0; l < count; l++)
        {
            double norm = Math.Sqrt(2 * l + 1);
            (values[l], slopes[l]) = (new double[n], new double[n]);
            for (int i = 0; i < n; i++)
            {
                values[l][i] = norm * (phi[i, l] - (l == 0 ? centre : 0));
                slopes[l][i] = norm * dPhidr[i, l] * radii[i];
                if (!double.IsFinite(values[l][i]) || !double.IsFinite(slopes[l][i]))
                {
                    throw new InputException(FormattableString.Invariant($"Multipole: a coefficient of l = {l} at radius {radii[i]:R} is not finite"));
                }
            }
        }

        return new(x, values, slopes, centre);
    }

    private double[,] Export(Func<int, int, double> coefficient)
    {
        double[,] table = new double[logRadii.Length, values.Length];
        for (int i = 0; i < logRadii.Length; i++)
        {
            for (int l = 0; l < values.Length; l++)
            {
                table[i, l] = coefficient(l, i) / Math.Sqrt(2 * l + 1);
            }
        }

        return table;
    }
}
