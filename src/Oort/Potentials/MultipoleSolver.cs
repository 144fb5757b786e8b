using Oort.Coordinates;
using Oort.Numerics;

namespace Oort.Potentials;

/// <summary>
/// Solves Poisson's equation for every multipole of a density (Binney and Tremaine 2008, eq. 2.95):
/// the angular integrals and the radial ones over each cell are Gauss-Legendre sums. Beyond the grid the integrals
/// go on over eight e-folds of radius, then with the power law found there.
/// </summary>
internal static class MultipoleSolver
{
    private const int GuardCells = 20;
    private const double GuardWidth = 8;

    /// <summary>Writes rho_l(r), l = 0, 2 ... lmax, coefficients of P_l in Msun/kpc^3, at one radius.</summary>
    public delegate void Projection(double r, Span<double> rho);

    /// <summary>Multipoles of the potential of a density at the given logarithms of radii.</summary>
    /// <param name="density">The density.</param>
    /// <param name="lmax">Largest degree, even.</param>
    /// <param name="logRadii">Logarithms of the grid radii, equally spaced.</param>
    /// <param name="angles">Nodes of the angular quadrature between the plane and the axis; 0 chooses them by lmax.</param>
    public static MultipoleCoefficients Solve(Density density, int lmax, double[] logRadii, int angles = 0)
        => Solve(
            density is DensitySphericalHarmonic expansion ? expansion.Radial : Project(density, lmax, angles > 0 ? angles : Math.Max(48, 2 * lmax)),
            lmax,
            logRadii);

    /// <summary>Multipoles of the potential from those of the density.</summary>
    public static MultipoleCoefficients Solve(Projection density, int lmax, double[] logRadii)
    {
        int terms = lmax / 2 + 1, n = logRadii.Length;
        double first = logRadii[0], last = logRadii[^1], h = (last - first) / (n - 1);
        RadialZone before = new(density, terms, first - GuardWidth, GuardWidth / GuardCells, GuardCells);
        RadialZone grid = new(density, terms, first, h, n - 1);
        RadialZone after = new(density, terms, last, GuardWidth / GuardCells, GuardCells);

        double[][] values = new double[lmax + 1][], slopes = new double[lmax + 1][];
        double offset = 0;
        for (int l = 0; l <= lmax; l++)
        {
            (values[l], slopes[l]) = (new double[n], new double[n]);
            if (l % 2 == 1)
            {
                continue;
            }

            double[] inside = grid.SumInside(l, before.SumInside(l, before.TailInside(l))[^1]);
            double[] outside = grid.SumOutside(l, after.SumOutside(l, after.TailOutside(l))[0]);
            if (l == 0)
            {
                // The monopole relative to the pull of all mass beyond r_min: small differences near the centre keep their digits.
                offset = -4 * Math.PI * Units.G * outside[0];
                outside = grid.FallOutside();
            }

            double factor = -4 * Math.PI * Units.G / (2 * l + 1);
            for (int i = 0; i < n; i++)
            {
                values[l][i] = factor * (inside[i] + outside[i]);
                slopes[l][i] = factor * ((l == 0 ? 0 : l * outside[i]) - (l + 1) * inside[i]);
            }
        }

        return new(logRadii, values, slopes, offset);
    }

    /// <summary>The angular integrals of a density by a Gauss-Legendre rule in cos theta.</summary>
    public static Projection Project(Density density, int lmax, int angles)
    {
        int terms = lmax / 2 + 1;
        double[] u = new double[angles], w = new double[angles], sine = new double[angles];
        double[] R = new double[angles], z = new double[angles], rho = new double[angles], p = new double[lmax + 1];
        GaussLegendre.Rule(angles).Map(0, 1, u, w);
        double[,] weights = new double[terms, angles];
        for (int k = 0; k < angles; k++)
        {
            sine[k] = Math.Sqrt((1 - u[k]) * (1 + u[k]));
            Legendre.Polynomials(u[k], p);
            for (int j = 0; j < terms; j++)
            {
                weights[j, k] = (4 * j + 1) * w[k] * p[2 * j];
            }
        }

        return (r, coefficients) =>
        {
            for (int k = 0; k < angles; k++)
            {
                (R[k], z[k]) = (r * sine[k], r * u[k]);
            }

            density.Evaluate(R, z, rho);
            for (int j = 0; j < terms; j++)
            {
                double sum = 0;
                for (int k = 0; k < angles; k++)
                {
                    sum += weights[j, k] * rho[k];
                }

                coefficients[j] = double.IsFinite(sum) ? sum
                    : throw new NumericalException(FormattableString.Invariant($"Multipole: the density is not finite at r = {r:G6} kpc"));
            }
        };
    }
}
